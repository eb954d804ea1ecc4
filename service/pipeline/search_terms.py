"""The words that a search looks for, and the forms in which a text may have them.

A word is found in each of its forms and as part of longer words; what is in quotation marks is
found as it is written.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from indexer.folding import folded, one_spelling
from indexer.store.lexical_index import content_words, stem_of
from indexer.superscripts import SIGNS
from service.records import LANGUAGES

_LETTER = rf"[^\W_{SIGNS}]"
WORD = re.compile(rf"\d+(?:[.,]\d+)*|{_LETTER}+")
"""A word of a text: letters and digits, without the raised number of a note."""

MIN_CONTAINED = 5
"""Letters from which a word is found inside others, too: ``migrants`` in ``immigrants``; a shorter
one would be found in words that have nothing to do with it, as ``rent`` in ``parents``."""

MIN_BEGINNING = 4
"""Letters from which a word is found at the beginning of others: ``rent`` in ``rental``."""

MAX_ENDING = 3
"""Letters of an ending that only inflects a word."""

_TYPED = re.compile(r"[\"“”«»„](?P<quoted>[^\"“”«»„]*)[\"“”«»„]|(?P<plain>[^\s\"“”«»„]+)")
_POSSESSIVE = re.compile(rf"(?<={_LETTER})['’ʼ]s(?!{_LETTER})", re.IGNORECASE)
_BETWEEN = r"[\s\-‐‑–/'’.&]{1,3}"
_FRAMES = {
    "en": (
        "all anything document documents during end ended ends everything guide happen happened "
        "happens many mention mentioned mentions much need needs page pages passage passages "
        "report reports said say saying says tell tells up way ways"
    ),
    "es": (
        "dice dicen dicho durante documento documentos informe informes menciona mencionan pasaje "
        "pasajes mucha muchas mucho muchos reporte reportes tanta tantas tanto tantos toda todas "
        "todo todos"
    ),
    "pt": (
        "diz dizem dito documento documentos durante menciona mencionam passagem passagens "
        "relatório muita muitas muito muitos relatórios tanta tantas tanto tantos toda todas todo "
        "todos tudo"
    ),
}
"""Words that ask for what reports say, not about what."""
_FRAMING = frozenset(folded(word) for words in _FRAMES.values() for word in words.split())


@dataclass(frozen=True)
class Term:
    """A word, or several words in a row.

    Attributes:
        words: As typed, without punctuation; at least one.
        is_exact: Whether no other form will do.
    """

    words: tuple[str, ...]
    is_exact: bool = False

    @property
    def text(self) -> str:
        """Return the term as it is shown."""
        text = " ".join(self.words)
        return f"“{text}”" if self.is_exact else text

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Return what finds the term in a text folded letter by letter; ``None`` for one word."""
        if len(self.words) == 1:
            return None
        row = _BETWEEN.join(re.escape(fold_letters(word)) for word in self.words)
        end = rf"(?!{_LETTER})" if self.is_exact else f"{_LETTER}*"
        return re.compile(f"(?<!{_LETTER}){row}{end}")


def search_terms(text: str, *, language: str) -> tuple[Term, ...]:
    """Return the terms of a question or of a few words, each once; at least one if it has a word.

    Words that only ask, and words that mean nothing by themselves, are left out where others are
    left.

    Args:
        text: As it was typed.
        language: Its language.
    """
    terms = tuple(dict.fromkeys(_typed(text)))
    telling = tuple(term for term in terms if _tells(term, language))
    return telling or tuple(term for term in terms if not _is_small(term, language)) or terms


def fold_letters(text: str) -> str:
    """Return ``text`` without capitals and accents, letter by letter: its length stays."""
    return text.translate(_LETTERS)


class _Letters(dict[int, str]):
    """Folds a letter where that gives one letter again."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = folded(letter)
        return self.setdefault(code, plain if len(plain) == 1 and letter not in SIGNS else letter)


_LETTERS = _Letters()


def _typed(text: str) -> list[Term]:
    """Return all terms of a text in order: the quoted ones, and the others word by word.

    A possessive is no word of its own: ``Jigiga's`` looks for ``Jigiga``.
    """
    terms = []
    for match in _TYPED.finditer(text):
        quoted = match["quoted"]
        plain = quoted if quoted is not None else _POSSESSIVE.sub("", match["plain"])
        words = tuple(WORD.findall(plain))
        if words:
            terms.append(Term(words, is_exact=quoted is not None))
    return terms


def _tells(term: Term, language: str) -> bool:
    """Tell whether a term says what is looked for."""
    if term.is_exact:
        return True
    is_framing = all(folded(word) in _FRAMING for word in term.words)
    return not is_framing and not _is_small(term, language)


def _is_small(term: Term, language: str) -> bool:
    """Tell whether a term is a stop word, or asks; ``US`` and ``WHO`` are neither."""
    if term.is_exact or any(sum(map(str.isupper, word)) > 1 for word in term.words):
        return False
    spoken = language if language in LANGUAGES else "en"
    return not any(content_words(word, language=spoken) for word in term.words)


def is_inflected(word: str, wanted: str, stem: str) -> bool:
    """Tell whether two words of one stem are forms of one word, or nearly.

    Endings that are long on both sides make two words: ``government``, ``governance``.
    """
    alike = n_alike(word, wanted)
    rests = (len(word) - alike, len(wanted) - alike)
    endings = (len(word) - len(stem), len(wanted) - len(stem))
    return max(rests) <= MAX_ENDING or min(endings) <= MAX_ENDING


def n_alike(word: str, other: str) -> int:
    """Return how many letters at their beginnings two words share."""
    pairs = zip(word, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def stems_of(word: str, language: str) -> frozenset[str]:
    """Return what is left of a word without its ending, with its accents looked at and without."""
    return frozenset(
        stem_of(form, language=language) for form in (word, plain_word(word, language))
    )


def plain_word(word: str, language: str) -> str:
    """Return a word without capitals and accents, an English one in one spelling."""
    plain = folded(word)
    return one_spelling(plain) if language == "en" else plain
