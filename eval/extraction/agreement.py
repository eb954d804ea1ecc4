"""Whole PDFs as three extractors read them.

file ─▶ poppler · PDFium · ours ─▶ page by page ─▶ what moved to the page beside ─▶ agreement
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from eval.extraction.own_words import OwnWords, own_words
from eval.extraction.page_comparison import PageComparison, PageWords, compare_page
from eval.extraction.pdfium import opened, pdfium_words
from eval.extraction.poppler import poppler_pages
from eval.extraction.words import words_of


@dataclass(frozen=True, slots=True)
class Agreement:
    """How we agree with the others on one file.

    Attributes:
        path: The file.
        pages: In order; the first is physical page 1.
        moved: Words that we have on the page before or behind, a word broken at a page's end among
            them.
        left_out: Lines of running heads, feet and page numbers, with how often they stand there.
    """

    path: Path
    pages: tuple[PageComparison, ...]
    moved: int
    left_out: Counter[str]


def agreement(path: Path) -> Agreement:
    """Compare what the three extractors make of a PDF.

    Raises:
        ExtractorError: One of the others is not installed, or cannot read the file.
        UnreadableError: We cannot read it.
    """
    own = own_words(path.read_bytes())
    pages = [compare_page(page) for page in _pages(path, own)]
    left_out = Counter(line for lines in own.left_out.values() for line in lines)
    return Agreement(path, tuple(pages), _take_moved(pages), left_out)


def _pages(path: Path, own: OwnWords) -> Iterator[PageWords]:
    poppler = poppler_pages(path)
    with opened(path) as document:
        pdfium = [pdfium_words(page) for page in document]
    vocabulary = {word.text for page in poppler for word in page} & {
        placed.word.text for page in pdfium for placed in page
    }
    for number, (theirs, placed) in enumerate(zip_longest(poppler, pdfium), start=1):
        yield PageWords(
            poppler=theirs or (),
            pdfium=placed or (),
            own=own.pages.get(number, ()),
            left_out=[word for line in own.left_out.get(number, []) for word in words_of(line)],
            vocabulary=vocabulary,
        )


def _take_moved(pages: Sequence[PageComparison]) -> int:
    """Take missing words that stand on a neighbouring page off both lists; return how many."""
    moved = 0
    for at, page in enumerate(pages):
        for neighbour in (pages[other] for other in (at - 1, at + 1) if 0 <= other < len(pages)):
            moved += _take_from(page, neighbour.extra)
        if at + 1 < len(pages):
            moved += _take_broken(page, pages[at + 1])
    return moved


def _take_from(page: PageComparison, extra: Counter[str]) -> int:
    before = len(page.missing)
    for at in list(page.missing):
        text = page.words[at].word.text
        if extra[text] > 0:
            extra[text] -= 1
            page.missing.remove(at)
    return before - len(page.missing)


def _take_broken(page: PageComparison, after: PageComparison) -> int:
    """Take off words whose first half stands on ``page`` and whose second one on ``after``."""
    before = len(page.missing)
    for head in list(page.missing):
        for tail in list(after.missing):
            whole = page.words[head].word.text + after.words[tail].word.text
            if page.extra[whole] > 0:
                page.extra[whole] -= 1
                page.missing.remove(head)
                after.missing.remove(tail)
                break
    return before - len(page.missing)
