"""A name printed once for several rows stands in each of them."""

from indexer.extraction.layout.document import lay_out
from indexer.extraction.layout.lines import Line, PageLines
from indexer.records import BlockKind
from tests.indexer.extraction.layout.page_lines import SIZE, TOP, texts

COLUMNS = (60.0, 160.0, 260.0, 360.0)
HEADER = ("Year", "Month", "Seen", "Lost")
YEARS = [
    ("2021", "January", "30", "2"),
    ("", "February", "27", "1"),
    ("2022", "January", "19", "4"),
    ("", "February", "10", "2"),
]


def page(number: int, *rows: tuple[str, ...], bold: int = 0) -> PageLines:
    """A page of a table; its header and, counted from its end, ``bold`` rows are bold."""
    lines = [
        Line(
            cell,
            number,
            x,
            x + 4.0 * len(cell),
            TOP - 20 * at,
            SIZE,
            bold=row is HEADER or at >= len(rows) - bold,
        )
        for at, row in enumerate(rows)
        for cell, x in zip(row, COLUMNS, strict=True)
        if cell
    ]
    return PageLines(number, 600.0, 840.0, tuple(lines))


def rows_of(*pages: PageLines) -> list[str]:
    return texts(lay_out(list(pages), []), BlockKind.TABLE_ROW)


def test_the_name_of_a_group_stands_in_each_of_its_rows() -> None:
    assert rows_of(page(1, HEADER, *YEARS)) == [
        "2021 | January | 30 | 2",
        "2021 | February | 27 | 1",
        "2022 | January | 19 | 4",
        "2022 | February | 10 | 2",
    ]


def test_a_name_goes_on_over_the_page() -> None:
    second = page(2, HEADER, ("", "March", "5", "1"), ("2023", "January", "8", "6"))

    rows = rows_of(page(1, HEADER, *YEARS), second)

    assert rows[4:] == ["2022 | March | 5 | 1", "2023 | January | 8 | 6"]


def test_the_sum_of_each_group_is_named_and_that_of_all_is_not() -> None:
    sums = [*YEARS[:2], ("Total", "", "57", "3"), *YEARS[2:], ("Total", "", "29", "6")]

    rows = rows_of(page(1, HEADER, *sums, ("", "All", "86", "9"), bold=1))

    assert [row for row in rows if "Total" in row] == [
        "2021 | Total | 57 | 3",
        "2022 | Total | 29 | 6",
    ]
    assert rows[-1] == "| All | 86 | 9"


def test_rows_that_do_not_stand_in_groups_stay_as_they_are() -> None:
    rows = [("2021", "fish", "30", "2"), ("", "birds", "27", "1"), ("", "bees", "19", "4")]

    assert rows_of(page(1, HEADER, *rows)) == [
        "2021 | fish | 30 | 2",
        "| birds | 27 | 1",
        "| bees | 19 | 4",
    ]
