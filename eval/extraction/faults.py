"""What is wrong with our reading, counted over files and named one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from eval.extraction.agreement import Agreement
from eval.extraction.page_comparison import PageComparison
from eval.extraction.pdfium import Box

_AROUND = 4

MAX_FIGURE_SHARE = 1 / 10_000
"""Most figures that may be missing or read otherwise."""

MAX_GLUED_OR_TORN_SHARE = 1 / 5_000
"""Most words that may be glued or torn."""


class FaultKind(StrEnum):
    """Ways to read a word otherwise than both others."""

    FIGURE = "figure missing or read otherwise"
    NOTE_IN_FIGURE = "number of a note inside a figure"
    LOOSE_NOTE = "number of a note as a figure"
    GLUED = "glued to the next word"
    TORN = "torn, or set apart from the next word"
    WORD = "word missing or read otherwise"
    UNSEEN = "not to be seen on the page"


@dataclass(frozen=True, slots=True)
class Fault:
    """One word that we read otherwise than both others.

    Attributes:
        page: Physical page, 1-based.
        kind: What is wrong.
        context: The word in brackets among its neighbours, as PDFium has them.
        box: Where the word stands.
    """

    page: int
    kind: FaultKind
    context: str
    box: Box


@dataclass(slots=True)
class Counts:
    """Words of one or several files, by what became of them."""

    pages: int = 0
    words: int = 0
    figures: int = 0
    words_missing: int = 0
    figures_missing: int = 0
    glued: int = 0
    torn: int = 0
    notes_in_figures: int = 0
    loose_notes: int = 0
    unseen: int = 0
    only_ours: int = 0
    moved: int = 0
    left_out: int = 0

    def add(self, other: "Counts") -> None:
        """Add up, field by field."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))

    @property
    def figures_otherwise(self) -> int:
        """Figures that are missing or read otherwise."""
        return self.figures_missing + self.notes_in_figures

    @property
    def glued_or_torn(self) -> int:
        """Words that are glued or torn."""
        return self.glued + self.torn

    @property
    def is_amiss(self) -> bool:
        """Whether more is wrong than may be."""
        return (
            self.figures_otherwise > MAX_FIGURE_SHARE * self.figures
            or self.glued_or_torn > MAX_GLUED_OR_TORN_SHARE * self.words
            or self.notes_in_figures > 0
        )


def count(agreement: Agreement) -> Counts:
    """Count the words of one file."""
    counts = Counts(pages=len(agreement.pages), moved=agreement.moved)
    for page in agreement.pages:
        n_figures = len(page.missing_figures())
        counts.add(
            Counts(
                words=page.n_agreed,
                figures=page.n_figures,
                words_missing=len(page.missing) - n_figures,
                figures_missing=n_figures,
                glued=len(page.glued),
                torn=len(page.torn),
                notes_in_figures=len(page.notes_in_figures),
                loose_notes=len(page.loose_notes),
                unseen=len(page.unseen),
                only_ours=sum(page.extra.values()),
                left_out=len(page.left_out),
            )
        )
    return counts


def faults_of(agreement: Agreement) -> Iterator[Fault]:
    """Yield the faults of a file, page by page."""
    for number, page in enumerate(agreement.pages, start=1):
        for kind, places in _kinds(page):
            for at in places:
                yield Fault(number, kind, _context(page, at), page.words[at].box)


def _kinds(page: PageComparison) -> Iterator[tuple[FaultKind, Sequence[int]]]:
    figures = page.missing_figures()
    yield FaultKind.FIGURE, figures
    yield FaultKind.NOTE_IN_FIGURE, page.notes_in_figures
    yield FaultKind.LOOSE_NOTE, page.loose_notes
    yield FaultKind.GLUED, page.glued
    yield FaultKind.TORN, page.torn
    yield FaultKind.WORD, [at for at in page.missing if at not in figures]
    yield FaultKind.UNSEEN, page.unseen


def _context(page: PageComparison, at: int) -> str:
    words = [placed.word.text for placed in page.words]
    before, after = words[max(at - _AROUND, 0) : at], words[at + 1 : at + 1 + _AROUND]
    return " ".join([*before, f"[{words[at]}]", *after])
