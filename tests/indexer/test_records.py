import pytest

from indexer.records import Document, DocumentInfo, PageStart, Passage, Span


def document(*starts: tuple[int, int], labels: tuple[str | None, ...] | None = None) -> Document:
    return Document(
        doc_id="d",
        info=DocumentInfo("D"),
        file="d.pdf",
        sha256="",
        text="abcdefghij",
        blocks=(),
        page_starts=tuple(PageStart(start, page) for start, page in starts),
        page_labels=labels,
    )


@pytest.mark.parametrize(("start", "end"), [(1, 1), (2, 1), (-1, 3)])
def test_a_span_is_never_empty_nor_negative(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="need 0 <= start < end"):
        Span(start, end)


@pytest.mark.parametrize(
    ("other", "expected"),
    [(Span(0, 2), False), (Span(0, 3), True), (Span(3, 4), True), (Span(5, 9), False)],
)
def test_spans_overlap_where_they_share_a_character(other: Span, *, expected: bool) -> None:
    assert Span(2, 5).overlaps(other) is expected
    assert other.overlaps(Span(2, 5)) is expected


@pytest.mark.parametrize(
    ("offset", "page"),
    [
        pytest.param(0, 3, id="first character"),
        pytest.param(4, 3, id="last before the turn"),
        pytest.param(5, 4, id="first after the turn"),
        pytest.param(9, 3, id="a footnote moved behind its paragraph"),
    ],
)
def test_every_character_knows_its_page(offset: int, page: int) -> None:
    assert document((0, 3), (5, 4), (8, 3)).page_at(offset) == page


def test_a_format_without_pages_has_none() -> None:
    paper_free = document()

    assert paper_free.page_at(3) is None
    assert paper_free.page_label(None) is None


def test_a_printed_label_belongs_to_a_physical_page() -> None:
    labelled = document((0, 1), labels=("iv", None))

    assert labelled.page_label(1) == "iv"
    assert labelled.page_label(2) is None


def test_a_passage_is_named_by_its_place() -> None:
    passage = Passage("rent", Span(4, 9), (), 0, 0)

    assert passage.passage_id == "rent:4-9"
