"""HTML: the main text, without furniture, in blocks."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import Reason, UnreadableError
from indexer.extraction.html.page import MAX_BYTES, extract_html, html_blocks
from indexer.records import BlockKind, TextBlock


def plain(markup: str) -> list[str]:
    return [block.text for block in html_blocks(markup)]


def test_a_comment_of_any_size_is_no_text() -> None:
    assert plain(f"<p>Homes</p><!-- {'x' * 11_000_000} -->") == ["Homes"]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<h2>Homes</h2>", TextBlock(BlockKind.HEADING, "Homes", level=2), id="h2"),
        pytest.param(
            "<div role=heading aria-level=3>Homes</div>",
            TextBlock(BlockKind.HEADING, "Homes", level=3),
            id="heading by role",
        ),
        pytest.param("<p>Homes", TextBlock(BlockKind.PARAGRAPH, "Homes"), id="unclosed p"),
        pytest.param("Homes", TextBlock(BlockKind.PARAGRAPH, "Homes"), id="no tag"),
        pytest.param("<ul><li>Homes</ul>", TextBlock(BlockKind.LIST_ITEM, "- Homes"), id="li"),
        pytest.param(
            "<ol start=4 type=a><li>Homes</ol>",
            TextBlock(BlockKind.LIST_ITEM, "d. Homes"),
            id="numbered li",
        ),
        pytest.param(
            "<figure><figcaption>Homes</figcaption></figure>",
            TextBlock(BlockKind.CAPTION, "Homes"),
            id="figcaption",
        ),
        pytest.param(
            "<blockquote>Homes</blockquote>",
            TextBlock(BlockKind.PARAGRAPH, "Homes"),
            id="blockquote",
        ),
        pytest.param(
            "<section class=footnotes><ol><li>Homes</ol></section>",
            TextBlock(BlockKind.FOOTNOTE, "Homes"),
            id="footnotes",
        ),
        pytest.param(
            "<dl><dt>EU<dd>European Union</dl>",
            TextBlock(BlockKind.TABLE_ROW, "EU | European Union"),
            id="definition list",
        ),
    ],
)
def test_each_element_becomes_its_kind_of_block(markup: str, expected: TextBlock) -> None:
    assert list(html_blocks(markup)) == [expected]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<p>ur<b>ban</b>", "urban", id="inline tags break no word"),
        pytest.param("<p>one<br>two", "one two", id="line break"),
        pytest.param("<p>one\n   two", "one two", id="white space"),
        pytest.param("<p>S&atilde;o &amp; &#8220;x&#8221;", "São & “x”", id="entities"),
        pytest.param("<p>migra&shy;tion", "migration", id="soft hyphen"),
        pytest.param("<p>10 m<sup>2</sup>", "10 m²", id="superscript"),
        pytest.param("<p>a<!-- b -->c", "ac", id="comment"),
        pytest.param("<p>a<span hidden>b</span>c", "ac", id="hidden"),
        pytest.param("<p>a<span style='display: none'>b</span>c", "ac", id="not displayed"),
        pytest.param("<p>a<script>b</script>c", "ac", id="script"),
    ],
)
def test_what_a_reader_sees_is_the_text(markup: str, expected: str) -> None:
    assert plain(markup) == [expected]


def test_nested_lists_give_one_block_an_item() -> None:
    markup = "<ol><li>one<ul><li>inner</ul><li><p>two<p>more</ol>"

    assert plain(markup) == ["1. one", "- inner", "2. two", "more"]


def test_a_data_table_becomes_rows() -> None:
    markup = (
        "<table><caption>Table 1</caption><tr><th>City<th>Homes"
        "<tr><td>Lima<td><p>10<p>new<tr><td colspan=2>none</table>"
    )

    assert list(html_blocks(markup)) == [
        TextBlock(BlockKind.CAPTION, "Table 1"),
        TextBlock(BlockKind.TABLE_HEADER, "City | Homes"),
        TextBlock(BlockKind.TABLE_ROW, "Lima | 10 new"),
        TextBlock(BlockKind.TABLE_ROW, "none"),
    ]


def test_a_table_that_arranges_the_page_is_walked_through() -> None:
    markup = "<table><tr><td><h1>Homes</h1><p>Text<td><table><tr><td>a<td>b</table></table>"

    assert plain(markup) == ["Homes", "Text", "a | b"]


def test_navigation_header_footer_and_forms_are_left_out() -> None:
    page = b"""<html><head><title>Homes &amp; rents</title></head><body>
        <header>Site</header><nav><a>Home</a></nav><aside>Adverts</aside>
        <main><article><header><h1>Homes</h1></header><p>Main text.</p></article></main>
        <form><label>Search</label><button>Go</button></form><footer>Imprint</footer></body></html>"""

    extraction = extract_html(page)

    assert [block.text for block in extraction.blocks] == ["Homes", "Main text."]
    assert extraction.title == "Homes & rents"


def test_a_lead_and_a_box_that_state_something_are_kept() -> None:
    page = b"""<body><header><nav><a>Home</a></nav><h1>Rent</h1><p>The city pays 380 dollars a month
        to each family.</p></header><aside><h2>Key figures</h2><p>It paid 1,200 grants in 2022.</p>
        </aside><main><p>The rest of the text is here, and longer than the rest of the page is, so
        that it counts as the main part of it all.</p><aside><h2>See also</h2><p><a>Some other text
        on rents</a></p></aside></main></body>"""

    texts = [block.text for block in extract_html(page).blocks]

    assert texts[:2] == ["Rent", "The city pays 380 dollars a month to each family."]
    assert texts[-2:] == ["Key figures", "It paid 1,200 grants in 2022."]
    assert len(texts) == 5


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<body><aside><p>All the text of the page.</p></aside>", id="in an aside"),
        pytest.param(
            "<body><aside><main><p>All the text of the page.</p></main></aside>",
            id="in an aside around main",
        ),
        pytest.param(
            "<body><aside role=main><p>All the text of the page.</p></aside>",
            id="in an aside that is main",
        ),
        pytest.param("<body><form><p>All the text of the page.</p></form>", id="in a form"),
        pytest.param("<body><footer>All the text of the page.</footer>", id="in a footer"),
        pytest.param(
            "<body><main>x</main><div>All the text of the page.</div>", id="beside an empty main"
        ),
    ],
)
def test_the_main_text_is_never_lost(page: str) -> None:
    assert "All the text of the page." in [
        block.text for block in extract_html(page.encode()).blocks
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param("<p>São Paulo".encode(), "São Paulo", id="utf-8"),
        pytest.param("<p>São Paulo".encode("utf-16"), "São Paulo", id="utf-16 with mark"),
        pytest.param(
            "<meta charset=iso-8859-2><p>Łódź".encode("iso-8859-2"), "Łódź", id="declared"
        ),
        pytest.param(
            "<meta charset=iso-8859-1><p>São Paulo".encode(), "São Paulo", id="wrongly declared"
        ),
        pytest.param("<p>A “new” São Paulo".encode("cp1252"), "A “new” São Paulo", id="cp1252"),
    ],
)
def test_the_encoding_is_found(data: bytes, expected: str) -> None:
    assert extract_html(data).blocks[0].text == expected


def test_deep_nesting_is_read() -> None:
    page = b"<div>" * 20_000 + b"<p>Text at the bottom"

    assert [block.text for block in extract_html(page).blocks] == ["Text at the bottom"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"<html><body></body></html>", Reason.NO_TEXT, id="empty body"),
        pytest.param(b"<script>app()</script>", Reason.NO_TEXT, id="script only"),
        pytest.param(b" " * (MAX_BYTES + 1), Reason.TOO_LARGE, id="huge"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, reason: Reason) -> None:
    with pytest.raises(UnreadableError) as caught:
        extract_html(data)

    assert caught.value.reason is reason


TAG_NAMES = (
    "<p> </p> <div> <li> <ul> </ul> <ol> <table> <tr> <td> <th> </table> <h1> </h1> <br> <nav> "
    "</nav> <dl> <dt> <dd> <pre> <aside> <main> <b> <sup> <a> <!-- --> <![CDATA[ <script>"
)
TAGS = st.sampled_from(TAG_NAMES.split())


@given(st.lists(st.one_of(TAGS, st.text(max_size=5)), max_size=25))
def test_any_markup_gives_clean_blocks_or_a_reason(pieces: list[str]) -> None:
    try:
        blocks = extract_html("".join(pieces).encode(errors="replace")).blocks
    except UnreadableError:
        return
    for block in blocks:
        assert block.text == " ".join(block.text.split()) != ""
        assert all(unicodedata.category(letter) not in {"Cc", "Cs"} for letter in block.text)


@given(st.binary(max_size=200))
def test_any_bytes_give_blocks_or_a_reason(data: bytes) -> None:
    with suppress(UnreadableError):
        assert extract_html(data).blocks
