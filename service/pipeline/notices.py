"""Notices shown beside an outcome: a side is missing, a report has a newer edition, and so on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.country_names import NamingText, countries_in, country_code, names_country
from service.pipeline.figure_conflicts import conflicting_citations
from service.records import Answer, Citation


class NoticeCode(StrEnum):
    """Kinds of notices."""

    SIDE_MISSING = "side_missing"
    QUESTION_MISSING = "question_missing"
    NOT_DEFINED = "not_defined"
    SUPERSEDED = "superseded"
    FIGURES_DIFFER = "figures_differ"
    LANGUAGE = "language"
    UNDERSTOOD_AS = "understood_as"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice.

    Attributes:
        code: Its kind.
        citations: Numbers of the citations that it is about; none where it is about no quote.
        countries: ISO 3166-1 alpha-2 codes that were asked about and that no quote names, for
            `NoticeCode.SIDE_MISSING`.
        sides: Other names that were compared and that no quote is about, likewise.
        questions: Of several questions in one, those that no quote answers, for
            `NoticeCode.QUESTION_MISSING`.
        term: What no report says the meaning of, for `NoticeCode.NOT_DEFINED`.
        doc_id: The report that was replaced, for `NoticeCode.SUPERSEDED`.
        newer: Ids of the reports that replace it.
        languages: ISO 639-1 codes of the quotes that are not in the answer's language, for
            `NoticeCode.LANGUAGE`.
        question: The question that a follow-up became, for `NoticeCode.UNDERSTOOD_AS`.
        is_one_report: Whether one report gives the figures, for `NoticeCode.FIGURES_DIFFER`.
    """

    code: NoticeCode
    citations: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    term: str = ""
    doc_id: str = ""
    newer: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    question: str = ""
    is_one_report: bool = False


def notices_of(answer: Answer) -> tuple[Notice, ...]:
    """Return the notices for an answer."""
    replaced = {
        citation.document.doc_id: citation.document.superseded_by
        for citation in answer.citations
        if citation.document.superseded_by
    }
    superseded = [
        Notice(
            NoticeCode.SUPERSEDED,
            citations=_numbers_of(doc_id, answer.citations),
            doc_id=doc_id,
            newer=newer,
        )
        for doc_id, newer in replaced.items()
    ]
    return (
        *_missing_parts(answer),
        *superseded,
        *_different_figures(answer),
        *_foreign_quotes(answer),
    )


def _missing_parts(answer: Answer) -> Iterator[Notice]:
    codes = {name: country_code(name) for name in answer.missing_sides}
    countries = [
        *missing_countries(answer.question.text, answer.citations),
        *(code for code in codes.values() if code),
    ]
    sides = tuple(name for name, code in codes.items() if not code)
    if countries or sides:
        yield Notice(
            NoticeCode.SIDE_MISSING, countries=tuple(dict.fromkeys(countries)), sides=sides
        )
    if answer.missing_questions:
        yield Notice(NoticeCode.QUESTION_MISSING, questions=answer.missing_questions)
    if answer.undefined:
        yield Notice(NoticeCode.NOT_DEFINED, term=answer.undefined)


def _numbers_of(doc_id: str, citations: Sequence[Citation]) -> tuple[int, ...]:
    return tuple(citation.number for citation in citations if citation.document.doc_id == doc_id)


def _different_figures(answer: Answer) -> Iterator[Notice]:
    within, across = conflicting_citations(answer.citations)
    for citations in within:
        yield Notice(NoticeCode.FIGURES_DIFFER, citations=citations, is_one_report=True)
    for citations in across:
        yield Notice(NoticeCode.FIGURES_DIFFER, citations=citations)


def _foreign_quotes(answer: Answer) -> Iterator[Notice]:
    foreign = {
        citation.number: citation.document.info.language
        for citation in answer.citations
        if citation.document.info.language != answer.language
    }
    if foreign:
        languages = tuple(dict.fromkeys(foreign.values()))
        yield Notice(NoticeCode.LANGUAGE, citations=tuple(foreign), languages=languages)


def missing_countries(question: str, citations: Sequence[Citation]) -> tuple[str, ...]:
    """Return the countries of a comparison that no quote, heading or title names, as codes.

    A question about several countries may be answered for some of them alone. Where it names fewer
    than two countries, or none of them is named, nothing is missing.
    """
    asked_about = countries_in(question)
    words = NamingText.of(
        " ".join(
            " ".join([citation.quote, *citation.headings, citation.document.info.title])
            for citation in citations
        )
    )
    missing = [code for code in asked_about if not names_country(words, code)]
    return tuple(missing) if 0 < len(missing) < len(asked_about) else ()
