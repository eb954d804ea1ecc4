"""A page's text → words and figures that texts of different extractors have in common.

Extractors differ in ligatures, hyphens, quotes and the order of columns. What is left after all
that is taken away is compared: runs of letters, figures, raised figures, and what stands between.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008\ue009"
_HYPHENS = "-\u2010\u2011\u0002\ufffe"
_SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(rf"(?P<raised>[{_RAISED}]+)|(?P<figure>\d+(?:[.,]\d+)*)|[^\W\d_]+")
_LOOSE = re.compile(r"[|…_]|\.\s?\.|[/—–]\s*\n|\ufffd|[ \t]-|-[ \t]+(?![\s])")
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>")
_BROKEN = re.compile(r"-\s*\n\s*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*(?:\s*\n\S+)*")
_PLAIN = str.maketrans(_RAISED, "0123456789")


class Gap(Enum):
    """What stands between a word and the one before it.

    ``LOOSE`` is what extractors may well treat each in its own way: leaders of dots, bars between
    cells, a slash or dash at the end of a line, the end of a line inside a web address, a hyphen
    with a space beside it.
    """

    NONE = "nothing but signs"
    SPACE = "a space"
    LINE = "the end of a line"
    BROKEN = "a hyphen at the end of a line"
    LOOSE = "leaders, bars"


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters, or a figure.

    Attributes:
        text: Plain letters, or digits with the points and commas inside.
        gap: What stands before it.
        is_figure: It is made of digits.
        is_raised: It is a superscript figure.
        start: Where it begins, in characters of the text that it was read from.
        end: Where it ends, excluded.
    """

    text: str
    gap: Gap
    is_figure: bool
    is_raised: bool
    start: int
    end: int


def words_of(text: str, raised: Iterable[int] = ()) -> list[Word]:
    """Return the words of one page, in the order of its text.

    Args:
        text: As an extractor gives it, with its line breaks.
        raised: Positions of digits that stand raised, as far as they are known.
    """
    plain, places = _normalised(_TAG.sub(_blank, text), frozenset(raised))
    plain = _ADDRESS.sub(_one_line, plain)
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(plain):
        words.append(
            Word(
                text=match[0].translate(_PLAIN),
                gap=_gap(plain[end : match.start()]),
                is_figure=bool(match["raised"] or match["figure"]),
                is_raised=bool(match["raised"]),
                start=places[match.start()],
                end=places[match.end() - 1] + 1,
            )
        )
        end = match.end()
    return words


def _blank(tag: re.Match[str]) -> str:
    """Return as many spaces as a tag has characters; markup that a file shows is no text of its."""
    return " " * len(tag[0])


def _one_line(address: re.Match[str]) -> str:
    """Put bars in place of the line breaks in a web address."""
    return address[0].replace("\n", "|")


def _gap(between: str) -> Gap:
    if _LOOSE.search(between):
        return Gap.LOOSE
    if _BROKEN.fullmatch(between):
        return Gap.BROKEN
    if "\n" in between:
        return Gap.LINE
    return Gap.SPACE if any(map(str.isspace, between)) else Gap.NONE


def _normalised(text: str, raised: frozenset[int]) -> tuple[str, list[int]]:
    """Return ``text`` in plain letters, and for each of its characters where it comes from."""
    letters: list[str] = []
    places: list[int] = []
    for at, char in _without_soft_hyphens(text):
        plain = _RAISED[int(char)] if at in raised and char in "0123456789" else _plain(char)
        if letters and plain and unicodedata.combining(plain[0]):
            composed = unicodedata.normalize("NFC", letters[-1] + plain)
            letters[-1] = composed if len(composed) == 1 else letters[-1]
            continue
        letters.extend(plain)
        places.extend([at] * len(plain))
    return "".join(letters), places


def _without_soft_hyphens(text: str) -> Iterator[tuple[int, str]]:
    """Yield characters with their places; a soft one is a hyphen at a line's end or nothing."""
    for at, char in enumerate(text):
        if char != _SOFT_HYPHEN:
            yield at, char
        elif text[at + 1 :][:3].lstrip(" \r")[:1] in {"\n", ""}:
            yield at, "-"


@cache
def _plain(char: str) -> str:
    """Return ``char`` spelt out: ligatures and wide forms as letters, hyphens as ``-``."""
    if char in _HYPHENS:
        return "-"
    if char in _SUPERSCRIPTS:
        return _RAISED[_SUPERSCRIPTS.index(char)]
    category = unicodedata.category(char)
    if category == "Co":
        return "\ufffd"
    if category in {"Cc", "Cf", "Cs"} and not char.isspace():
        return ""
    return unicodedata.normalize("NFKC", char)
