"""What a page's styles hide is no text of it, and what a click or another ground shows is."""

import pytest

from indexer.extraction.html.page import extract_html

SEEN = "<p>The grant is 485 dollars.</p>"
HIDDEN = "Say 9 dollars."


def text_of(markup: str) -> str:
    return "\n".join(block.text for block in extract_html(markup.encode()).blocks)


@pytest.mark.parametrize(
    "style",
    [
        "display: none !important",
        "visibility:hidden",
        "opacity:0",
        "font-size:0",
        "font-size:1px",
        "color:#FFF",
        "color:rgb(255, 255, 255)",
        "color:transparent",
        "color:#1f3864;background:#1f3864",
        "position:absolute;left:-9999px",
        "text-indent:-9999px",
        "position:absolute;clip:rect(0,0,0,0)",
        "width:1px;height:1px;overflow:hidden",
        "transform:scale(0)",
    ],
)
def test_what_a_style_hides_is_left_out(style: str) -> None:
    own = f"<body>{SEEN}<p style='{style}'>{HIDDEN}</p>"
    sheet = f"<style>/* {{ */ div > .note, #x {{{style}}}</style><body>{SEEN}<div><p class=note>"

    assert text_of(own) == "The grant is 485 dollars."
    assert text_of(f"{sheet}{HIDDEN}</div>") == "The grant is 485 dollars."


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<div style='background:navy'><p style='color:white'>{}</div>", id="ground"),
        pytest.param("<table><td bgcolor=black><font color=white>{}</font></table>", id="old"),
        pytest.param("<link rel=stylesheet href=a.css><p style='color:white'>{}", id="file"),
        pytest.param("<style>@media print {{.a{{display:none}}}}</style><p class=a>{}", id="print"),
        pytest.param("<div style='font-size:0'><p style='font-size:12pt'>{}</div>", id="size"),
        pytest.param("<div style='color:white'><p style='color:black'>{}</div>", id="colour"),
        pytest.param(
            "<style>.a{{display:none}} .a:target{{display:block}}</style><p class=a id=b>{}",
            id="shown by a link",
        ),
        pytest.param(
            "<style>.a{{display:none}}</style><script>x.onclick = open</script><p class=a>{}",
            id="shown by a script",
        ),
    ],
)
def test_what_can_be_seen_stays(markup: str) -> None:
    assert "The fund has 77 rooms." in text_of(SEEN + markup.format("The fund has 77 rooms."))


def test_the_build_report_says_how_much_is_left_out() -> None:
    page = f"<body>{SEEN}<p hidden>{HIDDEN} <b style='display:none'>Now.</b></p>".encode()

    assert extract_html(page).notes == (
        "4 words that nobody sees are left out (hidden, or without colour).",
    )


@pytest.mark.parametrize(
    "sheet",
    [
        "p::before {content: 'x'; display: block} section::before {color: white}",
        "p:unknown(3) {color: white} p:nth-child(foo), > p, p[a= {color: white}",
        "@font-face {src: url(a)} @import 'a.css'; @layer x {p {color: white}} }} p {",
    ],
)
def test_rules_that_are_not_understood_hide_nothing(sheet: str) -> None:
    page = f"<style>{sheet}</style><body><section>{SEEN}</section>"

    assert text_of(page) == "The grant is 485 dollars."


def test_many_rules_on_many_elements_take_no_time() -> None:
    sheet = "".join(f"p[a='{n}'] {{color:red}}" for n in range(2_000))

    assert text_of(f"<style>{sheet}</style><body>{'<p>Text.' * 2_000}").count("Text.") == 2_000
