"""``/about``: how answers are made, what they rest on, what is stored; and doors for intranets."""

from collections import Counter
from collections.abc import Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from indexer.store.index import DocumentEntry
from service.interfaces.api.dependencies import InRoom
from service.interfaces.api.documents import entry_of
from service.interfaces.api.problems import NOT_FOUND, Trouble
from service.interfaces.middleware.security_headers import embedding_policy
from service.interfaces.web.answer_page import FAIR, STRONG
from service.interfaces.web.form import form_of
from service.interfaces.web.pages import OnPages
from service.interfaces.web.structured_data import OPENSEARCH_TYPE, opensearch_description
from service.interfaces.web.views.about import AboutPage, Bar, Chart
from service.interfaces.web.views.embed import EmbedPage
from service.pipeline.facets import FacetValue
from service.presentation.bibliography import FORMATS, Reference
from service.presentation.links import Links

router = APIRouter(include_in_schema=False)

N_BARS = 12
CHARTED = ("country", "theme", "publisher", "language")


@router.get("/about")
def about(request: Request, room: InRoom, pages: OnPages) -> Response:
    """Say how answers are made, what they rest on, and what is stored."""
    edition = pages.edition()
    index = edition.answerer.index if edition else None
    page = AboutPage(
        n_documents=index.manifest.n_documents if index else None,
        n_passages=index.manifest.n_passages if index else 0,
        n_unread=len(index.unread) if index else 0,
        built_at=index.manifest.built_at if index else "",
        fingerprint=index.manifest.fingerprint if index else "",
        encoder=index.manifest.encoder if index else "",
        charts=charts_of(index.documents, edition.coverage.facets) if index and edition else (),
        strong_percent=round(STRONG * 100),
        fair_percent=round(FAIR * 100),
        collects_feedback=room.settings.collect_feedback,
        serves_files=room.settings.serve_files,
        embedding_sites=room.settings.frame_ancestors,
        embed_snippet=f'<iframe src="{pages.base(request)}/embed" title="Cita" width="100%" '
        'height="260"></iframe>',
    )
    return pages.render(request, "about.html", page)


@router.get("/embed")
def embed(request: Request, room: InRoom, pages: OnPages) -> Response:
    """Show the form alone, in a frame on the sites that the operator names."""
    form = form_of(request.query_params, None)
    response = pages.render(request, "embed.html", EmbedPage(form))
    response.headers["Content-Security-Policy"] = embedding_policy(room.settings.frame_ancestors)
    return response


@router.get("/opensearch.xml")
def describe_search(request: Request, pages: OnPages) -> Response:
    """Tell browsers and intranets how to search here."""
    return Response(opensearch_description(pages.base(request)), media_type=OPENSEARCH_TYPE)


@router.get("/documents/{doc_id}/reference.{kind}")
def reference(doc_id: str, kind: str, request: Request, room: InRoom, pages: OnPages) -> Response:
    """Give one report's bibliographic reference as a file."""
    if kind not in FORMATS:
        return pages.error(
            request, Trouble(NOT_FOUND, f"no file of kind {kind!r}; known are {', '.join(FORMATS)}")
        )
    entry = entry_of(room.page_presenter(room.library.current()), doc_id)
    url = Links(pages.base(request)).document(doc_id)
    write, media_type = FORMATS[kind]
    return Response(
        write([Reference(doc_id, entry.info, url)]),
        media_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{entry.doc_id}.{kind}"'},
    )


def charts_of(
    entries: Sequence[DocumentEntry], facets: dict[str, tuple[FacetValue, ...]]
) -> tuple[Chart, ...]:
    """Count the reports by year and by each of `CHARTED`, where there are several values."""
    years = Counter(entry.info.year for entry in entries if entry.info.year)
    by_year = [FacetValue(str(year), n) for year, n in sorted(years.items())]
    charts = [_chart("year", by_year[-N_BARS:], n_in_all=len(by_year))]
    charts += [
        _chart(field, facets[field][:N_BARS], n_in_all=len(facets[field])) for field in CHARTED
    ]
    return tuple(chart for chart in charts if len(chart.bars) > 1)


def _chart(field: str, values: Sequence[FacetValue], *, n_in_all: int) -> Chart:
    most = max((value.n_documents for value in values), default=1)
    bars = tuple(
        Bar(value.value, value.n_documents, share=round(100 * value.n_documents / most))
        for value in values
    )
    return Chart(field, bars, n_more=n_in_all - len(values))
