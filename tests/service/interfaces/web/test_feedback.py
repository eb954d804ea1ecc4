"""Feedback works as a plain form and keeps what the person allows."""

import csv
import io
import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from service.answer_options import N_ITEMS
from service.feedback import export_feedback
from service.interfaces.app import create_app
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings
from tests.service.interfaces.web.html_page import RENT, page_of

ABOUT = "q=Who+pays%3F&country=CL"


@pytest.fixture
def says(settings: Settings, library: Library, tmp_path: Path) -> TestClient:
    """A client of a service with a state folder of its own."""
    own = settings.model_copy(update={"state": tmp_path / "state", "keep_questions": True})
    return TestClient(create_app(QAService(own, library)), follow_redirects=False)


def stored(tmp_path: Path) -> list[dict[str, str]]:
    written = io.StringIO()
    export_feedback(tmp_path / "state", written)
    return list(csv.DictReader(io.StringIO(written.getvalue())))


def test_the_form_on_an_answer_is_stored_with_the_question_if_ticked(
    says: TestClient, tmp_path: Path
) -> None:
    page = page_of(says, "/ask", q=RENT, country="CL")
    hidden = {
        str(attrs["name"]): str(attrs["value"])
        for attrs in page.all("input")
        if attrs.get("type") == "hidden"
    }

    response = says.post("/feedback", data={**hidden, "verdict": "useful", "keep": "1"})

    (row,) = stored(tmp_path)
    assert response.status_code == 303
    assert row["question"] == RENT
    assert row["filters"] == '[["country", "CL"]]'
    assert row["places"].startswith('[["chile-rent", ')
    assert row["fingerprint"]


def test_the_places_of_a_whole_list_are_stored_and_no_more(
    says: TestClient, tmp_path: Path
) -> None:
    cited = [f"{'a' * 12}.{at}-{at + 1}.{'b' * 12}.doc" for at in range(N_ITEMS + 1)]
    sent = {"about": ABOUT, "verdict": "useful", "keep": "1", "cited": cited}

    says.post("/feedback", data=sent)

    (row,) = stored(tmp_path)
    assert json.loads(row["places"]) == [["doc", at, at + 1] for at in range(N_ITEMS)]


def test_without_the_tick_neither_question_nor_places_are_stored(
    says: TestClient, tmp_path: Path
) -> None:
    says.post("/feedback", data={"about": ABOUT, "verdict": "wrong", "comment": " ¡No! "})

    (row,) = stored(tmp_path)
    assert (row["verdict"], row["comment"]) == ("wrong", "¡No!")
    assert row["question"] == row["filters"] == row["places"] == ""
    assert b"Who pays" not in (tmp_path / "state" / "feedback.sqlite").read_bytes()


def test_no_question_is_stored_where_the_operator_has_not_turned_it_on(
    settings: Settings, library: Library, tmp_path: Path
) -> None:
    own = settings.model_copy(update={"state": tmp_path / "state"})
    client = TestClient(create_app(QAService(own, library)), follow_redirects=False)

    page = page_of(client, "/ask", q=RENT)
    sent = client.post("/feedback", data={"about": ABOUT, "verdict": "wrong", "keep": "1"})
    client.post("/v1/feedback", json={"verdict": "wrong", "question": "Who pays?"})

    assert not [attrs for attrs in page.all("input") if attrs.get("name") == "keep"]
    assert "kept=0" in sent.headers["location"]
    assert {row["question"] for row in stored(tmp_path)} == {""}
    assert b"Who pays" not in (tmp_path / "state" / "feedback.sqlite").read_bytes()


def test_thanks_lead_back_to_the_answer(says: TestClient) -> None:
    response = says.post("/feedback", data={"about": ABOUT, "verdict": "missing", "keep": "1"})
    page = page_of(says, response.headers["location"])

    assert "and the question with it" in page.text
    assert f"/ask?{ABOUT}" in {attrs.get("href") for attrs in page.all("a")}


def test_without_a_verdict_the_form_comes_back_as_it_was(says: TestClient, tmp_path: Path) -> None:
    response = says.post("/feedback", data={"about": ABOUT, "comment": "Hm <b>", "keep": "1"})

    assert response.status_code == 422
    assert 'id="say-error"' in response.text
    assert "Hm &lt;b&gt;" in response.text
    assert stored(tmp_path) == []


@pytest.mark.parametrize(
    "sent",
    [
        {"verdict": "useful", "about": "\x00%zz", "index": "<script>", "cited": "x"},
        {"verdict": "useful", "keep": "1", "about": "", "cited": "x"},
    ],
)
def test_what_no_page_of_ours_sends_is_stored_as_nothing(
    says: TestClient, tmp_path: Path, sent: dict[str, str]
) -> None:
    assert says.post("/feedback", data=sent).status_code == 303
    (row,) = stored(tmp_path)
    assert row["fingerprint"] == ""
    assert row["places"] in {"", "[]"}


def test_another_site_cannot_send_the_form(says: TestClient, tmp_path: Path) -> None:
    response = says.post(
        "/feedback",
        data={"verdict": "useful"},
        headers={"Sec-Fetch-Site": "cross-site", "Accept": "text/html"},
    )

    assert response.status_code == 403
    assert stored(tmp_path) == []


def test_where_nothing_is_collected_there_is_no_form(settings: Settings, library: Library) -> None:
    off = settings.model_copy(update={"collect_feedback": False})
    client = TestClient(create_app(QAService(off, library)))

    assert 'action="/feedback"' not in client.get("/ask", params={"q": RENT}).text
    assert client.post("/feedback", data={"verdict": "useful"}).status_code == 404
    assert "not collected here" in client.get("/about").text


def test_a_folder_that_cannot_be_written_is_said_without_its_name(
    settings: Settings, library: Library, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    broken = settings.model_copy(update={"state": tmp_path / "file"})
    client = TestClient(create_app(QAService(broken, library)))

    response = client.post("/feedback", data={"verdict": "useful"}, headers={"Accept": "text/html"})

    assert response.status_code == 507
    assert str(tmp_path) not in response.text
