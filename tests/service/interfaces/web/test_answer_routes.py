"""An answer can be taken away, and a permanent link says whether it is still the same."""

import json
from io import BytesIO

import docx
import pytest
import rispy
from pybtex.database import parse_string
from starlette.testclient import TestClient

from tests.service.interfaces.web.test_pages import RENT, Page, page_of


def permalink(page: Page) -> str:
    found = [attrs["value"] for attrs in page.all("input") if attrs.get("id") == "permalink"]
    assert found[0]
    return found[0].removeprefix("http://testserver")


def test_each_quote_can_be_cited_with_its_source(client: TestClient) -> None:
    page = page_of(client, "/ask", q="When did the metro of Quito open?", country="EC")

    assert "(Transit Office, Moving <b>around</b> Quito, no date, p. 3) http://testserver/" in (
        page.text
    )


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("md", "text/markdown; charset=utf-8"),
        ("bib", "application/x-bibtex; charset=utf-8"),
        ("ris", "application/x-research-info-systems; charset=utf-8"),
        ("csl.json", "application/vnd.citationstyles.csl+json; charset=utf-8"),
    ],
)
def test_an_export_is_a_file_of_its_kind(client: TestClient, kind: str, media_type: str) -> None:
    response = client.get(f"/ask/export/{kind}", params={"q": RENT, "country": "CL"})

    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    assert f'.{kind}"' in response.headers["content-disposition"]


def test_word_gets_quotes_sources_and_links(client: TestClient) -> None:
    response = client.get(
        "/ask/export/docx",
        params={"q": "When did the metro of Quito open?", "country": "EC"},
        headers={"Accept-Language": "es"},
    )

    word = docx.Document(BytesIO(response.content))
    lines = [paragraph.text for paragraph in word.paragraphs]
    links = [link.url for paragraph in word.paragraphs for link in paragraph.hyperlinks]
    assert lines[:2] == ["When did the metro of Quito open?", "Los informes dicen:"]
    assert any("opened in December 2023" in line for line in lines)
    assert any("Transit Office, sin fecha, pág. 3" in line for line in lines)
    assert links[0].startswith("http://testserver/documents/")
    assert "cited=" in links[-1]


def test_markdown_gets_the_question_the_quotes_and_the_permanent_link(client: TestClient) -> None:
    text = client.get("/ask/export/md", params={"q": RENT, "country": "CL"}).text

    assert text.startswith(f"# {RENT}\n")
    assert "170,000 pesos" in text
    assert "[Permanent link](http://testserver/ask?q=" in text


def test_sources_are_read_back_by_what_reads_them(client: TestClient) -> None:
    params = {"q": RENT, "country": "CL"}
    (bib,) = parse_string(client.get("/ask/export/bib", params=params).text, "bibtex").entries
    (ris,) = rispy.loads(client.get("/ask/export/ris", params=params).text)
    (csl,) = json.loads(client.get("/ask/export/csl.json", params=params).text)

    assert bib == ris["id"] == csl["id"] == "chile-rent"
    assert csl["URL"] == "https://example.org/chile-rent"


def test_what_is_not_answered_leads_to_the_page_that_says_so(client: TestClient) -> None:
    refused = client.get("/ask/export/docx", params={"q": ""})
    unknown = client.get("/ask/export/exe", params={"q": RENT}, headers={"Accept": "text/html"})

    assert refused.headers["location"] == "/ask?q="
    assert unknown.status_code == 404


def test_a_report_is_cited_as_a_whole(client: TestClient) -> None:
    bib = client.get("/documents/chile-rent/reference.bib")
    unknown = client.get("/documents/chile-rent/reference.exe")

    assert "{Housing Ministry}" in bib.text
    assert unknown.status_code == 404
    assert client.get("/documents/nobody/reference.bib").status_code == 404


def test_a_permanent_link_says_identical(client: TestClient) -> None:
    page = page_of(client, permalink(page_of(client, "/ask", q=RENT, country="CL")))

    assert "Identical." in page.text


@pytest.mark.parametrize(
    ("found", "put", "says"),
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
    client: TestClient, found: str, put: str, says: str
) -> None:
    link = permalink(page_of(client, "/ask", q=RENT, country="CL"))
    assert found in link

    page = page_of(client, link.replace(found, put))

    assert says in page.text.replace("\n", " ")


def test_a_permanent_link_names_the_file_that_was_replaced(client: TestClient) -> None:
    link = permalink(page_of(client, "/ask", q=RENT, country="CL"))
    at = link.index("cited=") + 6
    page = page_of(client, link[:at] + "0" * 12 + link[at + 12 :])

    assert "Changed." in page.text
    assert "has been replaced by another file" in page.text
    assert "The index is the same" in page.text
