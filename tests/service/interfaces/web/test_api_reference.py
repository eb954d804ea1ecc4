"""``/docs`` describes the whole API."""

from starlette.testclient import TestClient

from tests.service.interfaces.web.html_page import page_of


def test_the_reference_describes_every_operation_shape_and_problem(client: TestClient) -> None:
    page = page_of(client, "/docs")

    assert {"ask", "search", "verify", "readyz", "shape-Problem", "not-ready"} <= set(page.ids())
    assert "curl http://testserver/v1/ask" in page.text
