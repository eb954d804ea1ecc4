"""Links lead into the report, wherever it is looked at from."""

import pytest

from indexer.records import DocumentInfo, Span
from service.links import Links
from service.records import CitedDocument

DOCUMENT = CitedDocument("a/b c", DocumentInfo("A"), "0123456789abcdef" * 4)


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        (Links(), "/documents/a%2Fb%20c?start=3&end=9&sha256=0123456789ab#quote"),
        (
            Links("https://cita.example"),
            "https://cita.example/documents/a%2Fb%20c?start=3&end=9&sha256=0123456789ab#quote",
        ),
    ],
    ids=["relative", "absolute"],
)
def test_a_quote_is_linked_with_its_span_and_hash(links: Links, expected: str) -> None:
    assert links.quote(DOCUMENT, Span(3, 9)) == expected


@pytest.mark.parametrize(
    ("links", "file", "page", "expected"),
    [
        (Links(), "x.PDF", 7, "/v1/documents/x/file#page=7"),
        (Links(), "x.pdf", None, "/v1/documents/x/file"),
        (Links(), "x.docx", 7, "/v1/documents/x/file"),
        (Links(serve_files=False), "x.pdf", 7, None),
    ],
    ids=["a PDF at a page", "a PDF", "no PDF", "not served"],
)
def test_an_original_is_linked_where_it_is_served(
    links: Links, file: str, page: int | None, expected: str | None
) -> None:
    assert links.original("x", file, page=page) == expected
