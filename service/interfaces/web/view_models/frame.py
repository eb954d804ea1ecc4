"""What surrounds every page: the languages of the interface."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A language of the interface.

    Attributes:
        code: ISO 639-1.
        name: In that language itself.
        href: This page in that language; ``None`` for the current one.
    """

    code: str
    name: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page.

    Attributes:
        language: Of the interface.
        languages: All of them.
        requested_language: The language that the address asks for, which forms keep; or ``None``.
    """

    language: str
    languages: tuple[LanguageLink, ...]
    requested_language: str | None
