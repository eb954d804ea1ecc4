"""A report in short, and links to its newer editions: shown by several pages."""

from collections.abc import Sequence

from indexer.store.records import DocumentEntry
from service.interfaces.web.view_models.document_list import DocumentRow
from service.library import Edition
from service.presentation.links import Links


def document_row(entry: DocumentEntry, links: Links) -> DocumentRow:
    """Return what is shown of one report."""
    info = entry.info
    return DocumentRow(
        title=info.title,
        subtitle=info.subtitle,
        publisher=info.publisher,
        year=info.year,
        language=info.language,
        countries=info.filter_countries,
        are_countries_named=not info.countries,
        themes=info.themes,
        n_pages=entry.n_pages,
        href=links.document(entry.doc_id),
    )


def newer_editions(
    doc_ids: Sequence[str], edition: Edition, links: Links
) -> tuple[tuple[str, str], ...]:
    """Return titles and addresses of the reports that replace another."""
    return tuple((edition.entry(doc_id).info.title, links.document(doc_id)) for doc_id in doc_ids)
