from collections.abc import Mapping
from dataclasses import replace

import pytest

from eval.measures.gold import locate_gold
from eval.measures.question_judging import (
    cause_of,
    gold_rank,
    is_right,
    judge_question,
    squad_prediction,
)
from eval.measures.ranking_measures import ranking_scores
from eval.records import Cause, GoldSpan, JudgedQuestion, RunRow
from indexer.records import Span
from tests.eval.run_samples import (
    ALTA,
    DOCUMENTS,
    FIRST,
    INFO,
    QUESTION,
    REFUSED,
    ROW,
    SECOND,
    THIRD,
    UNANSWERABLE,
    passage,
    quote,
)


def _scores(question: JudgedQuestion, row: RunRow) -> Mapping[str, float]:
    judged = judge_question(question, row, DOCUMENTS.get, INFO)
    return {**ranking_scores([judged]).get(question.qid, {}), **judged.scores}


def test_a_question_is_judged_as_by_hand() -> None:
    # The gold has 9 words; the two quotes have those and 6 more.
    assert _scores(QUESTION, ROW) == pytest.approx(
        {
            "nDCG@10": 1 / 1.5849625007,  # one relevant passage, at rank 2: 1 / log2(3)
            "RR": 1 / 2,
            "AP": 1 / 2,
            "R@1": 0.0,
            "R@5": 1.0,
            "R@10": 1.0,
            "R@20": 1.0,
            "gold@1": 0.0,
            "gold@5": 1.0,
            "gold@10": 1.0,
            "gold@20": 1.0,
            "complete@5": 1.0,
            "answer": 1.0,
            "exact": 1.0,
            "quote precision": 9 / 15,
            "quote recall": 1.0,
            "quote F1": 0.75,
            "page": 1.0,
            "verbatim": 1.0,
            "cited": 1.0,
            "citation recall": 1.0,
            "citation precision": 1 / 2,
            "highlight EM": 1.0,
            "highlight F1": 1.0,
            "answered": 1.0,
            "SQuAD EM": 1.0,
            "SQuAD F1": 1.0,
        }
    )


def test_an_unanswerable_question_is_judged_by_its_refusal() -> None:
    assert _scores(UNANSWERABLE, REFUSED) == {
        "false answer": 0.0,
        "SQuAD EM": 1.0,
        "SQuAD F1": 1.0,
    }
    assert _scores(UNANSWERABLE, replace(ROW, qid="q2")) == {
        "verbatim": 1.0,
        "cited": 1.0,
        "false answer": 1.0,
        "SQuAD EM": 0.0,
        "SQuAD F1": 0.0,
    }


def test_a_quote_that_its_citation_does_not_bear_out_is_found() -> None:
    wrong = replace(quote("alta", FIRST), text="Alta pays all of it for two years.", page=None)

    scores = _scores(QUESTION, replace(ROW, quotes=(wrong, replace(wrong, doc="gamma"))))

    assert (scores["verbatim"], scores["cited"]) == (0.0, 0.0)
    assert (scores["answer"], scores["citation recall"]) == (1.0, 0.0)
    assert scores["page"] == 0.0


def test_the_page_that_a_judge_names_goes_before_that_of_the_index() -> None:
    gold = (replace(QUESTION.gold[0], page=2),)

    assert _scores(replace(QUESTION, gold=gold), ROW)["page"] == 1.0  # its second quote's
    assert _scores(replace(QUESTION, gold=gold), replace(ROW, quotes=ROW.quotes[:1]))["page"] == 0.0


def test_questions_that_no_short_string_answers_have_no_highlight() -> None:
    scores = _scores(replace(QUESTION, kind="why"), ROW)

    assert not {"highlight F1", "SQuAD F1"} & scores.keys()


@pytest.mark.parametrize(
    ("gold", "needs_every", "expected"),
    [
        pytest.param([FIRST], False, 2, id="one"),
        pytest.param([FIRST, SECOND], False, 2, id="the first of two"),
        pytest.param([FIRST, SECOND], True, 3, id="both"),
        pytest.param([FIRST, THIRD], True, None, id="one is not retrieved"),
        pytest.param([THIRD], False, None, id="not retrieved"),
    ],
)
def test_gold_rank_by_hand(
    gold: list[Span],
    needs_every: bool,  # noqa: FBT001 - a column of the table
    expected: int | None,
) -> None:
    spans = tuple(GoldSpan("alta", quote=span.of(ALTA)) for span in gold)

    question = replace(QUESTION, gold=spans, needs_every_gold=needs_every)

    assert gold_rank(question, ROW) == expected


