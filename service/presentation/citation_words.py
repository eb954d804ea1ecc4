"""Where a quote stands, in the words of a language: ``p. 31 (printed 29)``."""

from collections.abc import Mapping

from indexer.records import Document, Span


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
