"""The page that shows every passage with some words."""

from dataclasses import dataclass

from service.interfaces.web.view_models.example import Example
from service.interfaces.web.view_models.form import Form
from service.interfaces.web.view_models.place import PlaceView
from service.interfaces.web.view_models.text_blocks import Group


@dataclass(frozen=True, slots=True)
class PassageView:
    """One passage.

    Attributes:
        groups: Its text, the words marked.
        place: Where it is found.
        n_matches: Places in it where a word stands.
        missing: Words that it lacks, where that is one or two and other passages lack others.
        is_apparatus: Whether it is mostly a contents page, a bibliography or an imprint.
    """

    groups: tuple[Group, ...]
    place: PlaceView
    n_matches: int
    missing: tuple[str, ...]
    is_apparatus: bool


@dataclass(frozen=True, slots=True)
class HeadingGroup:
    """Consecutive passages under one heading; without one, `headings` is empty."""

    headings: tuple[str, ...]
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """The passages of one report on this page.

    Attributes:
        place: Of the first of them.
        n_passages: Passages of the report in all.
        n_matches: Places in them where a word stands.
        find_href: Opens the report, all its places marked.
        groups: Its passages by heading.
    """

    place: PlaceView
    n_passages: int
    n_matches: int
    find_href: str
    groups: tuple[HeadingGroup, ...]


@dataclass(frozen=True, slots=True)
class ReportCount:
    """A report with some of the words, and the address that shows only its passages."""

    title: str
    language: str
    n_passages: int
    href: str


@dataclass(frozen=True, slots=True)
class PassagesPage:
    """Every passage with some words, a page at a time.

    Attributes:
        form: The form with the words in it.
        words: What was looked for.
        english_words: What was looked for in English reports besides.
        n_missing: Words that each passage lacks at the least; 0 where some passage has all.
        missing: Those words, where that is one or two and every passage lacks the same.
        corrected: The words with what seems misspelt put right, and the address that looks for
            them; ``None`` where nothing seems so.
        match: ``most`` or ``any``.
        other_href: Shows the passages with any of the words, or those with most of them; ``None``
            for a single word.
        reports: This page's passages by report.
        counts: Reports with passages, the first hundred.
        first: Number of the first passage on this page, 1-based.
        last: Number of the last one.
        n_passages: Passages in all.
        n_any: Passages with any of the words in all.
        n_reports: Reports with passages in all.
        n_matches: Places in all.
        previous_href: The page before, or ``None``.
        next_href: The page after, or ``None``.
        exports: Kind of file and its address.
        ask_href: Asks the same as a question.
    """

    form: Form
    words: tuple[str, ...]
    english_words: tuple[str, ...]
    n_missing: int
    missing: tuple[str, ...]
    corrected: Example | None
    match: str
    other_href: str | None
    reports: tuple[ReportGroup, ...]
    counts: tuple[ReportCount, ...]
    first: int
    last: int
    n_passages: int
    n_any: int
    n_reports: int
    n_matches: int
    previous_href: str | None
    next_href: str | None
    exports: tuple[tuple[str, str], ...]
    ask_href: str
