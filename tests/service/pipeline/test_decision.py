"""Confidence decides between an answer and a refusal that says why."""

import math
from dataclasses import replace

import pytest

from indexer.settings import IndexerSettings
from service.answer_options import AnswerOptions
from service.library import Edition
from service.pipeline.answering import Answerer
from service.pipeline.confidence import MAY_ANSWER_FROM, Evidence
from service.pipeline.decision import decide
from service.pipeline.question import parse_question
from service.records import Answer, Filters, Refusal, RefusalCode
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


def test_a_near_passage_has_its_likeliest_sentences(edition: Edition) -> None:
    refusal = decided(edition, SUBSIDY, min_confidence=1)

    assert isinstance(refusal, Refusal)
    nearest = refusal.nearest[0]
    text = edition.index.document(nearest.passage.doc_id).text
    assert "170,000 pesos" in nearest.likeliest[0].of(text)
    assert len(nearest.likeliest) == 2
    assert all(span.of(text) in nearest.text for span in nearest.likeliest)


@pytest.mark.parametrize(
    ("confidence", "may_answer"),
    [
        pytest.param(MAY_ANSWER_FROM + 0.01, True, id="near the threshold"),
        pytest.param(MAY_ANSWER_FROM - 0.01, False, id="far from it"),
    ],
)
def test_near_the_threshold_the_likeliest_sentence_comes_first(
    edition: Edition, confidence: float, *, may_answer: bool
) -> None:
    question = parse_question("How many families live in the municipal shelters of Bogotá?")
    findings = edition.answerer.find(question, AnswerOptions())
    calibration = edition.answerer.models.calibration
    odds = math.log(confidence / (1 - confidence))
    now = calibration.confidence(findings.evidence)
    intercept = calibration.intercept + odds - math.log(now / (1 - now))
    strict = replace(calibration, intercept=intercept, threshold=0.9)

    refusal = decide(question, findings, AnswerOptions(), calibration=strict, index=edition.index)

    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.NOT_ANSWERED_BY_REPORTS
    assert refusal.may_answer is may_answer
    likeliest = edition.index.sentence_span(findings.candidates[0].row)
    rows = [scored.row for scored in refusal.nearest]
    in_order = [scored.row for scored in findings.retrieved.passages]
    if may_answer:
        assert refusal.nearest[0].likeliest[0] == likeliest
    else:
        assert rows == [row for row in in_order if row in rows]


def test_no_sentence_may_answer_where_none_has_the_kind_of_answer(edition: Edition) -> None:
    question = parse_question("What share of children do the health centres of Lima vaccinate?")
    findings = edition.answerer.find(question, AnswerOptions())
    calibration = replace(edition.answerer.models.calibration, intercept=3.0, threshold=0.999)

    refusal = decide(
        question, findings, AnswerOptions(), calibration=calibration, index=edition.index
    )

    assert isinstance(refusal, Refusal)
    assert refusal.missing.kind == "share"
    assert not refusal.may_answer


@pytest.mark.parametrize(
    ("best_dense", "reader_log_odds", "code"),
    [
        pytest.param(0.1, 0.1, RefusalCode.NOTHING_RELEVANT, id="far"),
        pytest.param(0.1, 1.5, RefusalCode.NOT_ANSWERED_BY_REPORTS, id="the reader finds it"),
    ],
)
def test_what_the_reader_finds_is_a_subject_of_the_reports(
    edition: Edition, best_dense: float, reader_log_odds: float, code: RefusalCode
) -> None:
    question = parse_question("which wine goes with grilled octopus")
    findings = edition.answerer.find(question, AnswerOptions())
    evidence = Evidence(best_dense, reader_log_odds, unknown=(), known=())

    refusal = decide(
        question,
        replace(findings, evidence=evidence),
        AnswerOptions(),
        calibration=edition.answerer.models.calibration,
        index=edition.index,
    )

    assert isinstance(refusal, Refusal)
    assert refusal.code is code
