"""The source of a quote in words of the interface: for memos and references."""

from collections.abc import Sequence
from gettext import NullTranslations

from indexer.records import Document, DocumentInfo, SourceReport, Span
from service.presentation.memo import MemoSource, MemoWork
from service.presentation.punctuation import within
from service.records import RestatedSection


def source_of(
    document: Document,
    span: Span,
    headings: tuple[str, ...],
    *,
    words: NullTranslations,
    href: str,
    restated: Sequence[RestatedSection] = (),
) -> MemoSource:
    """Return the source of ``span``: title, publisher, year, section, page.

    Args:
        document: The report.
        span: What is quoted.
        headings: Above it, outermost first.
        words: Of the interface.
        href: Opens the report there.
        restated: The sections that the quote restates, which are cited in its document's place.
    """
    info = document.info
    section = headings[-1] if headings and headings[-1] != info.title else ""
    own = MemoWork(
        info.title,
        info.language,
        _publisher_and_year(info, words),
        within(section),
        page_words(document, span, words=words),
    )
    return MemoSource(
        works=tuple(_work(section, words) for section in restated) or (own,),
        href=href,
        found_in=own if restated else None,
        found_in_words=words.gettext("Found in:"),
    )


def section_words(restated: RestatedSection, *, words: NullTranslations) -> str:
    """Return a section that a quote restates, with its page where that is known."""
    place = _page_words(restated.page, None, restated.page_label, words)
    return ", ".join(part for part in (within(restated.section), place) if part)


def _work(restated: RestatedSection, words: NullTranslations) -> MemoWork:
    report = restated.report
    return MemoWork(
        report.title,
        report.language,
        _publisher_and_year(report, words),
        within(restated.section),
        _page_words(restated.page, None, restated.page_label, words),
    )


def _publisher_and_year(report: DocumentInfo | SourceReport, words: NullTranslations) -> str:
    year = str(report.year) if report.year else words.gettext("no date")
    return "".join(f", {part}" for part in (report.publisher, year) if part)


def page_words(document: Document, span: Span, *, words: NullTranslations) -> str:
    """Return the pages of ``span`` as readers look them up; nothing without pages."""
    page, last = document.page_at(span.start), document.page_at(span.end - 1)
    return _page_words(page, last, document.page_label(page), words)


def _page_words(
    page: int | None, last: int | None, label: str | None, words: NullTranslations
) -> str:
    if page is None:
        return ""
    if last and last > page:
        place = words.gettext("pp. %(first)s–%(last)s") % {"first": page, "last": last}
    else:
        place = words.gettext("p. %(page)s") % {"page": page}
    if label is None:
        return place
    return f"{place} {words.gettext('(printed %(label)s)') % {'label': label}}"
