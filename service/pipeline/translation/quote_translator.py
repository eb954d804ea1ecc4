"""Rough Spanish and Portuguese of quotes, to be read beside them and never quoted itself.

    quote ─▶ cells and lines apart ─▶ names masked, words that Apertium lacks replaced ─▶ en ▶ es
          ─▶ words that it takes wrongly mended ─▶ (es ▶ pt) ─▶ masks filled, put together again

The words stand in ``quote_words.tsv``, the names are those of the glossary. docs/decisions.md, D39,
has what the translations are worth.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from indexer.records import Span
from service.pipeline.translation.apertium import (
    MODES_DIR,
    TIMEOUT_S,
    Apertium,
    ApertiumError,
    installed,
)
from service.pipeline.translation.glossary import GLOSSARY_PATH, read_terms
from service.pipeline.translation.masking import Kept, mask, unmask

WORDS_PATH = Path(__file__).parent / "quote_words.tsv"
HEADER = ("english", "stand-in", "spanish", "mended")
CACHE_SIZE = 2000
TARGETS = ("es", "pt")
"""Languages that quotes in English are put into."""

_TO_SPANISH = "eng-spa"
_TO_PORTUGUESE = "es-pt_BR"
_DIRECTIONS = {"es": (_TO_SPANISH,), "pt": (_TO_SPANISH, _TO_PORTUGUESE)}
_BETWEEN_PIECES = re.compile(r"(\s*\|\s*|\s*\n\s*)")
"""Between the cells of a table row, and between lines."""

_AFTER_NAME = re.compile(r" [A-Z]{2,}$| \(.*\)$")
"""An acronym, or the name in another language, behind a name in the glossary."""

_HYPHEN = re.compile(r"(?<=\b(?!non|pre|sub)[a-z]{3})-(?=[a-z]{3})|(?<=[a-z]{4})-(?=[a-z]{3})")
"""In "middle-income countries": Apertium knows such words apart, and glues what it makes of joined
ones ("paísesdeingresos medios")."""

_FIGURE = re.compile(r"\d+")
_LOOSE_SPACE = re.compile(r"\s+(?=[,.;:)])|(?<=\s)\s+")


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


class QuoteTranslator:
    """Puts English quotes into Spanish and Portuguese; safe to use from several threads."""

    def __init__(
        self,
        *,
        modes_dir: Path = MODES_DIR,
        search_path: str | None = None,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        """Look for Apertium, whose processes start with the first quote.

        Args:
            modes_dir: Folder of Apertium's mode files.
            search_path: Folders of its programs, as in ``PATH``; ``None`` for the process's own.
            timeout_s: Seconds that one direction may take for a quote.
        """
        directions = (_TO_SPANISH, _TO_PORTUGUESE)
        stages = installed(directions, modes_dir=modes_dir, search_path=search_path)
        self._engines = {
            name: Apertium(commands, timeout_s=timeout_s) for name, commands in stages.items()
        }
        self._rules = read_rules(WORDS_PATH)
        self._names = _names()
        self._named = _any_of(tuple(self._names), are_cased=True)
        self._cached = lru_cache(CACHE_SIZE)(self._translated)

    def start(self) -> None:
        """Start Apertium's processes, so that the first reader need not wait for them."""
        for engine in self._engines.values():
            engine.start()

    def stop(self) -> None:
        """End Apertium's processes; a later quote starts them again."""
        for engine in self._engines.values():
            engine.stop()

    def translates(self, source: str, target: str) -> bool:
        """Tell whether quotes in ``source`` can be put into ``target``: where it is installed."""
        return (
            source == "en"
            and target in _DIRECTIONS
            and all(name in self._engines for name in _DIRECTIONS[target])
        )

    def translation(self, quote: str, target: str) -> str | None:
        """Return a quote in ``target``; ``None`` where it failed.

        A translation that has other figures than the quote has failed: readers look for them first.

        Args:
            quote: In English.
            target: A language that `translates` knows.
        """
        try:
            translated = self._cached(quote, target)
        except ApertiumError:
            return None
        same_figures = sorted(_FIGURE.findall(quote)) == sorted(_FIGURE.findall(translated))
        return translated if same_figures else None

    def _translated(self, quote: str, target: str) -> str:
        pieces = _BETWEEN_PIECES.split(quote)
        words = [piece for piece in pieces[::2] if piece]
        translated = iter(self._pieces(words, target))
        return "".join(
            next(translated) if at % 2 == 0 and piece else piece for at, piece in enumerate(pieces)
        )

    def _pieces(self, texts: Sequence[str], target: str) -> list[str]:
        kept = [self._kept(text, target) for text in texts]
        masked = [mask(text, own) for text, own in zip(texts, kept, strict=True)]
        rules = [[rule for rule in self._rules if rule.concerns(text)] for text in masked]
        known = [_in_known_words(text, own) for text, own in zip(masked, rules, strict=True)]
        spanish = self._engines[_TO_SPANISH].translate_all(known)
        translated = [_mended(text, own) for text, own in zip(spanish, rules, strict=True)]
        if target == "pt":
            translated = self._engines[_TO_PORTUGUESE].translate_all(translated)
        return [unmask(text, own) for text, own in zip(translated, kept, strict=True)]

    def _kept(self, text: str, target: str) -> tuple[Kept, ...]:
        """Return the names that have one of their own in ``target``."""
        return tuple(
            Kept(Span(match.start(), match.end()), self._names[match[0]][target])
            for match in self._named.finditer(text)
        )


def _names() -> dict[str, dict[str, str]]:
    """Return the glossary's names of institutions and the like, with those they have elsewhere."""
    terms = [(_AFTER_NAME.sub("", term.english), term) for term in read_terms(GLOSSARY_PATH)]
    return {
        name: {target: term.foreign[target][0] for target in TARGETS}
        for name, term in terms
        if " " in name and name[0].isupper() and name.rpartition(" ")[2][0].isupper()
    }


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


def _in_known_words(text: str, rules: Sequence[WordRule]) -> str:
    for rule in rules:
        text = _replaced(text, rule.english, rule.stand_in)
    return _HYPHEN.sub(" ", text)


def _mended(text: str, rules: Sequence[WordRule]) -> str:
    for rule in rules:
        text = _replaced(text, rule.spanish, rule.mended)
    return _LOOSE_SPACE.sub("", text)


def _replaced(text: str, words: Sequence[str], others: Sequence[str]) -> str:
    if not others:
        return text
    by_word = dict(zip(map(str.lower, words), others, strict=True))

    def other(match: re.Match[str]) -> str:
        word, is_acronym = by_word[match[0].lower()], match[0][:2].isupper()
        is_capitalised = match[0][0].isupper() and not is_acronym
        return word[:1].upper() + word[1:] if is_capitalised else word

    return _any_of(tuple(words)).sub(other, text)


def _has_any(text: str, words: Sequence[str]) -> bool:
    return bool(words) and _any_of(tuple(words)).search(text) is not None


@cache
def _any_of(words: tuple[str, ...], *, are_cased: bool = False) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    flags = re.NOFLAG if are_cased else re.IGNORECASE
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", flags)
