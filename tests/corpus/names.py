"""Proper names of a sentence, and whether a passage has them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tests.corpus.reports import Reports, fold, words

_SMALL = frozenset(
    words("a an and by da das de del do dos e el for in la las los of on para the to with y")
)
"""Words in lower case that may stand inside a name."""

_MONTHS = {
    month[:3]: month
    for month in words(
        "January February March April May June July August September October November December"
    )
}
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][^\W_]*(?:['’][^\W_]+)*")
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]")
_OPENING = re.compile(r'[.?!:|(\["“–—]')
_SPELLINGS = [
    (re.compile(british), american)
    for british, american in {
        r"is(e|ed|es|ing|ation|ations|er|ers)$": r"iz\1",
        r"programme": "program",
        r"centre": "center",
        r"(lab|neighb|fav|col|behavi|harb|hon)our": r"\1or",
        r"defence": "defense",
        r"ies$": "y",
    }.items()
]


@dataclass(frozen=True)
class Lexicon:
    """What the rules know besides the reports."""

    glosses: Sequence[str] = ()
    """Lines of ``glosses.txt``: ``left = right`` allows the words on the left where the passage
    has those on the right, ``left ~ right`` either for the other, and a line without a sign its
    words anywhere."""
    is_word: Callable[[str], bool] = lambda _: True
    """Whether a dictionary has a word in lower case."""


class NamedWords:
    """The words of a passage, in the forms that names are compared with."""

    def __init__(self, text: str) -> None:
        sequence = [canonical(word) for word in words(text)]
        acronyms = re.findall(r"\b([A-Z]{2,})s?\b", text)
        self.words = frozenset(sequence)
        self.phrases = f" {' '.join(sequence)} "
        self.initials = "".join(word[0] for word in sequence if word not in _SMALL)
        self.acronyms = frozenset(fold(acronym) for acronym in acronyms)

    def have(self, word: str) -> bool:
        """Tell whether ``word`` stands here: itself, spelt out, or as a month's short form."""
        form = canonical(word)
        if form in self.words or _MONTHS.get(form) in self.words:
            return True
        acronym = re.fullmatch(r"([A-Z]{2,})s?", word)
        if acronym:
            return fold(acronym[1]) in self.acronyms or fold(acronym[1]) in self.initials
        return form[:3] in self.words and _MONTHS.get(form[:3]) == form

    def have_acronym_of(self, run: Sequence[str]) -> bool:
        """Tell whether the initials of consecutive words of ``run`` stand here."""
        initials = fold("".join(word[0] for word in run))
        parts = {initials[a:b] for a in range(len(run)) for b in range(a + 2, len(run) + 1)}
        return not parts.isdisjoint(self.acronyms)


def invented_names(
    text: str, passage: NamedWords, about: str, reports: Reports, lexicon: Lexicon
) -> set[str]:
    """Return the words of names in ``text`` that ``passage`` does not have.

    Args:
        text: A statement.
        passage: The words of the sections that it cites.
        about: The cited reports' titles, publishers and authors, always allowed.
        reports: Tell which words are common, when they begin a sentence.
        lexicon: Glosses and dictionary.
    """
    known = {canonical(word) for word in words(about)}

    def unknown(read: str) -> set[str]:
        runs = name_runs(read, lambda word: is_common(word, reports, lexicon))
        bare = [run for run in runs if not passage.have_acronym_of(run)]
        return {w for run in bare for w in run if not passage.have(w) and canonical(w) not in known}

    found = unknown(text)
    return found and found & unknown(_without_glosses(text, passage, lexicon.glosses))


def name_runs(text: str, is_common: Callable[[str], bool]) -> Iterator[list[str]]:
    """Yield the proper names of ``text``, each as its capitalised words.

    Small words (of, the, de …) may stand inside a name. The first word of a sentence,
    cell or clause is part of a name unless it is a common word.
    """
    run: list[str] = []
    initial = True
    for piece in _TOKEN.findall(text):
        if _CAPITALISED.fullmatch(piece) and not (initial and is_common(piece)):
            run.append(piece)
        elif run and piece != "-" and fold(piece) not in _SMALL:
            yield run
            run = []
        initial = bool(_OPENING.match(piece)) or (initial and not piece[0].isalnum())
    if run:
        yield run


def is_common(word: str, reports: Reports, lexicon: Lexicon) -> bool:
    """Tell whether the reports, or else the dictionary, have ``word`` in lower case."""
    if sum(c.isupper() for c in word) > 1:
        return False
    forms = {*words(word), canonical(word), *_stems(fold(word))}
    if not forms.isdisjoint(reports.common_words):
        return True
    return forms.isdisjoint(reports.names) and lexicon.is_word(word.lower())


@cache
def canonical(word: str) -> str:
    """Fold a word so that British and American, singular and plural fall together."""
    word = re.sub(r"'s?$", "", fold(word))
    word = _american(word)
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _american(word: str) -> str:
    for british, american in _SPELLINGS:
        word = british.sub(american, word)
    return word


def _stems(word: str) -> set[str]:
    stems = {_american(word), word + "s"}
    for ending in ("s", "es", "ed", "d", "ing", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            stem = word.removesuffix(ending)
            stems |= {stem, stem + "e", _american(word).removesuffix(ending)}
    return stems


def _without_glosses(text: str, passage: NamedWords, glosses: Sequence[str]) -> str:
    pairs = [gloss.replace("~", "=").partition("=") for gloss in glosses]
    pairs += [gloss.partition("~")[::-1] for gloss in glosses if "~" in gloss]
    for left, _, right in pairs:
        ground = " ".join(canonical(word) for word in words(right))
        if not ground or f" {ground} " in passage.phrases:
            pattern = re.escape(left.strip()).replace("'", "['’]")
            text = re.sub(rf"\b{pattern}(?:['’]?s)?(?!\w)", "·", text)
    return text
