"""The web pages: ask, read the answer, read the report."""

from hashlib import sha256
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

from service.api.dependencies import InRoom, Room
from service.api.documents import document_of, entry_of
from service.api.problems import INVALID, NOT_READY, Trouble
from service.errors import NotReadyError, QuestionError, ServiceError
from service.facets import Coverage, check_filters
from service.library import Edition
from service.question import parse_question
from service.records import Answer, AnswerOptions
from service.web import views
from service.web.answers import answer_page, examples_of, refusal_page
from service.web.forms import PlaceQuery, filters_from, form_of
from service.web.reports import ReadingView, documents_page
from service.wording import N_NAMED, country_name

TEMPLATES_DIR = Path(__file__).parent / "templates"
STYLESHEET = Path(__file__).parent / "static" / "cita.css"

View = (
    views.StartPage
    | views.AnswerPage
    | views.RefusalPage
    | views.DocumentsPage
    | views.DocumentPage
    | views.ErrorPage
    | views.ReferencePage
)

router = APIRouter(include_in_schema=False)


class Pages:
    """The templates, loaded once, and the room they are filled from."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES_DIR),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        # Words of the interface pass through gettext; catalogues for them come with issue 6.
        self._templates.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
        digest = sha256(STYLESHEET.read_bytes()).hexdigest()[:8]
        self._templates.globals["stylesheet"] = f"/static/{STYLESHEET.name}?v={digest}"

    def render(self, template: str, page: View, *, status: int = 200) -> HTMLResponse:
        """Fill ``template`` with ``page``."""
        html = self._templates.get_template(template).render(page=page)
        return HTMLResponse(html, status_code=status)

    def error(self, request: Request, trouble: Trouble) -> Response:
        """Show what went wrong, with the question kept in the form."""
        page = views.ErrorPage(
            title=trouble.kind.title,
            status=trouble.kind.status,
            detail=trouble.detail,
            request_id=request.state.request_id,
            form=form_of(request.query_params, self.edition()),
        )
        response = self.render("error.html", page, status=trouble.kind.status)
        response.headers.update(trouble.headers or {})
        return response

    def edition(self) -> Edition | None:
        """Return the edition in use, or ``None`` while there is none."""
        try:
            return self.room.library.current()
        except NotReadyError:
            return None


async def _pages(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


OnPages = Annotated[Pages, Depends(_pages)]


@router.get("/")
def start(request: Request, pages: OnPages) -> Response:
    """Show the form, or that no question can be answered now and why."""
    edition = pages.edition()
    page = _start_page(pages, edition, form_of(request.query_params, edition))
    return pages.render("start.html", page, status=NOT_READY.status if page.trouble else 200)


@router.get("/ask")
def ask(request: Request, room: InRoom, pages: OnPages) -> Response:
    """Answer the question in the address."""
    params = request.query_params
    if "q" not in params:
        return RedirectResponse("/", status_code=303)
    edition = room.library.current()
    try:
        filters = filters_from(params)
        check_filters(filters, edition.coverage)
    except ServiceError as error:
        form = form_of(params, edition, filter_error=str(error))
        return pages.render("start.html", _start_page(pages, edition, form), status=INVALID.status)
    try:
        question = parse_question(params["q"], filters=filters)
    except QuestionError as error:
        form = form_of(params, edition, error=str(error))
        return pages.render("start.html", _start_page(pages, edition, form), status=INVALID.status)
    settings = room.settings
    options = AnswerOptions(
        top_k=settings.top_k,
        max_quotes=settings.max_quotes,
        max_words=settings.max_words,
        min_confidence=settings.min_confidence,
    )
    outcome = edition.answerer.answer(question, options)
    form = form_of(params, edition)
    presenter = room.page_presenter(edition)
    if isinstance(outcome, Answer):
        return pages.render("answer.html", answer_page(outcome, form, presenter))
    return pages.render("refusal.html", refusal_page(outcome, form, presenter))


@router.get("/documents")
def list_reports(
    room: InRoom, pages: OnPages, offset: Annotated[int, Query(ge=0, le=10**9)] = 0
) -> Response:
    """List the reports."""
    presenter = room.page_presenter(room.library.current())
    return pages.render("documents.html", documents_page(presenter, offset=offset))


@router.get("/documents/{doc_id}")
def read_report(
    doc_id: str, room: InRoom, pages: OnPages, wanted: Annotated[PlaceQuery, Query()]
) -> Response:
    """Show a report's text, opened at a quote."""
    presenter = room.page_presenter(room.library.current())
    view = ReadingView(document_of(presenter, doc_id), entry_of(presenter, doc_id), presenter)
    return pages.render("document.html", view.page(wanted))


def _start_page(pages: Pages, edition: Edition | None, form: views.Form) -> views.StartPage:
    return views.StartPage(
        title="Cita",
        form=form,
        examples=examples_of(edition.examples) if edition else (),
        coverage=_coverage(edition.coverage) if edition else None,
        trouble=pages.room.library.trouble if edition is None else None,
    )


def _coverage(coverage: Coverage) -> views.Coverage:
    countries, themes = coverage.facets["country"], coverage.facets["theme"]
    return views.Coverage(
        n_documents=coverage.n_documents,
        first_year=coverage.first_year,
        last_year=coverage.last_year,
        countries=tuple(country_name(facet.value, "en") for facet in countries[:N_NAMED]),
        n_countries=len(countries),
        themes=tuple(facet.value for facet in themes[:N_NAMED]),
        n_themes=len(themes),
    )
