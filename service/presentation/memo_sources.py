"""The source of a quote as the footnote of a memo has it."""

from collections.abc import Mapping, Sequence

from indexer.records import Document, Span
from service.presentation.citation_words import pages_of_span
from service.presentation.cited_works import containing_work, own_work, restated_work
from service.presentation.memo import MemoSource
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
    """Return the source of ``span``: author, title, publisher, year, section, page.

    Args:
        document: The report.
        span: What is quoted.
        headings: Above it, outermost first.
        words: Of the memo's language, by their names in ``words.toml``.
        href: Opens the report there.
        restated: The sections that the quote restates, which are cited in its document's place.
    """
    page = pages_of_span(document, span, words=words)
    own = own_work(document.info, words=words, headings=headings, page=page)
    return MemoSource(
        works=tuple(restated_work(section, words=words) for section in restated) or (own,),
        href=href,
        found_in=containing_work(own, document.info) if restated else None,
        found_in_words=words["found_in"],
    )
