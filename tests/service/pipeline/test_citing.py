"""Passages shown with a refusal are the best that do not overlap."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from indexer.records import Passage, Span
from service.pipeline.citing import N_NEAREST, nearest_passages
from service.records import ScoredPassage

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
