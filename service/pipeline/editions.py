"""Lets the right edition speak where reports of several years say the same thing.

The year that the question names speaks first, else the newest; each sentence keeps its place among
the others. What a newer edition here says anew is not quoted from the old one, unless the question
names the old one's year or asks how things changed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from indexer.store.protocol import Sentences
from service.pipeline.candidates import CandidateSentence, best_first
from service.pipeline.question import years_in

_ALIKE_COSINE = 0.85
"""From this cosine on two sentences say the same of two years."""


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
    vectors = sentences.sentence_vectors(np.asarray([candidate.row for candidate in candidates]))
    is_alike = vectors @ vectors.T > _ALIKE_COSINE
    speaks_of_change = bool(_CHANGE.search(question))
    ordered = list(candidates)
    placed: set[int] = set()
    outdated: set[int] = set()
    for position in range(len(candidates)):
        alike = position + np.flatnonzero(is_alike[position, position:])
        group = [member for member in alike.tolist() if member not in placed]
        placed.update(group)
        scores = [candidates[member].score for member in group]
        by_year = sorted(group, key=lambda member: _rank(years[candidates[member].row], wanted))
        for score, member in zip(scores, by_year, strict=True):
            ordered[member] = replace(candidates[member], score=score)
        newest = max((years[candidates[member].row] or 0 for member in group), default=0)
        outdated.update(
            member
            for member in group
            if not speaks_of_change
            and (year := years[candidates[member].row] or 0) < newest
            and year not in wanted
            and sentences.is_superseded(candidates[member].row)
        )
    return best_first([ordered[at] for at in range(len(ordered)) if at not in outdated])


def _rank(year: int | None, wanted: set[int]) -> tuple[bool, int]:
    """Return what sorts editions: the year asked about, then the newest, then those without one."""
    return year not in wanted, -(year or 0)
