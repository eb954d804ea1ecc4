"""Lets the right edition speak where reports of several years say the same thing.

The year that the question names speaks first, else the newest; each sentence keeps its place among
the others. What a newer edition here says anew is not quoted from the old one, unless the question
names the old one's year or asks how things changed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from indexer.store.protocol import Sentences
from service.pipeline.candidates import CandidateSentence, best_first
from service.pipeline.facts import SAME_COSINE
from service.pipeline.years import years_in

_CHANGE = re.compile(
    r"\b(?:chang|evol|trend|since|compar|differ|over (?:time|the years)|(?:in|de)creas|"
    r"r[io]se|risen|rising|gr[eo]w|f[ae]ll|drop|declin|before|earlier|previous|used to)",
    re.IGNORECASE,
)
"""A question with one of these may want the old figure beside the new one."""


def newest_first(
    candidates: Sequence[CandidateSentence], question: str, sentences: Sentences
) -> list[CandidateSentence]:
    """Return ``candidates`` best first, sentences alike of several years in their right order.

    Of sentences alike, those of a superseded report are left out where a newer year's stands.

    Args:
        candidates: Best first.
        question: Its words; a year in it is the year asked about.
        sentences: Where their rows point.
    """
    years = {candidate.row: sentences.info_of(candidate.row).year for candidate in candidates}
    if len({year for year in years.values() if year}) < 2:  # noqa: PLR2004
        return list(candidates)
    wanted = set(map(int, years_in(question)))
    speaks_of_change = bool(_CHANGE.search(question))
    said: list[CandidateSentence] = []
    for group in _groups_alike(candidates, sentences):
        by_year = sorted(group, key=lambda candidate: _rank(years[candidate.row], wanted))
        placed = [
            replace(candidate, score=place.score)
            for candidate, place in zip(by_year, group, strict=True)
        ]
        said += placed if speaks_of_change else _up_to_date(placed, years, wanted, sentences)
    return best_first(said)


def _groups_alike(
    candidates: Sequence[CandidateSentence], sentences: Sentences
) -> Iterator[list[CandidateSentence]]:
    """Yield the candidates that say the same together, each once, the better ones first."""
    vectors = sentences.sentence_vectors(np.asarray([candidate.row for candidate in candidates]))
    is_alike = vectors @ vectors.T > SAME_COSINE
    placed: set[int] = set()
    for position in range(len(candidates)):
        alike = position + np.flatnonzero(is_alike[position, position:])
        group = [member for member in alike.tolist() if member not in placed]
        placed.update(group)
        yield [candidates[member] for member in group]


def _up_to_date(
    group: Sequence[CandidateSentence],
    years: Mapping[int, int | None],
    wanted: set[int],
    sentences: Sentences,
) -> list[CandidateSentence]:
    """Return a group without what a newer year's sentence in it supersedes."""
    newest = max((years[candidate.row] or 0 for candidate in group), default=0)
    return [
        candidate
        for candidate in group
        if (year := years[candidate.row] or 0) == newest
        or year in wanted
        or not sentences.is_superseded(candidate.row)
    ]


def _rank(year: int | None, wanted: set[int]) -> tuple[bool, int]:
    """Return what sorts editions: the year asked about, then the newest, then those without one."""
    return year not in wanted, -(year or 0)
