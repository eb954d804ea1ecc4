"""Where a quote or a passage is found, as pages show it."""

from collections.abc import Sequence

from indexer.records import Span
from service.interfaces.web.view_models.place import PlaceView
from service.library import Edition
from service.presentation.links import Links
from service.records import CitedDocument


def place_view(
    edition: Edition,
    links: Links,
    doc_id: str,
    span: Span,
    *,
    headings: tuple[str, ...],
    among: Sequence[Span] = (),
) -> PlaceView:
    """Return the place of ``span``; its link goes from one of ``among`` to the next."""
    document = edition.index.document(doc_id)
    info = document.info
    page, page_end = document.page_at(span.start), document.page_at(span.end - 1)
    cited = CitedDocument(doc_id, info, document.sha256)
    return PlaceView(
        doc_id=doc_id,
        title=info.title,
        publisher=info.publisher,
        year=info.year,
        language=info.language,
        page=page,
        page_end=page_end if page and page_end and page_end > page else None,
        page_label=document.page_label(page),
        headings=headings,
        href=links.quote(cited, span, among=among),
        original_href=links.original(doc_id, edition.index.entry(doc_id).file, page=page),
    )
