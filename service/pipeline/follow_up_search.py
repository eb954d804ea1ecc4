"""Searches for a follow-up in two ways: as what goes on from the question before, and by itself.

What was asked before finds the place that is spoken of, and drowns what is asked now; what is asked
now, with the names of what was asked before, finds its words and forgets the place. A sentence
counts as what both make of it (docs/experiments.md, D57).
"""

from collections.abc import Sequence
from dataclasses import replace

from service.pipeline.candidates import CandidateSentence, best_first
from service.pipeline.retrieval import Retrieved

Searched = tuple[Retrieved, Sequence[CandidateSentence]]
"""What was retrieved, and its sentences, best first."""


def of_both(whole: Searched, by_itself: Searched) -> Searched:
    """Return what two searches for a follow-up found.

    The passages are those of the first search, and behind them what only the second one found. A
    sentence scores the mean of both; one that a search did not find has its worst score there.

    Args:
        whole: Found for the follow-up with what was asked before.
        by_itself: Found for it alone.
    """
    (retrieved, candidates), (other, others) = whole, by_itself
    places = {scored.row: place for place, scored in enumerate(retrieved.passages)}
    added = [scored for scored in other.passages if scored.row not in places]
    places |= {scored.row: len(places) + at for at, scored in enumerate(added)}
    moved = {
        candidate.row: replace(candidate, passage=places[other.passages[candidate.passage].row])
        for candidate in others
    }
    first = {candidate.row: candidate for candidate in candidates}
    worst, worst_other = _worst(candidates), _worst(others)
    both = [
        replace(
            candidate,
            score=(
                (first[row].score if row in first else worst)
                + (moved[row].score if row in moved else worst_other)
            )
            / 2,
        )
        for row, candidate in (moved | first).items()
    ]
    return replace(retrieved, passages=(*retrieved.passages, *added)), best_first(both)


def _worst(candidates: Sequence[CandidateSentence]) -> float:
    return min((candidate.score for candidate in candidates), default=0.0)
