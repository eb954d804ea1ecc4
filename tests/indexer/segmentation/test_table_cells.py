"""Rows as text, and rows with their headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.records import Span
from indexer.segmentation.table_cells import cell_spans, cells_of, headed_row, joined_cells


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (["Tacna", "", "95", "130"], "Tacna | | 95 | 130"),
        (["Loja", "60", ""], "Loja | 60 |"),
        (["", "Men"], "| Men"),
        (["a", "", "", "b"], "a | | | b"),
    ],
)
def test_cells_keep_their_place(cells: list[str], text: str) -> None:
    assert joined_cells(cells) == text
    assert list(cells_of(text)) == cells


@given(st.lists(st.sampled_from(["", "x", "1,200", "São Paulo"]), min_size=1, max_size=6))
def test_every_cell_is_found_where_it_stands(cells: list[str]) -> None:
    row = joined_cells(cells)

    assert [span.of(row) if span else "" for span in cell_spans(row)] == cells


def test_a_row_is_read_with_its_headings_and_without_empty_cells() -> None:
    headed = headed_row(["City", "2019", "2020"], "Tacna | | 95")

    assert headed is not None
    assert headed.text == "City: Tacna; 2020: 95"


def test_a_row_of_another_width_is_not_given_wrong_headings() -> None:
    assert headed_row(["City", "2019"], "Tacna | 95 | 130") is None


@pytest.mark.parametrize(
    ("marked", "in_row"),
    [
        pytest.param("95", "95", id="a cell"),
        pytest.param("2020: 95", "95", id="a cell with its heading"),
        pytest.param("2020", "95", id="a heading alone"),
        pytest.param("acn", "acn", id="a part of a cell"),
        pytest.param("Tacna; 2020: 95", "Tacna | | 95", id="two cells"),
    ],
)
def test_what_is_marked_with_headings_is_found_in_the_row(marked: str, in_row: str) -> None:
    row = "Tacna | | 95"
    headed = headed_row(["City", "2019", "2020"], row)
    assert headed is not None
    start = headed.text.index(marked)

    span = headed.in_row(Span(start, start + len(marked)))

    assert span is not None
    assert span.of(row) == in_row
