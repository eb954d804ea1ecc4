"""References of an exported file: each report that is cited once, with its places."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.records import Document, DocumentInfo, Span
from service.presentation.bibliography import Reference
from service.presentation.citation_words import pages_of_span
from service.presentation.cited_works import restated_work
from service.presentation.links import Links
from service.records import Citation


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A report, and a place in it that is cited.

    Attributes:
        doc_id: Its id, also where it is not here itself.
        info: Its metadata.
        url: Opens it here; empty where it is not here.
        place: Its page or section, in words; may be empty.
        pages: First and last page of it, where it has pages.
        found_in: The document that restates the place and its own place, where there is one.
    """

    doc_id: str
    info: DocumentInfo
    url: str
    place: str
    pages: tuple[int, int] | None = None
    found_in: "CitedPlace | None" = None


def pages_of(document: Document, span: Span) -> tuple[int, int] | None:
    """Return the first and last page of ``span``; ``None`` where there are no pages."""
    first, last = document.page_at(span.start), document.page_at(span.end - 1)
    return None if first is None else (first, last or first)


def cited_places(
    citation: Citation, document: Document, links: Links, *, words: Mapping[str, str]
) -> Iterator[CitedPlace]:
    """Yield what a citation cites: the sections that its text restates, else its own place.

    Args:
        citation: Of a quote, or of a passage.
        document: Its document.
        links: Absolute: a file is opened elsewhere.
        words: Of the language, by their names in ``words.toml``.
    """
    report = citation.document
    own = CitedPlace(
        report.doc_id,
        report.info,
        links.document(report.doc_id),
        pages_of_span(document, citation.span, words=words),
        pages_of(document, citation.span),
    )
    if not citation.restated:
        yield own
    for section in citation.restated:
        restated = section.report
        info = DocumentInfo(
            title=restated.title,
            publisher=restated.publisher,
            authors=restated.authors,
            year=restated.year,
            language=restated.language,
            url=restated.url,
            identifier=restated.identifier,
        )
        pages = None if section.page is None else (section.page, section.page)
        work = restated_work(section, words=words)
        place = ", ".join(filter(None, (work.section, work.page)))
        yield CitedPlace(restated.doc_id, info, "", place, pages, own)


def references_of(
    cited: Iterable[CitedPlace], *, words: Mapping[str, str]
) -> tuple[Reference, ...]:
    """Return one reference for each report, in the order in which they are first cited.

    Args:
        cited: The places.
        words: Of the language, by their names in ``words.toml``.
    """
    by_report: dict[str, list[CitedPlace]] = {}
    for cited_place in cited:
        by_report.setdefault(cited_place.doc_id, []).append(cited_place)
    return tuple(
        Reference(
            doc_id,
            places[0].info,
            next((place.url for place in places if place.url), ""),
            "; ".join(_notes(places, words)),
            tuple(place.pages for place in places if place.pages),
        )
        for doc_id, places in by_report.items()
    )


def _notes(cited: Sequence[CitedPlace], words: Mapping[str, str]) -> Iterator[str]:
    """Yield the places in one report, each once, then those where others restate it."""
    yield from dict.fromkeys(place.place for place in cited if place.place)
    restating: dict[str, list[CitedPlace]] = {}
    for place in cited:
        if place.found_in:
            restating.setdefault(place.found_in.doc_id, []).append(place.found_in)
    for places in restating.values():
        document = places[0]
        parts = (
            document.info.publisher,
            document.info.title,
            *dict.fromkeys(place.place for place in places),
            document.url,
        )
        yield f"{words['found_in']} {', '.join(filter(None, parts))}"
