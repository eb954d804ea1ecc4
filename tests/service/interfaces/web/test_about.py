"""``/about`` tells what answers rest on; doors for intranets are described and narrow."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

from starlette.testclient import TestClient

from indexer.records import DocumentInfo
from service.interfaces.app import create_app
from service.interfaces.web.about import N_BARS, charts_of
from service.library import Library
from service.pipeline.facets import coverage_of
from service.qa_service import QAService
from service.settings import Settings
from tests.fakes import entry
from tests.service.interfaces.web.test_pages import page_of

OPENSEARCH = {"os": "http://a9.com/-/spec/opensearch/1.1/"}


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


def test_browsers_learn_how_to_search(settings: Settings, library: Library) -> None:
    public = settings.model_copy(update={"public_url": "https://cita.example"})
    response = TestClient(create_app(QAService(public, library))).get("/opensearch.xml")
    described = ET.fromstring(response.content)  # noqa: S314 - our own words

    url = described.find("os:Url", OPENSEARCH)
    assert url is not None
    assert url.get("template") == "https://cita.example/ask?q={searchTerms}"
    assert response.headers["content-type"] == "application/opensearchdescription+xml"


def test_json_ld_describes_the_site_and_a_report_and_cannot_end_its_element(
    client: TestClient,
) -> None:
    pattern = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
    (site,) = pattern.findall(client.get("/").text)
    (report,) = pattern.findall(client.get("/documents/quito").text)

    assert json.loads(site)["potentialAction"]["target"]["urlTemplate"].endswith(
        "/ask?q={search_term_string}"
    )
    assert json.loads(report)["name"] == "Moving <b>around</b> Quito"
    assert "<" not in report


def test_only_named_sites_may_show_the_form_and_nothing_else_of_ours(
    settings: Settings, library: Library
) -> None:
    named = settings.model_copy(update={"frame_ancestors": ("https://intranet.example",)})
    client = TestClient(create_app(QAService(named, library)))

    assert (
        "frame-ancestors https://intranet.example"
        in client.get("/embed").headers["content-security-policy"]
    )
    assert "frame-ancestors 'none'" in client.get("/").headers["content-security-policy"]
    assert "/embed" in client.get("/about").text
    assert 'target="_blank"' in client.get("/embed").text


def test_by_default_no_site_may(client: TestClient) -> None:
    assert "frame-ancestors 'none'" in client.get("/embed").headers["content-security-policy"]
