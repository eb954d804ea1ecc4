"""The site and its reports as schema.org describes them, for JSON-LD; and OpenSearch."""

from xml.etree import ElementTree as ET

from indexer.records import DocumentInfo

CONTEXT = "https://schema.org"
OPENSEARCH_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
OPENSEARCH_TYPE = "application/opensearchdescription+xml"


def site(base: str) -> dict[str, object]:
    """Describe the site, with the address that asks a question."""
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


def report(info: DocumentInfo) -> dict[str, object]:
    """Describe a report."""
    described: dict[str, object] = {
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
    return {name: value for name, value in described.items() if value}


def opensearch(base: str) -> bytes:
    """Return the description by which browsers and intranets search Cita (OpenSearch 1.1)."""
    ET.register_namespace("", OPENSEARCH_NAMESPACE)
    described = ET.Element(f"{{{OPENSEARCH_NAMESPACE}}}OpenSearchDescription")

    def add(name: str, text: str | None = None, **attributes: str) -> None:
        ET.SubElement(described, f"{{{OPENSEARCH_NAMESPACE}}}{name}", attributes).text = text

    add("ShortName", "Cita")
    add("Description", "Answers on migration and cities, quoted from reports")
    add("InputEncoding", "UTF-8")
    add("Image", f"{base}/static/cita.svg", height="16", width="16", type="image/svg+xml")
    add("Url", type="text/html", template=f"{base}/ask?q={{searchTerms}}")
    add("Url", rel="self", type=OPENSEARCH_TYPE, template=f"{base}/opensearch.xml")
    return bytes(ET.tostring(described, encoding="utf-8", xml_declaration=True))


def safe_url(url: str | None) -> str | None:
    """Return ``url`` if a browser may follow it: a catalogue must not smuggle in a script."""
    return url if url and url.startswith(("https://", "http://")) else None
