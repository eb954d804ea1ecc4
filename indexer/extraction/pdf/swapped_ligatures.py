"""Spells out ligatures whose meaning a PDF gives with its bytes swapped.

Ghostscript 9 and 10 rewrite the Unicode map of a font with ligatures so: ``fi``, U+0066 U+0069,
comes out as U+6600 U+6900, two Chinese characters. No text has those beside Latin letters.
"""

import re

_LIGATURES = {
    "昀昀椀": "ffi",
    "昀昀氀": "ffl",
    "昀케": "ffi",
    "昀툀": "ffl",
    "昀昀": "ff",
    "昀椀": "fi",
    "昀氀": "fl",
}
_ANY = "|".join(_LIGATURES)
_BESIDE_LATIN = re.compile(rf"(?:{_ANY})(?=[A-Za-zÀ-ÿ])|(?<=[A-Za-zÀ-ÿ])(?:{_ANY})")


def with_ligatures(text: str) -> str:
    """Return ``text`` with such ligatures as Latin letters, where they stand beside some."""
    if "昀" not in text:
        return text
    return _BESIDE_LATIN.sub(lambda match: _LIGATURES[match[0]], text)
