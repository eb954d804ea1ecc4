"""The rules of a page: what a person sees between the cells and the rows of a table."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.extraction.layout.lines import LevelRule
from indexer.extraction.pdf.painting import Side

_THICK = 1.6  # points that a line may lean
_LONG = 5.0
_REACH = 0.5


@dataclass(frozen=True, slots=True, order=True)
class _Rule:
    x: float
    y0: float
    y1: float


class Rules:
    """The upright rules of one page, found by their place."""

    def __init__(self, sides: Iterable[Side]) -> None:
        """Keep those of ``sides`` that stand upright; a thin one may lean by its thickness."""
        self._rules = sorted(
            _Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1))
            for (x0, y0), (x1, y1) in sides
            if abs(x1 - x0) <= _THICK and abs(y1 - y0) >= _LONG
        )
        self._places = [rule.x for rule in self._rules]

    def part(self, x0: float, x1: float, y: float) -> bool:
        """Tell whether a rule stands between ``x0`` and ``x1`` at the height ``y``."""
        at = bisect_left(self._places, x0 - _REACH)
        while at < len(self._places) and self._places[at] <= x1 + _REACH:
            if self._rules[at].y0 <= y <= self._rules[at].y1:
                return True
            at += 1
        return False


NO_RULES = Rules(())


def level_rules(sides: Iterable[Side]) -> tuple[LevelRule, ...]:
    """Return those of ``sides`` that lie level, sorted by height."""
    return tuple(
        sorted(
            LevelRule((y0 + y1) / 2, min(x0, x1), max(x0, x1))
            for (x0, y0), (x1, y1) in sides
            if abs(y1 - y0) <= _THICK and abs(x1 - x0) >= _LONG
        )
    )
