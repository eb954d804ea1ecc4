"""The Word memo."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from indexer.records import Span
from service.presentation.cited_works import CitedWork
from service.presentation.memo import (
    Memo,
    MemoQuote,
    MemoSection,
    MemoSource,
    MemoTable,
)
from service.presentation.word_memo import word_file
from service.presentation.wording import words_by_language
from service.records import QuotedTable

FOUND_IN = words_by_language()["pt"]["found_in"]
TITLE = "Grants \x01\ufffe\uffff\ud800& more"
GRANTS = MemoSource(
    (CitedWork(TITLE, "en", "Ana Sol", "2019", "What next?", "p. 4"),),
    "http://cita.example/documents/a",
)
LATER = replace(GRANTS, works=(replace(GRANTS.works[0], page="p. 6"),))
RENTS = MemoSource(
    (CitedWork("Alquileres", "es", "", "2020"), CitedWork("Rents", "en")),
    "http://cita.example/documents/b",
    CitedWork("Brief", "en", "Cita"),
    FOUND_IN,
)
TABLE = MemoTable.of_row(
    QuotedTable(("City", "2019"), ("Tacna", ""), caption="Grants", group="South")
)
MEMO = Memo(
    title="What was paid?",
    title_language="en",
    language="pt",
    notices=("Nenhuma citação.",),
    lead="Os relatórios dizem:",
    sections=(
        MemoSection((MemoQuote("Tacna |", "en", GRANTS, TABLE),)),
        MemoSection((MemoQuote("So did grants.", "en", GRANTS), MemoQuote("Later.", "en", LATER))),
        MemoSection(
            (MemoQuote("Rents rose.", "es", RENTS, marks=(Span(0, 5),)),), "Rents", "en", 3
        ),
    ),
    open_words="Abrir",
    as_note_words="Como na nota",
    note="Nota.",
    permalink_words="Link",
    permalink="http://cita.example",
)


def part(name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(word_file(MEMO)[0])) as archive:
        return archive.read(name)


def text_of(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def test_quotes_stand_under_headings_a_table_row_as_a_table() -> None:
    word = docx.Document(BytesIO(word_file(MEMO)[0]))

    lines = [
        (paragraph.text, paragraph.style and paragraph.style.name) for paragraph in word.paragraphs
    ]
    assert lines == [
        ("What was paid?", "Heading 1"),
        ("Nenhuma citação.", "Normal"),
        ("Os relatórios dizem:", "Normal"),
        ("Grants: South", "Caption"),
        ("", "Normal"),
        ("“So did grants.”", "Quote"),
        ("“Later.”", "Quote"),
        ("Rents", "Heading 3"),
        ("“Rents rose.”", "Quote"),
        ("Nota.", "Normal"),
        ("Link", "Normal"),
    ]
    assert [link.address for link in word.paragraphs[-1].hyperlinks] == ["http://cita.example"]
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [
        ["City", "2019"],
        ["Tacna", ""],
    ]
    bold = [run.text for paragraph in word.paragraphs for run in paragraph.runs if run.bold]
    assert bold == ["Rents"]


def test_a_passage_in_parts_has_its_table_and_one_note_at_its_end() -> None:
    table = MemoTable(
        rows=(
            ((("City", False),), (("2019", False),)),
            ((("Tacna ", False), ("grants", True)), (("95", False),)),
            ((("Lima", False),),),
        ),
        has_header=True,
    )
    parts = (MemoQuote("Grants by city:", "en", None), MemoQuote("", "en", GRANTS, table))
    memo = replace(MEMO, sections=(MemoSection(parts),))

    word = docx.Document(BytesIO(word_file(memo)[0]))

    cells = [cell for row in word.tables[0].rows for cell in row.cells]
    assert [cell.text for cell in cells] == ["City", "2019", "Tacna grants", "95", "Lima", ""]
    bold = [run.text for cell in cells for run in cell.paragraphs[0].runs if run.bold]
    assert bold == ["City", "2019", "grants"]
    noted = list(word.element.body.iter(qn("w:footnoteReference")))
    assert len(noted) == 1
    assert noted[0] in list(cells[-1].paragraphs[0]._p.iter())


def test_each_source_is_a_footnote_with_its_link() -> None:
    notes = parse_xml(part("word/footnotes.xml"))
    body = parse_xml(part("word/document.xml"))

    texts = [text_of(note) for note in notes.iter(qn("w:footnote"))]
    assert texts[2:] == [
        " Ana Sol, Grants & more, 2019, What next?, p. 4. Abrir",
        " Como na nota 1. Abrir",
        " Como na nota 1, p. 6. Abrir",
        " Alquileres, 2020; Rents. Com as palavras de: Cita, Brief. Abrir",
    ]
    called = [call.get(qn("w:id")) for call in body.iter(qn("w:footnoteReference"))]
    assert called == ["1", "2", "3", "4"]
    (named,) = body.iter(qn("w:bookmarkStart"))
    fields = [field.get(qn("w:instr")) for field in notes.iter(qn("w:fldSimple"))]
    assert fields == [f" NOTEREF {named.get(qn('w:name'))} \\h "] * 2
    links = [link.get(qn("r:id")) for link in notes.iter(qn("w:hyperlink"))]
    relations = part("word/_rels/footnotes.xml.rels").decode()
    assert all(f'Id="{relation}"' in relations for relation in links)
    assert "http://cita.example/documents/b" in relations


def notes_on(*sources: MemoSource) -> list[str]:
    """Return the text of each footnote of a memo with a quote from each source."""
    quotes = tuple(MemoQuote("So did grants.", "en", source) for source in sources)
    memo = replace(MEMO, sections=(MemoSection(quotes),))
    with zipfile.ZipFile(BytesIO(word_file(memo)[0])) as archive:
        notes = parse_xml(archive.read("word/footnotes.xml"))
    return [text_of(note) for note in notes.iter(qn("w:footnote"))][2:]


def test_a_later_note_says_where_in_the_brief_its_own_statement_stands() -> None:
    def restating(section: str, page: str, *, of: str = "2.2", at: str = "") -> MemoSource:
        brief = CitedWork("Brief", "en", "Cita", "", section, page)
        work = CitedWork("Rents", "en", section=of, page=at)
        return MemoSource((work,), "http://c", brief, FOUND_IN)

    notes = notes_on(
        restating("How migrants live", "p. 6"),
        restating("What is planned", "p. 7"),
        restating("How migrants live", "p. 7"),
        restating("How migrants live", "p. 6"),
        restating("What is planned", "p. 7", of="2.3"),
        restating("How migrants live", "p. 7", of="2.3"),
        restating("How migrants live", "p. 7", at="p. 9"),
    )

    assert notes == [
        " Rents, 2.2. Com as palavras de: Cita, Brief, How migrants live, p. 6. Abrir",
        " Como na nota 1. Com as palavras de: What is planned, p. 7. Abrir",
        " Como na nota 1, p. 7. Abrir",
        " Como na nota 1. Abrir",
        " Como na nota 1, 2.3. Com as palavras de: What is planned, p. 7. Abrir",
        " Como na nota 1, 2.3. Com as palavras de: Brief, p. 7. Abrir",
        " Como na nota 1, p. 9. Com as palavras de: Brief, p. 7. Abrir",
    ]


def test_a_note_without_a_place_does_not_take_over_that_of_an_earlier_one() -> None:
    placed = CitedWork("Rents", "en", "", "", "2.2", "p. 6")
    sources = [MemoSource((work,), "http://c") for work in (placed, replace(placed, section=""))]

    assert notes_on(*sources) == [" Rents, 2.2, p. 6. Abrir", " Rents, p. 6. Abrir"]


def test_every_run_of_text_has_its_language() -> None:
    languages = {
        text_of(run): [element.get(qn("w:val")) for element in run.iter(qn("w:lang"))]
        for name in ("word/document.xml", "word/footnotes.xml")
        for run in parse_xml(part(name)).iter(qn("w:r"))
        if text_of(run)
    }

    assert {text: languages[text] for text in ("City", " rose.", "Alquileres", "Abrir")} == {
        "City": ["en-GB"],
        " rose.": ["es-ES"],
        "Alquileres": ["es-ES"],
        "Abrir": ["pt-BR"],
    }
    assert all(len(codes) == 1 for codes in languages.values())
    defaults = parse_xml(part("word/styles.xml")).iter(qn("w:lang"))
    assert [element.get(qn("w:val")) for element in defaults] == ["pt-BR"]


def test_a_file_says_when_it_was_made_and_in_which_language() -> None:
    properties = docx.Document(BytesIO(word_file(MEMO)[0])).core_properties

    assert properties.created == properties.modified
    assert properties.created is not None
    assert datetime.now(UTC) - properties.created < timedelta(minutes=5)
    assert properties.language == "pt-BR"
