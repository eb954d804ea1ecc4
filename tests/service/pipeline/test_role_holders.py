"""Who organised, chaired or attended is answered from a list, of what is asked about alone."""

import pytest

from indexer.settings import IndexerSettings
from service.answer_options import AnswerOptions
from service.pipeline.answering import Answerer
from service.pipeline.question import parse_question
from service.records import Answer
from tests.conftest import index_of

_NOTE = """# Harbour forum of the river towns

Ostra, 4 May

The forum of the river towns meets for the second time. Pilots tell how they work with the towns,
and the towns will organise visits to the locks.

## Aim of the session

The session looks at how moorings are shared between crews.

## Organizers

- Brink Lock Trust
- Union of Ferry Pilots
- Ostra Port Council

## Debate

Facilitator: Ada Brink, Port Council

Session Rapporteur: Ole Lind, Union of Ferry Pilots

## Key questions

- Who may moor at night?
- What does a berth cost?
"""
_COMMITTEES = """# Report of the assembly of canals

## I. Committee on Locks

Chair:

Berta Holm (Norby)

Rapporteur:

Carl Voss (Sundvik)

1. The committee met twice in the assembly hall and took note of the report on gates.

## II. Committee on Dredging

Chair:

Dora Falk (Estby)

2. The committee met once in the assembly hall and took note of the report on silt.

## List of participants

| Body | Name |
|---|---|
| Office of Tides | Egon Rask |
| School of Pilots | Fritz Ahl |
| League of Fishers | Greta Moe |
| Museum of Boats | Hanna Sol |
| Chamber of Salt | Ivar Tun |
| Guild of Ropers | Jonna Vik |
| Board of Buoys | Knut Yde |
"""


@pytest.fixture(scope="module")
def answerer(_built: IndexerSettings, tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    reports = {"note.md": _NOTE, "committees.md": _COMMITTEES}
    return Answerer(index_of(reports, _built, tmp_path_factory.mktemp("roles")))


def quotes(answerer: Answerer, question: str) -> list[str]:
    answer = answerer.answer(parse_question(question), AnswerOptions())
    return [quote.text for quote in answer.quotes] if isinstance(answer, Answer) else []


@pytest.mark.parametrize(
    "question",
    [
        "Who organised the session of the harbour forum?",
        "Which bodies organised the harbour forum in Ostra?",
        "¿Quién organizó la sesión del foro de Ostra?",
        "Quem organizou a sessão do fórum em Ostra?",
    ],
)
def test_the_names_under_a_heading_are_quoted_with_it(answerer: Answerer, question: str) -> None:
    (quote,) = quotes(answerer, question)

    assert quote.split("\n")[0] == "Organizers"
    assert quote.endswith("- Brink Lock Trust\n- Union of Ferry Pilots\n- Ostra Port Council")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who took the minutes of the harbour forum?", "Session Rapporteur: Ole Lind"),
        ("Who moderated the debate at the harbour forum?", "Facilitator: Ada Brink"),
        ("Who chaired the debate at the harbour forum?", "Facilitator: Ada Brink"),
        ("Who chaired the Committee on Locks?", "Chair:\n\nBerta Holm (Norby)"),
        ("Who chaired the Committee on Dredging?", "Chair:\n\nDora Falk (Estby)"),
        ("Who was the rapporteur of the Committee on Locks?", "Rapporteur:\n\nCarl Voss (Sundvik)"),
        (
            "Who represented the Museum of Boats in the assembly of canals?",
            "Museum of Boats | Hanna",
        ),
    ],
)
def test_a_label_answers_for_what_is_asked_about(
    answerer: Answerer, question: str, expected: str
) -> None:
    (quote,) = quotes(answerer, question)

    assert quote.startswith(expected)


@pytest.mark.parametrize(
    "question",
    [
        "Who organised the harbour forum in Lisbon?",
        "Who organised the dinner of the harbour forum?",
        "Who translated the note of the harbour forum?",
        "Who catered the harbour forum?",
        "Who chaired the Committee on Whaling?",
        "Who attended the assembly of canals for Norway?",
    ],
)
def test_a_list_of_something_else_is_no_answer(answerer: Answerer, question: str) -> None:
    said = " ".join(quotes(answerer, question))

    names = ("Brink", "Lind", "Holm", "Falk", "Voss", "Rask", "Moe")
    assert not any(name in said for name in names)


def test_what_else_is_asked_is_not_answered_by_names_alone(answerer: Answerer) -> None:
    question = "What is the harbour forum in Ostra about, and who organised it?"

    assert not any(quote.startswith("Organizers") for quote in quotes(answerer, question)[:1])
