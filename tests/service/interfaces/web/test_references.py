"""A file of references has each report once, with what is its own."""

from indexer.records import BlockKind, DocumentInfo, PageStart, SourceReport, Span
from service.interfaces.web.references import CitedPlace, cited_places, references_of
from service.presentation.bibliography import bibtex, csl_json, ris
from service.presentation.links import Links
from service.presentation.wording import words_by_language
from service.records import Citation, CitedDocument, RestatedSection
from tests.fakes import document

WORDS = words_by_language()["en"]
LABORATORY = SourceReport("laboratory", "Laboratory", "Rents", "Alliance", year=2020)
PUBLISHED = SourceReport("guide", "Guide", "A guide", year=2023, url="https://un.example/guide")
IN_WORDS_OF = "In the words of: Cita, A brief"


def cited_on(page: int, *restated: RestatedSection) -> list[CitedPlace]:
    """Return what a quote on a page of a brief is cited by."""
    text, span = "Rents rose.", Span(0, 11)
    brief = CitedDocument("brief", DocumentInfo("A brief", publisher="Cita", year=2026), "ab" * 32)
    cited = Citation(1, "brief:0-11", brief, span, text, page, page, None, (), restated)
    paged = document((BlockKind.PARAGRAPH, text), turns=(PageStart(0, page),))
    return list(cited_places(cited, paged, Links("http://c"), words=WORDS))


def test_a_restated_report_has_its_own_address_and_the_brief_in_its_note() -> None:
    restated = [(6, LABORATORY, "2.2"), (7, LABORATORY, "2.2"), (7, PUBLISHED, "Box 3")]
    places = [
        place
        for page, report, section in restated
        for place in cited_on(page, RestatedSection(report, section))
    ]

    laboratory, guide = references_of(places, words=WORDS)

    assert laboratory.note == (f"section 2.2; {IN_WORDS_OF}, p. 6, p. 7, http://c/documents/brief")
    assert guide.note == f"Box 3; {IN_WORDS_OF}, p. 7, http://c/documents/brief"
    for text in (bibtex([laboratory]), ris([laboratory]), csl_json([laboratory])):
        assert text.count("http://c/documents/brief") == 1
    assert "url" not in bibtex([laboratory])
    assert "UR  - https://un.example/guide" in ris([guide])


def test_a_page_of_a_restated_report_is_its_page() -> None:
    places = cited_on(6, RestatedSection(LABORATORY, "2.2", page=9))

    (reference,) = references_of(places, words=WORDS)

    assert reference.pages == ((9, 9),)
    assert reference.note.startswith(f"section 2.2, p. 9; {IN_WORDS_OF}")


def test_a_report_that_is_here_too_opens_here() -> None:
    own = CitedPlace("laboratory", DocumentInfo("Rents"), "http://c/documents/laboratory", "p. 9")
    restated = cited_on(6, RestatedSection(LABORATORY, "2.2"))

    (reference,) = references_of([*restated, own], words=WORDS)

    assert reference.url == "http://c/documents/laboratory"


def test_a_report_that_is_cited_itself_opens_here() -> None:
    (reference,) = references_of(cited_on(6), words=WORDS)

    assert (reference.url, reference.note, reference.pages) == (
        "http://c/documents/brief",
        "p. 6",
        ((6, 6),),
    )
