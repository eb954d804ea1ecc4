"""Errors are pages for people."""

import pytest
from starlette.testclient import TestClient

from tests.service.interfaces.web.html_page import page_of


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
