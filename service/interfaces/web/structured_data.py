"""Describes the site and its reports in schema.org terms."""

from indexer.records import DocumentInfo
from service.pipeline.publishers import publisher_names

CONTEXT = "https://schema.org"


def site_description(base_url: str) -> dict[str, object]:
    """Return the site as a schema.org ``WebSite``, with the address that asks a question."""
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": "Cita",
        "url": f"{base_url}/",
        "inLanguage": ["en", "es", "pt"],
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{base_url}/ask?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def report_description(info: DocumentInfo) -> dict[str, object]:
    """Return a report as a schema.org ``Report``."""
    description: dict[str, object] = {
        "@context": CONTEXT,
        "@type": "Report",
        "name": info.title,
        "alternativeHeadline": info.subtitle,
        "author": [{"@type": "Person", "name": name} for name in info.authors],
        "publisher": [
            {"@type": "Organization", "name": name}
            for name in publisher_names(info.publisher or "")
        ],
        "datePublished": str(info.year) if info.year else None,
        "inLanguage": info.language,
        "identifier": info.identifier,
        "keywords": ", ".join(info.themes),
        "url": safe_url(info.url),
    }
    return {name: value for name, value in description.items() if value}


def safe_url(url: str | None) -> str | None:
    """Return ``url`` if it is a web address: a catalogue must not smuggle in a script."""
    return url if url and url.startswith(("https://", "http://")) else None
