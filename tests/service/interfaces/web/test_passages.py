"""``/search`` shows every passage with the words, and gives them as files."""

import csv
import re
from gettext import NullTranslations
from io import BytesIO, StringIO
from typing import cast
from urllib.request import urlopen
from zipfile import ZipFile

import docx
import pytest
import rispy
from lxml import etree
from pybtex.database import parse_string
from starlette.testclient import TestClient

from indexer.records import BlockKind, Span
from indexer.settings import IndexerSettings
from service.interfaces.app import create_app
from service.interfaces.web.localisation import Interface
from service.interfaces.web.passages import N_ON_PAGE
from service.interfaces.web.passages_export import PassagesExport, found_in_cells
from service.library import Edition, Library
from service.outcomes import WordsOutcome
from service.pipeline.found_words import (
    FoundPassage,
    FoundReport,
    WantedWords,
    WordMatch,
    WordsFound,
)
from service.presentation.links import Links
from service.presentation.wording import words_by_language
from service.qa_service import QAService
from service.records import Filters
from service.settings import Settings
from tests.fakes import FakeIndex, document
from tests.fakes import edition as edition_of_one
from tests.service.interfaces.web.html_page import page_of

BRIEF = "Leverkusen: helping refugees into private housing"


def test_passages_stand_by_report_and_heading_with_their_words_marked(client: TestClient) -> None:
    page = page_of(client, "/search", q="Everything the reports say about the subsidy")

    headings = [attrs["id"] for tag, attrs in page.elements if tag == "h3"]
    assert headings == ["report-1"]
    assert "Looked for: subsidy." in " ".join(page.text.split())
    assert "How the subsidy works" in page.text
    assert len(page.all("mark")) >= 3
    opened = [attrs["href"] or "" for attrs in page.all("a")]
    assert any(href.startswith("/documents/chile-rent?start=") for href in opened)


@pytest.mark.usefixtures("streets")
def test_what_stands_in_two_passages_is_shown_once_on_pages_and_in_files(
    built: IndexerSettings,
) -> None:
    settings = Settings(corpus=built.corpus, index=built.index_dir)
    library = Library(settings)
    library.load()
    client = TestClient(create_app(QAService(settings, library)))

    table = client.get("/search/export/csv?q=rented").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(table)))
    word = docx.Document(BytesIO(client.get("/search/export/docx?q=rented").content))
    pages = [page_of(client, "/search", q="rented", offset=offset) for offset in range(len(rows))]

    streets = [str(n) for n in range(1, 31)]
    assert re.findall(r"Street (\d+)", " ".join(row["Passage"] for row in rows)) == streets
    quoted = " ".join(each.text for each in word.paragraphs)
    assert re.findall(r"Street (\d+)", quoted) == streets
    assert not [row["Passage"] for row in rows if row["Passage"] != row["Passage"].strip()]
    counts = [int(row["Places of the words, each counted once"]) for row in rows]
    assert [len(page.all("mark")) for page in pages] == [
        sum(counts[offset : offset + N_ON_PAGE]) for offset in range(len(rows))
    ]


def test_most_of_the_words_or_any_of_them(client: TestClient) -> None:
    most = page_of(client, "/search", q="subsidy trolleybus fare")
    any_of_them = page_of(client, "/search", q="subsidy trolleybus fare", match="any")

    assert "No passage has all of the words" in most.text
    assert re.search(r"All \d+ passages with any of them", most.text)
    assert "Passages with any of the words." in any_of_them.text
    assert len(any_of_them.all("mark")) > len(most.all("mark"))


def test_the_words_that_passages_lack_are_named(client: TestClient) -> None:
    all_lack_it = page_of(client, "/search", q="subsidy trolleybus")
    one_word = page_of(client, "/search", q="subsidy zebra")

    for_each = " ".join(all_lack_it.text.split())
    assert "without: trolleybus" in for_each
    assert "without: subsidy" in for_each
    assert "these lack: zebra." in " ".join(one_word.text.split())
    assert "without:" not in one_word.text


def test_a_reader_of_spanish_finds_english_reports_by_spanish_words(client: TestClient) -> None:
    response = client.get("/search?q=subsidio", headers={"Accept-Language": "es"})

    assert '<span class="word" lang="en">subsidy</span>' in response.text
    assert "Renting in Chile" in response.text


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        pytest.param("", 200, "Words to find", id="nothing asked"),
        pytest.param("?q=", 422, "The field is empty", id="no word"),
        pytest.param("?q=zebra", 200, "No passage has these words.", id="nothing found"),
        pytest.param("?q=rent&country=ZZ", 422, "No report has", id="unknown filter"),
        pytest.param("?q=rent&year_from=x", 422, "is not a year", id="no year"),
    ],
)
def test_a_search_without_passages_says_why(
    client: TestClient, query: str, status: int, says: str
) -> None:
    assert says in page_of(client, f"/search{query}", status=status).text


