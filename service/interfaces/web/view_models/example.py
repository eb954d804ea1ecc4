"""Questions offered as links, on the start page and under a refusal."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A question that the reports answer.

    Attributes:
        text: The question.
        href: Address that asks it.
        language: Of the question.
    """

    text: str
    href: str
    language: str
