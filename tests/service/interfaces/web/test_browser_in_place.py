"""An answer that takes the place of the page it was asked from: a reader notices no difference."""

import re
from collections.abc import Iterator
from threading import Event

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from service.outcomes import Outcome
from service.qa_service import QAService
from tests.service.interfaces.web.accessibility import spoken, violations_of

RENT = "How much is the rent subsidy in Chile?"
METRO = "When did the metro of Quito open?"
REFUSED = "How did the subsidy work in 2031?"
HEARD = """() => {
  const heard = [];
  const hear = ({ target }) => {
    if (target.role !== "status" || !target.textContent) return;
    heard.push(target.textContent);
    document.documentElement.dataset.heard = heard.join(" | ");
  };
  new MutationObserver((changes) => changes.forEach(hear)).observe(document, {
    childList: true, subtree: true,
  });
}"""
"""Keeps what is written into live regions that stood there already."""


@pytest.fixture
def start(page: Page) -> Page:
    """The start page, with a mark that is gone when another is opened."""
    page.goto("/")
    page.evaluate("window.isTheSame = true")
    return page


@pytest.fixture
def suggesting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Suggestions wait until it is set."""
    begun = Event()
    suggest = QAService.suggestions

    def late(service: QAService, refused: Outcome) -> tuple[str, ...]:
        begun.wait()
        return suggest(service, refused)

    monkeypatch.setattr(QAService, "suggestions", late)
    yield begun
    begun.set()


def is_the_same(page: Page) -> bool:
    return bool(page.evaluate("window.isTheSame === true"))


def ask(page: Page, question: str, *, field: str = "#q") -> None:
    page.locator(field).fill(question)
    page.locator(field).press("Enter")


def expect_asked(page: Page, question: str) -> None:
    expect(page.locator("#answer-title")).to_have_text(question)


def all_of(page: Page) -> list[object]:
    """Return what a page shows and tells, once it stands there whole."""
    expect(page.locator("footer")).to_have_count(1)
    expect(page.locator("#told")).not_to_be_empty()
    expect(page.locator("header [role=status]")).to_have_count(0)
    root = page.locator("html").get_attribute("lang")
    return [page.url, page.title(), root, page.locator("body").inner_text(), spoken(page)]


@pytest.mark.parametrize("question", [RENT, REFUSED], ids=["answer", "refusal"])
def test_the_page_that_is_shown_is_the_one_that_would_be_opened(start: Page, question: str) -> None:
    ask(start, question)
    expect_asked(start, question)
    shown = all_of(start)
    opened = start.context.new_page()
    opened.goto(start.url)

    assert is_the_same(start)
    assert shown == all_of(opened)


def test_what_is_shown_is_enhanced_and_accessible(start: Page) -> None:
    messages: list[str] = []
    start.on("console", lambda message: messages.append(message.text))
    start.on("pageerror", lambda error: messages.append(str(error)))
    ask(start, RENT)

    expect(start.get_by_role("button", name="Copy with source")).to_be_visible()
    assert violations_of(start) == {}
    ask(start, REFUSED)
    expect(start.locator("textarea#q")).to_have_value(REFUSED)
    assert violations_of(start) == {}
    start.go_back()
    start.go_back()
    expect(start.get_by_role("heading", level=1)).to_have_text("Ask the reports")
    assert violations_of(start) == {}
    assert start.evaluate("JSON.parse(localStorage['cita-recent'])") == [REFUSED, RENT]
    assert messages == []


def test_a_refusal_is_shown_before_its_suggestions_which_join_it(start: Page) -> None:
    start.evaluate("""() => new MutationObserver((_, observer) => {
      if (!document.querySelector('.refusal')) return;
      observer.disconnect();
      window.atFirst = document.querySelectorAll('.refusal .nearest, .refusal .examples').length;
    }).observe(document, { childList: true, subtree: true })""")
    ask(start, REFUSED)
    expect(start.locator(".refusal .examples")).to_be_visible()

    assert start.evaluate("atFirst") == 1
    start.locator(".refusal .examples a").first.click()
    expect(start.get_by_text("The reports say", exact=True)).to_be_visible()
    assert is_the_same(start)


def test_suggestions_come_where_an_extension_adds_to_the_page(
    start: Page, suggesting: Event
) -> None:
    ask(start, REFUSED)
    expect_asked(start, REFUSED)
    start.evaluate("document.body.append(document.createElement('aside'))")
    suggesting.set()

    expect(start.locator("main .refusal .examples")).to_be_visible()
    expect(start.locator("main + footer + aside")).to_have_count(1)


def test_suggestions_are_given_up_where_the_refusal_is_left_and_come_where_it_is_gone_back_to(
    start: Page, suggesting: Event
) -> None:
    ask(start, REFUSED)
    expect_asked(start, REFUSED)
    with start.expect_event("requestfailed") as given_up:
        start.go_back()
    suggesting.set()
    start.go_forward()

    assert given_up.value.url == start.url
    expect_asked(start, REFUSED)
    expect(start.locator(".refusal .examples")).to_be_visible()


def test_a_refusal_that_was_opened_leads_to_answers_in_place(page: Page) -> None:
    page.goto(f"/ask?q={REFUSED}")
    page.evaluate("window.isTheSame = true")
    for question in (RENT, METRO):
        ask(page, question)
        expect_asked(page, question)

    assert is_the_same(page)


def test_the_title_and_the_result_are_announced_and_the_first_key_leads_to_it(start: Page) -> None:
    start.evaluate(HEARD)
    heard = f"Searching… | Answered: {RENT} · Cita | 1 quote from 1 report. Supported."
    ask(start, RENT)
    expect(start.locator("html")).to_have_attribute("data-heard", heard)
    start.keyboard.press("Tab")
    first = start.evaluate("document.activeElement.className")
    start.keyboard.press("Enter")

    assert first == "skip"
    expect(start.locator("#answer-title")).to_be_focused()
    start.go_back()
    start.go_back()
    expect(start.locator("html")).to_have_attribute("data-heard", f"{heard} | Cita")
    start.keyboard.press("Tab")
    assert start.evaluate("document.activeElement.className") == "skip"


FOLLOW_UP = re.compile("typed=And")


def test_back_and_forward_lead_through_the_pages_as_they_were_left(start: Page) -> None:
    ask(start, RENT)
    expect_asked(start, RENT)
    start.get_by_label("Comment").fill("To be read again.")
    ask(start, "And in Peru?", field="#next")
    expect(start).to_have_url(FOLLOW_UP)
    expect(start.get_by_text("You typed “And in Peru?”")).to_be_visible()
    expect(start.locator("footer")).to_have_count(1)  # it is kept once it is whole
    start.go_back()
    expect_asked(start, RENT)
    expect(start).to_have_title(f"Answered: {RENT} · Cita")
    expect(start.get_by_label("Comment")).to_have_value("To be read again.")
    start.go_back()
    expect(start.locator("#q")).to_have_value(RENT)
    expect(start.locator(".ask button[type=submit]")).to_have_text("Ask")
    start.go_forward()
    expect_asked(start, RENT)
    start.go_forward()
    expect(start.get_by_text("You typed “And in Peru?”")).to_be_visible()

    expect(start).to_have_url(FOLLOW_UP)
    assert is_the_same(start)


def test_an_answer_begins_at_its_top_and_back_leads_to_where_one_was(start: Page) -> None:
    start.set_viewport_size({"width": 400, "height": 500})
    ask(start, RENT)
    expect_asked(start, RENT)
    start.locator("#next").scroll_into_view_if_needed()
    depth = start.evaluate("scrollY")
    ask(start, "And in Peru?", field="#next")
    expect(start).to_have_url(FOLLOW_UP)
    top = start.evaluate("scrollY")
    start.go_back()
    expect(start.locator("#next")).to_be_in_viewport()

    assert start.evaluate("scrollY") == depth
    assert top == 0
    assert depth > 0


def test_back_opens_the_page_that_is_not_there_any_more(start: Page) -> None:
    ask(start, RENT)
    expect_asked(start, RENT)
    start.get_by_role("link", name="Open in the report").first.click()
    start.wait_for_url(re.compile("#quote"))
    start.go_back()
    expect_asked(start, RENT)
    start.go_back()

    expect(start.get_by_role("heading", level=1)).to_have_text("Ask the reports")
    expect(start).to_have_url(re.compile(r"/$"))


def test_links_inside_of_a_page_stay_inside(start: Page) -> None:
    ask(start, RENT)
    expect_asked(start, RENT)
    start.evaluate("location.hash = 'answer-title'")
    ask(start, METRO)
    expect_asked(start, METRO)
    start.go_back()
    expect_asked(start, RENT)
    start.go_back()
    expect_asked(start, RENT)

    assert "#" not in start.url
    assert is_the_same(start)


@pytest.mark.parametrize("kind", ["no network", "busy", "another release", "cut off"])
def test_a_page_is_opened_where_it_cannot_be_shown(start: Page, kind: str) -> None:
    def fail(route: Route) -> None:
        if route.request.resource_type != "fetch":
            route.continue_()
        elif kind == "no network":
            route.abort()
        elif kind == "busy":
            route.fulfill(status=429, body="Wait.")
        else:
            html = route.fetch().text()
            another = html.replace("cita.js?v=", "cita.js?v=0")
            route.fulfill(
                content_type="text/html",
                body=another if kind == "another release" else html[:2000],
            )

    start.route("**/ask?*", fail)
    ask(start, RENT)
    expect_asked(start, RENT)

    assert not is_the_same(start)
    start.go_back()
    expect(start.get_by_role("heading", level=1)).to_have_text("Ask the reports")


@pytest.mark.parametrize("status", [429, 503])
def test_our_page_that_tells_to_wait_is_shown_and_not_asked_for_again(
    start: Page, status: int
) -> None:
    requests: list[str] = []

    def refuse(route: Route) -> None:
        requests.append(route.request.url)
        html = route.fetch(url=route.request.url.replace("/ask", "/nothing")).text()
        route.fulfill(status=status, content_type="text/html", body=html)

    start.route("**/ask?*", refuse, times=1)
    ask(start, RENT)
    expect(start).to_have_title("There is nothing here · Cita")
    expect(start.locator("#q")).to_have_value(RENT)
    shown_at = start.url
    start.locator("#q").press("Enter")
    expect_asked(start, RENT)

    assert requests == [start.url] == [shown_at]
    assert is_the_same(start)


def test_opening_a_page_can_be_stopped_and_it_is_asked_for_again(start: Page) -> None:
    held: list[Route] = []

    def fail(route: Route) -> None:
        if route.request.resource_type == "fetch":
            route.abort()
        else:
            held.append(route)

    start.route("**/ask?*", fail)
    start.evaluate("""() => {
      let n = 0;
      navigation.addEventListener("navigate", () => ++n === 2 && setTimeout(stop, 100));
    }""")
    ask(start, RENT)
    expect(start.locator(".ask button[type=submit]")).to_have_text("Ask")
    start.unroute("**/ask?*")
    start.locator("#q").press("Enter")

    expect_asked(start, RENT)
    assert is_the_same(start)


def test_a_wrong_question_is_told_at_the_field(start: Page) -> None:
    ask(start, "Why? " * 201)

    expect(start.locator("#q")).to_be_focused()
    expect(start.locator("#q")).to_have_attribute("aria-invalid", "true")
    assert not is_the_same(start)


def test_asking_can_be_stopped_and_done_again(start: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    start.route("**/ask?*", hold)
    ask(start, RENT)
    button = start.locator(".ask button[type=submit]")
    expect(button).to_have_text("Searching…")
    start.evaluate("stop()")

    expect(button).to_have_text("Ask")
    start.locator("#q").press("Enter")
    expect(button).to_have_text("Searching…")
    held[-1].continue_()
    expect_asked(start, RENT)
    assert is_the_same(start)


def test_a_click_and_filters_ask_as_the_key_does(start: Page) -> None:
    start.get_by_text("Only some reports").click()
    start.get_by_label("Ecuador").check()
    start.locator("#q").fill(METRO)
    start.get_by_role("button", name="Ask").click()
    expect_asked(start, METRO)
    clicked = start.url
    ask(start, METRO)
    expect(start.locator(".ask button[type=submit]").first).to_have_text("Ask")

    assert start.url == clicked
    assert clicked.endswith("&country=EC")
    assert is_the_same(start)


def test_another_language_is_chosen_for_what_is_shown(start: Page) -> None:
    ask(start, RENT)
    expect_asked(start, RENT)
    start.get_by_role("link", name="Español").click()
    start.wait_for_url(re.compile("lang=es"))
    expect_asked(start, RENT)
    spanish = start.title()
    ask(start, METRO)
    expect_asked(start, METRO)

    assert spanish == f"Con respuesta: {RENT} · Cita"
    assert start.locator("html").get_attribute("lang") == "es"
    assert "lang=es" in start.url


def test_a_browser_without_the_navigation_api_opens_the_page(browser: Browser, base: str) -> None:
    context = browser.new_context(base_url=base, locale="en-GB")
    context.add_init_script("delete window.NavigationPrecommitController")
    page = context.new_page()
    page.goto("/")
    page.evaluate("window.isTheSame = true")
    ask(page, RENT)
    expect_asked(page, RENT)
    same = is_the_same(page)
    context.close()

    assert not same
