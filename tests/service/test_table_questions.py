"""A cell that is asked for by its row and its column is quoted, with both, in five formats."""

from pathlib import Path

import pytest

from indexer.build import build
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index
from service.answer_options import AnswerOptions
from service.pipeline.answering import Answerer
from service.pipeline.question import parse_question
from service.records import Answer
from tests.conftest import copy_index
from tests.service.table_reports import REPORTS, UNANSWERED, write

N_QUESTIONS = 60
LEAST_RIGHT = 54
LIKELY = 0.6


@pytest.fixture(scope="module")
def answerer(_built: IndexerSettings, tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder: Path = tmp_path_factory.mktemp("tables")
    corpus_dir, index_dir = folder / "reports", folder / "index"
    corpus_dir.mkdir()
    for report in REPORTS:
        write(report, corpus_dir)
    copy_index(_built.index_dir, index_dir)
    build(_built.model_copy(update={"corpus": corpus_dir, "index": index_dir}))
    return Answerer(open_index(index_dir, verify=False))


def wrong_with(answerer: Answerer, question: str, cells: tuple[str, ...], heading: str) -> str:
    """Return what is wrong with the answer to a question; empty if nothing is."""
    answer = answerer.answer(parse_question(question), AnswerOptions())
    if not isinstance(answer, Answer):
        return f"{question}: {answer.code}"
    first = answer.quotes[0]
    if first.table is None:
        return f"{question}: {first.text}"
    has_cells = all(cell in first.table.cells for cell in cells)
    has_heading = any(heading in column for column in first.table.columns)
    is_marked = first.highlight is not None and first.highlight.of(first.text) == cells[-1]
    return "" if has_cells and has_heading and is_marked else f"{question}: {first}"


def test_a_cell_is_quoted_with_its_row_and_its_heading(answerer: Answerer) -> None:
    questions = [question for report in REPORTS for question in report.questions]

    wrong = [error for asked in questions if (error := wrong_with(answerer, *asked))]

    assert len(questions) == N_QUESTIONS
    assert len(questions) - len(wrong) >= LEAST_RIGHT, "\n".join(wrong)


@pytest.mark.parametrize("question", UNANSWERED)
def test_an_empty_cell_is_no_answer(answerer: Answerer, question: str) -> None:
    assert not isinstance(answerer.answer(parse_question(question), AnswerOptions()), Answer)


@pytest.mark.parametrize(
    "question",
    [
        "How many births were there in Kaldi?",
        "What is the number of births at the Orchard clinic?",
        "What was the population of Cusco?",
    ],
)
def test_what_no_column_gives_is_not_well_supported(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(parse_question(question), AnswerOptions())

    assert answer.confidence < LIKELY
