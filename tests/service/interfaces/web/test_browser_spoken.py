"""What Chromium hands to a screen reader: names, roles and their order, and what is announced."""

import re

from playwright.sync_api import BrowserContext, Route, expect

from tests.service.interfaces.web.accessibility import spoken

RENT = "/ask?q=How+much+is+the+rent+subsidy+in+Chile%3F"


def test_an_answer_is_led_through_in_order_with_each_quote_under_its_number(
    context: BrowserContext,
) -> None:
    page = context.new_page()
    page.goto(RENT)

    heard = iter(spoken(page))
    wanted = [
        ("link", "Skip to the answer"),
        ("banner", ""),
        ("main", ""),
        ("search", "Ask the reports"),
        ("textbox", "Your question"),
        ("heading", "How much is the rent subsidy in Chile?"),
        ("link", "Supported"),
        ("region", "Renting in Chile Quote 1"),
        ("heading", "Renting in Chile"),
        ("heading", "Quote 1"),
        ("blockquote", ""),
        ("link", "Open in the report at quote 1"),
        ("DisclosureTriangle", "Show in context of quote 1"),
        ("DisclosureTriangle", "Cite quote 1"),
        ("heading", "Take it with you"),
        ("link", "Word (DOCX)"),
        ("radio", "Useful"),
        ("button", "Send"),
        ("contentinfo", ""),
    ]
    assert [item for item in wanted if item not in heard] == []
    assert page.title() == "Answered: How much is the rent subsidy in Chile? · Cita"
    expect(page.get_by_role("radio", name="Useful")).to_have_attribute("aria-invalid", "false")


def test_what_came_is_announced_and_the_first_key_leads_to_it(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(RENT)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#answer-title")).to_be_focused()
    expect(page.locator("#told")).to_have_text("1 quote from 1 report. Supported.")
    page.goto("/ask?q=How+many+landlords+were+fined+in+2031%3F")
    assert page.title().startswith("No answer: ")
    expect(page.locator("#told")).to_have_text(
        "No answer. The reports here have nothing on “2031”. No report has the word “fined”."
    )


def test_a_wrong_year_is_told_at_its_field(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/ask?q=Rent%3F&year_from=20x")
    wrong, right = (page.get_by_role("textbox", name=name, exact=True) for name in ("from", "to"))

    expect(wrong).to_be_focused()
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description("“20x” is not a year; write four digits.")
    expect(right).not_to_have_attribute("aria-invalid", re.compile(".*"))
    assert page.title() == "Not asked yet: Cita"


def test_while_it_works_it_says_so_and_asks_only_once(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/ask?*", hold)
    page.locator("#q").fill("How much is the rent subsidy in Chile?")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Searching…").click()
    button = page.locator(".ask button[type=submit]")

    expect(button).to_have_text("Searching…")
    expect(page.locator(".ask [role=status]")).to_have_text("Searching…")
    assert len(held) == 1
    page.locator("#q").fill("Who pays the rent subsidy in Chile?")
    expect(button).to_have_text("Ask")
    page.keyboard.press("Enter")
    expect(button).to_have_text("Searching…")
    assert len(held) == 2
    held[1].continue_()
    expect(page.locator("#answer-title")).to_have_text("Who pays the rent subsidy in Chile?")
