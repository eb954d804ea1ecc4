"""How far a measure may drop before a change is held back."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.comparison.run_comparison import Difference
from eval.errors import ComparisonError


@dataclass(frozen=True, slots=True)
class DropLimit:
    """A drop that is allowed.

    Attributes:
        measure: Which measure; ``None`` for all that single questions have.
        drop: By how much it may get worse, at least 0, in the measure's own scale.
    """

    measure: str | None
    drop: float


def parse_drop_limit(text: str) -> DropLimit:
    """Read ``DROP`` or ``MEASURE=DROP``.

    Raises:
        ValueError: The drop is no number of at least 0.
    """
    measure, _, drop = text.rpartition("=")
    limit = DropLimit(measure.strip() or None, float(drop))
    if not limit.drop >= 0:
        raise ValueError(f"a drop of at least 0 is wanted, found {drop}")
    return limit


def dropped_measures(
    limits: Sequence[DropLimit], differences: Sequence[Difference]
) -> tuple[str, ...]:
    """Return the names of the measures that are significantly worse by more than their limit.

    A measure's own limit counts before the one for all; timings have none unless they are named.

    Raises:
        ComparisonError: A limit names a measure that the runs do not have.
    """
    own = {limit.measure: limit.drop for limit in limits if limit.measure is not None}
    for_all = next((limit.drop for limit in limits if limit.measure is None), None)
    known = {difference.measure for difference in differences}
    unknown = sorted(own.keys() - known)
    if unknown:
        raise ComparisonError(
            f"no measure is called {', '.join(unknown)}; the runs have {', '.join(sorted(known))}"
        )
    return tuple(
        difference.measure
        for difference in differences
        if (limit := own.get(difference.measure, _limit_for_all(difference, for_all))) is not None
        and difference.drops_beyond(limit)
    )


def _limit_for_all(difference: Difference, for_all: float | None) -> float | None:
    return None if difference.p is None else for_all
