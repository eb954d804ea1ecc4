"""Fetches and parses a page without a browser, and checks that its HTML is sound."""

from html.parser import HTMLParser
from typing import cast

from starlette.testclient import TestClient

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
