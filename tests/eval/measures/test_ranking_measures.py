from dataclasses import replace

from eval.measures.question_judging import judge_question
from eval.measures.ranking_measures import ranking_scores
from eval.records import GoldSpan
from indexer.records import Span
from tests.eval.run_samples import DOCUMENTS, FIRST, INFO, QUESTION, ROW, passage


def test_documents_are_ranked_by_their_best_passage() -> None:
    question = replace(QUESTION, gold=(GoldSpan("alta"),), answer_strings=())

    other = replace(question, gold=(GoldSpan("bassa"),))
    ranks = [
        ranking_scores([judge_question(judged, ROW, DOCUMENTS.get, INFO)])["q1"]["RR"]
        for judged in (question, other)
    ]

    assert ranks == [1 / 2, 1.0]


def test_passages_that_overlap_are_found_once() -> None:
    bridged = {**DOCUMENTS, "alta": replace(DOCUMENTS["alta"], passages=(FIRST, Span(10, 60)))}
    row = replace(ROW, passages=(passage(1, "alta", Span(10, 60)), passage(2, "alta", FIRST)))

    judged = judge_question(QUESTION, row, bridged.get, INFO)

    assert judged.gold.twins == {"alta:10-60": "alta:0-41"}
    assert judged.cause is None
    scores = ranking_scores([judged])["q1"]
    assert (scores["R@1"], scores["AP"], scores["nDCG@10"]) == (1.0, 1.0, 1.0)
