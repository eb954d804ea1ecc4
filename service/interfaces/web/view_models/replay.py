"""A permanent link opened again: whether the answer is still the same."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """A reason why an answer changed.

    Attributes:
        kind: ``gone``, ``edited``, ``added``, ``dropped`` or ``moved``.
        title: Of the report, or its id if it is no longer there.
        href: Opens the report, or ``None``.
    """

    kind: str
    title: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Replay:
    """How an answer compares with the one that a permanent link was made from.

    Attributes:
        outcome: ``identical``: the same quotes in the same order; ``changed``; or ``damaged``:
            the link cannot be parsed.
        made_on: Day of the index that the link was made from, ISO 8601.
        same_index: Whether the index is the same, so that only the program can have changed.
        changes: Documents that changed; empty if `outcome` is ``identical``.
    """

    outcome: str
    made_on: str
    same_index: bool
    changes: tuple[Change, ...]
