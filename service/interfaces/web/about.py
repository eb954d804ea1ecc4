"""``/about``: how answers are made, what the reports cover, what is stored."""

from collections import Counter
from collections.abc import Sequence

from fastapi import APIRouter, Request
from starlette.responses import Response

from indexer.store.records import DocumentEntry
from service.interfaces.context import ContextDep
from service.interfaces.web.rendering import RendererDep
from service.interfaces.web.view_models.about import AboutPage, Bar, Chart
from service.pipeline.confidence import FAIR_FROM, STRONG_FROM
from service.pipeline.facets import FacetValue

router = APIRouter(include_in_schema=False)

N_BARS = 12
CHARTED = ("country", "theme", "publisher", "language")


@router.get("/about")
def about(request: Request, context: ContextDep, renderer: RendererDep) -> Response:
    """Show how answers are made, what the reports cover, and what is stored."""
    settings = context.service.settings
    edition = context.service.edition_if_ready()
    index = edition.index if edition else None
    page = AboutPage(
        n_documents=index.manifest.n_documents if index else None,
        n_passages=index.manifest.n_passages if index else 0,
        n_unread=len(index.unread) if index else 0,
        built_at=index.manifest.built_at if index else "",
        fingerprint=index.manifest.fingerprint if index else "",
        encoder=index.manifest.encoder if index else "",
        charts=charts_of(index.documents, edition.coverage.facets) if index and edition else (),
        strong_percent=round(STRONG_FROM * 100),
        fair_percent=round(FAIR_FROM * 100),
        translates_quotes=context.service.translates_quotes,
        collects_feedback=settings.collect_feedback,
        serves_files=settings.serve_files,
        embedding_sites=settings.frame_ancestors,
        embed_snippet=f'<iframe src="{renderer.base_url(request)}/embed" title="Cita" width="100%" '
        'height="260"></iframe>',
    )
    return renderer.render(request, "about.html", page)


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
