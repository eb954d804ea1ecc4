"""Confidence decides between an answer and a refusal that says why."""

import pytest

from indexer.settings import IndexerSettings
from service.answer_options import AnswerOptions
from service.library import Edition
from service.pipeline.answering import Answerer
from service.pipeline.decision import decide
from service.pipeline.question import parse_question
from service.records import (
    Answer,
    Filters,
    Refusal,
    RefusalCode,
)
from tests.conftest import index_of

SUBSIDY = "How much is the monthly rent subsidy that migrants in Chile get?"
NEAR_REPORTS = {
    "harbour.md": "# The harbour of Ostra\n\nThe harbour of Ostra was dredged in the spring.\n",
    "works.md": "# References\n\n- Lima, A. (2020) How many migrants the mayor of Ostra trains as "
    "welders, Ostra, https://ostra.example/welders.\n",
}


def decided(
    edition: Edition,
    text: str,
    *,
    min_confidence: float | None = None,
    filters: Filters | None = None,
) -> Answer | Refusal:
    question = parse_question(text, filters=filters)
    options = AnswerOptions(min_confidence=min_confidence)
    findings = edition.answerer.find(question, options)
    calibration = edition.answerer.models.calibration
    return decide(question, findings, options, calibration=calibration, index=edition.index)


def test_the_threshold_decides_between_an_answer_and_a_refusal(edition: Edition) -> None:
    confidence = decided(edition, SUBSIDY, min_confidence=0).confidence

    answer = decided(edition, SUBSIDY, min_confidence=confidence)
    refusal = decided(edition, SUBSIDY, min_confidence=confidence + 1e-6)

    assert isinstance(answer, Answer)
    assert isinstance(refusal, Refusal)
    assert answer.confidence == refusal.confidence == confidence


@pytest.mark.parametrize(
    ("question", "code"),
    [
        pytest.param("What is it?", RefusalCode.QUESTION_UNCLEAR, id="no content words"),
        pytest.param("¿Qué es?", RefusalCode.QUESTION_UNCLEAR, id="none in Spanish"),
        pytest.param("???", RefusalCode.QUESTION_UNCLEAR, id="no words"),
        pytest.param(
            "Which wine goes with grilled octopus?", RefusalCode.NOTHING_RELEVANT, id="wine"
        ),
        pytest.param(
            "What rules govern landlords in Lagos in 2024?", RefusalCode.OUTSIDE_CORPUS, id="Lagos"
        ),
        pytest.param(
            "What do migrant women earn?", RefusalCode.NOT_ANSWERED_BY_REPORTS, id="not said"
        ),
    ],
)
def test_a_refusal_says_why(edition: Edition, question: str, code: RefusalCode) -> None:
    refusal = decided(edition, question, min_confidence=0.99)

    assert isinstance(refusal, Refusal)
    assert refusal.code is code
    assert len(refusal.nearest) <= 3


def test_a_language_that_is_not_spoken_is_the_reason_whatever_was_found(edition: Edition) -> None:
    refusal = decided(edition, "Combien de migrants reçoivent une aide au loyer au Chili ?")

    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.LANGUAGE_NOT_SUPPORTED
    assert (refusal.question.language, refusal.language) == ("fr", "en")
    assert refusal.nearest == ()


def test_filters_that_leave_no_report_are_the_reason(edition: Edition) -> None:
    refusal = decided(edition, SUBSIDY, filters=Filters(year_to=1900))

    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.NO_REPORT_PASSES_FILTERS


def test_a_demand_that_only_the_caller_makes_is_told_from_silence(edition: Edition) -> None:
    confidence = decided(edition, SUBSIDY, min_confidence=0).confidence

    refusal = decided(edition, SUBSIDY, min_confidence=(1 + confidence) / 2)

    assert confidence >= edition.answerer.models.calibration.threshold
    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.BELOW_MIN_CONFIDENCE
    assert refusal.required == (1 + confidence) / 2


@pytest.mark.parametrize(
    ("reports", "shown"),
    [
        pytest.param(["harbour.md", "works.md"], ["harbour"], id="and a statement"),
        pytest.param(["works.md"], ["works"], id="and nothing else"),
    ],
)
def test_works_cited_are_near_only_where_no_statement_is(
    built: IndexerSettings,
    tmp_path_factory: pytest.TempPathFactory,
    reports: list[str],
    shown: list[str],
) -> None:
    texts = {name: NEAR_REPORTS[name] for name in reports}
    index = index_of(texts, built, tmp_path_factory.mktemp("near"))
    answerer = Answerer(index)
    question = parse_question("How many migrants does the mayor of Ostra train as welders?")

    best = answerer.search(question, top_k=1)[0]
    refusal = answerer.answer(question, AnswerOptions(min_confidence=1))

    assert best.passage.doc_id == "works"
    assert isinstance(refusal, Refusal)
    assert [scored.passage.doc_id for scored in refusal.nearest] == shown


def test_a_near_passage_has_its_likeliest_sentence(edition: Edition) -> None:
    refusal = decided(edition, SUBSIDY, min_confidence=1)

    assert isinstance(refusal, Refusal)
    nearest = refusal.nearest[0]
    assert "170,000 pesos" in nearest.likeliest
    assert nearest.likeliest in nearest.text
