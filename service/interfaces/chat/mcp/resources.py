"""The resources: each report's text, under an address of its own."""

from collections.abc import Iterator
from urllib.parse import quote, unquote, urlsplit

from mcp_types import ReadResourceResult, Resource, ResourceTemplate, TextResourceContents

from service.errors import UnknownDocumentError
from service.library import Edition

SCHEME = "cita"
BASE_URL = f"{SCHEME}:/"
"""What links begin with where no address of ours is known: they name the resource."""

MIME_TYPE = "text/plain"
TEMPLATE = ResourceTemplate(
    uri_template=f"{SCHEME}://documents/{{id}}",
    name="document",
    title="A report's text",
    description="The text that offsets of quotes count in, by the report's id.",
    mime_type=MIME_TYPE,
)
N_ON_A_PAGE = 100


def page_of_resources(edition: Edition, cursor: str | None) -> tuple[list[Resource], str | None]:
    """Return the resources from ``cursor`` on, and the cursor of those after them.

    Raises:
        ValueError: We gave no such cursor.
    """
    first = int(cursor or 0)
    if first < 0:
        raise ValueError(cursor)
    entries = edition.index.documents
    after = first + N_ON_A_PAGE
    resources = [
        Resource(
            uri=f"{BASE_URL}/documents/{quote(entry.doc_id, safe='')}",
            name=entry.doc_id,
            title=entry.info.title,
            description=", ".join(_described(entry.info.publisher, entry.info.year)) or None,
            mime_type=MIME_TYPE,
        )
        for entry in entries[first:after]
    ]
    return resources, str(after) if after < len(entries) else None


def read_resource(uri: str, edition: Edition) -> ReadResourceResult:
    """Return a report's text; a link to a quote in it opens the report as a whole.

    Raises:
        UnknownDocumentError: The address names no report.
    """
    parts = urlsplit(uri)
    doc_id = unquote(parts.path.removeprefix("/"))
    if parts.scheme != SCHEME or parts.netloc != "documents":
        raise UnknownDocumentError(uri)
    text = edition.document(doc_id).text
    contents = TextResourceContents(uri=uri, text=text, mime_type=MIME_TYPE)
    return ReadResourceResult(contents=[contents])


def _described(publisher: str | None, year: int | None) -> Iterator[str]:
    if publisher:
        yield publisher
    if year:
        yield str(year)
