"""What is cited, and where it stands, in the words of a language: ``p. 31 (printed 29)``."""

from collections.abc import Mapping

from indexer.records import Document, DocumentInfo, SourceReport, Span
from service.presentation.punctuation import within
from service.records import RestatedSection


def page_words(
    page: int | None, last: int | None, label: str | None, *, words: Mapping[str, str]
) -> str:
    """Return pages as readers look them up; nothing without pages.

    Args:
        page: The physical page, or the first one.
        last: The last one; ``None`` or one before ``page`` if there is but one.
        label: What is printed on ``page``, where that differs.
        words: Of the language, by their names in ``words.toml``.
    """
    if page is None:
        return ""
    form = words["pages" if last and last > page else "page"]
    place = form.format(first=page, last=last)
    return place if label is None else f"{place} ({words['printed'].format(label=label)})"


def pages_of_span(document: Document, span: Span, *, words: Mapping[str, str]) -> str:
    """Return the pages of ``span``, likewise."""
    page, last = document.page_at(span.start), document.page_at(span.end - 1)
    return page_words(page, last, document.page_label(page), words=words)


def publisher_and_year(report: DocumentInfo | SourceReport, *, words: Mapping[str, str]) -> str:
    """Return who published a report, if that is known, and when."""
    return ", ".join(filter(None, (report.publisher, str(report.year or words["no_date"]))))


def section_and_page(restated: RestatedSection, *, words: Mapping[str, str]) -> str:
    """Return a section that a quote restates, with its page where that is known."""
    page = page_words(restated.page, None, restated.page_label, words=words)
    return ", ".join(filter(None, (within(restated.section), page)))
