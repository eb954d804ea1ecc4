"""The source of a quote in words of the interface: for memos and references."""

from gettext import NullTranslations

from indexer.records import Document, Span
from service.presentation.memo import MemoSource


def source_of(
    document: Document,
    span: Span,
    headings: tuple[str, ...],
    *,
    words: NullTranslations,
    href: str,
) -> MemoSource:
    """Return the source of ``span``: title, publisher, year, section, page.

    Args:
        document: The report.
        span: What is quoted.
        headings: Above it, outermost first.
        words: Of the interface.
        href: Opens the report there.
    """
    info = document.info
    section = headings[-1] if headings and headings[-1] != info.title else ""
    year = str(info.year) if info.year else words.gettext("no date")
    parts = [info.publisher, year, section, page_words(document, span, words=words)]
    return MemoSource(
        title=info.title,
        language=info.language,
        rest="".join(f", {part}" for part in parts if part),
        href=href,
    )


def page_words(document: Document, span: Span, *, words: NullTranslations) -> str:
    """Return the pages of ``span`` as readers look them up; nothing without pages."""
    page, last = document.page_at(span.start), document.page_at(span.end - 1)
    if page is None:
        return ""
    if last and last > page:
        place = words.gettext("pp. %(first)s–%(last)s") % {"first": page, "last": last}
    else:
        place = words.gettext("p. %(page)s") % {"page": page}
    label = document.page_label(page)
    if label is None:
        return place
    return f"{place} {words.gettext('(printed %(label)s)') % {'label': label}}"
