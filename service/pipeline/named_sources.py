"""Tells which reports a question names as its source: "according to the forum's session paper".

question ─▶ the words around each naming of a source ─▶ reports whose title, publisher, kind,
            year or place those words tell best from the others
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from indexer.country_names import country_names
from indexer.records import DocumentInfo, SourceReport
from indexer.store.lexical_index import content_words

_SOURCES = frozenset(
    {"article", "brief", "briefing", "compendium", "guide", "handbook", "lecture", "manual", "note"}
    | {"notes", "overview", "paper", "publication", "report", "speech", "study", "talk"}
    | {"conference", "debate", "event", "forum", "lab", "laboratory", "meeting", "panel"}
    | {"seminar", "session", "summit", "workshop"}
)
"""Nouns for texts, and for events that texts report on."""

_SAYS = frozenset(
    {"advise", "call", "cite", "find", "mention", "name", "propose", "recommend", "say", "see"}
    | {"suggest", "think", "warn"}
)
_VIEWS = frozenset({"experience", "eyes", "opinion", "view"})
_N_BEFORE, _N_AFTER, _N_NAME = 5, 6, 5
"""Words that are looked at: before the noun, after it, and in a name without one."""

_CLAUSE_END = re.compile(r"[,;:.?!()“”\"]+(?=\s|$)")
_POSSESSIVE = re.compile(r"['’]s?$")

_LEAST_TELLING = math.log(2)
"""What the words tell at least: a word that half of the reports have tells so much."""

_AS_TELLING = 0.75
"""Reports whom the words fit this well, beside the one whom they fit best, are meant as well."""


class SourceNames:
    """What reports are called by, looked up by word; safe to use from several threads."""

    def __init__(self, infos: Sequence[DocumentInfo]) -> None:
        """Gather the words of titles, publishers, kinds, years and places.

        Args:
            infos: What is known of each report, in the order of the index.
        """
        self._n_reports = len(infos)
        having: dict[str, list[int]] = defaultdict(list)
        for position, info in enumerate(infos):
            for word in dict.fromkeys(content_words(" ".join(_called(info)), language="en")):
                having[word].append(position)
        self._having = {word: tuple(positions) for word, positions in having.items()}

    def named_in(self, question: str) -> tuple[int, ...]:
        """Return the positions of the reports that a question names as its source, ascending.

        Several are named where its words fit them about equally well; none where it names no
        source, or one that is not among the reports.

        Args:
            question: In English.
        """
        told: dict[int, float] = defaultdict(float)
        for word in dict.fromkeys(_naming_words(question)):
            positions = self._having.get(word, ())
            for position in positions:
                told[position] += math.log(self._n_reports / len(positions))
        most = max(told.values(), default=0.0)
        if most < _LEAST_TELLING:
            return ()
        return tuple(sorted(at for at, telling in told.items() if telling >= _AS_TELLING * most))


def _naming_words(question: str) -> Iterator[str]:
    """Yield the stems of the words around each naming of a source."""
    for clause in _CLAUSE_END.split(question):
        words = clause.split()
        for at, word in enumerate(words):
            yield from content_words(" ".join(_named_at(words, at, word)), language="en")


def _named_at(words: Sequence[str], at: int, word: str) -> Sequence[str]:
    """Return the words that tell which source is named by the word at a position, if one is."""
    lower = _POSSESSIVE.sub("", word.lower())
    after = words[at + 1 : at + 1 + _N_AFTER]
    if lower in _SOURCES:  # "the Quito concept paper", "UN-Habitat's handbook on cities"
        before = words[max(at - _N_BEFORE, 0) : at]
        certain = [n for n, other in enumerate(before) if _is_definite(other)]
        return [*before[certain[0] :], word, *after] if certain else ()
    if [lower, *map(str.lower, after[:1])] in (["according", "to"], ["going", "by"]):
        return after[1:]
    if lower in {"do", "does", "did"}:  # "does IOM say"
        name = after[1:] if after[:1] == ["the"] else after
        return _until(name, _SAYS) if name and name[0][0].isupper() else ()
    return _until(after, _VIEWS) if lower == "in" else ()  # "in IOM's view"


def _is_definite(word: str) -> bool:
    return word.lower() in {"the", "this", "that"} or _POSSESSIVE.search(word) is not None


def _until(words: Sequence[str], ends: frozenset[str]) -> Sequence[str]:
    """Return the words before the first that is one of ``ends``; none if it does not come soon."""
    return next((words[:n] for n, word in enumerate(words[:_N_NAME]) if word.lower() in ends), ())


def _called(info: DocumentInfo) -> Iterator[str]:
    """Yield what a report is called by, and the reports that it restates."""
    yield from _titled(info)
    yield from (info.subtitle or "", info.kind or "", *info.cities)
    for code in info.countries:
        yield from country_names().get(code, ())
    for source in info.sources:
        yield from (source.short_name, *_titled(source))


def _titled(report: DocumentInfo | SourceReport) -> Iterator[str]:
    yield from (report.title, report.publisher or "", *report.authors, str(report.year or ""))
