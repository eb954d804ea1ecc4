"""The pages in a real browser: every journey, every width, and no violation that axe finds."""

import json
import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import docx
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from service.interfaces.app import create_app
from service.interfaces.server import listen
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None and os.environ.get("CI") != "true", reason="no Chromium on this machine"
)

RENT = "/ask?q=How+much+is+the+rent+subsidy+in+Chile%3F"
LINK = f"{RENT}&on=2026-01-02&index=f00d&cited={'0' * 12}.0-9.{'0' * 12}.a-report-of-old"
STATES = {
    "start": "/",
    "no question": "/ask?q=",
    "wrong filter": "/ask?q=Rent%3F&country=ZZ",
    "answer": RENT,
    "answer with filters": f"{RENT}&country=CL&year_from=2019",
    "several reports": "/ask?q=What+do+migrants+get+in+Santiago%2C+Quito+and+Lima%3F",
    "changed since": LINK,
    "refusal": "/ask?q=How+many+landlords+were+fined+in+2031%3F",
    "not a subject": "/ask?q=Best+pizza+in+Naples%3F",
    "reports": "/documents?theme=housing&sort=year",
    "wrong list": "/documents?year_from=x",
    "report": "/documents/chile-rent?start=30&end=260#quote",
    "report with quotes": "/documents/quito?start=40&end=90&quotes=0-20,40-90,120-150#quote",
    "report changed": "/documents/quito?start=3&end=60&sha256=000000000000",
    "about": "/about",
    "thanks": "/feedback?kept=1&about=q%3Dx",
    "embedded": "/embed",
    "api": "/docs",
    "nothing": "/nothing",
}
RULES = {
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
        "best-practice",
    ]
}
SCREENS = [
    pytest.param(320, "light", "en-GB", True, id="320 light en"),
    pytest.param(320, "dark", "es-CL", False, id="320 dark es without our script"),
    pytest.param(768, "light", "pt-BR", True, id="768 light pt"),
    pytest.param(768, "dark", "en-GB", False, id="768 dark en without our script"),
    pytest.param(1440, "light", "es-CL", False, id="1440 light es without our script"),
    pytest.param(1440, "dark", "pt-BR", True, id="1440 dark pt"),
]
"""Each width, each scheme, each language with and without scripts; all pairs would take an hour."""


