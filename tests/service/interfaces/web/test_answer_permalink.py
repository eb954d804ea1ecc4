"""A permanent link says whether the answer is still the same."""

import pytest
from starlette.testclient import TestClient

from tests.service.interfaces.web.html_page import RENT, Page, page_of


def permalink(page: Page) -> str:
    links = [attrs["value"] for attrs in page.all("input") if attrs.get("id") == "permalink"]
    assert links[0]
    return links[0].removeprefix("http://testserver")


def test_a_permanent_link_says_identical(client: TestClient) -> None:
    page = page_of(client, permalink(page_of(client, "/ask", q=RENT, country="CL")))

    assert "Identical." in page.text


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param("cited=", "cited=0", "The permanent link is damaged", id="damaged"),
        pytest.param("on=2", "on=x", "The permanent link is damaged", id="no day"),
        pytest.param(
            "on=20", "on=2026-02-31&x=", "The permanent link is damaged", id="no such day"
        ),
        pytest.param(".chile-rent", ".chile-2019", "chile-2019: is no longer here", id="gone"),
        pytest.param("country=CL&", "country=EC&", "then and is not now", id="dropped"),
    ],
)
def test_a_permanent_link_says_what_changed(
    client: TestClient, old: str, new: str, says: str
) -> None:
    link = permalink(page_of(client, "/ask", q=RENT, country="CL"))
    assert old in link

    page = page_of(client, link.replace(old, new))

    assert says in page.text.replace("\n", " ")


def test_a_permanent_link_names_the_file_that_was_replaced(client: TestClient) -> None:
    link = permalink(page_of(client, "/ask", q=RENT, country="CL"))
    at = link.index("cited=") + 6
    page = page_of(client, link[:at] + "0" * 12 + link[at + 12 :])

    assert "Changed." in page.text
    assert "has been replaced by another file" in page.text
    assert "The index is the same" in page.text
