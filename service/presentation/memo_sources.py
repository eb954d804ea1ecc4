"""The source of a quote as the footnote of a memo has it."""

from collections.abc import Mapping, Sequence

from indexer.records import Document, Span
from service.presentation.citation_words import page_words, pages_of_span, publisher_and_year
from service.presentation.memo import MemoSource, MemoWork
from service.presentation.punctuation import within
from service.records import RestatedSection


def source_of(
    document: Document,
    span: Span,
    headings: tuple[str, ...],
    *,
    words: Mapping[str, str],
    href: str,
    restated: Sequence[RestatedSection] = (),
) -> MemoSource:
    """Return the source of ``span``: title, publisher, year, section, page.

    Args:
        document: The report.
        span: What is quoted.
        headings: Above it, outermost first.
        words: Of the memo's language, by their names in ``words.toml``.
        href: Opens the report there.
        restated: The sections that the quote restates, which are cited in its document's place.
    """
    info = document.info
    section = headings[-1] if headings and headings[-1] != info.title else ""
    own = MemoWork(
        info.title,
        info.language,
        f", {publisher_and_year(info, words=words)}",
        within(section),
        pages_of_span(document, span, words=words),
    )
    return MemoSource(
        works=tuple(_work(section, words) for section in restated) or (own,),
        href=href,
        found_in=own if restated else None,
        found_in_words=words["found_in"],
    )


def _work(restated: RestatedSection, words: Mapping[str, str]) -> MemoWork:
    report = restated.report
    return MemoWork(
        report.title,
        report.language,
        f", {publisher_and_year(report, words=words)}",
        within(restated.section),
        page_words(restated.page, None, restated.page_label, words=words),
    )
