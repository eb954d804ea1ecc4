"""``POST /v1/feedback`` stores what it was sent, where the operator wants it."""

import csv
import io
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from service.answer_options import N_ITEMS
from service.feedback import export_feedback
from service.interfaces.app import create_app
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings


def client_with(settings: Settings, library: Library, **changed: object) -> TestClient:
    return TestClient(create_app(QAService(settings.model_copy(update=changed), library)))


def test_a_verdict_is_stored(settings: Settings, library: Library, tmp_path: Path) -> None:
    client = client_with(settings, library, state=tmp_path, keep_questions=True)
    places = [{"document": "chile-rent", "start": 3, "end": 9}]

    bare = client.post("/v1/feedback", json={"verdict": "wrong", "quotes": places})
    full = client.post(
        "/v1/feedback", json={"verdict": "useful", "question": "Who pays?", "quotes": places}
    )

    written = io.StringIO()
    export_feedback(tmp_path, written)
    without, with_question = csv.DictReader(io.StringIO(written.getvalue()))
    assert (bare.status_code, full.status_code) == (204, 204)
    assert without["places"] == ""
    assert with_question["places"] == '[["chile-rent", 3, 9]]'


def test_the_quotes_of_the_longest_list_are_taken_and_no_more(
    settings: Settings, library: Library, tmp_path: Path
) -> None:
    client = client_with(settings, library, state=tmp_path)
    place = {"document": "chile-rent", "start": 3, "end": 9}

    whole = client.post("/v1/feedback", json={"verdict": "useful", "quotes": [place] * N_ITEMS})
    longer = client.post(
        "/v1/feedback", json={"verdict": "useful", "quotes": [place] * (N_ITEMS + 1)}
    )

    assert (whole.status_code, longer.status_code) == (204, 422)


@pytest.mark.parametrize(
    "body",
    [{}, {"verdict": "bad"}, {"verdict": "wrong", "comment": "x" * 2001}, {"verdict": 1, "x": 2}],
)
def test_what_does_not_fit_is_a_problem(
    settings: Settings, library: Library, tmp_path: Path, body: dict[str, object]
) -> None:
    client = client_with(settings, library, state=tmp_path)

    assert client.post("/v1/feedback", json=body).status_code == 422
    assert not list(tmp_path.iterdir())


def test_nothing_is_collected_where_the_operator_does_not_want_it(
    settings: Settings, library: Library
) -> None:
    client = client_with(settings, library, collect_feedback=False)

    assert client.post("/v1/feedback", json={"verdict": "useful"}).status_code == 404


def test_a_folder_that_cannot_be_written_is_named_as_the_servers_trouble(
    settings: Settings, library: Library, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    client = client_with(settings, library, state=tmp_path / "file")

    response = client.post("/v1/feedback", json={"verdict": "useful"})

    assert response.status_code == 507
    assert response.json()["type"] == "/docs#not-stored"
