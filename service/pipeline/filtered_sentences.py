"""Tells which sentences of the reports that pass filters are about what was filtered for.

A report on ten countries passes the filter of each of them, and a brief of this year restates
reports of years ago. Who limits an answer to Uruguay and to 2019–2021 wants neither what the first
says of Chile nor what the second takes from a guide of 2023.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

from indexer.country_cities import (
    ABBREVIATIONS,
    Cities,
    names_city,
    pattern_of,
    time_zone_cities,
    without_dollars,
)
from indexer.country_names import (
    NamingText,
    countries_in,
    country_names,
    names_country,
)
from indexer.records import BlockKind, DocumentInfo, Rows
from indexer.store.protocol import SearchIndex
from indexer.store.records import Candidates
from service.pipeline.restated import restated_reports
from service.pipeline.surroundings import N_BEFORE, opening_countries
from service.records import Filters

_BESIDE_EACH_OTHER = {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}
"""Items of a list and rows of a table may each be about another place."""

_N_VERDICTS = 16384
"""Sentences from which on verdicts are forgotten: those of the passages of some 50 questions."""


class _Headings(Enum):
    """Which countries the headings above a sentence name."""

    WANTED = auto()
    SEVERAL = auto()
    OTHERS = auto()
    NONE = auto()


@dataclass(frozen=True)
class SentenceFilter:
    """Tells sentences of reports that pass filters from those that do not pass themselves.

    Attributes:
        filters: The filters.
        sentences: The index that holds them.
        cities: What finds a city of a wanted country, as it is written.
        abbreviations: What finds a wanted country written out in capitals, likewise.
        verdicts: Whether sentences may be quoted, by their rows, as far as that is known.
    """

    filters: Filters
    sentences: SearchIndex
    cities: re.Pattern[str]
    abbreviations: re.Pattern[str]
    verdicts: dict[int, bool] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls, filters: Filters, sentences: SearchIndex, cities: Callable[[], Cities]
    ) -> "SentenceFilter | None":
        """Return the filter of sentences that belongs to ``filters``; ``None`` if all pass."""
        if not filters.country and filters.year_from is None and filters.year_to is None:
            return None
        tables = (time_zone_cities(), cities()) if filters.country else ()
        towns = {
            name for table in tables for code in filters.country for name in table.get(code, ())
        }
        written = {name for code in filters.country for name in ABBREVIATIONS.get(code, ())}
        return cls(filters, sentences, pattern_of(towns), pattern_of(written))

    @property
    def words(self) -> str:
        """Return the names of the wanted countries, to find passages that have them."""
        names = country_names()
        return " ".join(name for code in self.filters.country for name in sorted(names[code]))

    def narrow(self, candidates: Candidates, kept: Rows) -> tuple[Candidates, frozenset[int]]:
        """Return the passages with a sentence that passes, and the rows of those that do not.

        Args:
            candidates: Passages of reports that pass.
            kept: Rows of passages that stay as they are: the question names what they hold.
        """
        documents = self.sentences.documents
        mask = np.ones(len(candidates.rows), dtype=np.bool_)
        if len(self.verdicts) > _N_VERDICTS:
            self.verdicts.clear()
        verdicts: dict[int, bool] = {}
        for position in np.flatnonzero(~np.isin(candidates.rows, kept)):
            if not self._judges(documents[candidates.documents[position]].info):
                continue  # before its text is read
            first = int(candidates.first_sentences[position])
            rows = range(first, int(candidates.last_sentences[position]) + 1)
            for row in rows:
                verdicts[row] = self._may_be_quoted(row)
            mask[position] = any(verdicts[row] for row in rows)
        failing = frozenset(row for row, verdict in verdicts.items() if not verdict)
        return _at(candidates, mask), failing

    def _may_be_quoted(self, row: int) -> bool:
        verdict = self.verdicts.get(row)
        if verdict is None:
            is_heading = self.sentences.sentence_block(row).kind is BlockKind.HEADING
            verdict = self.verdicts[row] = not is_heading and self(row)
        return verdict

    def _judges(self, info: DocumentInfo) -> bool:
        """Tell whether sentences of a report that passes may not pass themselves."""
        return self._has_other_years(info) or self._has_other_countries(info)

    def __call__(self, row: int) -> bool:
        """Tell whether the sentence at ``row``, of a report that passes, passes itself."""
        info = self.sentences.info_of(row)
        return self._is_of_years(row, info) and self._is_of_countries(row, info)

    def _has_other_years(self, info: DocumentInfo) -> bool:
        is_limited = self.filters.year_from is not None or self.filters.year_to is not None
        return is_limited and bool(info.sources)

    def _has_other_countries(self, info: DocumentInfo) -> bool:
        wanted = self.filters.country
        is_about_wanted = info.countries and set(info.countries).issubset(wanted)
        return bool(wanted) and not is_about_wanted

    def _is_of_years(self, row: int, info: DocumentInfo) -> bool:
        """Tell whether a sentence is of the years: its sources' if it names any, else its report's.

        One that restates several passes with any of them.
        """
        first, last = self.filters.year_from, self.filters.year_to
        if not self._has_other_years(info):
            return True
        years = [
            source.year
            for source in restated_reports(self.sentences.sentence_text(row), info.sources)
        ]
        known = [year for year in years if year is not None]
        return not years or any((first or year) <= year <= (last or year) for year in known)

    def _is_of_countries(self, row: int, info: DocumentInfo) -> bool:
        if not self._has_other_countries(info):
            return True
        text = self.sentences.sentence_text(row)
        if self._names(text):
            return True
        return not opening_countries(text) and self._is_named_around(row, text, info)

    def _is_named_around(self, row: int, text: str, info: DocumentInfo) -> bool:
        """Tell whether what stands above a sentence that names no wanted country names one.

        Where nobody says which countries a report is about, its title tells as a heading does.
        """
        block = self.sentences.sentence_block(row)
        titles = () if info.countries else (info.title, info.subtitle or "")
        headings = self._headings((*titles, *block.headings))
        if headings in {_Headings.WANTED, _Headings.OTHERS}:
            return headings is _Headings.WANTED
        if headings is _Headings.SEVERAL and countries_in(text):
            return False
        lead = self.sentences.lead_row(row)
        if lead is not None and lead != row:
            return self._names(self.sentences.sentence_text(lead))
        if block.kind in _BESIDE_EACH_OTHER:
            return False
        return headings is _Headings.SEVERAL or self._is_named_before(row)

    def _headings(self, headings: Sequence[str]) -> _Headings:
        """Return which countries headings name.

        Under "Chile and Peru" what stands under "Peru" is not about Chile; under "Chile" alone
        what stands under "Migrants from Peru" is.
        """
        is_inner_other = False
        for heading in reversed(headings):
            others = set(countries_in(heading)).difference(self.filters.country)
            if self._names(heading):
                several = _Headings.OTHERS if is_inner_other else _Headings.SEVERAL
                return several if others else _Headings.WANTED
            is_inner_other = is_inner_other or bool(others)
        return _Headings.OTHERS if is_inner_other else _Headings.NONE

    def _is_named_before(self, row: int) -> bool:
        """Tell whether a wanted country is named in the paragraphs before, and no other opens one.

        Only those under the same headings are looked at.
        """
        document = self.sentences.sentence_document(row)
        headings = self.sentences.sentence_block(row).headings
        for other in range(row - 1, max(row - N_BEFORE, 0) - 1, -1):
            if self.sentences.sentence_document(other) != document:
                return False
            block = self.sentences.sentence_block(other)
            if block.headings != headings or block.kind in _BESIDE_EACH_OTHER:
                return False
            text = self.sentences.sentence_text(other)
            if self._names(text):
                return True
            if opening_countries(text):
                return False
        return False

    def _names(self, text: str) -> bool:
        """Tell whether a text names a wanted country, or a city of it."""
        text = without_dollars(text)
        naming = NamingText.of(text)
        if any(names_country(naming, code) for code in self.filters.country):
            return True
        if self.abbreviations.search(text):
            return True
        return names_city(text, self.cities, self.filters.country)


def _at(candidates: Candidates, mask: NDArray[np.bool_]) -> Candidates:
    columns = {field.name: getattr(candidates, field.name)[mask] for field in fields(candidates)}
    return Candidates(**columns)
