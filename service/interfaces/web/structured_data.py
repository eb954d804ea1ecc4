"""Descriptions for machines: the site and its reports in schema.org terms, and OpenSearch."""

from xml.etree import ElementTree as ET

from indexer.records import DocumentInfo

CONTEXT = "https://schema.org"
OPENSEARCH_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
OPENSEARCH_TYPE = "application/opensearchdescription+xml"


def site_description(base: str) -> dict[str, object]:
    """Return the site as a schema.org ``WebSite``, with the address that asks a question."""
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": "Cita",
        "url": f"{base}/",
        "inLanguage": ["en", "es", "pt"],
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{base}/ask?q={{search_term_string}}",
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
        "publisher": {"@type": "Organization", "name": info.publisher} if info.publisher else None,
        "datePublished": str(info.year) if info.year else None,
        "inLanguage": info.language,
        "identifier": info.identifier,
        "keywords": ", ".join(info.themes),
        "url": safe_url(info.url),
    }
    return {name: value for name, value in description.items() if value}


def opensearch_description(base: str) -> bytes:
    """Return the description by which browsers and intranets search Cita (OpenSearch 1.1)."""
    ET.register_namespace("", OPENSEARCH_NAMESPACE)
    root = ET.Element(f"{{{OPENSEARCH_NAMESPACE}}}OpenSearchDescription")

    def add(name: str, text: str | None = None, **attributes: str) -> None:
        ET.SubElement(root, f"{{{OPENSEARCH_NAMESPACE}}}{name}", attributes).text = text

    add("ShortName", "Cita")
    add("Description", "Answers on migration and cities, quoted from reports")
    add("InputEncoding", "UTF-8")
    add("Image", f"{base}/static/cita.svg", height="16", width="16", type="image/svg+xml")
    add("Url", type="text/html", template=f"{base}/ask?q={{searchTerms}}")
    add("Url", rel="self", type=OPENSEARCH_TYPE, template=f"{base}/opensearch.xml")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def safe_url(url: str | None) -> str | None:
    """Return ``url`` if it is a web address: a catalogue must not smuggle in a script."""
    return url if url and url.startswith(("https://", "http://")) else None
