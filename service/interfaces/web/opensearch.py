"""``/opensearch.xml``: how browsers and intranets search here."""

from xml.etree import ElementTree as ET

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.interfaces.web.rendering import RendererDep

router = APIRouter(include_in_schema=False)

OPENSEARCH_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
OPENSEARCH_TYPE = "application/opensearchdescription+xml"


@router.get("/opensearch.xml")
def describe_search(request: Request, renderer: RendererDep) -> Response:
    """Return the OpenSearch description."""
    return Response(opensearch_description(renderer.base_url(request)), media_type=OPENSEARCH_TYPE)


def opensearch_description(base_url: str) -> bytes:
    """Return the description by which browsers and intranets search Cita (OpenSearch 1.1)."""
    ET.register_namespace("", OPENSEARCH_NAMESPACE)
    root = ET.Element(f"{{{OPENSEARCH_NAMESPACE}}}OpenSearchDescription")

    def add(name: str, text: str | None = None, **attributes: str) -> None:
        ET.SubElement(root, f"{{{OPENSEARCH_NAMESPACE}}}{name}", attributes).text = text

    add("ShortName", "Cita")
    add("Description", "Answers on migration and cities, quoted from reports")
    add("InputEncoding", "UTF-8")
    add("Image", f"{base_url}/static/cita.svg", height="16", width="16", type="image/svg+xml")
    add("Url", type="text/html", template=f"{base_url}/ask?q={{searchTerms}}")
    add("Url", rel="self", type=OPENSEARCH_TYPE, template=f"{base_url}/opensearch.xml")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
