"""A report opens at a quote, a page, or its beginning, and is cited as a whole."""

import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from indexer.records import BlockKind, PageStart
from service.interfaces.context import DoorContext
from service.interfaces.web.document_view import DocumentView, PlaceQuery
from service.interfaces.web.rendering import PageRenderer
from service.library import Library
from service.presentation.wording import Wording
from service.qa_service import QAService
from service.settings import Settings
from tests.fakes import document, edition, request
from tests.service.interfaces.web.html_page import page_of


def test_a_report_shows_the_quote_in_its_text(client: TestClient) -> None:
    text = client.get("/v1/documents/chile-rent/text").text
    start = text.index("The subsidy is paid")
    page = page_of(client, "/documents/chile-rent", start=start, end=start + 19)

    assert {"id": "quote"}.items() <= page.all("mark")[0].items()
    assert page.all("table")
    assert "1,204" in page.text
    assert [attrs for attrs in page.all("a") if attrs.get("href") == "#quote"]


def test_one_goes_from_quote_to_quote_of_an_answer(client: TestClient) -> None:
    page = page_of(client, "/documents/quito", start=0, end=20, quotes="0-20,40-60,70-90")
    last = page_of(client, "/documents/quito", start=70, end=90, quotes="0-20,40-60,70-90")
    alone = page_of(client, "/documents/quito", start=70, end=90, quotes="0-20")

    assert "Quote 1 of 3" in page.text
    (following,) = [attrs["href"] for attrs in page.all("a") if attrs.get("rel") == "next"]
    assert following is not None
    assert "start=40&end=60" in following
    assert not [attrs for attrs in last.all("a") if attrs.get("rel") == "next"]
    assert "Quote 1 of" not in alone.text


@pytest.mark.parametrize("find", ["\u00ad", "\uf0b7"], ids=["soft hyphen", "bullet"])
def test_words_of_which_nothing_can_be_seen_are_not_looked_for(
    client: TestClient, find: str
) -> None:
    response = client.get("/documents/quito", params={"find": find})

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")


def test_the_original_stands_beside_the_text_where_it_is_a_pdf(client: TestClient) -> None:
    page = page_of(client, "/documents/quito", page=2, beside=1)
    closed = page_of(client, "/documents/quito", page=2)
    markdown = page_of(client, "/documents/chile-rent", beside=1)
    (frame,) = page.all("iframe")

    assert (frame["src"] or "").startswith("/v1/documents/quito/file#page=2")
    assert closed.all("iframe") == markdown.all("iframe") == []
    file = client.get("/v1/documents/quito/file")
    assert file.headers["x-frame-options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in file.headers["content-security-policy"]
    assert "frame-src 'self'" in client.get("/").headers["content-security-policy"]


@pytest.mark.parametrize(
    ("params", "says"),
    [
        pytest.param({"start": 0, "end": 5, "sha256": "0" * 12}, "changed since", id="changed"),
        pytest.param({"start": 10**9, "end": 10**9 + 1}, "past the end", id="outside"),
    ],
)
def test_a_link_that_does_not_fit_highlights_nothing_and_says_so(
    client: TestClient, params: dict[str, int | str], says: str
) -> None:
    query = "&".join(f"{name}={value}" for name, value in params.items())
    page = page_of(client, f"/documents/chile-rent?{query}")

    assert says in page.text
    assert not page.all("mark")
    assert "quote" in page.ids()


def test_a_publishers_address_is_a_link_only_if_a_browser_may_follow_it(
    client: TestClient,
) -> None:
    chile, cities = page_of(client, "/documents/chile-rent"), page_of(client, "/documents/ciudades")

    assert "https://example.org/chile-rent" in {attrs.get("href") for attrs in chile.all("a")}
    assert not [
        attrs for attrs in cities.all("a") if (attrs.get("href") or "").startswith("javascript:")
    ]


def test_a_report_of_three_hundred_pages_opens_fast(tmp_path: Path) -> None:
    text = "Cities plan for those who arrive, and for those who were there before them. " * 4
    blocks = [
        (
            BlockKind.HEADING if at % 20 == 0 else BlockKind.PARAGRAPH,
            text[: 60 if at % 20 == 0 else None],
        )
        for at in range(3000)
    ]
    plain = document(*blocks)
    turns = tuple(
        PageStart(block.span.start, at // 10 + 1)
        for at, block in enumerate(plain.blocks)
        if at % 10 == 0
    )
    report = document(*blocks, turns=turns)
    settings = Settings(corpus=tmp_path, index=tmp_path)
    context = DoorContext(QAService(settings, Library(settings)), Wording())
    renderer = PageRenderer(context.service)
    held = edition()
    renderer.render(
        request(),
        "document.html",
        DocumentView(report, edition=held, links=context.page_links).page(PlaceQuery()),
    )

    started = time.perf_counter()
    view = DocumentView(report, edition=held, links=context.page_links)
    shown = view.page(PlaceQuery(page=151))
    html = renderer.render(request(), "document.html", shown).body
    took_s = time.perf_counter() - started

    assert b'id="page-151"' in html
    assert len(shown.parts) > 5
    assert took_s < 0.3


def test_a_report_is_cited_as_a_whole(client: TestClient) -> None:
    bib = client.get("/documents/chile-rent/reference.bib")
    unknown = client.get("/documents/chile-rent/reference.exe")

    assert "{Housing Ministry}" in bib.text
    assert unknown.status_code == 404
    assert client.get("/documents/nobody/reference.bib").status_code == 404
