"""Restores the accents that people leave out in typing: "persecucion" is "persecución".

    question ─▶ its plain words ─▶ those that the dictionary lacks ─▶ their variants with an accent
             ─▶ the first variant that it has replaces the word

A word that the dictionary has without the accent, such as "publico", stays as it is.
"""

import re
from collections.abc import Iterator, Sequence

from service.pipeline.translation.apertium import Apertium, Stages

_PLAIN = re.compile(r"(?<![\w'’-])[A-Za-z]?[a-z]{2,}(?![\w'’-])")
_ENDINGS = (("cao", "ção"), ("coes", "ções"), ("sao", "são"), ("soes", "sões"), ("ao", "ão"))
_MARKED = {"a": "áâã", "e": "éê", "i": "í", "o": "óôõ", "u": "úü", "n": "ñ", "c": "ç"}
_SEPARATOR = " . "
"""Between words, so that the dictionary does not take two for one expression."""

_SEPARATOR_ANALYSIS = "^./.<sent>$"
"""The dictionary's output for the full stop."""


class Accents:
    """Looks words up in one language's dictionary; safe to use from several threads."""

    def __init__(self, stages: Stages, *, timeout_s: float) -> None:
        """Take the first of the stages of a direction from that language.

        Args:
            stages: From `apertium.find_stages`; the first one looks words up.
            timeout_s: Seconds that one question may take, twice.
        """
        self._dictionary = Apertium(stages[:1], timeout_s=timeout_s)

    def start(self) -> None:
        """Start the process, so that the first question need not wait for it."""
        self._dictionary.start()

    def stop(self) -> None:
        """End the process; a later text starts it again."""
        self._dictionary.stop()

    def restored(self, text: str) -> str:
        """Return ``text`` with accents where only they make a word of what was typed.

        Raises:
            ApertiumError: The dictionary did not answer.
        """
        words = list(dict.fromkeys(match[0] for match in _PLAIN.finditer(text)))
        known = self._known(words)
        variants = {word: list(_variants(word)) for word in words if word not in known}
        known_variants = self._known([variant for forms in variants.values() for variant in forms])
        restored = {
            word: next((variant for variant in forms if variant in known_variants), word)
            for word, forms in variants.items()
        }
        return _PLAIN.sub(lambda match: restored.get(match[0], match[0]), text)

    def _known(self, words: Sequence[str]) -> frozenset[str]:
        """Return those of ``words`` that the dictionary has.

        Its output is ``^casa/casa<n><f><sg>$`` for a known word, ``^xyz/xyz$`` for another.
        """
        if not words:
            return frozenset()
        analyses = self._dictionary.translate(_SEPARATOR.join(words)).split(_SEPARATOR_ANALYSIS)
        return frozenset(
            word for word, analysis in zip(words, analyses, strict=False) if "<" in analysis
        )


def _variants(word: str) -> Iterator[str]:
    """Yield the words that ``word`` may have been meant for, likeliest first."""
    for plain, marked in _ENDINGS:
        if word.endswith(plain):
            yield word[: -len(plain)] + marked
    for at, letter in enumerate(word):
        for marked in _MARKED.get(letter, ""):
            yield word[:at] + marked + word[at + 1 :]
