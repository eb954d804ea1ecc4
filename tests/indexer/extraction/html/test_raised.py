"""Note numbers of web pages are written in superscript signs, however the page raises them."""

import pytest

from indexer.extraction.html.page import html_blocks


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("In 2018<sup>3</sup> it", "In 2018³ it", id="sup"),
        pytest.param("1,200<sup><a href='#n4'>4</a></sup> grants", "1,200⁴ grants", id="link"),
        pytest.param("1,200<a href='#n4'><sup>[4]</sup></a> grants", "1,200⁴ grants", id="in link"),
        pytest.param("1,200<a href='#n4'>4</a> grants", "1,200⁴ grants", id="link without sup"),
        pytest.param("see <a href='#n4'>4</a> and", "see 4 and", id="link apart from a word"),
        pytest.param("1,200<a href='/4'>4</a> grants", "1,2004 grants", id="link elsewhere"),
        pytest.param(
            "350<span style='font-size:8pt; vertical-align: super'>5</span> grants",
            "350⁵ grants",
            id="style",
        ),
        pytest.param(
            "<style>.c1,.c7{vertical-align:super}</style>350<span class='c0 c7'>5</span> grants",
            "350⁵ grants",
            id="style sheet",
        ),
        pytest.param(
            "1,200<a href='notes.html#n4'>4</a> grants", "1,200⁴ grants", id="note in another file"
        ),
        pytest.param("<b>1,200</b><a href='#n4'>4</a>", "1,200⁴", id="link behind bold"),
        pytest.param("<a href='#1'>1</a><a href='#2'>2</a>", "12", id="links to parts"),
        pytest.param("1,200<span role=doc-noteref>4</span>", "1,200⁴", id="role"),
        pytest.param("1,200<span class=footnote-reference>4</span>", "1,200⁴", id="class"),
        pytest.param(
            "1,200<i style='position:relative;top:-.5em;font-size:70%'>4</i>",
            "1,200⁴",
            id="moved up",
        ),
        pytest.param("1,200<i style='vertical-align:40%'>4</i>", "1,200⁴", id="lifted"),
        pytest.param("350<sup>b, c</sup>", "350ᵇ,ᶜ", id="two letters"),
        pytest.param("<math><msup><mn>10</mn><mn>6</mn></msup></math>", "10⁶", id="formula"),
        pytest.param("10<sup>6</sup> litres", "10⁶ litres", id="power"),
        pytest.param("800<sup>7, 8</sup>", "800⁷,⁸", id="two notes"),
        pytest.param("350<sup>a</sup>", "350ᵃ", id="letter"),
        pytest.param("the 20<sup>th</sup>", "the 20th", id="ending"),
        pytest.param("All<sup><a href='#n1'>*</a></sup> pay", "All pay", id="linked symbol"),
        pytest.param("2018<sup>3<sup>4</sup></sup>", "2018³⁴", id="nested"),
    ],
)
def test_a_raised_number_is_no_part_of_the_figure_before_it(markup: str, expected: str) -> None:
    assert [block.text for block in html_blocks(f"<div>{markup}</div>")] == [expected]
