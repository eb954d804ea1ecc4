"""What Prometheus reads tells what happened, and names nothing that a client chose."""

import json
import re

from starlette.testclient import TestClient

from tests.conftest import ROOT

DASHBOARD = ROOT / "docs" / "grafana-dashboard.json"


def values(client: TestClient) -> dict[str, float]:
    """Return every sample by its name and labels."""
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    lines = [line for line in response.text.splitlines() if not line.startswith("#")]
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


def test_questions_are_counted_by_outcome_stage_and_route(client: TestClient) -> None:
    before = values(client)
    client.post("/v1/ask", json={"question": "Who pays rent in Chile?", "min_confidence": 0})
    client.post("/v1/ask", json={"question": "?"})
    client.get("/no/such/address")

    after = values(client)

    def rise(sample: str) -> float:
        return after.get(sample, 0) - before.get(sample, 0)

    assert rise('cita_requests_total{method="POST",route="/v1/ask",status="200"}') >= 1
    assert rise('cita_requests_total{method="any",route="none",status="404"}') == 1
    assert rise('cita_outcomes_total{code="",status="answered"}') >= 1
    assert rise("cita_confidence_count") >= 1
    for stage in ("understand", "retrieve", "read", "choose", "decide"):
        assert rise(f'cita_stage_seconds_count{{stage="{stage}"}}') >= 1
    assert rise("cita_errors_total") == 0


def test_the_index_that_answers_is_named_with_its_age(client: TestClient) -> None:
    ready = client.get("/readyz").json()

    shown = values(client)

    fingerprint = ready["index"]["fingerprint"]
    label = f'fingerprint="{fingerprint}",generation="{ready["generation"]}"'
    assert shown[f"cita_index_info{{{label}}}"] == 1
    assert shown["cita_ready"] == 1
    assert shown["cita_index_trouble"] == 0
    assert shown["cita_index_documents"] == ready["index"]["documents"]
    assert shown["cita_index_built_timestamp_seconds"] > 1.7e9


def test_the_dashboard_and_the_alerts_ask_for_metrics_that_there_are(client: TestClient) -> None:
    alerts = (ROOT / "docs" / "operations.md").read_text("utf-8")
    asked = set(re.findall(r"\bcita_[a-z_]+", DASHBOARD.read_text("utf-8") + alerts))

    described = set(
        re.findall(r"^# HELP (cita_[a-z_]+)", client.get("/metrics").text, re.MULTILINE)
    )

    parts = {
        f"{name}{suffix}" for name in described for suffix in ("", "_bucket", "_count", "_sum")
    }
    assert json.loads(DASHBOARD.read_text("utf-8"))["panels"]
    assert asked
    assert asked <= parts
