"""Markdown: blocks, front matter, title."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import Reason, UnreadableError
from indexer.extraction.markdown import extract_markdown
from indexer.records import BlockKind, TextBlock


def blocks(text: str) -> list[TextBlock]:
    return list(extract_markdown(text.encode()).blocks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("## Homes", TextBlock(BlockKind.HEADING, "Homes", level=2), id="hashes"),
        pytest.param("Homes\n=====", TextBlock(BlockKind.HEADING, "Homes", level=1), id="line"),
        pytest.param("one\ntwo", TextBlock(BlockKind.PARAGRAPH, "one two"), id="soft break"),
        pytest.param("one  \ntwo", TextBlock(BlockKind.PARAGRAPH, "one two"), id="hard break"),
        pytest.param("- a *b*", TextBlock(BlockKind.LIST_ITEM, "- a b"), id="bullet"),
        pytest.param("3. a", TextBlock(BlockKind.LIST_ITEM, "3. a"), id="number"),
        pytest.param("> a", TextBlock(BlockKind.PARAGRAPH, "a"), id="quote"),
        pytest.param("    a b", TextBlock(BlockKind.PARAGRAPH, "a b"), id="code block"),
        pytest.param("EU\n: Union", TextBlock(BlockKind.TABLE_ROW, "EU | Union"), id="definition"),
    ],
)
def test_each_construct_becomes_its_kind_of_block(text: str, expected: TextBlock) -> None:
    assert blocks(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("**a** _b_ `c` ~~d~~", "a b c d", id="emphasis and code"),
        pytest.param("see [the plan](https://x.org)", "see the plan", id="link"),
        pytest.param("see [the plan][1]\n\n[1]: https://x.org", "see the plan", id="reference"),
        pytest.param("<https://x.org>", "https://x.org", id="address"),
        pytest.param("AT&amp;T", "AT&T", id="entity"),
        pytest.param("a<br>b <b>c</b> <title> d", "a b c d", id="raw tags"),
        pytest.param("1 \\* 2", "1 * 2", id="escape"),
        pytest.param("In 2018<sup>3</sup> it paid", "In 2018³ it paid", id="raw superscript"),
        pytest.param("In 2018<SUP>*3*</SUP> it", "In 2018³ it", id="superscript in italics"),
        pytest.param("1,200^4^ grants", "1,200⁴ grants", id="superscript between carets"),
        pytest.param("350[^5] grants\n\n[^5]: x", "350¹ grants", id="reference to a note"),
        pytest.param("a <sup> b", "a b", id="superscript never closed"),
        pytest.param("a </sup> b <sup>4</sup>", "a b ⁴", id="superscript never opened"),
    ],
)
def test_inline_markup_leaves_its_text(text: str, expected: str) -> None:
    assert blocks(text)[0].text == expected


def test_nested_lists_give_one_block_an_item() -> None:
    text = "1. one\n   - inner\n2. two\n\n   more\n"

    assert [block.text for block in blocks(text)] == ["1. one", "- inner", "2. two", "more"]


def test_tables_have_a_header_and_rows() -> None:
    assert blocks("| City | Homes |\n|---|--:|\n| Lima | **10** |") == [
        TextBlock(BlockKind.TABLE_HEADER, "City | Homes"),
        TextBlock(BlockKind.TABLE_ROW, "Lima | 10"),
    ]


def test_footnotes_come_last_and_leave_a_raised_number() -> None:
    assert blocks("They stayed.[^a]\n\n[^a]: Census of *homes*.\n\nNext.") == [
        TextBlock(BlockKind.PARAGRAPH, "They stayed.¹"),
        TextBlock(BlockKind.PARAGRAPH, "Next."),
        TextBlock(BlockKind.FOOTNOTE, "Census of homes."),
    ]


def test_raw_html_is_read_as_text_and_swallows_nothing() -> None:
    text = "<div>\n<p>Raw <b>text</b></p>\n\nInside\n\n</div>\n\n<ul><li>item\n\nAfter"

    assert [block.text for block in blocks(text)] == ["Raw text", "Inside", "- item", "After"]


def test_toml_front_matter_is_metadata_and_no_text() -> None:
    extraction = extract_markdown(
        b'+++\ntitle = "Homes"\nyear = 2024\nthemes = ["rent", "land"]\n+++\n\n# Other\n\nText.'
    )

    assert extraction.front_matter == (
        ("themes", ("rent", "land")),
        ("title", "Homes"),
        ("year", 2024),
    )
    assert extraction.title == "Homes"
    assert [block.text for block in extraction.blocks] == ["Other", "Text."]


def test_yaml_front_matter_is_metadata_too() -> None:
    extraction = extract_markdown(
        b"---\ntitle: Homes\nthemes:\n  - rent\n---\nText.\n\n---\n\nMore."
    )

    assert extraction.front_matter == (("themes", ("rent",)), ("title", "Homes"))
    assert [block.text for block in extraction.blocks] == ["Text.", "More."]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    extraction = extract_markdown(b"---\n\nText of a page.\n\n---\n\nMore.")

    assert [block.text for block in extraction.blocks] == ["Text of a page.", "More."]


def test_metadata_that_cannot_be_parsed_is_noted() -> None:
    extraction = extract_markdown(b"+++\ntitle = Homes\n+++\nText.")

    assert extraction.front_matter == ()
    assert extraction.notes == ("The metadata before the text cannot be parsed and was left out.",)
    assert [block.text for block in extraction.blocks] == ["Text."]


def test_the_title_is_the_first_top_heading() -> None:
    assert extract_markdown(b"## Part\n\n# Homes\n\nText.").title == "Homes"
    assert extract_markdown(b"Text.").title is None


@pytest.mark.parametrize("data", [b"", b"+++\ntitle = 'x'\n+++\n", b"***\n", b"<!-- x -->"])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        extract_markdown(data)

    assert caught.value.reason is Reason.NO_TEXT


def test_text_that_markup_hides_is_read_as_plain_text() -> None:
    extraction = extract_markdown(b"> " * 200 + b"Text below two hundred quotation marks.")

    assert "Text below two hundred quotation marks." in extraction.blocks[0].text
    assert extraction.notes == ("Nothing but markup was found; read as text.",)


@given(st.text(alphabet="ab1#*_-+>|[]()^:`~<!/ \n\t\\", max_size=100))
def test_any_text_gives_clean_blocks_or_a_reason(text: str) -> None:
    try:
        found = extract_markdown(text.encode()).blocks
    except UnreadableError:
        return
    assert all(block.text == " ".join(block.text.split()) != "" for block in found)


@given(st.binary(max_size=200))
def test_any_bytes_give_blocks_or_a_reason(data: bytes) -> None:
    with suppress(UnreadableError):
        assert extract_markdown(b"---\na: " + data + b"\n---\n" + data).blocks
