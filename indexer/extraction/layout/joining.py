"""Puts broken lines together into one text that still knows the page of each character."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from indexer.extraction.layout.lines import Line
from indexer.extraction.text_cleaning import strip_emphasis, strip_tags
from indexer.records import PageStart

_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
_BROKEN = re.compile(r"([^\W_]+(?:[-\u2010\u2011][^\W_]+)*)[-\u2010\u00ad]$")
_FIRST_WORD = re.compile(r"[^\W_]+")
_MIN_PART = 4
_SOFT_HYPHEN = "\u00ad"
_HYPHENS = ("-", "\u2010", "\u00ad")
_COORDINATORS = frozenset({"and", "or", "to", "y", "o", "e", "ou", "u"})


def vocabulary(lines: Iterable[Line]) -> frozenset[str]:
    """Return the words that ``lines`` hold whole, in lower case, not the halves at line ends."""
    words: set[str] = set()
    is_broken = False
    for line in lines:
        line_words = [word.lower() for word in _WORD.findall(line.text)]
        if is_broken and line_words:
            line_words = line_words[1:]
        is_broken = line.text.endswith(_HYPHENS)
        words.update(line_words[:-1] if is_broken else line_words)
    return frozenset(words)


def joined(lines: Iterable[Line], words: AbstractSet[str]) -> tuple[str, tuple[PageStart, ...]]:
    """Return the text of ``lines`` as one and where in it each page begins.

    Args:
        lines: At least one, in reading order.
        words: `vocabulary` of the document, which decides about hyphens at line ends.
    """
    text = ""
    starts: list[PageStart] = []
    for line in lines:
        text = _join(text, line.text, words) if text else line.text
        if not starts or starts[-1].page != line.page:
            starts.append(PageStart(len(text) - len(line.text), line.page))
    return _without_emphasis(*_without_tags(text.rstrip(_SOFT_HYPHEN), starts))


def _join(left: str, right: str, words: AbstractSet[str]) -> str:
    """Return two lines as one, the word between them mended."""
    head = _BROKEN.search(left[-80:]) if left.endswith(_HYPHENS) else None
    tail = _FIRST_WORD.match(right) if head else None
    if not head or not tail:
        gap = "" if left.endswith(("/", "—")) and not left.endswith((" /", " —")) else " "
        return left.rstrip(_SOFT_HYPHEN) + gap + right
    if tail[0] in _COORDINATORS:  # "micro- and macroeconomic": the hyphen stands for a word to come
        return f"{left} {right}"
    keeps = not left.endswith(_SOFT_HYPHEN) and _is_compound(head[1], tail[0], words)
    return left[:-1] + ("-" if keeps else "") + right


def _is_compound(head: str, tail: str, words: AbstractSet[str]) -> bool:
    """Tell whether the hyphen between ``head`` and ``tail`` belongs to the word.

    The document decides: a hyphenated form that it uses elsewhere keeps the hyphen, a joined form
    loses it. Without either, the hyphen stays where the second half is a word of the document and
    the first half is one too or could be (four letters or more: ``evidence-led``), and before a
    capital or a digit; else a word was broken.
    """
    if not tail[:1].islower():
        return True
    head, tail = head.lower(), tail.lower()
    if f"{head}-{tail}" in words:
        return True
    last = re.split("[-\u2010\u2011]", head)[-1]
    if head + tail in words or (last != head and last + tail in words):
        return False
    return tail in words and (last in words or min(len(last), len(tail)) >= _MIN_PART)


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
