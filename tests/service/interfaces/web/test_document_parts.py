"""A long report is cut into parts that together hold all of it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.records import BlockKind, Document, PageStart
from service.interfaces.web.document_parts import cut_into_parts, part_at
from tests.fakes import document


def long_document(*, n_pages: int, per_page: int, paged: bool = True) -> Document:
    text = "Cities plan for those who arrive. " * 8
    blocks = [(BlockKind.PARAGRAPH, text)] * (n_pages * per_page)
    step = (len(text) + 1) * per_page
    turns = tuple(PageStart(page * step, page + 1) for page in range(n_pages)) if paged else ()
    return document(*blocks, turns=turns)


@given(st.integers(1, 30), st.integers(1, 4), st.booleans(), st.integers(50, 3000))
def test_parts_hold_every_block_once(
    n_pages: int,
    per_page: int,
    paged: bool,  # noqa: FBT001
    min_chars: int,
) -> None:
    report = long_document(n_pages=n_pages, per_page=per_page, paged=paged)

    parts = cut_into_parts(report, min_chars=min_chars)

    blocks = [at for part in parts for at in range(part.first_block, part.last_block)]
    assert blocks == list(range(len(report.blocks)))
    assert all(part.first_block < part.last_block for part in parts)


def test_a_part_ends_where_a_page_does() -> None:
    report = long_document(n_pages=12, per_page=3)

    parts = cut_into_parts(report, min_chars=3000)

    assert [(part.first_page, part.last_page) for part in parts] == [
        (1, 4),
        (5, 8),
        (9, 12),
    ]


def test_a_short_report_is_one_part() -> None:
    report = long_document(n_pages=1, per_page=1, paged=False)

    (part,) = cut_into_parts(report)

    assert (part.first_page, part.last_page) == (None, None)


@pytest.mark.parametrize(("page", "part"), [(1, 0), (4, 0), (5, 1), (12, 2)])
def test_an_offset_is_in_the_part_of_its_page(page: int, part: int) -> None:
    report = long_document(n_pages=12, per_page=3)
    start = next(turn.start for turn in report.page_starts if turn.page == page)

    assert part_at(cut_into_parts(report, min_chars=3000), start) == part


def test_three_thousand_pages_are_cut_at_once() -> None:
    report = long_document(n_pages=3000, per_page=6)
    started = time.perf_counter()

    parts = cut_into_parts(report)

    assert len(parts) > 50
    assert time.perf_counter() - started < 2.0
