"""Questions that are offered read well and have answers."""

from dataclasses import replace
from functools import partial

import pytest

from service.answer_options import AnswerOptions
from service.library import Edition
from service.pipeline.question import parse_question
from service.pipeline.suggestions import (
    MIN_LIKENESS,
    N_PASSAGES_READ,
    N_SUGGESTED,
    Topic,
    better_questions,
    likeness,
    states_something,
    topic_of,
    topics_from_headings,
)
from service.pipeline.trial_answers import TrialAnswers
from service.records import Answer, Refusal, RefusalCode

REFUSED = Refusal(
    parse_question("How did the subsidy work in 2031?"),
    "en",
    0.1,
    RefusalCode.NOT_ANSWERED_BY_REPORTS,
)


def better(refusal: Refusal, edition: Edition) -> tuple[str, ...]:
    answerer = edition.answerer
    search = partial(answerer.search, top_k=N_PASSAGES_READ)
    return better_questions(
        refusal, search, answerer.index, answerer.models, trial(edition).is_answered
    )


def trial(edition: Edition) -> TrialAnswers:
    return TrialAnswers(edition.answerer.answer, AnswerOptions())


def test_every_suggestion_is_answered_and_comes_from_a_heading(edition: Edition) -> None:
    suggestions = better(REFUSED, edition)
    index = edition.answerer.index
    passages = [index.passage(row) for row in range(index.manifest.n_passages)]
    topics = {topic_of(heading) for passage in passages for heading in passage.headings}

    assert 1 <= len(suggestions) <= N_SUGGESTED
    for text in suggestions:
        assert text.removeprefix("What do the reports say about ").strip("?“”") in topics
        outcome = edition.answerer.answer(parse_question(text), AnswerOptions())
        assert isinstance(outcome, Answer)


def test_a_refusal_in_portuguese_suggests_no_question_of_two_languages(edition: Edition) -> None:
    assert better(replace(REFUSED, language="pt"), edition) == better(REFUSED, edition)


def test_a_heading_that_is_not_near_the_question_is_not_suggested(edition: Edition) -> None:
    refused = replace(REFUSED, question=parse_question("How many landlords were fined in 2031?"))

    assert better(refused, edition) == ()


def test_the_nearest_of_the_near_headings_comes_first(edition: Edition) -> None:
    question = parse_question("¿Cómo funciona el subsidio?")
    topics = [Topic("rent for migrants", "en"), Topic("how the subsidy works", "en")]

    rent, subsidy = likeness(edition.answerer.models, question, topics)

    assert subsidy > MIN_LIKENESS > rent


def test_nothing_is_near_to_what_is_not_about_the_corpus(edition: Edition) -> None:
    refused = replace(REFUSED, code=RefusalCode.NOTHING_RELEVANT)

    assert better(refused, edition) == ()


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        pytest.param("2.1 Housing for migrants", "housing for migrants", id="number"),
        pytest.param("Action 5.2. Rent for all people", "rent for all people", id="action"),
        pytest.param("HOUSING FOR MIGRANTS", "housing for migrants", id="capitals"),
        pytest.param("UN-Habitat and local plans", "UN-Habitat and local plans", id="acronym"),
        pytest.param("Salud para todos", "salud para todos", id="Spanish"),
        pytest.param("Executive Summary", None, id="furniture"),
        pytest.param("Highlights from Presentations and Debate", None, id="an event's parts"),
        pytest.param("Francesco Torresani", None, id="a person"),
        pytest.param("Housing", None, id="one word"),
        pytest.param("The measures", None, id="one word that says something"),
        pytest.param("From burden to gain", None, id="reads badly after about"),
        pytest.param("Cities where it works", None, id="points at what stands above"),
        pytest.param("Why does it matter? (1)", None, id="punctuation"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_heading_becomes_a_topic_where_it_reads_well(heading: str, topic: str | None) -> None:
    assert topic_of(heading) == topic


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        pytest.param("Housing\n\nFamilies pay half of the rent for eight years.", True, id="said"),
        pytest.param("Housing\n\nThis section presents what was said of rents.", False, id="told"),
        pytest.param("El presente informe trata de las viviendas de alquiler.", False, id="es"),
        pytest.param("Housing\n\nThe ministry pays, from 2019 on, for all of:", False, id="cut"),
        pytest.param("Housing\n\nRents rose.", False, id="short"),
    ],
)
def test_what_only_tells_what_stands_where_states_nothing(quote: str, *, expected: bool) -> None:
    assert states_something(quote) is expected


def test_a_question_is_in_the_language_of_its_heading() -> None:
    assert Topic("rent for migrants", "en").question() == (
        "What do the reports say about “rent for migrants”?"
    )
    assert Topic("vivienda para migrantes", "es").question() == (
        "¿Qué dicen los informes sobre «vivienda para migrantes»?"
    )
    assert Topic("logement social", "fr").question() == (
        "What do the reports say about “logement social”?"
    )


def test_every_example_is_answered(edition: Edition) -> None:
    topics = topics_from_headings(edition.index, trial(edition).is_answered)
    examples = [topic.question() for topic in topics]

    assert examples
    assert len(set(examples)) == len(examples)
    for text in examples:
        outcome = edition.answerer.answer(parse_question(text), AnswerOptions())
        assert isinstance(outcome, Answer)
