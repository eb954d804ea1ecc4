"""``/ask`` shows an answer, a refusal, or what is wrong with the form."""

import re
from gzip import decompress
from html import unescape
from pathlib import Path
from zlib import decompressobj

import anyio
import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from service.errors import NotReadyError, ServiceError
from service.interfaces.app import create_app
from service.library import Library
from service.outcomes import Outcome
from service.pipeline.translation.quote_translator import QuoteTranslator
from service.qa_service import QAService
from service.records import Refusal
from service.settings import Settings
from tests.service.interfaces.web.html_page import HTML, RENT, page_of


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


def test_a_quote_that_is_nearly_all_of_its_passage_is_shown_among_its_neighbours(
    client: TestClient,
) -> None:
    page = page_of(client, "/ask", q="How many families had the subsidy in 2019?", country="CL")

    assert "Show in context" in page.text
    assert "Applicants need:" in page.text.partition("Show in context")[2]
    assert "How the subsidy works" in page.text.partition("Show in context")[2]


def test_a_quote_from_a_pdf_names_its_page_and_opens_the_original_there(
    client: TestClient,
) -> None:
    page = page_of(client, "/ask", q="When did the metro of Quito open?", country="EC")

    assert "p. 3" in page.text
    assert any((attrs.get("href") or "").endswith("/file#page=3") for attrs in page.all("a"))


def test_each_quote_can_be_cited_with_its_source(client: TestClient) -> None:
    page = page_of(client, "/ask", q="When did the metro of Quito open?", country="EC")

    (citation,) = (line for line in page.text.splitlines() if "http://testserver/documents" in line)
    assert " Transit Office, Moving <b>around</b> Quito, no date, " in citation
    assert ", p. 3. http://testserver/documents/quito?start=" in citation


def test_a_refusal_explains_itself_and_what_comes_nearest_is_no_answer(
    settings: Settings, library: Library
) -> None:
    strict = settings.model_copy(update={"min_confidence": 1.0})
    page = page_of(
        TestClient(create_app(QAService(strict, library))), "/ask", q="¿Quién vacuna a los niños?"
    )

    assert "not an answer" in page.text
    assert "There are 3 reports here" in page.text
    assert "Show the passage" in page.text
    assert "Bogotá atiende" in page.text


def test_what_may_answer_all_the_same_is_marked_with_its_page_and_its_link(
    client: TestClient,
) -> None:
    html = client.get("/ask", params={"q": "Who counts passengers?"}).text

    assert "Not certain enough" in html
    heading, first, *others = html.partition('<section class="nearest"')[2].split("<li>")
    assert '<p class="flag">may answer</p>' in first
    assert others
    assert not [part for part in (heading, *others) if "may answer" in part]
    assert "None of them seems" not in html
    assert "not an answer" not in html
    before, marked, after = html.partition(
        "<mark>The trolleybus of Quito carries 250,000 passengers a day.</mark>"
    )
    assert marked
    assert "Moving &lt;b&gt;around" in before
    assert "Open in the report" in after


class _Suggesting(QAService):
    """Takes down how much of the page had been sent when suggestions were looked for."""

    def __init__(self, settings: Settings, library: Library) -> None:
        super().__init__(settings, library)
        self.sent: list[bytes] = []
        self.sent_before: list[bytes] = []
        self.trouble_with: ServiceError | None = None

    def suggestions(self, refused: Outcome) -> tuple[str, ...]:
        assert isinstance(refused.result, Refusal)
        self.sent_before = list(self.sent)
        if self.trouble_with:
            raise self.trouble_with
        return ("Who vaccinates children?",)


def _streamed(service: _Suggesting, path: str, query: str) -> str:
    """Return the page of an address; ``service.sent`` has it as it went out, compressed."""

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            service.sent.append(message["body"])

    async def receive() -> Message:
        if service.sent:
            await anyio.sleep_forever()
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "client": ("127.0.0.1", 0),
        "query_string": query.encode(),
        "headers": [(b"host", b"localhost"), (b"accept-encoding", b"gzip")],
    }
    anyio.run(create_app(service), scope, receive, send)
    return decompress(b"".join(service.sent)).decode()