def test_gold_rank_of_alternatives_and_of_gold_without_quotes() -> None:
    alternative = GoldSpan("alta", quote=THIRD.of(ALTA), is_alternative=True)
    both = replace(QUESTION, gold=(*QUESTION.gold, alternative), needs_every_gold=True)
    section = replace(QUESTION, gold=(GoldSpan("alta", section="1"),))
    document = replace(QUESTION, gold=(GoldSpan("bassa"),), answer_strings=())

    assert gold_rank(both, ROW) == 2
    assert gold_rank(section, ROW) == 2
    assert gold_rank(document, ROW) == 1


@pytest.mark.parametrize(
    ("change", "row", "expected"),
    [
        pytest.param({}, ROW, None, id="right"),
        pytest.param({}, replace(ROW, answered=False), Cause.WRONGLY_REFUSED, id="refused"),
        pytest.param(
            {"gold": (GoldSpan("alta", quote="Trams to the sea"),), "answer_strings": ("sea",)},
            ROW,
            Cause.NOT_EXTRACTED,
            id="not in the index",
        ),
        pytest.param(
            {},
            replace(ROW, passages=(ROW.passages[0], passage(2, "alta", THIRD)), quotes=()),
            Cause.NOT_RETRIEVED,
            id="not retrieved",
        ),
        pytest.param(
            {},
            replace(
                ROW, passages=(*ROW.passages[:1], *ROW.passages[2:], ROW.passages[1]), quotes=()
            ),
            Cause.NOT_RETRIEVED,
            id="retrieved below what is read",
        ),
        pytest.param(
            {}, replace(ROW, quotes=ROW.quotes[1:]), Cause.NOT_CHOSEN, id="another sentence"
        ),
        pytest.param({"answer_strings": ("two years", "flats")}, ROW, Cause.CUT, id="a part"),
    ],
)
def test_causes_of_misses(change: dict[str, object], row: RunRow, expected: Cause | None) -> None:
    question = replace(QUESTION, **change)  # type: ignore[arg-type]  # one field of any type
    gold = locate_gold(question, row.passages, DOCUMENTS.get)

    assert cause_of(question, row, gold, top_k=2) == expected


def test_an_unanswerable_question_is_missed_by_answering() -> None:
    judged = judge_question(UNANSWERABLE, replace(ROW, qid="q2"), DOCUMENTS.get, INFO)

    assert judged.cause is Cause.WRONGLY_ANSWERED
    assert judge_question(UNANSWERABLE, REFUSED, DOCUMENTS.get, INFO).cause is None


def test_without_answer_strings_a_quote_from_the_gold_is_right() -> None:
    question = replace(QUESTION, gold=(GoldSpan("alta"),), answer_strings=())
    gold = locate_gold(question, ROW.passages, DOCUMENTS.get)

    assert is_right(question, ROW, gold)
    assert not is_right(question, replace(ROW, quotes=(quote("bassa", Span(0, 40)),)), gold)
    assert "complete@5" not in _scores(question, ROW)


def test_a_prediction_is_the_first_highlight_else_the_first_quote_else_nothing() -> None:
    plain = replace(ROW, quotes=(ROW.quotes[1], ROW.quotes[0]))

    assert squad_prediction(plain) == "two years"
    assert squad_prediction(replace(ROW, quotes=ROW.quotes[1:])) == SECOND.of(ALTA)
    assert squad_prediction(REFUSED) == ""


def test_a_bridge_that_was_read_is_retrieved_gold() -> None:
    bridged = {**DOCUMENTS, "alta": replace(DOCUMENTS["alta"], passages=(FIRST, Span(10, 60)))}
    row = replace(ROW, passages=(passage(1, "alta", Span(10, 60)),), quotes=())

    assert judge_question(QUESTION, row, bridged.get, INFO).cause is Cause.NOT_CHOSEN
