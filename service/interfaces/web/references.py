"""References of an exported file: each report that is cited once, with its places."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.records import Document, DocumentInfo, Span
from service.presentation.bibliography import Reference
from service.presentation.citation_words import section_and_page
from service.records import RestatedSection


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A report, and a place in it that is cited.

    Attributes:
        doc_id: Its id, also where it is not here itself.
        info: Its metadata.
        url: Opens here what was quoted.
        place: Its page or section, in words; may be empty.
        pages: First and last page of it, where it has pages.
    """

    doc_id: str
    info: DocumentInfo
    url: str
    place: str
    pages: tuple[int, int] | None = None


def pages_of(document: Document, span: Span) -> tuple[int, int] | None:
    """Return the first and last page of ``span``; ``None`` where there are no pages."""
    first, last = document.page_at(span.start), document.page_at(span.end - 1)
    return None if first is None else (first, last or first)


def cited_places(
    own: CitedPlace, restated: Sequence[RestatedSection], words: Mapping[str, str]
) -> Iterator[CitedPlace]:
    """Yield what is cited for a text: the sections that it restates, else its own place.

    Args:
        own: Where the text stands.
        restated: The sections of other reports that it restates.
        words: Of the language, by their names in ``words.toml``.
    """
    if not restated:
        yield own
    found_in = f"{words['found_in']} {own.info.title}"
    for section in restated:
        report = section.report
        info = DocumentInfo(
            title=report.title,
            publisher=report.publisher,
            authors=report.authors,
            year=report.year,
            language=report.language,
            url=report.url,
            identifier=report.identifier,
        )
        pages = None if section.page is None else (section.page, section.page)
        place = section_and_page(section, words=words)
        yield CitedPlace(report.doc_id, info, own.url, place, pages)
        yield CitedPlace(report.doc_id, info, own.url, found_in)


def references_of(cited: Iterable[CitedPlace]) -> tuple[Reference, ...]:
    """Return one reference for each report, in the order in which they are first cited."""
    reports: dict[str, CitedPlace] = {}
    places: dict[str, dict[str, None]] = {}
    pages: dict[str, list[tuple[int, int]]] = {}
    for cited_place in cited:
        reports.setdefault(cited_place.doc_id, cited_place)
        places.setdefault(cited_place.doc_id, {})[cited_place.place] = None
        of_report = pages.setdefault(cited_place.doc_id, [])
        if cited_place.pages:
            of_report.append(cited_place.pages)
    return tuple(
        Reference(
            doc_id,
            report.info,
            report.url,
            "; ".join(filter(None, places[doc_id])),
            tuple(pages[doc_id]),
        )
        for doc_id, report in reports.items()
    )
