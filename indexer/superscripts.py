"""Raised signs: how note numbers and exponents stand in a text, and a text read without them.

A raised number is written as superscript signs in every format, ``1,200⁴``, so that it is what the
page shows and yet no part of the figure before it.
"""

import re

_DIGITS = str.maketrans(
    "0123456789+-\N{MINUS SIGN}\N{EN DASH}",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻",
    " []()\N{NO-BREAK SPACE}",
)
_LETTERS = str.maketrans("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
SIGNS = "⁰¹²³⁴-⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
"""All superscript signs, to stand between the brackets of a regular expression."""

_NUMBER = re.compile(r"[\d\s,;+()\[\]\N{MINUS SIGN}\N{EN DASH}-]*\d[\d\s,;()\[\]]*")
_NOTE_LETTER = re.compile(r"[\[(]?(?:[a-pr-z](?:[,;]\s?[a-pr-z])*|[ivx]{2,5})[\])]?")
_MAX_MARK = 16
_RAISED = re.compile(
    rf"(?P<unit>(?<![^\W\d_])(?:[kcdm]?m|ft|mi)[²³](?![{SIGNS}])|(?<![\d.,])10⁻?[⁰¹²³⁴-⁹]+)"
    rf"|[{SIGNS}]+(?:[,;][{SIGNS}]+)*"
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
    """Return ``text`` with a space for each raised sign, of the same length.

    Squares and cubes of units (``km²``) and powers of ten stay. To be used where figures
    and words are looked for.
    """
    return _RAISED.sub(lambda run: run[0] if run["unit"] else " " * len(run[0]), text)