@pytest.mark.parametrize(
    ("path", "href"),
    [
        pytest.param("/search?q=subsidyy&country=CL", "/search?country=CL&q=subsidy", id="all"),
        pytest.param(
            "/documents/chile-rent?find=subsidyy", "/documents/chile-rent?find=subsidy", id="one"
        ),
    ],
)
def test_misspelt_words_are_put_right(client: TestClient, path: str, href: str) -> None:
    page = page_of(client, path)

    assert "Did you mean: subsidy" in " ".join(page.text.split())
    assert href in [attrs["href"] for attrs in page.all("a")]
    assert "Did you mean" not in client.get(href).text


@pytest.mark.parametrize("path", ["/", "/about", "/search"])
def test_the_menu_leads_to_the_search_for_words(client: TestClient, path: str) -> None:
    links = {attrs["href"]: attrs for attrs in page_of(client, path).all("a")}

    assert ("aria-current" in links["/search"]) is (path == "/search")


@pytest.mark.parametrize("path", ["/ask?q=rent+subsidy+in+Chile", "/ask?q=Best+pizza+in+Naples"])
def test_answers_and_refusals_lead_to_all_passages(client: TestClient, path: str) -> None:
    links = [attrs["href"] for attrs in page_of(client, path).all("a")]

    assert path.replace("/ask", "/search") in links


def test_files_are_in_the_language_of_the_page(client: TestClient) -> None:
    page = page_of(TestClient(client.app), "/search", q="subsidy", lang="es")
    links = [str(attrs["href"]) for attrs in page.all("a") if "download" in attrs]
    table = TestClient(client.app).get(links[0])

    assert links[0] == "/search/export/csv?q=subsidy&lang=es"
    assert "Informe" in table.text.splitlines()[0]


def test_a_table_has_every_passage_and_runs_nowhere(client: TestClient) -> None:
    response = client.get("/search/export/csv", params={"q": "savings Quito", "match": "any"})

    text = response.content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert {row["Report"] for row in rows} == {"Renting in Chile", "Moving <b>around</b> Quito"}
    assert {row["Page"] for row in rows if "Quito" in row["Report"]} == {"1–3"}
    assert all(row["Link"].startswith("http://testserver/documents/") for row in rows)
    assert not [cell for row in rows for cell in row.values() if cell[:1] in {"=", "+", "-", "@"}]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        pytest.param("q=subsidy", "cita-subsidy.csv", id="no filter"),
        pytest.param("q=subsidy&country=CL", "cita-subsidy-cl.csv", id="a country"),
        pytest.param("q=subsidy&year_from=2019", "cita-subsidy-from-2019.csv", id="a year"),
    ],
)
def test_a_file_of_some_reports_is_named_so(client: TestClient, query: str, name: str) -> None:
    response = client.get(f"/search/export/csv?{query}")

    assert response.headers["content-disposition"] == f'attachment; filename="{name}"'


def test_word_gets_the_passages_under_their_headings(client: TestClient) -> None:
    response = client.get("/search/export/docx", params={"q": "subsidy"})

    word = docx.Document(BytesIO(response.content))
    styles = {paragraph.style.name for paragraph in word.paragraphs if paragraph.style}
    assert {"Heading 1", "Heading 2", "Heading 3", "Quote"} <= styles
    bold = {run.text for paragraph in word.paragraphs for run in paragraph.runs if run.bold}
    assert bold == {"subsidy"}


def test_word_gets_the_tables_of_passages_as_tables(client: TestClient) -> None:
    response = client.get("/search/export/docx", params={"q": "families"})

    word = docx.Document(BytesIO(response.content))
    rows = [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]
    assert ["Year", "Families"] in rows
    assert ["2020", "3,417"] in rows
    assert not [paragraph.text for paragraph in word.paragraphs if " | " in paragraph.text]


def test_word_marks_a_report_that_is_replaced(server: str) -> None:
    with urlopen(f"{server}/search/export/docx?q=shelters+Lima") as response:  # noqa: S310
        body = BytesIO(response.read())
    with ZipFile(body) as word:
        notes = "".join(map(str, etree.fromstring(word.read("word/footnotes.xml")).itertext()))

    assert "Shelters in Lima, 2019, 2019 (replaced by a newer edition)" in notes
    assert "Shelters in Lima, 2023, 2023 (" not in notes


@pytest.fixture
def with_notes() -> PassagesExport:
    """What was found in a report whose text and table call notes."""
    held = edition_of_one()
    index = cast("FakeIndex", held.index)
    index._document = document(
        (BlockKind.PARAGRAPH, "Tacna⁷ pays."),
        (BlockKind.TABLE_HEADER, "City | Paid"),
        (BlockKind.TABLE_ROW, "Tacna³ 2020 | 5"),
    )
    matches = (Span(0, 5), Span(25, 30))
    passage = FoundPassage(0, Span(0, 40), matches, ())
    report = FoundReport(index.documents[0], (passage,), n_matches=2)
    found = WordsFound(WantedWords(()), WordMatch.MOST, 0, 1, (report,))
    return PassagesExport(
        WordsOutcome(found, held, took_ms=1.0),
        words="Tacna",
        filters=Filters(),
        links=Links("https://cita.example"),
        interface=Interface("en", NullTranslations()),
        address="https://cita.example/search?q=Tacna",
    )


