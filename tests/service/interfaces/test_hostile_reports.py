"""Nothing of a report or a question runs in a page."""

import pytest
from starlette.testclient import TestClient

from indexer.build import build
from indexer.settings import IndexerSettings
from service.interfaces.app import create_app
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings

BROWSER = {"Accept": "text/html"}
SCRIPT = "<script>alert(1)</script>"
ATTACKS = (
    SCRIPT,
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '"><iframe srcdoc="x">',
    "</textarea></title></mark><b>",
)
TEXT = " ".join(f"The harbour office pays {attack} of the rent." for attack in ATTACKS)
TAGS = ("<script>alert", "<img src=x", "<svg onload", "<iframe srcdoc", "</title></mark><b>")


@pytest.fixture
def hostile(built: IndexerSettings) -> TestClient:
    """A client of a service whose reports attack its readers."""
    name = "attack.txt"
    (built.corpus / name).write_text(f"Harbour rent {SCRIPT}\n\n{TEXT}\n", "utf-8")
    (built.corpus / "attack.html").write_text(f"<p>Words.</p>{SCRIPT}<p>{TEXT}</p>", "utf-8")
    (built.corpus / "catalogue.toml").write_text(
        f"[[document]]\nfile = '{name}'\ntitle = '''Rent {TEXT[:300]}'''\n"
        f"publisher = '{SCRIPT}'\nurl = 'javascript:alert(1)'\nthemes = ['{SCRIPT}']\n",
        "utf-8",
    )
    build(built)
    settings = Settings(corpus=built.corpus, index=built.index, state=built.corpus.parent / "state")
    library = Library(settings)
    library.look()
    return TestClient(create_app(QAService(settings, library)))


def test_no_page_holds_markup_of_a_report_or_a_question(hostile: TestClient) -> None:
    question = f"What does the harbour office pay of the rent? {SCRIPT}"
    documents = hostile.get("/v1/documents").json()["documents"]
    pages = [
        hostile.get(path, params=params, headers=BROWSER)
        for path, params in (
            ("/", {"q": question}),
            ("/ask", {"q": question}),
            ("/ask", {"q": SCRIPT, "country": SCRIPT, "lang": SCRIPT}),
            ("/documents", {"theme": SCRIPT, "sort": SCRIPT}),
            ("/documents", {}),
            ("/about", {}),
            ("/embed", {"q": question}),
            ("/search", {"q": "harbour"}),
            (f"/{SCRIPT}", {}),
        )
    ]
    pages += [hostile.get(f"/documents/{document['id']}") for document in documents]

    for page in pages:
        assert not [tag for tag in TAGS if tag in page.text], page.url
        assert 'href="javascript:' not in page.text
        assert "'unsafe-inline'" not in page.headers["content-security-policy"]
        assert "script-src 'self'" in page.headers["content-security-policy"]


def test_an_original_in_html_may_run_nothing(hostile: TestClient) -> None:
    documents = hostile.get("/v1/documents").json()["documents"]
    (html,) = [document for document in documents if document["file"] == "attack.html"]

    original = hostile.get(html["file_href"])

    assert SCRIPT in original.text  # byte for byte
    assert original.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert original.headers["x-content-type-options"] == "nosniff"


def test_an_answer_put_into_html_is_escaped(hostile: TestClient) -> None:
    documents = hostile.get("/v1/documents").json()["documents"]
    titled = [document["id"] for document in documents if document["title"].startswith("Rent")]
    body = {
        "question": "What does the harbour office pay?",
        "format": "html",
        "min_confidence": 0,
        "filters": {"document": titled},
    }

    answer = hostile.post("/v1/ask", json=body).json()["answer"]

    assert not [tag for tag in TAGS if tag in answer["text"]]
    assert "&lt;" in answer["text"]
