"""Every page and state in a real browser: no violation that axe finds, nothing cut off."""

import json

import pytest
from playwright.sync_api import Browser

from tests.service.interfaces.web.accessibility import violations_of

RENT = "/ask?q=How+much+is+the+rent+subsidy+in+Chile%3F"
LINK = f"{RENT}&on=2026-01-02&index=f00d&cited={'0' * 12}.0-9.{'0' * 12}.a-report-of-old"
STATES = {
    "start": "/",
    "no question": "/ask?q=",
    "wrong filter": "/ask?q=Rent%3F&country=ZZ",
    "wrong year": "/ask?q=Rent%3F&year_from=20x",
    "answer": RENT,
    "answer with filters": f"{RENT}&country=CL&year_from=2019",
    "several reports": "/ask?q=What+do+migrants+get+in+Santiago%2C+Quito+and+Lima%3F",
    "follow-up": f"{RENT}&typed=And+in+Chile%3F",
    "changed since": LINK,
    "refusal": "/ask?q=How+many+landlords+were+fined+in+2031%3F",
    "not a subject": "/ask?q=Best+pizza+in+Naples%3F",
    "reports": "/documents?theme=housing&sort=year",
    "wrong list": "/documents?year_from=x",
    "report": "/documents/chile-rent?start=30&end=260#quote",
    "report with quotes": "/documents/quito?start=40&end=90&quotes=0-20,40-90,120-150#quote",
    "report changed": "/documents/quito?start=3&end=60&sha256=000000000000",
    "report searched": "/documents/chile-rent?find=subsidy&match=2#quote",
    "passages": "/search?q=What+is+said+on+the+subsidy+and+Quito%3F&match=any",
    "no passages": "/search?q=zebra",
    "words wanted": "/search",
    "wrong words": "/search?q=",
    "about": "/about",
    "thanks": "/feedback?kept=1&about=q%3Dx",
    "embedded": "/embed",
    "api": "/docs",
    "nothing": "/nothing",
}
SCREENS = [
    pytest.param(320, "light", "es-CL", True, id="320 light es"),
    pytest.param(1440, "dark", "pt-BR", False, id="1440 dark pt without our script"),
]
"""The languages with the longest words, both schemes, with and without our script; all pairs take
an hour."""
WIDTHS = (320, 400, 768, 1440)
"""That every page fits: of a phone, and of 1280 pixels at 400 %, to a wide screen."""


@pytest.mark.parametrize(("width", "scheme", "locale", "scripts"), SCREENS)
def test_every_page_and_state_fits_is_accessible_and_asks_nobody_else(
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

    problems: dict[str, object] = {}
    for state, path in STATES.items():
        page.goto(base + path)
        for other in (*WIDTHS, width):
            page.set_viewport_size({"width": other, "height": 800})
            if (needed := page.evaluate("document.documentElement.scrollWidth")) > other:
                problems[f"{state} at {other}"] = needed
        page.evaluate(
            "document.querySelectorAll('details').forEach(details => details.open = true)"
        )
        if violations := violations_of(page):
            problems[state] = violations
        assert page.locator("html").get_attribute("lang") == locale[:2]
    context.close()

    assert not problems, json.dumps(problems, indent=1, ensure_ascii=False)
    assert all(url.startswith(base) for url in requested)
    assert not [text for text in messages if "Policy" in text or "Error" in text], messages
