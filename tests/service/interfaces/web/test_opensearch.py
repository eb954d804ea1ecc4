"""Browsers learn how to search here."""

from xml.etree import ElementTree as ET

from starlette.testclient import TestClient

from service.interfaces.app import create_app
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings

OPENSEARCH = {"os": "http://a9.com/-/spec/opensearch/1.1/"}


def test_browsers_learn_how_to_search(settings: Settings, library: Library) -> None:
    public = settings.model_copy(update={"public_url": "https://cita.example"})
    response = TestClient(create_app(QAService(public, library))).get("/opensearch.xml")
    described = ET.fromstring(response.content)  # noqa: S314 - our own words

    url = described.find("os:Url", OPENSEARCH)
    assert url is not None
    assert url.get("template") == "https://cita.example/ask?q={searchTerms}"
    assert response.headers["content-type"] == "application/opensearchdescription+xml"
