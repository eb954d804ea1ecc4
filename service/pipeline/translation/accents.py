"""Puts back the accents that people leave out in typing: "persecucion" is "persecución".

    question ─▶ its plain words ─▶ those that the dictionary lacks ─▶ each with an accent more
             ─▶ the first that the dictionary has takes the word's place

A word that the dictionary has without the accent, such as "publico", stays as it is.
"""

import re
from collections.abc import Iterator, Sequence

from service.pipeline.translation.apertium import Apertium, Stages

_PLAIN = re.compile(r"(?<![\w'’-])[A-Za-z]?[a-z]{2,}(?![\w'’-])")
_ENDINGS = (("cao", "ção"), ("coes", "ções"), ("sao", "são"), ("soes", "sões"), ("ao", "ão"))
_MARKED = {"a": "áâã", "e": "éê", "i": "í", "o": "óôõ", "u": "úü", "n": "ñ", "c": "ç"}
_APART = " . "
"""Keeps the dictionary from taking two words for one expression."""

_TOLD_APART = "^./.<sent>$"
"""What it says of the full stop."""


class Accents:
    """The dictionary of one language, asked for words; safe to use from several threads."""

    def __init__(self, stages: Stages, *, timeout_s: float) -> None:
        """Take the first of the stages of a direction from that language.

        Args:
            stages: As `apertium.find_stages` found them: the first one looks words up.
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
        right = self._known([each for several in variants.values() for each in several])
        found = {
            word: next((each for each in several if each in right), word)
            for word, several in variants.items()
        }
        return _PLAIN.sub(lambda match: found.get(match[0], match[0]), text)

    def _known(self, words: Sequence[str]) -> frozenset[str]:
        """Return those of ``words`` that the dictionary has.

        It says ``^casa/casa<n><f><sg>$`` of a word that it has, ``^xyz/xyz$`` of another.
        """
        if not words:
            return frozenset()
        told = self._dictionary.translate(_APART.join(words)).split(_TOLD_APART)
        has = ["<" in each for each in told[: len(words)]]
        return frozenset(word for word, is_there in zip(words, has, strict=False) if is_there)


def _variants(word: str) -> Iterator[str]:
    """Yield the words that ``word`` may have been meant for, likeliest first."""
    for plain, marked in _ENDINGS:
        if word.endswith(plain):
            yield word[: -len(plain)] + marked
    for at, letter in enumerate(word):
        for marked in _MARKED.get(letter, ""):
            yield word[:at] + marked + word[at + 1 :]
