"""References of an exported file: each report that is cited once, with its places."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from gettext import NullTranslations

from indexer.records import DocumentInfo
from service.interfaces.web.source_words import section_words
from service.presentation.bibliography import Reference
from service.records import RestatedSection


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A report, and a place in it that is cited.

    Attributes:
        doc_id: Its id, also where it is not here itself.
        info: Its metadata.
        url: Opens here what was quoted.
        place: Its page or section, in words; may be empty.
    """

    doc_id: str
    info: DocumentInfo
    url: str
    place: str


def cited_places(
    own: CitedPlace, restated: Sequence[RestatedSection], words: NullTranslations
) -> Iterator[CitedPlace]:
    """Yield what is cited for a text: the sections that it restates, else its own place.

    Args:
        own: Where the text stands.
        restated: The sections of other reports that it restates.
        words: Of the interface.
    """
    if not restated:
        yield own
    found_in = f"{words.gettext('Found in:')} {own.info.title}"
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
        for place in (section_words(section, words=words), found_in):
            yield CitedPlace(report.doc_id, info, own.url, place)


def references_of(cited: Iterable[CitedPlace]) -> tuple[Reference, ...]:
    """Return one reference for each report, in the order in which they are first cited."""
    reports: dict[str, CitedPlace] = {}
    places: dict[str, dict[str, None]] = {}
    for cited_place in cited:
        reports.setdefault(cited_place.doc_id, cited_place)
        places.setdefault(cited_place.doc_id, {})[cited_place.place] = None
    return tuple(
        Reference(doc_id, report.info, report.url, "; ".join(filter(None, places[doc_id])))
        for doc_id, report in reports.items()
    )
