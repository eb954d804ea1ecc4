"""A real server for all tests of the pages, and a browser for each module of them."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from service.interfaces.app import create_app
from service.interfaces.server import listen
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


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


@pytest.fixture(scope="session")
def intranet() -> Iterator[str]:
    """Origin of another site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Intranet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
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
    """Chromium without a window.

    Not for the session: while it is open, no other test can run an event loop.
    """
    if CHROMIUM is None and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine")
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
