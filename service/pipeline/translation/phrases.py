"""Words and phrases of a text, and a phrasebook that finds the longest one it knows.

A phrase is looked up by the stems of its words, blind to case and accents; articles and
prepositions inside it do not count, so that "derecho a la vivienda" finds "derechos de vivienda".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.folding import folded

_WORD = re.compile(r"[^\W_]+")
_GAPS = frozenset({" ", "-", "–", ".", ". "})
"""What may stand between two words of one phrase; the full stops are those of "EE. UU."."""

_LINKS_TEXT = (
    "a al ao aos as da das de del do dos e el em en la las los na nas no nos o os um uma un una "
    "y à às"
)
LINKS = frozenset(_LINKS_TEXT.split())
"""Words that join the parts of a name or phrase, folded or not."""

_SKIPPED = LINKS - {"e", "y"}
_PLURALS = (("oes", "ao"), ("aes", "ao"), ("ais", "al"), ("eis", "el"), ("ois", "ol"), ("ns", "m"))
"""Portuguese plurals that differ in more than an s."""

_FEMININES = (
    (re.compile(r"(?<=[dst]or)a$"), ""),
    (re.compile(r"(?<=[aei]d|an|er|iv|ri)(?<!relatori|ecretari)a$"), "o"),
)
"""Of agents and of what ends like a participle; others ("caso", "casa"; "relatório", "relatoria")
are different words."""

_MIN_STEMMED = 4
_NO_PLURAL = re.compile(r"[áéíóú]s$|^pais$")
_UNINFLECTED = frozenset({"recem", "recien", "sem", "sin"})

_ENGLISH_LINK = re.compile(r" (?:(?:and|for|in|of|on|to)\b|\()")
_NO_ENGLISH_PLURAL = re.compile(
    r"^(?:according|by|compared|how|instead|leave|since|such|what)\b|(?:ed|ing|s)$|"
    r"(?:access|aid|arraigo|assistance|border|born|data|employment|estate|finance|forcibly|health|"
    r"inclusive|income|know-how|land|media|migratory|people|profit|research|resilient|tenure|urban|"
    r"violence|waste|water|women|xenophobic)$"
)
_ENGLISH_PLURALS = (
    (re.compile(r"child$"), "children"),
    (re.compile(r"woman$"), "women"),
    (re.compile(r"(?<=[^aeiou])y$"), "ies"),
    (re.compile(r"(?<=[xz])$|(?<=[cs]h)$"), "es"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text.

    Attributes:
        start: Where it begins.
        end: Where it ends, excluded.
        text: As it is written.
    """

    start: int
    end: int
    text: str

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_link(self) -> bool:
        """Whether it joins the parts of a name or phrase."""
        return self.text.lower() in LINKS


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A phrase that the phrasebook knows, at the start of a sequence of words.

    Attributes:
        n_words: Words of the text that it takes.
        english: What it is in English.
    """

    n_words: int
    english: str


class Phrasebook:
    """Phrases of one language with their English."""

    def __init__(self, phrases: Iterable[tuple[str, str]], *, inflects: bool = False) -> None:
        """Take pairs of a phrase and its English; of two that are spelt alike the first stays.

        Args:
            phrases: Each form with its English.
            inflects: Whether a plural in the text gives a plural in English.
        """
        self._english: dict[tuple[str, ...], str] = {}
        self._inflects = inflects
        for phrase, english in phrases:
            self._english.setdefault(phrase_key(words_of(phrase)), english)
        self._longest = max(map(len, self._english), default=0)

    def longest(self, text: str, words: Sequence[Word]) -> PhraseMatch | None:
        """Return the longest phrase that begins with the first of ``words`` of ``text``."""
        longest = None
        key: list[str] = []
        for at, word in enumerate(words):
            is_apart = at and text[words[at - 1].end : word.start] not in _GAPS
            if is_apart or len(key) == self._longest:
                break
            english = self._english.get((*key, stem(word.text)))
            if english:
                is_plural = self._inflects and _is_plural(words)
                longest = PhraseMatch(at + 1, plural(english) if is_plural else english)
            if not key or not _is_skipped(word):
                key.append(stem(word.text))
        return longest


def words_of(text: str) -> list[Word]:
    """Return the words of ``text``, those on either side of a hyphen apart."""
    return [Word(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)]


def phrase_key(words: Sequence[Word]) -> tuple[str, ...]:
    """Return what phrases that count as the same share: stems without the joining words inside."""
    inside = range(1, len(words) - 1)
    return tuple(
        stem(word.text)
        for at, word in enumerate(words)
        if at not in inside or not _is_skipped(word)
    )


def stem(word: str) -> str:
    """Return what the singular, the plural and the two genders of a word share, folded."""
    plain = re.sub("z$", "c", folded(word))
    if len(plain) < _MIN_STEMMED:
        return plain
    for plural_end, singular_end in _PLURALS:
        if plain.endswith(plural_end) and len(plain) > len(plural_end) + 1:
            return plain.removesuffix(plural_end) + singular_end
    singular = plain if _NO_PLURAL.search(word.lower()) else plain.removesuffix("s")
    for feminine, masculine in _FEMININES:
        singular = feminine.sub(masculine, singular)
    if len(singular) >= _MIN_STEMMED:
        singular = singular.removesuffix("e")
    return singular


def plural(english: str) -> str:
    """Return the plural of an English noun phrase; what has none, or is one, stays."""
    link = _ENGLISH_LINK.search(english)
    end = link.start() if link else len(english)
    noun, rest = english[:end], english[end:]
    if _NO_ENGLISH_PLURAL.search(noun):
        return english
    for ending, several in _ENGLISH_PLURALS:
        if ending.search(noun):
            return ending.sub(several, noun) + rest
    return f"{noun}s{rest}"


def _is_plural(words: Sequence[Word]) -> bool:
    """Whether the head of a noun phrase, the first word that can be, ends like a plural."""
    heads = [word.text.lower() for word in words[:2] if folded(word.text) not in _UNINFLECTED]
    head = heads[0] if heads else ""
    return len(head) >= _MIN_STEMMED and head.endswith("s") and not _NO_PLURAL.search(head)


def _is_skipped(word: Word) -> bool:
    return word.text.lower() in _SKIPPED
