"""Raised signs: how note numbers and exponents stand in a text, and a text read without them.

A raised number is written as superscript signs in every format, ``1,200⁴``, so that it is what the
page shows and yet no part of the figure before it.
"""

import re
from collections.abc import Iterator

DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""Superscript digits from 0 to 9."""

_DIGITS = str.maketrans(
    "0123456789+-\N{MINUS SIGN}\N{EN DASH}",
    DIGITS + "⁺⁻⁻⁻",
    " []()\N{NO-BREAK SPACE}",
)
_LETTERS = str.maketrans("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
SIGNS = "⁰¹²³⁴-⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
"""All superscript signs, to stand between the brackets of a regular expression."""

_NUMBER = re.compile(r"[\d\s,;+()\[\]\N{MINUS SIGN}\N{EN DASH}-]*\d[\d\s,;()\[\]]*")
_NOTE_LETTER = re.compile(r"[\[(]?(?:[a-pr-z](?:[,;]\s?[a-pr-z])*|[ivx]{2,5})[\])]?")
_MAX_MARK = 16
_ABBREVIATIONS_TEXT = (
    "no nos art arts para paras par fig figs vol sec ch cap pp pg eq tab ex núm num nro pág págs "
    "apdo inc lit ver doc st rev"
)
ABBREVIATIONS = frozenset(_ABBREVIATIONS_TEXT.split())
"""Words that a number belongs to, with a full stop or without: ``art. 3``."""

_TYPED = re.compile(
    r"(?<![^\W\d_])(?P<word>[^\W\d_]{2,})(?P<stop>[.,;:!?”\"’')\]]{1,2})"
    r"\d{1,3}(?:[,–-]\d{1,3})*(?=[\s)”\"]|$)"
)
"""A note's number that stands on the line, right behind the stop after a word: ``camps.27 The``."""

_RAISED = re.compile(
    rf"(?P<unit>(?<![^\W\d_])(?:[kcdm]?m|ft|mi)[²³](?![{SIGNS}])|(?<![\d.,])10⁻?[⁰¹²³⁴-⁹]+)"
    rf"|[{SIGNS}]+(?:[,;][{SIGNS}]+)*"
)


_CALL = re.compile(rf"[{DIGITS}]+(?:[,;⁻][{DIGITS}]+)*")
_LAST_WORD = re.compile(r"\w+$")
_SIGN = re.compile(rf"[{SIGNS}]")
_STOPS = r"[.,;:!?”\"’')\]]"
_STOPPED_DIGIT = re.compile(
    rf"(?:(?<=[^\W\d_]){_STOPS}|(?<=[^\W\d_]{_STOPS}){_STOPS})\d"  # what `_TYPED` cannot do without
)


def superscript(text: str) -> str:
    """Return ``text``, which is set raised, in superscript signs.

    These are numbers (of notes, exponents), letters that call a note and small Roman numbers;
    brackets around them go. Words and endings (``20th``, ``1er``) stay as they are.
    """
    mark = text.strip()
    if len(mark) > _MAX_MARK:
        return text
    if _NUMBER.fullmatch(mark):
        return mark.translate(_DIGITS)
    if _NOTE_LETTER.fullmatch(mark):
        return mark.strip("[]()").replace(" ", "").translate(_LETTERS)
    return text


def without_superscripts(text: str) -> str:
    """Return ``text`` with spaces for raised signs and typed numbers of notes, of the same length.

    Squares and cubes of units (``km²``) and powers of ten stay. To be used where figures
    and words are looked for.
    """
    if _SIGN.search(text):  # most texts have none, which is told twenty times as fast
        text = _RAISED.sub(lambda run: run[0] if run["unit"] else " " * len(run[0]), text)
    return _TYPED.sub(_without_number, text) if _STOPPED_DIGIT.search(text) else text


def note_calls(text: str) -> Iterator[tuple[int, int]]:
    """Yield where raised numbers call notes in ``text``, after a word, a figure or a stop.

    Powers of ten are none, nor are squares and cubes of what has one or two letters or digits:
    ``10⁶``, ``km²``, ``CO²``. Nor is the number that a note itself begins with.
    """
    for raised in _RAISED.finditer(text):
        before = _LAST_WORD.search(text, max(raised.start() - 3, 0), raised.start())
        is_power = raised[0] in "²³" and before is not None and len(before[0]) < 3  # noqa: PLR2004
        ends = raised.end() == len(text) or not text[raised.end()].isalnum()
        if not raised["unit"] and _CALL.fullmatch(raised[0]) and not is_power and ends:
            start = raised.start()
            if text[start - 1 : start] == " " and not text[raised.end() : raised.end() + 1].strip():
                start -= 1
            if start and not text[start - 1].isspace():
                yield start, raised.end()


def _without_number(match: re.Match[str]) -> str:
    if match["word"].lower() in ABBREVIATIONS:
        return match[0]
    kept = match["word"] + match["stop"]
    return kept.ljust(len(match[0]))


def between_notes(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the longest part of ``text[start:end]`` that holds no number of a note.

    Without one that is the range itself; with nothing else it is empty.
    """
    bare = without_superscripts(text)
    starts = [start]
    parts: list[tuple[int, int]] = []
    for at in range(start, end):
        if bare[at] != text[at]:
            parts.append((starts[-1], at))
            starts.append(at + 1)
    if not parts:
        return start, end
    parts.append((starts[-1], end))
    first, last = max(parts, key=lambda part: part[1] - part[0])
    inner = text[first:last]
    left = len(inner) - len(inner.lstrip(" ,;:."))
    return first + left, first + max(len(inner.rstrip(" ,;:")), left)
