"""``/``: the start page."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.interfaces.api.problem_kinds import NOT_READY
from service.interfaces.context import ContextDep
from service.interfaces.web.ask_query import example_links
from service.interfaces.web.form import form_of
from service.interfaces.web.rendering import RendererDep
from service.interfaces.web.structured_data import site_description
from service.interfaces.web.view_models.form import Form
from service.interfaces.web.view_models.start import CoverageView, StartPage
from service.library import Edition
from service.presentation.wording import N_NAMED

router = APIRouter(include_in_schema=False)

MAX_TITLES = 8
"""Reports whose titles tell what there is to ask about, where nothing else does."""


@router.get("/")
def start(request: Request, context: ContextDep, renderer: RendererDep) -> Response:
    """Show the form, or that no question can be answered now and why."""
    edition = context.service.edition_if_ready()
    problem = context.service.trouble if edition is None else None
    page = start_page(
        form_of(request.query_params, edition),
        edition,
        base_url=renderer.base_url(request),
        language=renderer.interface(request).language,
        problem=problem,
    )
    status = NOT_READY.status if problem else 200
    return renderer.render(request, "start.html", page, status=status)


def start_page(
    form: Form,
    edition: Edition | None,
    *,
    base_url: str,
    language: str,
    problem: str | None = None,
) -> StartPage:
    """Return the form with example questions and what the reports cover."""
    return StartPage(
        form=form,
        examples=example_links(edition.examples.get(language, ())) if edition else (),
        coverage=_coverage(edition) if edition else None,
        problem=problem,
        structured=site_description(base_url),
    )


def _coverage(edition: Edition) -> CoverageView:
    coverage = edition.coverage
    countries, themes = coverage.facets["country"], coverage.facets["theme"]
    are_named = coverage.has_named_countries
    return CoverageView(
        n_documents=coverage.n_documents,
        first_year=coverage.first_year,
        last_year=coverage.last_year,
        countries=tuple(facet.value for facet in countries[:N_NAMED]),
        n_countries=len(countries),
        themes=tuple(facet.value for facet in themes[:N_NAMED]),
        n_themes=len(themes),
        are_countries_named=are_named,
        reports=() if themes or (countries and not are_named) else _titles(edition),
    )


def _titles(edition: Edition) -> tuple[tuple[str, str, str], ...]:
    """Return title, address and language of each report; nothing where they are many."""
    entries = edition.index.documents
    if len(entries) > MAX_TITLES:
        return ()
    return tuple(
        (entry.info.title, f"/documents/{entry.doc_id}", entry.info.language) for entry in entries
    )
