"""The web pages over a real index, without a browser."""

import re
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import cast

import pytest
from starlette.testclient import TestClient

from indexer.records import BlockKind, PageStart
from service.interfaces.app import create_app
from service.interfaces.context import DoorContext
from service.interfaces.web.documents import ReadingView
from service.interfaces.web.form import PlaceQuery
from service.interfaces.web.pages import Pages
from service.library import Library
from service.presentation.wording import Wording
from service.qa_service import QAService
from service.settings import Settings
from tests.fakes import document, edition, request

RENT = "How much is the rent subsidy that Chile pays to migrants?"
HTML = {"Accept": "text/html"}
VOID = {"meta", "link", "input", "br", "hr", "img"}


class Page(HTMLParser):
    """Collects what the tests look at, and checks that elements are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.elements if "id" in attrs]

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]


def page_of(client: TestClient, path: str, *, status: int = 200, **params: object) -> Page:
    response = client.get(path, params=cast("dict[str, str]", params) or None, headers=HTML)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    page = Page(response.text)
    assert len(page.ids()) == len(set(page.ids())), "an id stands twice"
    assert len(page.all("h1")) == len(page.all("main")) == 1
    for attrs in page.all("a"):
        fragment = (attrs.get("href") or "").removeprefix("#")
        if (attrs.get("href") or "").startswith("#"):
            assert fragment in page.ids(), f"#{fragment} leads nowhere"
    return page


def test_the_start_page_has_the_form_examples_and_what_there_is_to_ask_about(
    client: TestClient,
) -> None:
    page = page_of(client, "/")

    assert {"name": "q", "id": "q"}.items() <= page.all("input")[0].items()
    assert "3 reports" in page.text
    assert "Chile" in page.text
    assert any((attrs.get("href") or "").startswith("/ask?q=") for attrs in page.all("a"))


def test_the_form_offers_only_values_of_the_corpus_with_counts(client: TestClient) -> None:
    page = page_of(client, "/")

    boxes = [attrs for attrs in page.all("input") if attrs.get("type") == "checkbox"]
    offered = {(attrs["name"], attrs["value"]) for attrs in boxes}
    assert {("country", code) for code in ("CL", "CO", "PE", "EC")} <= offered
    assert ("theme", "housing") in offered
    assert "1 report" in page.text
    assert "2 reports" in page.text


def test_an_answer_shows_quote_place_context_and_the_way_into_the_report(
    client: TestClient,
) -> None:
    page = page_of(client, "/ask", q=RENT, country="CL")

    assert "170,000 pesos" in page.text
    assert "Renting in Chile" in page.text
    assert "Housing Ministry" in page.text
    assert "How the subsidy works" in page.text
    assert "Show in context" in page.text
    assert page.all("blockquote")[0]["lang"] == "en"
    assert any(
        (attrs.get("href") or "").startswith("/documents/chile-rent?start=")
        for attrs in page.all("a")
    )
    assert page.all("input")[0]["value"] == RENT
    assert not re.search(r"\b0\.\d", page.text)  # confidence is told in words


def test_a_quote_from_a_pdf_names_its_page_and_opens_the_original_there(
    client: TestClient,
) -> None:
    page = page_of(client, "/ask", q="When did the metro of Quito open?", country="EC")

    assert "p. 3" in page.text
    assert any((attrs.get("href") or "").endswith("/file#page=3") for attrs in page.all("a"))


def test_a_refusal_explains_itself_and_what_comes_nearest_is_no_answer(
    settings: Settings, library: Library
) -> None:
    strict = settings.model_copy(update={"min_confidence": 1.0})
    page = page_of(
        TestClient(create_app(QAService(strict, library))), "/ask", q="¿Quién vacuna a los niños?"
    )

    assert "not an answer" in page.text
    assert "Hay 3 informes disponibles" in page.text
    assert "Show the passage" in page.text
    assert "Bogotá atiende" in page.text


@pytest.mark.parametrize(
    ("params", "says", "field"),
    [
        pytest.param({"q": ""}, "The field is empty", "q-error", id="empty"),
        pytest.param({"q": "x" * 1001}, "1001 characters", "q-error", id="too long"),
        pytest.param({"q": "a\x00b"}, "U+0000", "q-error", id="control character"),
        pytest.param(
            {"q": "Rent?", "year_from": "MM"}, "“MM” is not a year", "filter-error", id="year"
        ),
        pytest.param(
            {"q": "Rent?", "year_from": "2021", "year_to": "2019"},
            "2021–2019 are the wrong way round",
            "filter-error",
            id="years",
        ),
        pytest.param({"q": "Rent?", "country": "ZZ"}, "“ZZ”", "filter-error", id="country"),
        pytest.param(
            {"q": "Rent?", "theme": "x" * 300}, "cannot be used", "filter-error", id="long"
        ),
    ],
)
def test_an_error_stands_beside_the_form_with_the_question_kept(
    client: TestClient, params: dict[str, str], says: str, field: str
) -> None:
    page = page_of(client, "/ask", status=422, **params)

    assert says in page.text
    assert page.all("input")[0]["value"] == params["q"]
    assert field in page.ids()
    assert any(attrs.get("aria-describedby") == field for _, attrs in page.elements)


def test_filters_stay_as_they_were_ticked(client: TestClient) -> None:
    page = page_of(client, "/ask", q=RENT, country="CL", year_from="2019")

    ticked = [attrs["value"] for attrs in page.all("input") if "checked" in attrs]
    assert ticked == ["CL"]
    assert "2 filters in use" in page.text
    assert {"name": "year_from", "value": "2019"}.items() <= next(
        attrs.items() for attrs in page.all("input") if attrs.get("name") == "year_from"
    )


def test_without_a_question_one_is_sent_to_the_form(client: TestClient) -> None:
    response = client.get("/ask", headers=HTML)

    assert response.status_code == 303
    assert response.headers["location"] == "/"


def test_while_no_index_is_loaded_the_question_is_kept(tmp_path: Path) -> None:
    settings = Settings(corpus=tmp_path, index=tmp_path)
    client = TestClient(create_app(QAService(settings, Library(settings))))

    page = page_of(client, "/ask", status=503, q="Who pays?", country="CL")

    assert page.all("input")[0]["value"] == "Who pays?"
    assert "being loaded" in page.text


def test_the_list_names_reports_and_what_could_not_be_read(client: TestClient) -> None:
    page = page_of(client, "/documents")

    assert "Moving <b>around</b> Quito" in page.text
    assert not page.all("b")
    assert "broken.pdf" in page.text


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


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/documents/nobody", 404),
        ("/nothing", 404),
        ("/v1/documents/nobody/file", 404),
        ("/documents?offset=-1", 422),
        ("/documents/chile-rent?start=here", 422),
    ],
)
def test_an_error_is_a_page_with_the_form(client: TestClient, path: str, status: int) -> None:
    page = page_of(client, path, status=status)

    assert page.all("form")


def test_the_reference_describes_every_operation_shape_and_problem(client: TestClient) -> None:
    page = page_of(client, "/docs")

    assert {"ask", "search", "verify", "readyz", "shape-Problem", "not-ready"} <= set(page.ids())
    assert "curl http://testserver/v1/ask" in page.text


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
    pages = Pages(context)
    held = edition()
    pages.render(
        request(),
        "document.html",
        ReadingView(report, edition=held, links=context.page_links).page(PlaceQuery()),
    )

    started = time.perf_counter()
    view = ReadingView(report, edition=held, links=context.page_links)
    shown = view.page(PlaceQuery(page=151))
    html = pages.render(request(), "document.html", shown).body
    took_s = time.perf_counter() - started

    assert b'id="page-151"' in html
    assert len(shown.parts) > 5
    assert took_s < 0.3


def test_the_list_is_filtered_and_sorted(client: TestClient) -> None:
    filtered = page_of(client, "/documents", country="CL")
    by_year = page_of(client, "/documents", sort="year", theme="housing")
    wrong = page_of(client, "/documents", status=422, country="ZZ")
    unsorted = client.get("/documents?sort=size", headers=HTML)

    assert "1 report passes the filters" in filtered.text
    assert [attrs["value"] for attrs in filtered.all("input") if "checked" in attrs] == ["CL"]
    headings = [
        attrs["href"]
        for attrs in by_year.all("a")
        if (attrs["href"] or "").startswith("/documents/")
    ]
    assert headings == ["/documents/chile-rent", "/documents/ciudades"]
    assert "“ZZ”" in wrong.text
    assert unsorted.status_code == 422
