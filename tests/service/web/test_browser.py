"""The pages in a real browser: nothing leaves the host, nothing overflows, keys suffice."""

import shutil
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from service.app import create_app
from service.library import Library
from service.serving import listen
from service.settings import Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

PATHS = (
    "/",
    "/ask?q=How+much+is+the+rent+subsidy+in+Chile%3F",
    "/ask?q=",
    "/documents",
    "/documents/chile-rent?start=30&end=60#quote",
    "/docs",
    "/nothing",
)


@pytest.fixture(scope="module")
def base(settings: Settings) -> Iterator[str]:
    """Address of a real server."""
    library = Library(settings)
    library.look()
    with listen("127.0.0.1", 0) as listening:
        server = uvicorn.Server(uvicorn.Config(create_app(settings, library), log_config=None))
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


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_page_overflows_or_asks_another_host(browser: Browser, base: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console",
        lambda message: refused.append(message.text) if "Policy" in message.text else None,
    )

    widths = []
    for path in PATHS:
        page.goto(base + path)
        for details in page.locator("details").all():
            details.evaluate("element => { element.open = true }")
        widths.append(page.evaluate("document.documentElement.scrollWidth"))
    page.close()

    assert max(widths) <= width
    assert all(url.startswith(base) for url in asked)
    assert refused == []


def test_a_question_is_asked_and_its_quote_opened_without_scripts(
    browser: Browser, base: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base)
    page.get_by_label("Your question").fill("How much is the rent subsidy in Chile?")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}/ask?q=How+much+is+the+rent+subsidy+in+Chile%3F*")
    page.get_by_text("Show in context").first.click()
    shown = page.locator(".context .stretch").first.is_visible()
    page.get_by_role("link", name="Open in the report").first.click()
    marked = page.locator("#quote").inner_text()
    context.close()

    assert shown
    assert marked
