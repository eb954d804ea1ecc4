"""The words of a PDF as our own extraction reads them, and those that it leaves out on purpose."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from eval.extraction.words import Word, words_of
from indexer.extraction.layout.furniture import without_furniture
from indexer.extraction.layout.lines import Line, PageLines
from indexer.extraction.pdf.pages import laid_out, parse_pdf
from indexer.records import TextBlock


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What we make of a PDF.

    Attributes:
        pages: Words of the document's text, by physical page, 1-based.
        left_out: Running heads, running feet and page numbers, line by line, by physical page.
    """

    pages: dict[int, list[Word]]
    left_out: dict[int, list[str]]


def own_words(data: bytes) -> OwnWords:
    """Extract a PDF as the indexer does.

    Raises:
        UnreadableError: We cannot read it.
    """
    text = parse_pdf(data)
    pages = _page_texts(laid_out(text).blocks)
    return OwnWords(
        pages={page: words_of("\n".join(texts)) for page, texts in pages.items()},
        left_out=_left_out(text.pages),
    )


def _page_texts(blocks: tuple[TextBlock, ...]) -> dict[int, list[str]]:
    """Return the parts of ``blocks`` that stand on each page."""
    texts: dict[int, list[str]] = defaultdict(list)
    for block in blocks:
        ends = [*(start.start for start in block.page_starts[1:]), len(block.text)]
        for start, end in zip(block.page_starts, ends, strict=True):
            texts[start.page].append(block.text[start.start : end])
    return texts


def _left_out(pages: Sequence[PageLines]) -> dict[int, list[str]]:
    kept: set[Line] = {line for page in without_furniture(pages) for line in page.lines}
    left_out: dict[int, list[str]] = defaultdict(list)
    for line in (line for page in pages for line in page.lines):
        if line not in kept:
            left_out[line.page].append(line.text)
    return left_out