def test_a_refusal_is_sent_before_its_suggestions_are_looked_for(
    settings: Settings, library: Library
) -> None:
    service = _Suggesting(settings.model_copy(update={"min_confidence": 1.0}), library)

    whole = _streamed(service, "/ask", "q=Who+vaccinates+a+child%3F")

    first = decompressobj(wbits=31).decompress(b"".join(service.sent_before)).decode()
    assert "not an answer" in first
    assert "/static/cita.js" in first
    assert "Who vaccinates children?" not in first
    assert whole.startswith(first)
    assert "Who vaccinates children?" in whole
    assert "\f" not in whole


@pytest.mark.parametrize(
    ("question", "has_some"),
    [
        pytest.param("How did the subsidy work in 2031?", True, id="near"),
        pytest.param("How many landlords were fined in 2031?", False, id="none near"),
    ],
)
def test_what_a_refusal_offers_to_ask_is_near(
    client: TestClient, question: str, *, has_some: bool
) -> None:
    page = page_of(client, "/ask", q=question)

    assert ("Ask instead" in page.text) is has_some


def test_a_refusal_does_without_suggestions_where_the_index_changes_meanwhile(
    settings: Settings, library: Library
) -> None:
    service = _Suggesting(settings.model_copy(update={"min_confidence": 1.0}), library)
    service.trouble_with = NotReadyError("it was written to")

    whole = _streamed(service, "/ask", "q=Who+vaccinates+a+child%3F")

    assert whole.rstrip().endswith("</html>")
    assert "Ask instead" not in whole


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "seems to be in French"),
        ("es", "parece estar en francés"),
        ("pt", "estar em francês"),
    ],
)
def test_a_question_in_french_is_told_so_in_the_language_of_the_page(
    client: TestClient, language: str, says: str
) -> None:
    stranger = TestClient(client.app)  # the language is kept in a cookie
    page = page_of(stranger, "/ask", q="Combien de familles reçoivent une aide ?", lang=language)

    assert says in page.text
    assert [attrs["lang"] for attrs in page.all("h1")] == ["fr"]


@pytest.mark.parametrize(
    ("language", "refused", "exported"),
    [
        ("en", "The reports here", "The reports say:"),
        ("es", "Los informes disponibles", "Los informes dicen:"),
        ("pt", "Os relatórios disponíveis", "Os relatórios dizem:"),
    ],
)
@pytest.mark.parametrize(
    ("answered", "unanswered"),
    [
        pytest.param(RENT, "Which wine goes with octopus?", id="asked in English"),
        pytest.param(
            "¿De cuánto es el subsidio de alquiler en Chile?",
            "¿Qué vino va bien con el pulpo?",
            id="asked in Spanish",
        ),
        pytest.param(
            "De quanto é o subsídio de aluguel no Chile?",
            "Que vinho combina com polvo?",
            id="asked in Portuguese",
        ),
    ],
)
def test_what_a_page_and_its_files_say_is_in_the_language_of_the_page(
    client: TestClient, answered: str, unanswered: str, language: str, refused: str, exported: str
) -> None:
    stranger = TestClient(client.app)
    refusal = page_of(stranger, "/ask", q=unanswered, lang=language)
    answer = page_of(stranger, "/ask", q=answered, lang=language, country="CL")
    (file,) = (str(a["href"]) for a in answer.all("a") if "/ask/export/md" in str(a["href"]))

    assert refused in refusal.text
    assert {"class": "notice", "lang": language} in refusal.all("div")
    assert exported in TestClient(client.app).get(file).text


@pytest.mark.skipif(
    not QuoteTranslator().translates("en", "es"), reason="Apertium is not installed"
)
@pytest.mark.parametrize(
    ("question", "language"),
    [
        pytest.param(RENT, "es", id="the page"),
        pytest.param("¿De cuánto es el subsidio de alquiler en Chile?", "en", id="the question"),
    ],
)
def test_a_reader_of_spanish_finds_a_rough_translation_under_an_english_quote(
    client: TestClient, question: str, language: str
) -> None:
    stranger = TestClient(client.app)
    page = page_of(stranger, "/ask", q=question, lang=language, country="CL")
    file = stranger.get("/ask/export/md", params={"q": question, "lang": language, "country": "CL"})

    assert "subsidio de alquiler mensual" in page.text
    assert {"lang": "es"} in page.all("p")
    assert page.all("blockquote")[0]["lang"] == "en"
    assert "170,000 pesos" in file.text
    assert "mensual" not in file.text


