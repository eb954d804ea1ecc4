"""What is usual in a document: the size of its body text and the distance of its lines."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.extraction.layout.lines import Line

_USUAL_PITCH = 1.25
_MAX_PITCH = 2.6


@dataclass(frozen=True, slots=True)
class Typography:
    """How a document's body text is set.

    Attributes:
        size: Font size of most letters.
        bold: Most letters of that size are bold.
        pitches: Distance of baselines inside a paragraph, in points, by font size.
    """

    size: float
    bold: bool
    pitches: dict[float, float]

    def pitch(self, size: float) -> float:
        """Return the distance between two lines of a paragraph set in ``size``, in points."""
        return self.pitches.get(size, self.pitches.get(self.size, 0.0) * size / self.size) or (
            _USUAL_PITCH * size
        )


def typography(lines: Sequence[Line]) -> Typography:
    """Measure the body text of a document; at least one line is needed."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    size = letters.most_common(1)[0][0]
    of_body = [line for line in lines if line.size == size]
    bold = sum(len(line.text) for line in of_body if line.bold)
    return Typography(
        size=size,
        bold=bold * 2 > letters[size],
        pitches=_pitches(pairwise(lines)),
    )


def _pitches(pairs: Iterable[tuple[Line, Line]]) -> dict[float, float]:
    """Return the commonest step down by size, of pairs that stand in one paragraph for certain."""
    steps: dict[float, Counter[float]] = {}
    for line, following in pairs:
        step = round((line.y - following.y) * 2) / 2
        is_inside = (
            line.page == following.page
            and line.size == following.size
            and following.text[:1].islower()
            and 0 < step <= _MAX_PITCH * line.size
        )
        if is_inside:
            steps.setdefault(line.size, Counter())[step] += 1
    return {size: counts.most_common(1)[0][0] for size, counts in steps.items()}
