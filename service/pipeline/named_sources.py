"""Tells which reports a question names as its source: "according to the forum's session paper".

question ─▶ the words around each naming of a source ─▶ reports whose title, publisher, kind,
            year or place those words tell best from the others
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from indexer.records import DocumentInfo, SourceReport
from indexer.store.lexical_index import content_words
from service.pipeline.country_names import country_names

_WORD = r"[^\s,;:.?!()“”\"]+(?:\.\d+)?"
_SOURCE = r"""(?: article | brief | briefing | compendium | guide | handbook | lecture | manual
    | note | notes | overview | paper | publication | report | speech | study | talk
    | conference | debate | event | forum | laboratory | lab | meeting | panel | seminar | session
    | summit | workshop )(?:['’]s?)?"""
_SAYS = r"""(?: advise | call | cite | find | mention | name | propose | recommend | say | see
    | suggest | think | warn )"""

_NAMINGS = tuple(
    re.compile(pattern, re.VERBOSE | re.IGNORECASE)
    for pattern in (
        # a certain text or event: "the Quito concept paper", "UN-Habitat's handbook on cities"
        rf"""\b (?: the | this | that | (?=\S+['’]s?\s) )
             ((?: \s?{_WORD} ){{0,4}} \s{_SOURCE}\b (?: \s{_WORD} ){{0,6}} )""",
        rf"\b (?: according\ to | going\ by )\s ( {_WORD} (?: \s{_WORD} ){{0,5}} )",
        rf"""\b (?: do | does | did )\s
             ( (?: the\s )? (?-i: [A-ZÀ-Þ] ) {_WORD} (?: \s{_WORD} ){{0,3}} )\s {_SAYS}\b""",
        r"\b in\s ( (?: \S+\s ){1,3}? ) (?: experience | eyes | opinion | view )\b",
    )
)
"""How a question names its source; the first group holds the words that tell which one it is."""

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
    for naming in _NAMINGS:
        for match in naming.finditer(question):
            yield from content_words(match[1], language="en")


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
