"""Turns evidence into the calibrated probability that the quotes answer.

A logistic regression (Platt, 1999) on three signals that do not depend on a question's phrasing:
the reader's pooled scores, how far the question is from all passages, and whether it names
something that the corpus does not have. `python -m eval calibrate` fits it to judged
questions and writes `calibration.toml`, which says what it was fitted on; the target is that every
required string stands in the quotes (docs/decisions.md, D8).

The log-odds of three more signals are set by hand and added, not fitted: whether what a question
names with a number was found, whether it asks for no more than that, and whether such a thing is
nowhere (docs/decisions.md, D35).
"""

import math
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from indexer.errors import SettingsError

SHIPPED_PATH = Path(__file__).with_name("calibration.toml")

RELEVANCE_FLOOR = 0.23
"""Below this cosine of the best passage a question is not about the corpus: none of 45 questions on
other subjects reaches it, and 1 of 100 answerable questions on the reports does not."""

MAY_ANSWER_FROM = 1 / 3
"""Confidence from which what is nearest to a refused question may answer it all the same: of 111
questions refused from here to the threshold it did for 52, of 44 between .3 and this for 2."""

_RELEVANT = 0.33
"""From this cosine of the best passage on, distance does not count; what is missing to it counts
against an answer (docs/decisions.md, D21)."""

_LEAST_LOG_ODDS = 0.1
"""Added to the reader's pooled log-odds, which are 0 where nothing answers, before their logarithm
is taken (docs/decisions.md, D30)."""


_FOUND, _FOUND_ITSELF, _MISSING = 1.0, 2.0, 5.0
"""Log-odds of finding exactly what a question names with a number, of its asking for no more than
that, and of its being nowhere: set by hand."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against an answer.

    Attributes:
        best_dense: Largest cosine of a passage, in [-1, 1].
        reader_log_odds: Log-odds that any of the read sentences answers, at least 0: see
            `pooled_log_odds`.
        unknown: Names and years of the question that the corpus does not have.
        known: Acronyms that the question asks about and the best passages have. They show that a
            question is about the corpus where its cosine, weak on acronyms, does not.
        missing: Things that the question names with a number ("Article 99") and that are nowhere;
            they cannot be spoken of.
        is_named: Whether something that the question names with a number was found.
        is_named_thing: Whether it asks for no more than what is said there.
    """

    best_dense: float
    reader_log_odds: float
    unknown: tuple[str, ...]
    known: tuple[str, ...]
    missing: tuple[str, ...] = ()
    is_named: bool = False
    is_named_thing: bool = False

    @property
    def reader_signal(self) -> float:
        """Return the reader's log-odds as they count: differences between small ones tell more."""
        return math.log(self.reader_log_odds + _LEAST_LOG_ODDS)

    @property
    def is_off_subject(self) -> bool:
        """Tell whether the question is not about the corpus at all."""
        return not self.known and not self.is_named and self.best_dense < RELEVANCE_FLOOR

    @property
    def distance(self) -> float:
        """Return how far the question is from the corpus, 0 if no further than any other."""
        return 0.0 if self.known or self.is_named else max(0.0, _RELEVANT - self.best_dense)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Fitted coefficients of the logistic regression, and the confidence below which we refuse.

    Attributes:
        intercept: Log-odds without any evidence.
        per_reader_signal: Added for each unit of `Evidence.reader_signal`.
        per_distance: Added for each unit of `Evidence.distance`.
        per_unknown: Added where there is something unknown.
        threshold: Questions below it are refused, in [0, 1].
    """

    intercept: float
    per_reader_signal: float
    per_distance: float
    per_unknown: float
    threshold: float

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read what `python -m eval calibrate` wrote.

        Raises:
            SettingsError: It is not there, or is no calibration.
        """
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))["calibration"]
            return cls(**{name: float(content[name]) for name in cls.__slots__})
        except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
            raise SettingsError(
                f"{path} is no calibration ({error!r}); make one with `python -m eval calibrate`, "
                "or unset CITA_CALIBRATION"
            ) from error

    def required(self, min_confidence: float | None) -> float:
        """Return the confidence below which we refuse; by default `threshold`."""
        return self.threshold if min_confidence is None else min_confidence

    def confidence(self, evidence: Evidence) -> float:
        """Return the probability that the quotes answer the question, in [0, 1]."""
        odds = (
            self.intercept
            + self.per_reader_signal * evidence.reader_signal
            + self.per_distance * evidence.distance
            + self.per_unknown * bool(evidence.unknown)
            + _FOUND * evidence.is_named
            + _FOUND_ITSELF * evidence.is_named_thing
            - _MISSING * bool(evidence.missing)
        )
        return 1 / (1 + math.exp(-odds))


def pooled_log_odds(log_odds: Iterable[float | None]) -> float:
    """Return ``log(1 + sum(exp(x)))``: the reader's scores pooled, its null being 0.

    Args:
        log_odds: Of each sentence; ``None`` for one that was not read.
    """
    return math.log1p(sum(math.exp(min(x, 50.0)) for x in log_odds if x is not None))


class Support(StrEnum):
    """How well an answer is supported, as shown to users."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


STRONG_FROM, FAIR_FROM = 0.75, 0.5
"""Confidence from which an answer counts as well supported, and as supported."""


def support_of(confidence: float) -> Support:
    """Return how well an answer of a confidence in [0, 1] is supported."""
    if confidence >= STRONG_FROM:
        return Support.STRONG
    return Support.FAIR if confidence >= FAIR_FROM else Support.WEAK