@pytest.mark.skipif(
    not QuoteTranslator().translates("en", "es"), reason="Apertium is not installed"
)
@pytest.mark.parametrize(
    ("question", "required", "flag"),
    [
        pytest.param("¿Cuánto paga Chile?", 1.0, "no es una respuesta", id="none"),
        pytest.param("¿Quién cuenta a los pasajeros?", None, "puede que responda", id="may answer"),
    ],
)
def test_a_reader_of_spanish_finds_one_under_the_nearest_passages_of_a_refusal_too(
    settings: Settings, library: Library, question: str, required: float | None, flag: str
) -> None:
    strict = settings.model_copy(update={"min_confidence": required})
    client = TestClient(create_app(QAService(strict, library)))

    spanish = client.get("/ask", params={"q": question, "lang": "es"}).text
    english = client.get("/ask", params={"q": "Who counts passengers?", "lang": "en"}).text

    assert flag in spanish
    near = spanish.partition('<section class="nearest"')[2]
    n_translations = near.count('<details class="translation">')
    assert n_translations
    assert near.count("No son palabras del informe: no la cite.") == n_translations
    assert near.count('<p lang="es">') == n_translations
    assert '<details class="translation">' not in english


def test_a_refusal_leads_to_the_passages_with_each_of_its_words(client: TestClient) -> None:
    asking, stranger = TestClient(client.app), TestClient(client.app)
    query = {"q": "Which landlords keep parrots in Santiago?", "country": "CL", "lang": "en"}

    page = asking.get("/ask", params=query).text

    one = r'<a href="(/search\?[^"]*)"><span lang="en">(\w+)</span> – (\d+) passage'
    links = re.findall(one, page)
    assert [word for _, word, _ in links] == ["landlords", "Santiago"]
    for href, word, n_passages in links:
        assert unescape(href) == f"/search?q={word}&country=CL&lang=en"
        found = stranger.get(unescape(href), headers={"Accept-Language": "es"}).text.partition(
            'id="found-title">'
        )[2]
        assert found.split()[0] == n_passages


@pytest.mark.parametrize("topic", ["rent subsidy of Chile", "wine with octopus"])
def test_a_space_in_a_wrong_place_is_mended_and_the_question_as_it_is_understood_is_shown(
    client: TestClient, topic: str
) -> None:
    page = client.get("/ask", params={"q": f"How doe sChile pay the {topic}?"}).text

    assert f"Understood as: How does Chile pay the {topic}?" in page


def test_a_question_of_which_nothing_can_be_seen_is_unclear(client: TestClient) -> None:
    follow_up = {"q": "\u00ad", "after": RENT}

    assert "Question unclear" in page_of(client, "/ask", q="\uf0b7").text
    assert client.get("/ask", params=follow_up, follow_redirects=False).headers["location"] == (
        "/ask?q=%3F"
    )


def test_filters_that_leave_no_report_are_told(client: TestClient) -> None:
    page = page_of(client, "/ask", q=RENT, country="EC", publisher="Housing Ministry")

    assert "No report here passes these filters." in page.text


@pytest.mark.parametrize(
    ("language", "says", "widens"),
    [
        ("en", "No report here is filed under Germany.", "Go on without this filter"),
        ("es", "Ningún informe está clasificado en Alemania.", "Seguir sin este filtro"),
        ("pt", "Nenhum relatório está classificado em Alemanha.", "Continuar sem este filtro"),
    ],
)
def test_a_country_without_reports_is_told_and_left_by_one_link_with_the_question(
    client: TestClient, language: str, says: str, widens: str
) -> None:
    stranger = TestClient(client.app)
    query = {"q": RENT, "country": ["CL", "de"], "lang": language}

    page = stranger.get("/ask", params=query)

    assert page.status_code == 422
    assert says in page.text
    link = re.search(rf'<a href="(/ask\?[^"]+)">{widens}</a>', page.text)
    assert link
    assert "country=CL" in link[1]
    assert "170,000 pesos" in stranger.get(unescape(link[1])).text


