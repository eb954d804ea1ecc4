"""The time of something is told by its own line of a programme, and by no other."""

import time
from pathlib import Path

import pytest

from indexer.settings import IndexerSettings
from service.answer_options import AnswerOptions
from service.pipeline.agenda import _TIMES, AskedTime
from service.pipeline.answering import Answerer
from service.pipeline.candidates import may_be_quoted
from service.pipeline.question import parse_question
from service.records import Answer
from tests.conftest import index_of

_PROGRAMME = """# Programme of the harbour forum in Ostra

9:00 – 9:10 Welcome to the crews

Ada Brink, Port Council

9:10 – 9:40 Results of the survey of moorings

Ole Lind, Union of Ferry Pilots

9:40 – 11:30 Debate on night berths

11:30 – 12:00 Conclusions for the towns
"""


@pytest.fixture(scope="module")
def answerer(_built: IndexerSettings, tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    reports = {"programme.md": _PROGRAMME}
    return Answerer(index_of(reports, _built, tmp_path_factory.mktemp("agenda")))


def first_quote(answerer: Answerer, question: str) -> str:
    answer = answerer.answer(parse_question(question), AnswerOptions())
    return answer.quotes[0].text if isinstance(answer, Answer) else ""


@pytest.mark.parametrize(
    ("question", "time"),
    [
        ("At what time does the debate of the harbour forum start?", "9:40"),
        ("When do the conclusions of the harbour forum begin?", "11:30"),
        ("When does Ole Lind speak on the survey at the harbour forum?", "9:10"),
        ("¿A qué hora empieza el debate del foro de Ostra?", "9:40"),
        ("A que horas começa o debate do fórum de Ostra?", "9:40"),
    ],
)
def test_the_line_that_is_asked_for_answers(answerer: Answerer, question: str, time: str) -> None:
    assert first_quote(answerer, question).startswith(time)


@pytest.mark.parametrize(
    "question",
    [
        "At what time does the dinner of the harbour forum start?",
        "What time is the vote of the harbour forum?",
    ],
)
def test_the_line_of_something_else_does_not(answerer: Answerer, question: str) -> None:
    assert not first_quote(answerer, question)[:1].isdigit()


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("At what time does the debate start?", True),
        ("When will the debate begin?", True),
        ("When did the town buy the pier?", False),
        ("At what time of the year do they come?", False),
        ("What time limit applies to appeals?", False),
        ("Which hours of training are required?", False),
        ("What time is needed to appeal?", False),
    ],
)
def test_a_question_asks_for_the_time_of_something(question: str, *, asks: bool) -> None:
    assert (AskedTime.by(question, ()) is not None) == asks


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("14:30 – 16:20 | Debate", "Debate"),
        ("9:10 – 9:40 Debate", "Debate"),
        ("14.30 – 16.20 | Debate", "Debate"),
        ("14.30 Debate", "Debate"),
        ("2:00 pm - 4:30 pm: debate", ": debate"),
        ("2.00 p.m. – 4.30 p.m. debate", "debate"),
        ("2 pm debate", "debate"),
        ("• 14h às 15h30: Debate", ": Debate"),
        ("14h Debate", "Debate"),
        ("1:10 ratio of staff", None),
        ("12.50 euros a day", None),
        ("14 Debates", None),
    ],
)
def test_a_line_of_a_programme_opens_with_a_time(line: str, subject: str | None) -> None:
    times = _TIMES.match(line)

    assert (times and line[times.end() :].lstrip("| ")) == subject


@pytest.mark.parametrize("text", ["14.30 – " * 5000, "14.30" + " | " * 20_000, "• " * 20_000])
def test_no_line_takes_long(text: str) -> None:
    started = time.process_time()

    _TIMES.match(text)

    assert time.process_time() - started < 2


def test_the_first_line_of_a_programme_is_no_header(built: IndexerSettings, tmp_path: Path) -> None:
    folder = tmp_path / "timetable"
    folder.mkdir()
    rows = "<tr><td>9:00 – 9:10</td><td>Welcome to the crews</td></tr>"
    rows += "<tr><td>9:10 – 9:40</td><td>Results of the survey</td></tr>"
    page = f"<html><body><h1>Programme</h1><table>{rows}</table></body></html>"
    index = index_of({"timetable.html": page}, built, folder)

    quotable = [
        index.sentence_text(row) for row in range(index.n_sentences) if may_be_quoted(index, row)
    ]

    assert "9:00 – 9:10 | Welcome to the crews" in quotable
