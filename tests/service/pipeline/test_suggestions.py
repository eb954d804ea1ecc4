"""Questions that are offered read well and have answers."""

from dataclasses import replace
from functools import partial

import pytest

from service.library import Edition
from service.pipeline.question import parse_question
from service.pipeline.suggestions import (
    N_PASSAGES_READ,
    N_SUGGESTED,
    better_questions,
    questions_from_headings,
    topic_of,
)
from service.records import Answer, AnswerOptions, Refusal, RefusalCode

REFUSED = Refusal(
    parse_question("How many landlords were fined in 2031?"),
    "en",
    0.1,
    RefusalCode.NOT_ANSWERED_BY_REPORTS,
)


def better(refusal: Refusal, edition: Edition) -> tuple[str, ...]:
    answerer = edition.answerer
    search = partial(answerer.search, top_k=N_PASSAGES_READ)
    return better_questions(refusal, search, answerer.index, answerer.is_answered)


def test_every_suggestion_is_answered_and_comes_from_a_heading(edition: Edition) -> None:
    suggestions = better(REFUSED, edition)
    index = edition.answerer.index
    passages = [index.passage(row) for row in range(index.manifest.n_passages)]
    topics = {topic_of(heading) for passage in passages for heading in passage.headings}

    assert 1 <= len(suggestions) <= N_SUGGESTED
    for text in suggestions:
        assert text.removeprefix("What do the reports say about ").removesuffix("?") in topics
        outcome = edition.answerer.answer(parse_question(text), AnswerOptions())
        assert isinstance(outcome, Answer)


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


def test_every_example_is_answered(edition: Edition) -> None:
    examples = questions_from_headings(edition.index, edition.answerer.is_answered)

    assert examples
    assert len(set(examples)) == len(examples)
    for text in examples:
        outcome = edition.answerer.answer(parse_question(text), AnswerOptions())
        assert isinstance(outcome, Answer)
