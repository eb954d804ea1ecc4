"""Only the sites that the operator names may embed the form."""

from starlette.testclient import TestClient

from service.interfaces.app import create_app
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings


def test_only_named_sites_may_show_the_form_and_nothing_else_of_ours(
    settings: Settings, library: Library
) -> None:
    named = settings.model_copy(update={"frame_ancestors": ("https://intranet.example",)})
    client = TestClient(create_app(QAService(named, library)))

    assert (
        "frame-ancestors https://intranet.example"
        in client.get("/embed").headers["content-security-policy"]
    )
    assert "frame-ancestors 'none'" in client.get("/").headers["content-security-policy"]
    assert "/embed" in client.get("/about").text
    assert 'target="_blank"' in client.get("/embed").text


def test_by_default_no_site_may(client: TestClient) -> None:
    assert "frame-ancestors 'none'" in client.get("/embed").headers["content-security-policy"]
