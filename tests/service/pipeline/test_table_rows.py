"""A table row knows its headings, its table's caption and its group."""

from service.pipeline.table_rows import table_of, without_references
from service.records import QuotedTable
from tests.service.pipeline.table_sentences import MarkdownSentences

REPORT = """# Report

Table 1. Grants paid

| City | 2019 | 2020 |
|---|---|---|
| Tacna | | 95 |

<table><tr><th>Year<th>Men<tr><td colspan=2>Peru<tr><td>2021<td>41
<tr><td colspan=2>Chile<tr><td>2021<td>7
</table>

<table><tr><td>Lima<td>10<tr><td>Quito<td>12</table>
"""


def table(text: str) -> QuotedTable | None:
    sentences = MarkdownSentences(REPORT)
    return table_of(sentences.row_of(text), sentences)


def test_a_row_has_its_headings_and_its_caption() -> None:
    assert table("Tacna") == QuotedTable(
        ("City", "2019", "2020"), ("Tacna", "", "95"), caption="Table 1. Grants paid"
    )


def test_a_row_has_the_nearest_group_above_it() -> None:
    assert table("2021 | 41") == QuotedTable(("Year", "Men"), ("2021", "41"), group="Peru")
    assert table("2021 | 7") == QuotedTable(("Year", "Men"), ("2021", "7"), group="Chile")


def test_what_is_no_row_under_a_header_has_none() -> None:
    assert table("Lima") is None
    assert table("Peru") is None
    assert table("Report") is None


def test_a_row_has_its_cells_without_those_that_say_where_it_is_from() -> None:
    table = "| Place | Homes | Source |\n|---|---|---|\n| Ostra | 7 | Guide, 2.9 |\n\nNo row.\n"
    sentences = MarkdownSentences(f"# Homes\n\n{table}")

    assert without_references(sentences.row_of("Ostra"), sentences) == "Ostra | 7"
    assert without_references(sentences.row_of("No row"), sentences) == "No row."
