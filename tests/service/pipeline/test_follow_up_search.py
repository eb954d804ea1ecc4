"""What two searches for a follow-up find is one list, in which neither is drowned."""

import numpy as np

from indexer.records import Passage, Span
from service.pipeline.candidates import CandidateSentence
from service.pipeline.follow_up_search import Searched, of_both
from service.pipeline.retrieval import Retrieved, ScoredSentences
from service.records import ScoredPassage


def searched(passages: list[int], scores: dict[int, tuple[int, float]]) -> Searched:
    """Return a search: rows of passages, and by sentence row its passage's place and score."""
    nothing = np.zeros(0, dtype=np.float32)
    rows = np.zeros(0, dtype=np.int64)
    retrieved = Retrieved(
        passages=tuple(
            ScoredPassage(row, Passage("guide", Span(row, row + 1), (), 0, 0), "", 0.5)
            for row in passages
        ),
        sentences=ScoredSentences(rows, nothing, nothing, nothing, rows),
        best_dense=0.5,
    )
    candidates = [
        CandidateSentence(row, passage, score) for row, (passage, score) in scores.items()
    ]
    return retrieved, candidates


def test_a_sentence_scores_the_mean_and_is_worst_where_it_was_not_found() -> None:
    whole = searched([7, 3], {70: (0, 0.8), 30: (1, 0.4)})
    by_itself = searched([9, 7], {90: (0, 0.9), 70: (1, 0.2)})

    retrieved, candidates = of_both(whole, by_itself)

    assert [scored.row for scored in retrieved.passages] == [7, 3, 9]
    assert [(c.row, c.passage, round(c.score, 3)) for c in candidates] == [
        (90, 2, 0.65),
        (70, 0, 0.5),
        (30, 1, 0.3),
    ]


def test_where_one_search_finds_nothing_the_other_one_keeps_its_order() -> None:
    whole, nothing = searched([7], {71: (0, 0.8), 70: (0, 0.4)}), searched([], {})

    for both in (of_both(whole, nothing), of_both(nothing, whole)):
        assert [candidate.row for candidate in both[1]] == [71, 70]
