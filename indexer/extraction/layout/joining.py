"""Puts broken lines together into one text that still knows the page of each character."""

from collections.abc import Iterable

from indexer.extraction.layout.lines import Line
from indexer.extraction.line_end_hyphens import Spelling
from indexer.extraction.text_cleaning import strip_emphasis, strip_tags
from indexer.records import PageStart

_SOFT_HYPHEN = "\u00ad"


def joined(lines: Iterable[Line], spelling: Spelling) -> tuple[str, tuple[PageStart, ...]]:
    """Return the text of ``lines`` as one and where in it each page begins.

    Args:
        lines: At least one, in reading order.
        spelling: The document's, which decides about hyphens at line ends.
    """
    text = ""
    starts: list[PageStart] = []
    for line in lines:
        text = _join(text, line.text, spelling) if text else line.text
        if not starts or starts[-1].page != line.page:
            starts.append(PageStart(len(text) - len(line.text), line.page))
    return _without_emphasis(*_without_tags(text.rstrip(_SOFT_HYPHEN), starts))


def _join(left: str, right: str, spelling: Spelling) -> str:
    """Return two lines as one, the word between them mended."""
    link = spelling.link(left, right)
    if link is not None:
        return left[:-1] + link + right
    gap = "" if left.endswith(("/", "—")) and not left.endswith((" /", " —")) else " "
    return left.rstrip(_SOFT_HYPHEN) + gap + right


def _without_tags(text: str, starts: list[PageStart]) -> tuple[str, list[PageStart]]:
    """Strip HTML tags, which some files carry as text too, page by page."""
    if "<" not in text or strip_tags(text) == text:
        return text, starts
    plain = ""
    moved: list[PageStart] = []
    for start, end in zip(starts, [*(after.start for after in starts[1:]), None], strict=True):
        part = " ".join(strip_tags(text[start.start : end]).split())
        plain = f"{plain} {part}" if plain and part else plain or part
        if part:
            moved.append(PageStart(len(plain) - len(part), start.page))
    return plain, moved or starts[:1]


def _without_emphasis(text: str, starts: list[PageStart]) -> tuple[str, tuple[PageStart, ...]]:
    """Strip Markdown emphasis, which some files carry as text: residue of typesetting."""
    plain = (strip_emphasis(text) if "*" in text or "__" in text else text).strip()
    if plain == text:
        return text, tuple(starts)
    kept = _kept_before(text, plain)
    return plain, tuple(PageStart(kept[start.start], start.page) for start in starts)


def _kept_before(text: str, plain: str) -> list[int]:
    """Return, for each offset of ``text``, how many characters before it are left in ``plain``."""
    kept = [0]
    at = 0
    for letter in text:
        at += at < len(plain) and plain[at] == letter
        kept.append(at)
    return kept