class Intranet(BaseHTTPRequestHandler):
    """Another site, which shows the address after the question mark in a frame."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        framed = self.path.partition("?")[2]
        page = f"<!doctype html><title>Intranet</title><iframe src='{framed}'></iframe>"
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture(scope="module")
def intranet() -> Iterator[str]:
    """Origin of another site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Intranet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def base(
    settings: Settings, intranet: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Address of a real server."""
    own = settings.model_copy(
        update={"frame_ancestors": (intranet,), "state": tmp_path_factory.mktemp("state")}
    )
    library = Library(own)
    library.look()
    with listen("127.0.0.1", 0) as listening:
        server = uvicorn.Server(
            uvicorn.Config(create_app(QAService(own, library)), log_config=None)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser, base: str) -> Iterator[BrowserContext]:
    """A reader who has never been here."""
    made = browser.new_context(base_url=base, locale="en-GB")
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab of that reader."""
    return context.new_page()


def ask(page: Page, question: str) -> None:
    page.get_by_role("search").get_by_role("textbox").first.fill(question)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/ask\?"))


@pytest.mark.parametrize(("width", "scheme", "locale", "scripts"), SCREENS)
def test_every_page_and_state_is_accessible_fits_and_asks_nobody_else(
    browser: Browser,
    base: str,
    width: int,
    scheme: str,
    locale: str,
    scripts: bool,  # noqa: FBT001
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=locale,
    )
    if not scripts:  # axe itself is a script; journeys run with scripts switched off altogether
        context.route("**/static/cita.js*", lambda route: route.abort())
    page = context.new_page()
    requested: set[str] = set()
    messages: list[str] = []
    page.on("request", lambda request: requested.add(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))

    problems = {}
    for state, path in STATES.items():
        page.goto(base + path)
        page.evaluate(
            "document.querySelectorAll('details').forEach(details => details.open = true)"
        )
        checked = Axe().run(page, options=RULES)
        violations = {
            violation["id"]: [node["html"][:200] for node in violation["nodes"]]
            for violation in checked.response["violations"]
        }
        too_wide = page.evaluate("document.documentElement.scrollWidth") - width
        if violations or too_wide > 0:
            problems[state] = (violations, too_wide)
        assert page.locator("html").get_attribute("lang") == locale[:2]
    context.close()

    assert not problems, json.dumps(problems, indent=1, ensure_ascii=False)
    assert all(url.startswith(base) for url in requested)
    assert not [text for text in messages if "Policy" in text or "Error" in text], messages


def test_a_question_is_asked_and_its_quote_opened_without_scripts(
    browser: Browser, base: str
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base, locale="en-GB")
    page = context.new_page()
    page.goto("/")
    ask(page, "How much is the rent subsidy in Chile?")
    page.get_by_text("Show in context").first.click()
    shown = page.locator(".context .stretch").first.is_visible()
    page.get_by_text("Cite", exact=False).first.click()
    cited = page.locator(".citation").first.inner_text()
    page.get_by_role("link", name="Open in the report").first.click()
    marked = page.locator("#quote").inner_text()
    page.go_back()
    again = page.locator("#q").input_value()
    context.close()

    assert shown
    assert "Renting in Chile" in cited
    assert marked
    assert again == "How much is the rent subsidy in Chile?"


def test_feedback_is_sent_without_scripts(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base, locale="es-PE")
    page = context.new_page()
    page.goto(RENT)
    page.get_by_label("Falta algo").check()
    page.get_by_label("Comentario").fill("El año.")
    page.get_by_role("button", name="Enviar").click()
    thanks = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Volver a la respuesta").click()
    back = page.url
    context.close()

    assert thanks == "Gracias"
    assert back == base + RENT


def test_a_language_is_chosen_and_kept(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Português").click()
    page.goto("/documents")

    expect(page.get_by_role("heading", level=1)).to_have_text("Relatórios")
    assert page.locator("html").get_attribute("lang") == "pt"


def test_a_quote_is_copied_with_its_citation(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(RENT)
    page.get_by_text("Cite", exact=False).first.click()
    page.get_by_role("button", name="Copy quote 1").click()

    expect(page.locator("#told")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“")
    assert "(Housing Ministry, Renting in Chile, 2021) http://127.0.0.1" in copied


def test_recent_questions_stay_in_the_browser_and_are_forgotten(page: Page) -> None:
    page.goto("/")
    expect(page.locator("[data-recent]")).to_be_hidden()
    page.goto(RENT)
    page.goto("/")
    recent = page.locator("[data-recent]")

    expect(recent.get_by_role("link")).to_have_text(["How much is the rent subsidy in Chile?"])
    recent.get_by_role("button").click()
    expect(recent).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


def test_a_slash_leads_to_the_field_but_can_still_be_typed(page: Page) -> None:
    page.goto("/documents/chile-rent")
    page.keyboard.press("/")
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("rent and/or housing")

    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("rent and/or housing")


def test_keys_alone_lead_from_the_question_to_the_quote(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("How much is the rent subsidy in Chile?")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/ask"))
    link = page.get_by_role("link", name="Open in the report").first
    for _ in range(40):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    outline = link.evaluate("element => getComputedStyle(element).outlineStyle")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#quote"))

    assert skip == "skip"
    assert outline == "solid"
    assert page.locator("mark#quote").is_visible()


def test_filters_are_ticked_and_undone(page: Page) -> None:
    page.goto("/")
    page.get_by_text("Only some reports").click()
    page.get_by_label("Ecuador").check()
    ask(page, "When did the metro of Quito open?")

    assert page.url.endswith("&country=EC")
    assert page.get_by_text("1 filter in use").is_visible()
    assert page.locator(".source-head cite").all_inner_texts() == ["Moving <b>around</b> Quito"]


def test_an_answer_goes_into_word(page: Page, tmp_path: Path) -> None:
    page.goto(RENT)
    with page.expect_download() as download:
        page.get_by_role("link", name="Word (DOCX)").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)

    assert saved.name == "cita-how-much-is-the-rent-subsidy-in-chile.docx"
    assert saved.read_bytes().startswith(b"PK")


def test_a_permanent_link_is_replayed(page: Page) -> None:
    page.goto(RENT)
    page.goto(page.locator("#permalink").input_value())

    expect(page.get_by_text("Identical.")).to_be_visible()


def test_a_reader_goes_from_quote_to_quote_with_the_original_beside(page: Page) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/documents/quito?start=30&end=60&quotes=30-60,120-150#quote")
    bar = page.get_by_role("navigation", name="Quotes of the answer")
    bar.get_by_role("link", name="Original beside the text").click()
    frame = page.locator("iframe.original")
    expect(frame).to_be_visible()
    first = frame.get_attribute("src")
    bar.get_by_role("link", name="Next").click()
    page.wait_for_url(re.compile("start=120"))

    assert first == "/v1/documents/quito/file#page=1&navpanes=0&view=FitH"
    expect(bar.get_by_text("Quote 2 of 2")).to_be_visible()
    expect(frame).to_be_visible()
    expect(page.locator("mark#quote")).to_be_in_viewport()
    assert not [text for text in messages if "Policy" in text or "X-Frame" in text], messages
    page.set_viewport_size({"width": 320, "height": 700})
    expect(frame).to_be_hidden()


def test_the_list_is_narrowed_sorted_and_shows_what_was_not_read_without_scripts(
    browser: Browser, base: str
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base, locale="pt-BR")
    page = context.new_page()
    page.goto("/documents")
    page.get_by_text("Só alguns relatórios").click()
    page.get_by_label("moradia").check()
    page.get_by_label("Ordenar por").select_option("year")
    page.get_by_role("button", name="Mostrar").click()
    titles = page.locator(".reports h2").all_inner_texts()
    unread = page.locator(".unread td").all_inner_texts()
    address = page.url
    context.close()

    assert titles == ["Renting in Chile", "Ciudades que acogen"]
    assert unread[:2] == ["broken.pdf", "vazio"]
    assert "theme=housing" in address
    assert "sort=year" in address


def test_a_question_in_spanish_is_answered_in_a_spanish_page_and_taken_into_word(
    browser: Browser, base: str, tmp_path: Path
) -> None:
    context = browser.new_context(base_url=base, locale="es-CL")
    page = context.new_page()
    page.goto("/")
    page.get_by_text("Solo algunos informes").click()
    page.get_by_label("Perú").check()
    ask(page, "¿Dónde se vacuna a los niños migrantes?")
    quoted = page.locator("blockquote").first.get_attribute("lang")
    with page.expect_download() as download:
        page.get_by_role("link", name="Word (DOCX)").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    context.close()

    lines = [paragraph.text for paragraph in docx.Document(str(saved)).paragraphs]
    assert quoted == "es"
    assert lines[:2] == ["¿Dónde se vacuna a los niños migrantes?", "Los informes dicen:"]
    assert any("Red de Ciudades, 2019" in line for line in lines)


def test_a_refusal_leads_on_to_a_question_that_is_answered(page: Page) -> None:
    page.goto(STATES["refusal"])
    page.locator(".examples a").first.click()

    expect(page.get_by_text("The reports say", exact=True)).to_be_visible()


def test_a_printed_answer_has_quotes_and_sources_and_no_controls(page: Page) -> None:
    page.goto(RENT)
    page.emulate_media(media="print")

    assert page.locator("blockquote").first.is_visible()
    assert page.locator(".source-head cite").first.is_visible()
    assert page.locator(".quote .stands").first.is_visible()
    for control in (".ask", ".say", ".exports", "footer.site", ".actions a"):
        assert not page.locator(control).first.is_visible(), control


def test_an_intranet_shows_the_form_and_nothing_else(page: Page, intranet: str, base: str) -> None:
    page.goto(f"{intranet}/?{base}/embed")
    expect(page.frame_locator("iframe").locator("#q")).to_be_visible()
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(f"{intranet}/?{base}/")

    assert page.frame_locator("iframe").locator("#q").count() == 0


def test_the_first_page_is_light(page: Page) -> None:
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto("/", wait_until="networkidle")

    assert len(sizes) >= 3
    assert sum(sizes) <= 60 * 1024
