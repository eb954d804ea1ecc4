"""Rules on plain strings: washing, joining, and what a line is."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extraction.line_end_hyphens import Spelling
from indexer.extraction.text_cleaning import (
    clean,
    clean_lines,
    contents_entry,
    ends_sentence,
    heading_depth,
    is_all_capitals,
    is_caption,
    is_chapter,
    is_continued,
    is_footnote,
    is_title,
    join_lines,
    part_name,
    split_bullet,
    strip_emphasis,
    strip_tags,
)


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        pytest.param("a\u00a0b\u2009c", "a b c", id="odd spaces"),
        pytest.param("  a \t b\nc ", "a b c", id="runs of white space"),
        pytest.param("hy\u00adphen", "hyphen", id="soft hyphen"),
        pytest.param("o\ufb03cial \ufb02ow", "official flow", id="ligatures"),
        pytest.param("a\x00b\x07c\x9f", "abc", id="control characters"),
        pytest.param("e\u0301", "é", id="combining accent"),
        pytest.param("a\u200bb\ufeff", "ab", id="zero width"),
        pytest.param("\uf0b7 item", "• item", id="Wingdings bullet"),
        pytest.param("10 m² and ½", "10 m² and ½", id="superscripts stay"),
        pytest.param(r"US\$5 and \\$ 20, \d", r"US$5 and $ 20, \d", id="escaped sums"),
        pytest.param("\\$ \t 5", "$ 5", id="escaped sum with spaces"),
        pytest.param(" \u00ad\n", "", id="nothing left"),
    ],
)
def test_washing(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


@given(st.text() | st.text(alphabet="\\$ \t5"))
def test_washed_text_is_one_plain_line_and_stays_as_it_is(text: str) -> None:
    washed = clean(text)

    assert clean(washed) == washed
    assert unicodedata.is_normalized("NFC", washed)
    assert all(unicodedata.category(letter) not in {"Cc", "Cs"} for letter in washed)
    assert washed == " ".join(washed.split())


@given(st.text())
def test_washed_lines_hold_no_line_break(text: str) -> None:
    lines = clean_lines(text)

    assert all(len(line.splitlines()) <= 1 for line in lines)


def test_washed_lines_have_no_escaped_sums() -> None:
    assert clean_lines("US\\$5\t10") == ["US$5\t10"]


def test_backslashes_take_no_time() -> None:
    started = time.process_time()

    clean("\\" * 40_000)

    assert time.process_time() - started < 1


def test_a_form_feed_leaves_a_blank_line() -> None:
    assert clean_lines("one\ftwo") == ["one", "", "two"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a **bold** word", "a bold word", id="bold"),
        pytest.param("an *italic* word", "an italic word", id="italic"),
        pytest.param("__both__ of *them*", "both of them", id="two kinds"),
        pytest.param("**two\nlines**", "two\nlines", id="across lines"),
        pytest.param("2 * 3 * 4", "2 * 3 * 4", id="products stay"),
        pytest.param("* item", "* item", id="bullets stay"),
        pytest.param("a_file_name", "a_file_name", id="names stay"),
        pytest.param("an unpaired ** stays", "an unpaired ** stays", id="unpaired"),
    ],
)
def test_only_paired_markers_go(text: str, expected: str) -> None:
    assert strip_emphasis(text) == expected


def test_tags_become_spaces_but_addresses_stay() -> None:
    assert strip_tags("<ul> a<br/>b see <https://example.org>") == "  a b see <https://example.org>"


@pytest.mark.parametrize(
    ("lines", "known", "expected"),
    [
        pytest.param(["one two", "three"], [], "one two three", id="plain wrap"),
        pytest.param(["the munici-", "pality"], [], "the municipality", id="hyphenated word"),
        pytest.param(["re-", "entry"], ["a re-entry ban"], "re-entry", id="known compound"),
        pytest.param(["well-", "known"], ["wellknown"], "wellknown", id="known as one word"),
        pytest.param(["Ibero-", "American"], [], "Ibero-American", id="capital follows"),
        pytest.param(["2019-", "2020"], [], "2019-2020", id="figures"),
        pytest.param(["micro-", "and macro"], [], "micro- and macro", id="hanging hyphen"),
        pytest.param([], [], "", id="nothing"),
    ],
)
def test_wrapped_lines_are_joined(lines: list[str], known: list[str], expected: str) -> None:
    assert join_lines(lines, Spelling.of(known)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("• item", ("- ", "item"), id="drawn bullet"),
        pytest.param("- item", ("- ", "item"), id="dash"),
        pytest.param("✓Action", ("- ", "Action"), id="tick without a space"),
        pytest.param("(a) item", ("(a) ", "item"), id="letter in brackets"),
        pytest.param("12. item", ("12. ", "item"), id="number"),
        pytest.param("iv) item", ("iv) ", "item"), id="roman"),
        pytest.param("- 3. item", ("3. ", "item"), id="two markers"),
        pytest.param("J. Smith wrote", None, id="initial"),
        pytest.param("-5 degrees", None, id="negative number"),
        pytest.param("1.2 Section", None, id="section number"),
        pytest.param("plain", None, id="plain"),
    ],
)
def test_list_markers(line: str, expected: tuple[str, str] | None) -> None:
    assert split_bullet(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("2. Findings", 1, id="number with stop"),
        pytest.param("2.1 Findings", 2, id="two numbers"),
        pytest.param("2.1.3. Findings", 3, id="three numbers"),
        pytest.param("12 cities joined", 0, id="a figure"),
        pytest.param("Annex 3: Sources", 1, id="annex"),
        pytest.param("Box 4. A case", 2, id="box"),
        pytest.param("Recomendación 2. Vivienda", 1, id="Spanish"),
        pytest.param("Findings", 0, id="no number"),
    ],
)
def test_section_numbers(line: str, expected: int) -> None:
    assert heading_depth(line) == expected


@pytest.mark.parametrize(
    ("line", "other", "closes"),
    [
        pytest.param("Action 2.1: Do", "Recommendation 2", False, id="another word"),
        pytest.param("Recommendation 2", "Recommendation 1. Do", True, id="the next one"),
        pytest.param("Recommendation 2. Do", "Recommendation 2", False, id="the same again"),
        pytest.param("2.1 Towns", "2. Findings", False, id="goes on"),
        pytest.param("1. Towns", "2. Findings", False, id="begins anew"),
        pytest.param("3. Outlook", "2. Findings", True, id="higher"),
        pytest.param("3. Outlook", "Box 2. A case", True, id="box"),
        pytest.param("Anexo II: Leyes", "Anexo I: Mapas", True, id="Roman"),
    ],
)
def test_a_part_cannot_stand_in_one_that_it_closes(line: str, other: str, *, closes: bool) -> None:
    inner, outer = part_name(line), part_name(other)

    assert inner is not None
    assert outer is not None
    assert inner.closes(outer) is closes


@pytest.mark.parametrize("line", ["Findings", "12 cities joined", "Part 3 then turns to housing."])
def test_a_line_without_a_part_name(line: str) -> None:
    assert part_name(line) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("RECOMMENDATION 1. Build homes near jobs.", True, id="one sentence"),
        pytest.param("Part 3 then turns to housing.", False, id="prose about a part"),
        pytest.param("Action 2. Do this. Then do that.", False, id="two sentences"),
        pytest.param("Section 4", True, id="number alone"),
    ],
)
def test_named_parts(line: str, expected: bool) -> None:  # noqa: FBT001
    assert is_chapter(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Housing for newcomers", True, id="short phrase"),
        pytest.param("1.2. Housing for newcomers", True, id="numbered"),
        pytest.param("¿Qué hacen las ciudades?", True, id="Spanish question"),
        pytest.param("Cities welcomed them.", False, id="sentence"),
        pytest.param("housing for newcomers", False, id="lower case"),
        pytest.param("Peru, Chile and", False, id="broken off"),
        pytest.param("22 August 2019", False, id="date"),
        pytest.param("Total score", False, id="sum"),
        pytest.param("See https://example.org", False, id="address"),
        pytest.param("Y/S/N", False, id="no word"),
    ],
)
def test_titles(line: str, expected: bool) -> None:  # noqa: FBT001
    assert is_title(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("¹ Office of Statistics.", True, id="superscript"),
        pytest.param("^{iv} Office of Statistics.", True, id="caret"),
        pytest.param("31 Author, A. (2017) Title, available at https://x.org", True, id="citing"),
        pytest.param("- 31 Author, A. (2017) Title", True, id="behind a bullet"),
        pytest.param("31 Cities joined the network", False, id="a figure"),
        pytest.param("**Bold.** And text", False, id="bold"),
        pytest.param("* item", False, id="bullet"),
        pytest.param("Plain text", False, id="plain"),
    ],
)
def test_footnotes(line: str, expected: bool) -> None:  # noqa: FBT001
    assert is_footnote(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Table 1: Homes by year", True, id="table"),
        pytest.param("Figura 2. Viviendas", True, id="Spanish figure"),
        pytest.param("Source: own survey", True, id="source"),
        pytest.param("A market in the rain © A. Photographer", True, id="photo credit"),
        pytest.param("Copyright © 2020 The Office", False, id="imprint"),
        pytest.param("Table 1 shows that homes are rare.", False, id="prose about a table"),
    ],
)
def test_captions(line: str, expected: bool) -> None:  # noqa: FBT001
    assert is_caption(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("1. Scope.....\t7", ("1. Scope", "7"), id="leader and tab"),
        pytest.param("Scope . . . . . 12", ("Scope", "12"), id="spaced leader"),
        pytest.param("Foreword\tiv", ("Foreword", "iv"), id="roman page"),
        pytest.param("In 2019 we met 12", None, id="prose"),
        pytest.param("5\t7", None, id="figures only"),
    ],
)
def test_contents_lines(line: str, expected: tuple[str, str] | None) -> None:
    assert contents_entry(line) == expected


def test_a_note_number_does_not_hide_the_end_of_a_sentence() -> None:
    assert ends_sentence("They left.”²")
    assert not ends_sentence("They left and²")


@pytest.mark.parametrize(
    ("text", "following", "expected"),
    [
        pytest.param("It grew in", "the north.", True, id="lower case goes on"),
        pytest.param("It grew.", "the north", False, id="ended"),
        pytest.param("Homes", "Rents", False, id="new start"),
        pytest.param("x" * 70 + " for", "Peruvian families.", True, id="broken at a preposition"),
    ],
)
def test_halves_of_a_paragraph(text: str, following: str, expected: bool) -> None:  # noqa: FBT001
    assert is_continued(text, following) is expected


def test_capitals_need_four_letters() -> None:
    assert is_all_capitals("DATA & PLANNING")
    assert not is_all_capitals("UN")
    assert not is_all_capitals("Data")