@pytest.mark.parametrize(
    ("params", "says", "field"),
    [
        pytest.param({"q": ""}, "The field is empty", "q-error", id="empty"),
        pytest.param({"q": "x" * 1001}, "1001 characters", "q-error", id="too long"),
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
            {"q": "Rent?", "country": "Chile"}, "such as CL", "filter-error", id="country's name"
        ),
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


def test_all_filters_in_use_are_counted_but_no_year_that_is_none(client: TestClient) -> None:
    filters = "country=CL&country=EC&year_from=2019&year_to=2023"
    right = page_of(TestClient(client.app), f"/ask?q=rent+subsidy&{filters}&lang=en")
    wrong = page_of(TestClient(client.app), "/ask?q=rent&year_from=twenty&lang=en", status=422)

    assert "4 filters in use" in right.text
    assert "in use" not in wrong.text
    assert "from twenty" not in wrong.text


@pytest.mark.parametrize("path", ["/ask", "/search", "/documents"])
def test_filters_in_use_are_named_and_taken_off_one_by_one(client: TestClient, path: str) -> None:
    filters = "country=CL&country=EC&document=quito&year_from=2019&year_to=2023"

    page = page_of(
        TestClient(client.app), f"{path}?q=rent+subsidy&offset=0&{filters}&lang=es"
    )  # whose language nobody else gets

    links = [attrs["href"] for attrs in page.all("a") if (attrs["href"] or "").startswith(path)]
    without_chile = filters.replace("country=CL&", "")
    assert f"{path}?q=rent+subsidy&{without_chile}&lang=es" in links
    assert f"{path}?q=rent+subsidy&{filters.replace('&year_to=2023', '')}&lang=es" in links
    text = " ".join(page.text.split())
    named = ("Chile", "Ecuador", "Moving <b>around</b> Quito", "desde 2019", "hasta 2023")
    assert all(f"{name} ×: quitar este filtro" in text for name in named)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        pytest.param("country=CL&country=EC", ["Chile", "Ecuador"], id="no question"),
        pytest.param("q=&country=CL&country=EC", ["Chile", "Ecuador"], id="an empty one"),
        pytest.param("q=rent&country=+CL&country=EC", ["Chile", "Ecuador"], id="a space"),
        pytest.param("country=cl&country=CL&country=EC", ["Chile", "Ecuador"], id="small letters"),
        pytest.param(
            "year_from=2019&country=CL&year_from=2020", ["Chile", "from 2020"], id="years"
        ),
    ],
)
@pytest.mark.parametrize("path", ["/", "/ask", "/search", "/documents"])
def test_each_filter_in_use_is_taken_off_alone(
    client: TestClient, path: str, query: str, names: list[str]
) -> None:
    def in_use(address: str) -> dict[str, str]:
        """Return the filters in use, each with the address without it."""
        html = TestClient(client.app).get(address, headers=HTML).text
        (listed,) = re.findall(r'<ul class="in-use".*?</ul>', html, re.DOTALL) or [""]
        links = re.findall(r'href="([^"]+)"><span>(.*?)</span>', listed)
        return {name: unescape(href) for href, name in links}

    shown = in_use(f"{path}?{query}")

    assert list(shown) == names
    for name, href in shown.items():
        assert list(in_use(href)) == [other for other in names if other != name]


def test_a_refusal_speaks_of_the_reports_that_pass_the_filters(client: TestClient) -> None:
    page = page_of(client, "/ask", q="When did the metro of Quito open?", year_from="2019")

    text = " ".join(page.text.split())
    assert "2 of the 3 reports here pass the filters, from 2019 to 2021." in text
    assert text.count("from 2019 ×: take this filter off") == text.count("Ask all reports") == 1
    assert "Only in reports with" not in text
    assert "/ask?q=When+did+the+metro+of+Quito+open%3F" in [
        attrs["href"] for attrs in page.all("a")
    ]
    assert "1 report without a year is left out." in text


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