def test_a_cell_loses_the_number_of_a_note_behind_a_marked_word(
    with_notes: PassagesExport,
) -> None:
    word = docx.Document(BytesIO(bytes(with_notes.response("docx").body)))

    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert rows == [["City", "Paid"], ["Tacna 2020", "5"]]


def test_a_table_of_passages_has_no_numbers_of_notes(with_notes: PassagesExport) -> None:
    text = bytes(with_notes.response("csv").body).decode("utf-8-sig")

    (row,) = csv.DictReader(StringIO(text))
    assert row["Passage"] == "Tacna pays.\nCity | Paid\nTacna 2020 | 5"


@pytest.mark.parametrize("path", ["/ask/export/docx", "/search/export/docx"])
def test_word_takes_what_xml_cannot_hold(client: TestClient, path: str) -> None:
    response = client.get(path, params={"q": "rent \uffff subsidy\ufffe in Chile"})

    word = docx.Document(BytesIO(response.content))
    assert word.core_properties.title == "rent subsidy in Chile"


def test_references_have_each_report_once_with_its_pages(client: TestClient) -> None:
    params = {"q": "subsidy fare", "match": "any"}
    bib = parse_string(client.get("/search/export/bib", params=params).text, "bibtex").entries
    ris = rispy.loads(client.get("/search/export/ris", params=params).text)

    assert set(bib) == {"chile-rent", "quito"} == {entry["id"] for entry in ris}
    assert bib["quito"].fields["note"]


def test_files_cite_the_report_that_a_brief_restates(server: str) -> None:
    def export(kind: str) -> bytes:
        with urlopen(f"{server}/search/export/{kind}?q=Leverkusen+partners&match=any") as response:  # noqa: S310
            return bytes(response.read())

    rows = list(csv.DictReader(StringIO(export("csv").decode("utf-8-sig"))))
    with ZipFile(BytesIO(export("docx"))) as word:
        notes = "".join(map(str, etree.fromstring(word.read("word/footnotes.xml")).itertext()))
    bib = parse_string(export("bib").decode(), "bibtex").entries

    restating = [row for row in rows if row["Summarised in"] == BRIEF]
    assert restating
    assert not [row for row in restating if BRIEF in row["Report"]]
    assert all(row["Publisher"] and row["Year"] and row["Section"] for row in restating)
    assert f"In the words of: {BRIEF}" in notes
    assert notes.index(restating[0]["Report"].split(";")[0]) < notes.index(BRIEF)
    titles = {entry.fields["title"].strip("{}") for entry in bib.values()}
    assert restating[0]["Report"] in titles
    assert BRIEF not in titles


def test_what_restates_another_report_is_named_with_its_page(edition: Edition) -> None:
    document = edition.document("quito")
    end = len(document.text)

    cells = found_in_cells(document, Span(end - 1, end), words=words_by_language()["en"])
    assert cells == ("Moving <b>around</b> Quito", "p. 3")


def test_a_file_of_another_kind_is_not_there(client: TestClient) -> None:
    response = client.get("/search/export/exe?q=rent", headers={"Accept": "text/html"})

    assert response.status_code == 404


def test_words_are_found_in_one_report_from_place_to_place(client: TestClient) -> None:
    typed = client.get("/documents/chile-rent", params={"find": "subsidy", "lang": "es"})
    first = page_of(client, "/documents/chile-rent", find="subsidy", match=1)
    second = page_of(client, "/documents/chile-rent", find="subsidy", match=2)
    here = page_of(client, "/documents/quito", find="fare", start=90)
    none = page_of(client, "/documents/quito", find="zebra")

    assert typed.status_code == 303
    address = "/documents/chile-rent?find=subsidy&lang=es&match=1#quote"
    assert typed.headers["location"] == address
    assert "Place 1 of 3" in first.text
    assert "Place 2 of 3" in second.text
    assert "one of these words. Looked for: subsidy. All passages" in second.text
    assert [attrs for attrs in second.all("mark") if attrs.get("id") == "quote"] == [
        second.all("mark")[1]
    ]
    links = [attrs["href"] or "" for attrs in second.all("a")]
    assert "/documents/chile-rent?find=subsidy&match=1#quote" in links
    assert "/search?q=subsidy&document=chile-rent&match=any" in links
    assert "Place 1 of" in here.text
    assert "No place in this report has one of these words. Looked for: zebra." in none.text


def test_a_report_says_by_which_english_words_it_is_searched(client: TestClient) -> None:
    english = page_of(client, "/documents/chile-rent", find="subsidio", match=1)
    spanish = page_of(client, "/documents/ciudades", find="subsidio")

    assert "Looked for: subsidio. In English reports also: subsidy." in english.text
    assert "In English reports also" not in spanish.text
