"""Accordions, tabs and details of a page are read as if open, each under its own heading."""

import pytest

from indexer.extraction.html.page import extract_html
from indexer.records import DocumentInfo
from indexer.segmentation.documents import assemble


def under(markup: str) -> dict[str, tuple[str, ...]]:
    """Return the headings above each paragraph of a page."""
    extraction = extract_html(f"<body><h1>Rent</h1>{markup}</body>".encode())
    document = assemble(extraction, doc_id="d", info=DocumentInfo("D"), file="d", sha256="0")
    return {
        block.span.of(document.text): block.headings
        for block in document.blocks
        if block.kind != "heading"
    }


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(
            "<h2><button aria-expanded=true>With papers</button></h2><div><p>520 dollars.</div>"
            "<h2><button aria-expanded=false>Without</button></h2>"
            "<div hidden><p>380 dollars.</div>",
            id="buttons in headings",
        ),
        pytest.param(
            "<details open><summary>With papers</summary><p>520 dollars.</details>"
            "<details><summary>Without</summary><p>380 dollars.</details>",
            id="details",
        ),
        pytest.param(
            "<button aria-expanded=false aria-controls=a>With papers</button>"
            "<section id=a style='display:none'><p>520 dollars.</section>"
            "<button aria-expanded=false aria-controls=b>Without</button>"
            "<section id=b aria-hidden=true><p>380 dollars.</section>",
            id="buttons that point at a panel",
        ),
        pytest.param(
            "<a data-bs-target='#a' href='#a'>With papers</a><div id=a hidden><p>520 dollars.</div>"
            "<a data-bs-target='#b' href='#b'>Without</a><div id=b hidden><p>380 dollars.</div>",
            id="links that point at a panel",
        ),
        pytest.param(
            "<input type=checkbox id=a><label for=a>With papers</label><div><p>520 dollars.</div>"
            "<input type=checkbox id=b><label for=b>Without</label><div><p>380 dollars.</div>",
            id="labels of boxes",
        ),
        pytest.param(
            "<div role=tablist><button role=tab aria-controls=a>With papers</button>"
            "<button role=tab aria-controls=b>Without</button></div>"
            "<div role=tabpanel id=a><p>520 dollars.</div>"
            "<div role=tabpanel id=b hidden><p>380 dollars.</div>",
            id="tabs",
        ),
        pytest.param(
            "<div role=tablist><button role=tab id=a>With papers</button>"
            "<button role=tab id=b>Without</button></div>"
            "<div role=tabpanel aria-labelledby=a><p>520 dollars.</div>"
            "<div role=tabpanel aria-labelledby=b hidden><p>380 dollars.</div>",
            id="tabs that name their panels",
        ),
        pytest.param(
            "<button class=q>With papers</button><div class=a><p>520 dollars.</div>"
            "<button class=q>Without</button><div class=a><p>380 dollars.</div>",
            id="buttons alike, each over its panel",
        ),
        pytest.param(
            "<h2>With papers</h2><div style='display:none'><p>520 dollars.</div>"
            "<h2>Without</h2><div style='display:none'><p>380 dollars.</div>",
            id="headings alike, each over what is hidden",
        ),
        pytest.param(
            "<div class=accordion-title>With papers</div><div hidden><p>520 dollars.</div>"
            "<div class=accordion-title>Without</div><div hidden><p>380 dollars.</div>",
            id="classes that say it",
        ),
        pytest.param(
            "<button aria-expanded=true><h2>With papers</h2></button><div><p>520 dollars.</div>"
            "<button aria-expanded=false><h2>Without</h2></button>"
            "<div hidden><p>380 dollars.</div>",
            id="headings in buttons",
        ),
    ],
)
def test_each_panel_stands_under_what_opens_it(markup: str) -> None:
    headings = under(f"{markup}<p>Ask at the desk.")

    assert headings["520 dollars."] == ("Rent", "With papers")
    assert headings["380 dollars."] == ("Rent", "Without")
    assert headings["Ask at the desk."] == ("Rent",)


def test_a_panel_in_a_panel_stands_under_both() -> None:
    headings = under(
        "<details><summary>Families</summary><p>One.<details><summary>Large ones</summary><p>Two."
        "</details><p>Three.</details><p>Four."
    )

    assert headings == {
        "One.": ("Rent", "Families"),
        "Two.": ("Rent", "Families", "Large ones"),
        "Three.": ("Rent", "Families"),
        "Four.": ("Rent",),
    }


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<div hidden><p>Old text.</div>", id="nothing opens it"),
        pytest.param(
            "<button aria-expanded=false aria-controls=m>Topics</button>"
            "<div id=m hidden><a href=/a>Homes</a> <a href=/b>Rent</a></div>",
            id="a menu",
        ),
        pytest.param("<form><label for=x>Old text.</label><input id=x></form>", id="a form"),
    ],
)
def test_what_is_no_panel_stays_out(markup: str) -> None:
    assert under(f"{markup}<p>Text.") == {"Text.": ("Rent",)}


def test_a_control_that_says_nothing_makes_no_heading() -> None:
    markup = (
        "<button aria-expanded=false aria-controls=m>Show more</button><div id=m hidden><p>Rest."
    )

    assert under(markup) == {"Rest.": ("Rent",)}


@pytest.mark.parametrize("control", ["button", "label"])
def test_a_heading_that_is_a_control_is_a_heading(control: str) -> None:
    headings = under(f"<h2><{control}>With papers</{control}></h2><p>520 dollars.")

    assert headings["520 dollars."] == ("Rent", "With papers")
