"""Only the sites that the operator names may embed the form."""

import re

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


def test_an_answer_can_be_embedded_as_a_card(client: TestClient) -> None:
    question = "How much is the rent subsidy that Chile pays to migrants?"

    page = client.get("/embed", params={"q": question}).text

    assert question in page
    assert "<blockquote><p>Chile pays migrants a monthly rent subsidy of 170,000 pesos" in page
    assert 'href="/documents/chile-rent?start=' in page
    assert '<base target="_blank">' in page
    assert "upported. These sentences" in page
    assert "<form" not in page


def test_a_card_is_in_the_language_of_its_frame(client: TestClient) -> None:
    question = "¿De cuánto es el subsidio de alquiler en Chile?"

    page = TestClient(client.app).get("/embed", params={"q": question, "lang": "pt"}).text

    assert "Os relatórios dizem:" in page


def test_what_may_answer_all_the_same_stands_on_the_card(client: TestClient) -> None:
    page = client.get("/embed", params={"q": "Who counts passengers?"}).text

    assert "not sure enough to answer" in page
    assert "<p>These passages come nearest. The first may answer: read it before you" in page
    assert '<p lang="en">“The trolleybus of Quito carries 250,000 passengers a day.”</p>' in page
    assert '<cite lang="en">Moving &lt;b&gt;around&lt;/b&gt; Quito</cite>, ' in page
    assert re.search(r', p\. 1\. <a href="/documents/quito\?[^"]+">open in the report</a>', page)


def test_a_refusal_is_a_card_too_and_a_bad_question_brings_the_form(client: TestClient) -> None:
    refused = client.get("/embed", params={"q": "Which wine goes with <b>octopus</b>?"}).text
    long = client.get("/embed", params={"q": "Why? " * 201}).text

    assert "The reports here do not" in refused
    assert "<b>octopus" not in refused
    assert "<form" in long
    assert 'role="alert"' in long
