"""Passages shown with a refusal are the best that do not overlap."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from indexer.records import Passage, Span
from indexer.store.index import Index
from service.answer_options import AnswerOptions
from service.pipeline.answering import Answerer
from service.pipeline.citing import N_NEAREST, nearest_passages
from service.pipeline.question import parse_question
from service.records import Refusal, ScoredPassage

Places = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 40), st.integers(1, 15)))


@given(Places)
def test_nearest_passages_never_overlap_and_the_best_is_first(
    places: list[tuple[str, int, int]],
) -> None:
    passages = [
        ScoredPassage(row, Passage(doc_id, Span(start, start + length), (), 0, 0), "", 0.5)
        for row, (doc_id, start, length) in enumerate(places)
    ]

    nearest = nearest_passages(passages)

    assert nearest[:1] == tuple(passages[:1])
    assert len(nearest) <= N_NEAREST
    assert [scored.row for scored in nearest] == sorted(scored.row for scored in nearest)
    for one, other in combinations([scored.passage for scored in nearest], 2):
        assert one.doc_id != other.doc_id or not one.span.overlaps(other.span)


def test_the_nearest_passages_of_a_refusal_do_not_repeat_each_other(streets: Index) -> None:
    answerer = Answerer(streets)
    question = parse_question("How many rented rooms has street 12?")

    refusal = answerer.answer(question, AnswerOptions(min_confidence=1))
    best = [scored.passage for scored in answerer.search(question, top_k=3)]

    assert isinstance(refusal, Refusal)
    nearest = [scored.passage for scored in refusal.nearest]
    assert any(one.span.overlaps(other.span) for one, other in combinations(best, 2))
    assert len(nearest) == 3
    assert {passage.doc_id for passage in nearest} == {"streets"}
    assert not any(one.span.overlaps(other.span) for one, other in combinations(nearest, 2))
