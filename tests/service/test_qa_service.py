"""What the operator sets bounds every answer, lists too."""

import threading
from pathlib import Path
from typing import Any

import pytest

from indexer.settings import IndexerSettings
from service.answer_options import AnswerWishes
from service.library import Library
from service.qa_service import QAService
from service.records import Answer
from service.settings import Settings
from tests.conftest import index_of

RULES = "# Code of the lock\n\nThe keeper wrote it.\n\n" + "\n".join(
    f"## Rule {number}. Boat {number} goes first\n\nIt has a bell.\n" for number in range(1, 16)
)
QUESTION = "What are the fifteen rules?"


@pytest.fixture(scope="module")
def library(_built: IndexerSettings, tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("rules")
    index_of({"code.md": RULES}, _built, folder)
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    library = Library(settings)
    library.look()
    return library


@pytest.mark.parametrize(
    ("changes", "wishes", "n_items"),
    [
        pytest.param({}, AnswerWishes(), 12, id="a list is longer than other answers"),
        pytest.param({"max_quotes": 6, "max_words": 200}, AnswerWishes(), 12, id="more"),
        pytest.param({"max_quotes": 2}, AnswerWishes(), 2, id="fewer quotes"),
        pytest.param({"max_words": 30}, AnswerWishes(), 5, id="fewer words, six in an item"),
        pytest.param({"max_quotes": 2}, AnswerWishes(max_quotes=3), 3, id="a caller's own wish"),
    ],
)
def test_a_list_has_as_many_items_as_the_operator_allows(
    library: Library, changes: dict[str, Any], wishes: AnswerWishes, n_items: int
) -> None:
    settings = Settings().model_copy(update=changes)

    outcome = QAService(settings, library).ask(QUESTION, wishes=wishes)

    assert isinstance(outcome.result, Answer)
    assert len(outcome.result.quotes) == n_items


def test_apertium_starts_when_questions_are_answered(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = Library(Settings(corpus=tmp_path, index=tmp_path))
    are_started = []
    for answers_from in (empty, library):
        service = QAService(Settings(), answers_from)
        started = threading.Event()
        monkeypatch.setattr(service._translator, "start", started.set)
        service.start()
        are_started.append(started.wait(timeout=60 if answers_from is library else 0.3))
        service.stop()

    assert are_started == [False, True]
