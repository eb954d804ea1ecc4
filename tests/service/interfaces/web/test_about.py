"""``/about`` says how answers are made and what is stored."""

from pathlib import Path

from starlette.testclient import TestClient

from indexer.records import DocumentInfo
from service.interfaces.app import create_app
from service.interfaces.web.about import N_BARS, charts_of
from service.library import Library
from service.pipeline.facets import coverage_of
from service.qa_service import QAService
from service.settings import Settings
from tests.fakes import entry
from tests.service.interfaces.web.html_page import page_of


def test_about_names_the_index_and_says_what_is_stored(client: TestClient) -> None:
    fingerprint = client.get("/readyz").json()["index"]["fingerprint"]
    page = page_of(client, "/about")

    assert fingerprint in page.text
    assert "3 reports" in page.text
    assert "1 file could not be read" in page.text
    assert "Questions are not stored" in page.text
    assert {"confidence", "limits", "coverage", "privacy", "embed"} <= set(page.ids())


def test_about_says_so_while_no_index_is_loaded(tmp_path: Path) -> None:
    settings = Settings(corpus=tmp_path, index=tmp_path)
    client = TestClient(create_app(QAService(settings, Library(settings))))

    assert "No index is loaded" in page_of(client, "/about").text


def test_charts_count_the_reports_and_leave_out_what_has_one_value() -> None:
    entries = [
        entry(f"d{at}", DocumentInfo(title="T", year=2000 + at, publisher="P", themes=("a", "b")))
        for at in range(N_BARS + 3)
    ]
    entries.append(entry("last", DocumentInfo(title="T", year=2014, themes=("a",))))

    years, themes = charts_of(entries, coverage_of(entries).facets)

    assert (years.field, len(years.bars), years.n_more) == ("year", N_BARS, 3)
    assert (years.bars[-1].value, years.bars[-1].n_documents, years.bars[-1].share) == (
        "2014",
        2,
        100,
    )
    assert years.bars[0].share == 50
    assert [(bar.value, bar.n_documents) for bar in themes.bars] == [("a", 16), ("b", 15)]
