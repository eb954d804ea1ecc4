"""The canary says which known question is answered otherwise, and when nobody answers."""

import json
from pathlib import Path

import pytest

from service.errors import CanaryError
from service.interfaces.canary import compare, record

QUESTIONS = ("Who pays rent in Chile?", "Which wine goes with grilled octopus?")


def test_what_was_recorded_is_answered_again_and_a_change_is_named(
    server: str, tmp_path: Path
) -> None:
    file = tmp_path / "known.jsonl"
    file.write_text(record(QUESTIONS, server), "utf-8")
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    as_known = compare(file, server)
    rows[0]["quotes"] = ["Nobody pays."]
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")

    differences = compare(file, server)

    assert rows[1]["quotes"] == []
    assert as_known == ()
    assert len(differences) == 1
    assert "wanted: Nobody pays." in differences[0]


@pytest.mark.parametrize("content", ["", "no json", '{"question": "Who?"}'])
def test_a_file_that_is_no_list_of_known_questions_is_an_error(
    tmp_path: Path, content: str
) -> None:
    file = tmp_path / "known.jsonl"
    file.write_text(content, "utf-8")

    with pytest.raises(CanaryError, match="make it by --record"):
        compare(file, "http://127.0.0.1:9")


def test_a_service_that_does_not_answer_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CanaryError, match="does not answer"):
        record(QUESTIONS, "http://127.0.0.1:9")
    assert not list(tmp_path.iterdir())
