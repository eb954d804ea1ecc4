"""Links lead into the report, wherever it is looked at from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.records import DocumentInfo, Span
from service.presentation.links import Links, spans_from_words, spans_in_words
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


def test_a_link_carries_the_other_quotes_of_the_answer() -> None:
    href = Links().quote(DOCUMENT, Span(3, 9), among=(Span(3, 9), Span(20, 31)))

    assert href.endswith("&sha256=0123456789ab&quotes=3-9,20-31#quote")


@given(
    st.lists(
        st.builds(
            lambda start, n: Span(start, start + n), st.integers(0, 10**9), st.integers(1, 10**4)
        )
    )
)
def test_spans_in_an_address_are_read_back(spans: list[Span]) -> None:
    assert spans_from_words(spans_in_words(spans)) == tuple(spans)


@pytest.mark.parametrize("words", ["", "x", "9-3", "3-3", "-1-4", "3-9-12", "٣-٩"])
def test_what_is_no_span_is_left_out_of_an_address(words: str) -> None:
    assert spans_from_words(f"1-2,{words}") == (Span(1, 2),)
