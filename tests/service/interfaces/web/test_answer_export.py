"""An answer is exported as a file of each kind."""

import json
import zipfile
from io import BytesIO

import docx
import pytest
import rispy
from pybtex.database import parse_string
from starlette.testclient import TestClient

from tests.service.interfaces.web.html_page import RENT


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
    with zipfile.ZipFile(BytesIO(response.content)) as archive:
        notes = archive.read("word/footnotes.xml").decode()
        addresses = archive.read("word/_rels/footnotes.xml.rels").decode()
    assert lines[0] == "When did the metro of Quito open?"
    assert lines[1].startswith(("Bien respaldada. ", "Respaldada. "))
    assert lines[2:4] == ["Estas citas están en inglés; no se traducen.", "Los informes dicen:"]
    assert any("opened in December 2023" in line for line in lines)
    assert "Transit Office, </w:t>" in notes
    assert ", sin fecha, " in notes
    assert "pág. 3" in notes
    assert "http://testserver/documents/quito?start=" in addresses
    assert lines[-1] == "Enlace permanente"
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
