"""What the corpus covers: the values its documents have, counted, and filters checked on them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from indexer.store.records import DocumentEntry
from service.errors import UnknownFilterError
from service.pipeline.publishers import publisher_names
from service.records import Filters

FIELDS = ("document", "publisher", "country", "theme", "language")
"""Filter fields that hold lists of values, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of one field.

    Attributes:
        value: As filters name it.
        n_documents: How many documents have it; at least 1.
    """

    value: str
    n_documents: int


Facets = dict[str, tuple[FacetValue, ...]]
"""For each of `FIELDS`, its values, most documents first, then by name."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the corpus covers.

    Attributes:
        n_documents: Reports in the index.
        facets: The values that filters may name.
        first_year: Year of the oldest dated report, or ``None`` where none is dated.
        last_year: Year of the newest one.
        has_named_countries: Whether most that have countries have them read from their texts.
        n_all: Reports of the whole index, where these are those that pass filters; else ``None``.
    """

    n_documents: int
    facets: Facets
    first_year: int | None
    last_year: int | None
    has_named_countries: bool = False
    n_all: int | None = None


def values_of(entry: DocumentEntry, field: str) -> tuple[str, ...]:
    """Return what ``entry`` has for one of `FIELDS`; empty where it says nothing."""
    info = entry.info
    single = {"document": entry.doc_id, "language": info.language}
    if field in single:
        value = single[field]
        return (value,) if value else ()
    if field == "publisher":
        return publisher_names(info.publisher or "")
    return {"country": info.filter_countries, "theme": info.themes}[field]


def admits(filters: Filters, entry: DocumentEntry) -> bool:
    """Tell whether ``entry`` passes: OR within a field, AND between fields."""
    for field in FIELDS:
        wanted = _wanted(filters, field)
        if wanted and not wanted & set(values_of(entry, field)):
            return False
    if filters.year_from is None and filters.year_to is None:
        return True
    year = entry.info.year
    return year is not None and (filters.year_from or year) <= year <= (filters.year_to or year)


def _wanted(filters: Filters, field: str) -> set[str]:
    """Return the values that a filter names; several publishers may be joined as they are shown."""
    values: tuple[str, ...] = getattr(filters, field)
    if field != "publisher":
        return set(values)
    return {name for value in values for name in publisher_names(value)}


def admitted(entries: Sequence[DocumentEntry], filters: Filters) -> list[int] | None:
    """Return the positions of the documents that pass ``filters``; ``None`` if all do."""
    if filters == Filters():
        return None
    return [position for position, entry in enumerate(entries) if admits(filters, entry)]


def count_values(entries: Iterable[DocumentEntry], field: str) -> tuple[FacetValue, ...]:
    """Count the values of one field over ``entries``."""
    counts = Counter(value for entry in entries for value in set(values_of(entry, field)))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold()))
    return tuple(FacetValue(value, n) for value, n in ranked)


def narrowed_facets(entries: Sequence[DocumentEntry], filters: Filters) -> Facets:
    """Count each field over the documents that pass all *other* filters.

    So a reader who has picked one country still sees how many reports the other countries have.
    """
    return {
        field: count_values(
            [entry for entry in entries if admits(_without(filters, field), entry)], field
        )
        for field in FIELDS
    }


def _without(filters: Filters, field: str) -> Filters:
    lifted: dict[str, Any] = {field: ()}
    return replace(filters, **lifted)


def coverage_of(entries: Sequence[DocumentEntry]) -> Coverage:
    """Say what ``entries``, all documents of an index, cover."""
    years = [entry.info.year for entry in entries if entry.info.year is not None]
    n_filed = sum(bool(entry.info.countries) for entry in entries)
    n_named = sum(bool(entry.info.named_countries) for entry in entries)
    return Coverage(
        n_documents=len(entries),
        facets={field: count_values(entries, field) for field in FIELDS},
        first_year=min(years, default=None),
        last_year=max(years, default=None),
        has_named_countries=n_named > n_filed,
    )


def admitted_coverage(entries: Sequence[DocumentEntry], filters: Filters) -> Coverage | None:
    """Say what those of ``entries`` cover that pass ``filters``; ``None`` if all or none do."""
    positions = admitted(entries, filters)
    if not positions:
        return None
    kept = [entries[position] for position in positions]
    return replace(coverage_of(kept), n_all=len(entries))


def n_undated(entries: Sequence[DocumentEntry], filters: Filters) -> int:
    """Count the reports without a year that a filter by year alone leaves out."""
    if filters.year_from is None and filters.year_to is None:
        return 0
    undated = replace(filters, year_from=None, year_to=None)
    return sum(entry.info.year is None and admits(undated, entry) for entry in entries)


def check_filters(filters: Filters, coverage: Coverage) -> None:
    """Refuse a value that no document has: a misspelt filter must not look like an empty corpus.

    Raises:
        UnknownFilterError: Names the field, the value and what the corpus has instead.
    """
    for field in FIELDS:
        known = tuple(facet.value for facet in coverage.facets[field])
        for value in sorted(_wanted(filters, field)):
            if value not in known:
                raise UnknownFilterError(field=field, value=value, known=known)
