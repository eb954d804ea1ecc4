"""English words that are replaced before Apertium sees them, and its Spanish that is mended after.

The words stand in ``quote_words.tsv``: English forms, others for them, Spanish forms, right ones.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS_PATH = Path(__file__).parent / "quote_words.tsv"
HEADER = ("english", "stand-in", "spanish", "mended")

_HYPHEN = re.compile(r"(?<=\b(?!non|pre|sub)[a-z]{3})-(?=[a-z]{3})|(?<=[a-z]{4})-(?=[a-z]{3})")
"""In "middle-income countries": Apertium knows such words apart, and glues what it makes of joined
ones ("paísesdeingresos medios")."""

_WHAT = re.compile(r"(?<=\w )qué\b")
_NO_VERB = re.compile(r"\bhay no\b")
_HELP = re.compile(r"\bayud(?:ar?|an|ó|aron|ado|ando)\b(?= \w+[aei]r\b)", re.IGNORECASE)
"""What Apertium makes of "what" inside a sentence, "there is no" and "help" before a verb."""

_ACRONYM_FIRST = re.compile(r"\W*[A-Z][A-Z][\w-]* [a-z]")
_CAPITAL_SECOND = re.compile(r"^(\W*[A-Z][A-Z][\w-]* )(\w)")
_LOOSE_SPACE = re.compile(r"\s+(?=[,.;:)])|(?<=\s)\s+")


_TO_BE = {"estuvo": "fue", "estuvieron": "fueron", "está": "es", "están": "son"}
_PARTICIPLE = r"(?:\w+[ai]d|hech|puest|escrit|vist|abiert|dich|descrit)[oa]s?\b"
_PASSIVE = re.compile(
    rf"\bestuv(?:o|ieron)\b(?= (?:\w+mente )?{_PARTICIPLE})|"
    rf"\best(?:á|án)\b(?= {_PARTICIPLE} por\b)",
    re.IGNORECASE,
)
"""What Apertium makes of "was provided" and "is provided by"."""


@dataclass(frozen=True, slots=True)
class WordRule:
    """How one English word comes out right.

    Attributes:
        english: Its forms.
        stand_in: For each form an English word that Apertium knows; empty if it stays.
        spanish: Forms that Apertium makes of it, wrongly.
        mended: For each of them the right one.
    """

    english: tuple[str, ...]
    stand_in: tuple[str, ...]
    spanish: tuple[str, ...]
    mended: tuple[str, ...]

    def concerns(self, text: str) -> bool:
        """Tell whether a text has the word, and does not have its stand-in as well."""
        return _has_any(text, self.english) and not _has_any(text, self.stand_in)


def read_rules(path: Path) -> tuple[WordRule, ...]:
    """Return the rows of the file of words.

    Raises:
        ValueError: A row has not four columns, or not as many words as it replaces.
    """
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    if tuple(header.split("\t")) != HEADER:
        raise ValueError(f"{path} must begin with the row {HEADER}, tabs between")
    return tuple(_rule(path, number, line) for number, line in enumerate(lines, start=2))


def _rule(path: Path, number: int, line: str) -> WordRule:
    cells = [tuple(filter(None, cell.split(" | "))) for cell in line.split("\t")]
    if len(cells) != len(HEADER):
        raise ValueError(f"{path}, line {number}: want {len(HEADER)} columns, tabs between")
    rule = WordRule(*cells)
    pairs = ((rule.english, rule.stand_in), (rule.spanish, rule.mended))
    if any(after and len(before) != len(after) for before, after in pairs):
        raise ValueError(f"{path}, line {number}: want a word for each that is replaced")
    return rule


def in_known_words(text: str, rules: Sequence[WordRule]) -> str:
    """Return English with words replaced that Apertium lacks, and hyphens inside compounds open."""
    for rule in rules:
        text = _replaced(text, rule.english, rule.stand_in)
    return _HYPHEN.sub(" ", text)


def mended(text: str, rules: Sequence[WordRule]) -> str:
    """Return Spanish with wrong words put right, and passives that Apertium takes for states."""
    for rule in rules:
        text = _replaced(text, rule.spanish, rule.mended)
    if "?" not in text:
        text = _WHAT.sub("lo que", text)
    text = _NO_VERB.sub("no hay", text)
    text = _HELP.sub(r"\g<0> a", text)
    passive = _PASSIVE.sub(lambda match: _cased(_TO_BE[match[0].lower()], match[0]), text)
    return _LOOSE_SPACE.sub("", passive)


def with_capitals_of(text: str, translated: str) -> str:
    """Return a translation without the capital behind an acronym that opens it."""
    if not _ACRONYM_FIRST.match(text):
        return translated
    return _CAPITAL_SECOND.sub(lambda match: match[1] + match[2].lower(), translated)


def _cased(word: str, like: str) -> str:
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def _replaced(text: str, words: Sequence[str], others: Sequence[str]) -> str:
    if not others:
        return text
    by_word = dict(zip(map(str.lower, words), others, strict=True))

    def other(match: re.Match[str]) -> str:
        word, is_acronym = by_word[match[0].lower()], match[0][:2].isupper()
        is_capitalised = match[0][0].isupper() and not is_acronym
        return word[:1].upper() + word[1:] if is_capitalised else word

    return any_of(tuple(words)).sub(other, text)


def _has_any(text: str, words: Sequence[str]) -> bool:
    return bool(words) and any_of(tuple(words)).search(text) is not None


@cache
def any_of(words: tuple[str, ...], *, are_cased: bool = False) -> re.Pattern[str]:
    """Return a pattern of any of some words, the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    flags = re.NOFLAG if are_cased else re.IGNORECASE
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", flags)
