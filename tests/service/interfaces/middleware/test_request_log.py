"""Every request has an id and a line in the log."""

import logging

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        pytest.param("abc-123.X_~", True, id="safe"),
        pytest.param("a" * 129, False, id="too long"),
        pytest.param("two words", False, id="with a space"),
        pytest.param("x<script>", False, id="with markup"),
    ],
)
def test_a_request_id_is_kept_when_it_is_safe(
    client: TestClient,
    sent: str,
    kept: bool,  # noqa: FBT001
) -> None:
    returned = client.get("/healthz", headers={"X-Request-ID": sent}).headers["x-request-id"]

    assert (returned == sent) == kept
    assert returned


def test_the_log_names_the_path_and_not_the_question(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        client.get("/ask?q=my+own+worry")
        client.get("/no%0Aforged%20line")

    logged = "\n".join(record.getMessage() for record in caplog.records if "cita" in record.name)
    assert "GET /ask 200" in logged
    assert "worry" not in logged
    assert r"/no\nforged line 404" in logged
