"""Tables of web pages: spans, empty cells, headers."""

import pytest

from indexer.extraction.html.page import html_blocks
from indexer.records import BlockKind


def lines(markup: str) -> list[str]:
    """Return a table's blocks, ``=`` before captions and ``#`` before headers."""
    signs = {BlockKind.CAPTION: "= ", BlockKind.TABLE_HEADER: "# ", BlockKind.TABLE_ROW: ""}
    return [signs[block.kind] + block.text for block in html_blocks(f"<table>{markup}</table>")]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param(
            "<tr><th>City<th>2019<th>2020<tr><td>Tacna<td><td>95<tr><td>Loja<td>60<td>",
            ["# City | 2019 | 2020", "Tacna | | 95", "Loja | 60 |"],
            id="empty cells keep their place",
        ),
        pytest.param(
            "<tr><th>Land<th>Year<th>Men<tr><td rowspan=2>Peru<td>2021<td>41<tr><td>2022<td>52",
            ["# Land | Year | Men", "Peru | 2021 | 41", "Peru | 2022 | 52"],
            id="a cell over two rows stands in both",
        ),
        pytest.param(
            "<tr><th>A<th>B<th>C<tr><td>x<td colspan=2>none<tr><td colspan=2>y<td>3",
            ["# A | B | C", "x | none | none", "y | y | 3"],
            id="a cell over two columns stands in both",
        ),
        pytest.param(
            "<tr><th rowspan=2>Land<th colspan=2>2021<tr><th>Men<th>Women<tr><td>Peru<td>1<td>2",
            ["# Land | 2021 Men | 2021 Women", "Peru | 1 | 2"],
            id="two header rows",
        ),
        pytest.param(
            "<tr><td>City<td>Homes<tr><td>Lima<td>10<tr><td>Quito<td>12",
            ["# City | Homes", "Lima | 10", "Quito | 12"],
            id="a header that is not marked",
        ),
        pytest.param(
            "<tr><td>Lima<td>10<tr><td>Quito<td>12", ["Lima | 10", "Quito | 12"], id="no header"
        ),
        pytest.param(
            "<tr><td><td>Age 0-17<td>2021 (all)<tr><td>Lima<td>10<td>30",
            ["# | Age 0-17 | 2021 (all)", "Lima | 10 | 30"],
            id="ranges and years name columns",
        ),
        pytest.param(
            "<tr><th colspan=2>Homes built<tr><th>City<th>Homes<tr><td>Lima<td>10"
            "<tr><th colspan=2>Highlands<tr><td>Cusco<td>4",
            ["= Homes built", "# City | Homes", "Lima | 10", "Highlands", "Cusco | 4"],
            id="a title, and a group of rows",
        ),
        pytest.param(
            "<thead><tr><td>City<td>Homes</thead><tfoot><tr><td>All<td>14</tfoot>"
            "<tbody><tr><td>Lima<td>14</tbody>",
            ["# City | Homes", "Lima | 14", "All | 14"],
            id="the foot comes last",
        ),
        pytest.param(
            "<tr><th>City<th><th>Homes<tr><td>Lima<td><td>10",
            ["# City | Homes", "Lima | 10"],
            id="an empty column goes",
        ),
        pytest.param(
            "<tr><th>City<th>Homes<tr><td rowspan=0>Lima<td>10<tr><td>11<tr><td>12",
            ["# City | Homes", "Lima | 10", "Lima | 11", "Lima | 12"],
            id="a cell down to the end",
        ),
        pytest.param(
            "<tr><th>City<th>Rent | month<tr><td>Lima<td>200",
            ["# City | Rent ¦ month", "Lima | 200"],
            id="a bar inside a cell",
        ),
    ],
)
def test_each_row_says_what_its_figures_are_of(markup: str, expected: list[str]) -> None:
    assert lines(markup) == expected


def test_a_span_beyond_all_bounds_costs_nothing() -> None:
    wide = "<tr><td>x<td>y" + "<tr><td colspan=9999 rowspan=9999>z<td>1" * 200

    assert len(lines(wide)) <= 201


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(
            "<div role=table><div role=row><span role=columnheader>City</span>"
            "<span role=columnheader>2019</span></div><div role=row>"
            "<span role=rowheader>Quito</span><span role=cell>12</span></div></div>",
            id="roles",
        ),
        pytest.param(
            "<style>.t{display:table} .t>div{display:table-row} .t>div>*{display:table-cell}"
            "</style><div class=t><div><span>City</span><span>2019</span></div>"
            "<div><span>Quito</span><span>12</span></div></div>",
            id="styles",
        ),
    ],
)
def test_a_table_of_other_elements_is_one(markup: str) -> None:
    assert [block.text for block in html_blocks(markup)] == ["City | 2019", "Quito | 12"]


def test_columns_that_styles_set_side_by_side_are_no_table() -> None:
    markup = "<p style='display:table-cell'>One.</p><p style='display:table-cell'>Two.</p>"

    blocks = html_blocks(f"<div style='display:table'>{markup}</div>")

    assert [block.kind for block in blocks] == [BlockKind.PARAGRAPH] * 2
