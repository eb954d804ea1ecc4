"""Plain text: encodings, paragraphs, headings, lists, tables, notes."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import Reason, UnreadableError
from indexer.extraction.plain_text import extract_plain_text, text_blocks
from indexer.records import BlockKind, TextBlock

SHARED = Path(os.environ.get("CITA_SHARED", Path(__file__).parents[3] / ".." / "shared"))
PROSE = (
    "The city opened a housing desk for people who had just arrived, and the desk helped four "
    "hundred families in its first year."
)
SPANISH = "La gestión del año pasó por São Paulo: «más vivienda», dijo la alcaldesa."


def kinds(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in text_blocks(text)]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
def test_the_encoding_is_found(encoding: str) -> None:
    assert extract_plain_text(SPANISH.encode(encoding)).blocks[0].text == SPANISH


def test_english_with_typographic_quotes_in_cp1252_is_not_taken_for_another_code_page() -> None:
    text = "The city’s “plan” – adopted late – cost €5 million."

    assert extract_plain_text(text.encode("cp1252")).blocks[0].text == text


def test_polish_and_russian_code_pages_are_found() -> None:
    polish = "Miasto Łódź przyjęło uchodźców i zażądało wsparcia państwa."
    russian = "Город принял мигрантов и обеспечил их жильем."

    assert extract_plain_text(polish.encode("cp1250")).blocks[0].text == polish
    assert extract_plain_text(russian.encode("cp1251")).blocks[0].text == russian


def test_a_broken_byte_does_not_turn_utf8_into_another_encoding() -> None:
    data = (SPANISH * 3).encode()

    text = extract_plain_text(data[:-1] + b"\xff").blocks[0].text

    assert text.startswith("La gestión del año pasó por São Paulo")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028"])
def test_wrapped_lines_become_one_paragraph(ending: str) -> None:
    lines = [
        "The city opened a housing desk for people who had just",
        "arrived, and the desk helped four hundred families in its",
        "first year, before the second one was opened in the munici-",
        "pality next to it.",
    ]

    blocks = kinds(ending.join(lines))

    assert blocks == [(BlockKind.PARAGRAPH, " ".join(lines).replace("munici- ", "munici"))]


def test_lines_that_are_paragraphs_stay_apart() -> None:
    first, second, third = (f"{PROSE} {PROSE} Case {letter}." for letter in "ABC")

    blocks = kinds(f"{first}\n{second}\n{third}\n")

    assert blocks == [(BlockKind.PARAGRAPH, text) for text in (first, second, third)]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        pytest.param(f"Intro text here.\n\n2. Findings\n\n{PROSE}", 1, id="number"),
        pytest.param(f"Intro text here.\n\n2.1. Findings\n\n{PROSE}", 2, id="two numbers"),
        pytest.param(f"Intro text here.\n\n### Findings\n\n{PROSE}", 3, id="hashes"),
        pytest.param(f"Intro text here.\n\nFindings\n========\n\n{PROSE}", 1, id="double line"),
        pytest.param(f"Intro text here.\n\nFindings\n--------\n\n{PROSE}", 2, id="single line"),
        pytest.param(f"Intro text here.\n\nFINDINGS\n\n{PROSE}", 1, id="capitals"),
        pytest.param(f"Intro text here.\n\n**Findings**\n\n{PROSE}", 1, id="bold"),
        pytest.param(f"2. Scope\n\n{PROSE}\n\nFindings\n\n{PROSE}", 2, id="below a numbered one"),
    ],
)
def test_headings(text: str, level: int) -> None:
    headings = [block for block in text_blocks(text) if block.kind is BlockKind.HEADING]

    assert headings[-1].level == level
    assert "findings" in headings[-1].text.lower()


def test_numbered_lines_with_nothing_between_them_are_a_list() -> None:
    text = (
        f"Questions:\n\n1. Who came?\n\n2. Who stayed?\n\n3. Who left?\n\n1. Who came?\n\n{PROSE}"
    )

    assert [kind for kind, _ in kinds(text)] == [
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.LIST_ITEM,
        BlockKind.LIST_ITEM,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
    ]


def test_list_items_keep_a_marker_and_their_wrapped_lines() -> None:
    assert kinds("Three steps:\n• first of them,\n  which is long\n• second\n(c) third") == [
        (BlockKind.PARAGRAPH, "Three steps:"),
        (BlockKind.LIST_ITEM, "- first of them, which is long"),
        (BlockKind.LIST_ITEM, "- second"),
        (BlockKind.LIST_ITEM, "(c) third"),
    ]


def test_tabs_part_table_cells_and_wrapped_cells_are_mended() -> None:
    text = (
        "Actor\tPossible role\tTime frame\n"
        "City council\tDrafts the plan and\tOne year\n"
        "\tadopts it by vote\t\n"
        "Tenants\tComment on it\tOne month\n"
    )

    assert kinds(text) == [
        (BlockKind.TABLE_HEADER, "Actor | Possible role | Time frame"),
        (BlockKind.TABLE_ROW, "City council | Drafts the plan and adopts it by vote | One year"),
        (BlockKind.TABLE_ROW, "Tenants | Comment on it | One month"),
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "City\t2019\t2020\nTacna\t\t95\nLoja\t60\t",
            ["City | 2019 | 2020", "Tacna | | 95", "Loja | 60 |"],
        ),
        ("City\tGrants\nTacna\t95\nLoja\t60", ["City | Grants", "Tacna | 95", "Loja | 60"]),
    ],
)
def test_rows_that_end_in_a_figure_are_no_contents(text: str, rows: list[str]) -> None:
    table = kinds(text)

    assert [kind for kind, _ in table] == [BlockKind.TABLE_HEADER, *[BlockKind.TABLE_ROW] * 2]
    assert [row for _, row in table] == rows


def test_contents_are_rows_and_no_prose() -> None:
    text = f"Contents\n\nForeword\t3\n1. Scope.....\t7\n\nForeword\n\n{PROSE}"

    assert kinds(text)[1:3] == [
        (BlockKind.TABLE_ROW, "Foreword | 3"),
        (BlockKind.TABLE_ROW, "1. Scope | 7"),
    ]


def test_a_paragraph_cut_by_notes_and_a_photo_is_mended_before_them() -> None:
    text = (
        "Rents rose in the whole region and\n\n¹ Office of Statistics, 2019.\n\n"
        "A street at dusk © A. Photographer\n\nfamilies moved to the outskirts."
    )

    assert kinds(text) == [
        (
            BlockKind.PARAGRAPH,
            "Rents rose in the whole region and families moved to the outskirts.",
        ),
        (BlockKind.FOOTNOTE, "¹ Office of Statistics, 2019."),
        (BlockKind.CAPTION, "A street at dusk © A. Photographer"),
    ]


def test_what_stands_under_references_is_notes() -> None:
    text = f"{PROSE}\n\nReferences\n\n- Someone, A book of homes\n\nAnother, A book of rents"

    assert [kind for kind, _ in kinds(text)][2:] == [BlockKind.FOOTNOTE, BlockKind.FOOTNOTE]


def test_the_first_line_is_the_title_if_it_reads_like_one() -> None:
    assert extract_plain_text(f"Homes for all\n\n{PROSE}".encode()).title == "Homes for all"
    assert extract_plain_text(PROSE.encode()).title is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b" \n\t ", Reason.NO_TEXT, id="white space"),
        pytest.param(b"-----\n=====", Reason.NO_TEXT, id="rules"),
        pytest.param(bytes(range(256)) * 9, Reason.MISLABELLED, id="binary"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, reason: Reason) -> None:
    with pytest.raises(UnreadableError) as caught:
        extract_plain_text(data)

    assert caught.value.reason is reason


def assert_clean(blocks: tuple[TextBlock, ...]) -> None:
    for block in blocks:
        assert block.text.strip()
        assert block.text == " ".join(block.text.split())
        assert all(unicodedata.category(letter) not in {"Cc", "Cs"} for letter in block.text)
        assert (block.level > 0) == (block.kind is BlockKind.HEADING)


def test_a_bullet_without_words_is_no_item() -> None:
    assert kinds("o") == [(BlockKind.PARAGRAPH, "o")]


@given(st.binary(max_size=300))
def test_any_bytes_give_clean_blocks_or_a_reason(data: bytes) -> None:
    try:
        extraction = extract_plain_text(data)
    except UnreadableError:
        return
    assert_clean(extraction.blocks)


@given(st.text(alphabet="aB1. -•\t\n#*¹|-©", max_size=120))
def test_no_letter_or_figure_is_lost_or_invented(text: str) -> None:
    blocks = text_blocks(text)

    assert_clean(blocks)
    kept = sorted(letter for block in blocks for letter in block.text if letter in "aB1")
    assert kept == sorted(letter for letter in text if letter in "aB1")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reports are not here: set CITA_SHARED")
@pytest.mark.parametrize(
    ("name", "heading", "level"),
    [
        ("cities-alliance-2020-housing-laboratory", "Executive Summary", 1),
        ("iom-2019-migrants-and-cities", "Conclusion", 1),
        ("un-habitat-2023-mainstreaming-guide", "Glossary", 1),
    ],
)
def test_a_real_report_keeps_all_its_words_and_its_outline(
    name: str, heading: str, level: int
) -> None:
    data = (SHARED / "corpus" / "txt" / f"{name}.txt").read_bytes()

    blocks = extract_plain_text(data).blocks

    assert_clean(blocks)
    assert (heading, level) in {(block.text, block.level) for block in blocks}
    kept = sum(map(str.isalnum, "".join(block.text for block in blocks)))
    assert kept >= 0.99 * sum(map(str.isalnum, data.decode()))
