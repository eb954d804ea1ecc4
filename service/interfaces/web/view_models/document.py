"""The text of one report."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.interfaces.web.view_models.document_list import DocumentRow
from service.interfaces.web.view_models.example import Example
from service.interfaces.web.view_models.text_blocks import Group


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One heading of the outline."""

    title: str
    level: int
    page: int | None
    href: str


@dataclass(frozen=True, slots=True)
class PageTurn:
    """Where a page begins: its printed label, links to its neighbours and to the original."""

    label: str | None
    previous_href: str | None
    next_href: str | None
    original_href: str | None


@dataclass(frozen=True, slots=True)
class PartLink:
    """A part of a long report."""

    number: int
    first_page: int | None
    last_page: int | None
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class QuotePosition:
    """A quote among those that an answer quotes from this report.

    Attributes:
        number: Its number, 1-based.
        n_quotes: How many there are.
        previous_href: Opens the one before, or ``None``.
        next_href: Opens the one after, or ``None``.
    """

    number: int
    n_quotes: int
    previous_href: str | None
    next_href: str | None


@dataclass(frozen=True, slots=True)
class FindBar:
    """Words that were looked for in this report.

    Attributes:
        words: As typed.
        looked_for: Those of them that are looked for.
        english_words: What is looked for in a report in English besides.
        corrected: The words with what seems misspelt put right, and the address that looks for
            them; ``None`` where nothing seems so.
        number: Of the place shown, 1-based, contents pages last; 0 if there is none.
        n_places: Places where one of the words stands.
        previous_href: Opens the one before, or ``None``.
        next_href: Opens the one after, or ``None``.
        all_href: Lists all passages of the report with the words.
    """

    words: str
    looked_for: tuple[str, ...]
    english_words: tuple[str, ...]
    corrected: Example | None
    number: int
    n_places: int
    previous_href: str | None
    next_href: str | None
    all_href: str


@dataclass(frozen=True, slots=True)
class OriginalPane:
    """The original PDF beside the text.

    Attributes:
        file_href: The original at `page`.
        page: Physical page.
        toggle_href: This page with the pane opened or closed.
        is_open: Whether it is open.
    """

    file_href: str
    page: int
    toggle_href: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A report, or a part of a long one.

    Attributes:
        title: Of the report.
        report: Its metadata.
        authors: Of the report.
        licence: Of the report.
        publisher_href: The report at its publisher, or ``None``.
        original_href: The original, or ``None``.
        outline: Its headings.
        parts: Its parts; a single one if it is short.
        previous_href: The part before, or ``None``.
        next_href: The part after, or ``None``.
        groups: The text.
        turns: For each page that begins here, its label and links.
        warning: ``changed`` if the link was made for another edition, ``outside`` if it points
            past the end, or ``None``.
        has_quote: Whether something is highlighted.
        quote_position: Which of an answer's quotes is highlighted; ``None`` if there is only one.
        find: The words that were looked for in it, or ``None``.
        find_action: Address of the form that looks for words in it.
        original_pane: The original PDF beside the text; ``None`` if there is none to show.
        notes: What was lost or repaired during extraction.
        newer: Titles and addresses of the reports that replace this one.
        references: Kind of file and address of its reference.
        structured: The report as schema.org describes one, for JSON-LD.
    """

    title: str
    report: DocumentRow
    authors: tuple[str, ...]
    licence: str | None
    publisher_href: str | None
    original_href: str | None
    outline: tuple[OutlineRow, ...]
    parts: tuple[PartLink, ...]
    previous_href: str | None
    next_href: str | None
    groups: tuple[Group, ...]
    turns: dict[int, PageTurn]
    warning: str | None
    has_quote: bool
    quote_position: QuotePosition | None
    find: FindBar | None
    find_action: str
    original_pane: OriginalPane | None
    notes: tuple[str, ...]
    newer: tuple[tuple[str, str], ...]
    references: tuple[tuple[str, str], ...]
    structured: Mapping[str, object]
