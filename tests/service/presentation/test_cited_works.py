"""A quote is cited in the same words wherever it goes."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from indexer.records import DocumentInfo, SourceReport
from service.presentation.cited_works import (
    CitationPart,
    CitedWork,
    citation_parts,
    own_work,
    restated_work,
)
from service.presentation.links import Links
from service.presentation.wording import ANSWER_TEMPLATES, Wording, words_by_language
from service.records import LANGUAGES, Answer, RestatedSection
from tests.fakes import answer

WORDING = Wording()
WORDS = words_by_language()
LABORATORY = SourceReport(
    "laboratory", "Laboratory", "Rents", "Alliance", authors=("Ana Sol", "Eva Luz"), year=2020
)


def restating(quote: str = "Rents rose (Laboratory, 2.2).", *, language: str = "en") -> Answer:
    """Return an answer of one quote that a brief has from section 2.2 of a report."""
    said = answer(quote, language=language)
    cited = replace(said.citations[0], restated=(RestatedSection(LABORATORY, "2.2"),))
    return replace(said, citations=(cited,))


def text_of(parts: Sequence[CitationPart]) -> str:
    return "".join(part.text for part in parts)


def test_a_statement_of_a_brief_is_cited_by_its_source_then_by_where_it_was_found() -> None:
    said = WORDING.answer(restating(), Links("http://c"), template="citation.txt.j2")

    assert said == (
        "“Rents rose (Laboratory, 2.2).” Ana Sol, Eva Luz, Rents, Alliance, 2020, section 2.2. "
        "In the words of: A publisher, A report, Findings, p. 3. "
        "http://c/documents/report?start=0&end=29&sha256=abababababab#quote"
    )


def test_a_brief_that_is_replaced_is_marked_where_its_statement_is_found() -> None:
    said = restating()
    cited = said.citations[0]
    old = replace(cited, document=replace(cited.document, superseded_by=("new",)))

    (source,) = WORDING.sources(replace(said, citations=(old,)), Links())

    assert text_of(source.parts).endswith(
        "In the words of: A publisher, A report (replaced by a newer edition), Findings, p. 3."
    )


@pytest.mark.parametrize("template", [*ANSWER_TEMPLATES.values(), "citation.txt.j2"])
def test_every_format_cites_in_the_same_words(template: str) -> None:
    said = restating("Rents rose.")
    (source,) = WORDING.sources(said, Links())

    text = WORDING.answer(said, Links(), template=template)

    bare = text.replace("*", "").replace('<cite lang="en">', "").replace("</cite>", "")
    assert text_of(source.parts) in bare


@pytest.mark.parametrize(
    ("language", "section"), [("en", "section 2.2"), ("es", "sección 2.2"), ("pt", "seção 2.2")]
)
def test_a_section_that_is_a_number_is_said_to_be_one(language: str, section: str) -> None:
    assert language in LANGUAGES
    restated = RestatedSection(LABORATORY, "2.2")
    box = RestatedSection(LABORATORY, "Box 3")

    assert restated_work(restated, words=WORDS[language]).section == section
    assert restated_work(box, words=WORDS[language]).section == "Box 3"


@pytest.mark.parametrize(
    ("info", "cited"),
    [
        pytest.param(
            DocumentInfo("A", publisher="P", authors=("Ana Sol",), year=2020),
            "Ana Sol, A, P, 2020.",
            id="an author",
        ),
        pytest.param(DocumentInfo("A", publisher="P", year=2020), "P, A, 2020.", id="a publisher"),
        pytest.param(DocumentInfo("A"), "A, no date.", id="neither"),
    ],
)
def test_who_a_report_is_by_stands_first_and_once(info: DocumentInfo, cited: str) -> None:
    work = own_work(info, words=WORDS["en"])

    assert text_of(citation_parts([work], None, found_in_words="")) == cited


def test_two_sections_of_one_report_name_it_once() -> None:
    rents = CitedWork("Rents", "en", "Ana Sol", "2020", "section 2.2", "p. 6")
    works = [rents, replace(rents, section="Box 3"), CitedWork("Wages", "en"), rents]

    cited = text_of(citation_parts(works, None, found_in_words=""))

    assert cited == (
        "Ana Sol, Rents, 2020, section 2.2, p. 6; Box 3, p. 6; Wages; "
        "Ana Sol, Rents, 2020, section 2.2, p. 6."
    )


def test_a_citation_ends_in_one_stop() -> None:
    works = [CitedWork("Rents", "en"), CitedWork("What next?", "es")]

    parts = citation_parts(works, None, found_in_words="")

    assert [(part.text, part.title_language) for part in parts] == [
        ("Rents", "en"),
        ("; ", None),
        ("What next?", "es"),
    ]
