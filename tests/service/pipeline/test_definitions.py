"""A question for a meaning gets the definition first, where a report has one."""

import pytest

from indexer.settings import IndexerSettings
from service.answer_options import AnswerOptions
from service.pipeline.answering import Answerer
from service.pipeline.definitions import tells_of
from service.pipeline.question import parse_question
from service.records import Answer, Refusal, RefusalCode
from tests.conftest import index_of

_PILOTS = "Harbour pilots: People who know the sands and bring foreign ships to their berth."
_PORT = "Free port: A port in which goods are landed and sold without duties."
_LIGHTERS = "In these pages, lighters are those that carry goods from a ship to the quay."
GUIDE = f"""# Guide to the harbour

Harbour pilots went on strike in spring. Many harbour pilots live in the old town, and pilots are
paid by the tide. A harbour pilot is a busy person. {_LIGHTERS}

## Priorities

The priorities are dredging and light.

## Words

{_PILOTS}

{_PORT}

| Short | Long |
|---|---|
| FP | Free port |
| HMO | Harbour Master's Office |
"""


@pytest.fixture(scope="module")
def answerer(_built: IndexerSettings, tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return Answerer(index_of({"guide.md": GUIDE}, _built, tmp_path_factory.mktemp("defined")))


def quotes(answerer: Answerer, text: str) -> list[str]:
    answer = answerer.answer(parse_question(text), AnswerOptions(min_confidence=0.0))
    assert isinstance(answer, Answer), answer
    return [quote.text for quote in answer.quotes]


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("What is a harbour pilot?", _PILOTS),
        ("what exactly are harbour pilots", _PILOTS),
        ("What does “harbour pilots” mean in the guide?", _PILOTS),
        ("Define harbour pilot", _PILOTS),
        ("harbour pilot definition", _PILOTS),
        ("We are new here. What is meant by free port?", _PORT),
        ("What is meant by a harbour pilot in maritime policy?", _PILOTS),
        ("What are lighters?", _LIGHTERS),
        ("What does HMO stand for?", "HMO | Harbour Master's Office"),
        ("What is an FP?", _PORT),
    ],
)
def test_the_definition_comes_first(answerer: Answerer, question: str, quote: str) -> None:
    assert quotes(answerer, question)[0] == quote


@pytest.mark.parametrize(
    "question",
    [
        "What is the difference between a harbour pilot and a free port?",
        "How does a free port differ from harbour pilots?",
        "free port vs harbour pilot",
    ],
)
def test_what_tells_two_terms_apart_are_both_definitions(answerer: Answerer, question: str) -> None:
    assert {_PILOTS, _PORT} <= set(quotes(answerer, question))


@pytest.mark.parametrize(
    "question", ["When did the harbour pilots go on strike?", "What do harbour pilots earn?"]
)
def test_who_asks_for_something_else_gets_something_else(answerer: Answerer, question: str) -> None:
    assert quotes(answerer, question)[0] != _PILOTS


@pytest.mark.parametrize(
    ("question", "undefined"),
    [
        ("What is a tide?", "tide"),
        ("what are sands", "sands"),
        ("What does “old town” mean?", "old town"),
        ("What is a harbour pilot?", None),
        ("What are the priorities?", None),
        ("¿Qué es la vivienda?", "vivienda"),
        ("O que é a moradia?", "moradia"),
        ("What is happening?", None),
        ("What is missing in the harbour?", None),
        ("What is wrong", None),
        ("What is next?", None),
        ("What is at stake?", None),
        ("What are cities doing?", None),
        ("What is being built?", None),
        ("What is two plus two?", None),
        ("What is an ocean berth?", "ocean berth"),
        ("What is co-housing?", "co-housing"),
        ("What is needed?", None),
        ("What is the difference between a tide and a quay?", None),
        ("What are ships for?", None),
        ("The port grew. What is behind it?", None),
        ("They speak of sands. What is meant by that?", None),
        ("What are harbour pilots paid by in Ostra?", None),
        ("When did the harbour pilots go on strike?", None),
    ],
)
def test_a_term_that_no_report_defines_is_said(
    answerer: Answerer, question: str, undefined: str | None
) -> None:
    answer = answerer.answer(parse_question(question), AnswerOptions(min_confidence=0.0))

    assert isinstance(answer, Answer)
    assert answer.undefined == undefined


def test_what_tells_of_a_term_says_what_it_is() -> None:
    assert tells_of("free port", "Free ports, which are few, sell without duties.")
    assert tells_of("social rent", "Social rent (for the poor) means that a town pays.")
    assert tells_of("social rent", "Social rent, as the ministry defines it, is low.")
    assert tells_of("sanctuary city", "They know that sanctuary cities are places of refuge.")
    assert tells_of("youth unemployment", "There, youth unemployment was 25 per cent.")
    assert tells_of("community sponsor", "A community sponsor pays the rent of a family.")
    assert tells_of("cohousing", "In towns co-housing is a way to live.")
    assert tells_of("co-housing", "In towns cohousing is a way to live.")
    assert tells_of("self-help", "In towns self\u2011help is a way to build; self help is slow.")
    assert not tells_of("social rent", "They get social rent from the town. It is dear.")


def test_a_place_that_no_report_knows_is_not_left_out_of_the_question(answerer: Answerer) -> None:
    asked = parse_question("What are harbour pilots in Lagos?")

    refusal = answerer.answer(asked, AnswerOptions())

    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.OUTSIDE_CORPUS
