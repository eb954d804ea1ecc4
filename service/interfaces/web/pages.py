"""The web pages: how they are filled; the start page, the reports, one report."""

from hashlib import sha256
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

from babel import Locale
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

from service.errors import NotReadyError, ServiceError
from service.interfaces.api.dependencies import InRoom, Room
from service.interfaces.api.documents import document_of, entry_of
from service.interfaces.api.problems import INVALID, NOT_READY, Trouble
from service.interfaces.web.answer_page import examples_of
from service.interfaces.web.documents import ListQuery, ReadingView, documents_page
from service.interfaces.web.form import PlaceQuery, filter_trouble, filters_from, form_of
from service.interfaces.web.localisation import Interface, choose_language, load_interfaces
from service.interfaces.web.structured_data import site_description
from service.interfaces.web.views.error import ErrorPage
from service.interfaces.web.views.form import Form
from service.interfaces.web.views.frame import Frame, LanguageLink
from service.interfaces.web.views.page import Page
from service.interfaces.web.views.start import CoverageView, StartPage
from service.library import Edition
from service.pipeline.facets import Coverage, check_filters
from service.presentation.wording import N_NAMED
from service.records import LANGUAGES, Filters

TEMPLATES_DIR = Path(__file__).parent / "templates"
STATIC_DIR = Path(__file__).parent / "static"
COOKIE = "cita-language"
COOKIE_S = 365 * 24 * 3600
PARAMETER = "lang"

router = APIRouter(include_in_schema=False)


class Pages:
    """The templates, loaded once for each language, and the room they are filled from."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self._interfaces = load_interfaces()
        self._templates = {
            language: _environment(interface) for language, interface in self._interfaces.items()
        }

    def render(
        self, request: Request, template: str, page: Page, *, status: int = 200
    ) -> HTMLResponse:
        """Fill ``template`` with ``page``, in the language that the reader wants."""
        interface = self.interface(request)
        html = (
            self._templates[interface.language]
            .get_template(template)
            .render(page=page, frame=_frame(request, interface))
        )
        response = HTMLResponse(html, status_code=status)
        response.headers["Content-Language"] = interface.language
        response.headers["Vary"] = "Accept-Language, Cookie"
        if request.query_params.get(PARAMETER) == interface.language:
            response.set_cookie(
                COOKIE,
                interface.language,
                max_age=COOKIE_S,
                secure=request.url.scheme == "https",
                httponly=True,
                samesite="lax",
            )
        return response

    def interface(self, request: Request) -> Interface:
        """Return the language of a request: as the address asks, as chosen before, as liked."""
        wishes = (request.query_params.get(PARAMETER), request.cookies.get(COOKIE))
        accepted = request.headers.get("accept-language", "")
        return self._interfaces[choose_language(wishes, accepted)]

    def base(self, request: Request) -> str:
        """Return our own ``scheme://host``, for addresses that are taken away."""
        return self.room.settings.public_url or str(request.base_url).rstrip("/")

    def error(self, request: Request, trouble: Trouble) -> Response:
        """Show what went wrong, with the question kept in the form."""
        page = ErrorPage(
            slug=trouble.kind.slug,
            title=trouble.kind.title,
            status=trouble.kind.status,
            detail=trouble.detail,
            request_id=request.state.request_id,
            form=form_of(request.query_params, self.edition()),
        )
        response = self.render(request, "error.html", page, status=trouble.kind.status)
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
    page = start_page(request, pages, edition, form_of(request.query_params, edition))
    status = NOT_READY.status if page.problem else 200
    return pages.render(request, "start.html", page, status=status)


@router.get("/documents")
def list_reports(
    request: Request, room: InRoom, pages: OnPages, wanted: Annotated[ListQuery, Query()]
) -> Response:
    """List the reports that pass the filters."""
    edition = room.library.current()
    presenter = room.page_presenter(edition)
    params = request.query_params
    wrong, filters = None, Filters()
    try:
        filters = filters_from(params)
        check_filters(filters, edition.coverage)
    except ServiceError as error:
        wrong, filters = filter_trouble(params, error), Filters()
    form = form_of(params, edition, filter_error=wrong)
    page = documents_page(presenter, form, wanted=wanted, filters=filters)
    status = INVALID.status if wrong else 200
    return pages.render(request, "documents.html", page, status=status)


@router.get("/documents/{doc_id}")
def read_report(
    doc_id: str,
    request: Request,
    room: InRoom,
    pages: OnPages,
    wanted: Annotated[PlaceQuery, Query()],
) -> Response:
    """Show a report's text, opened at a quote."""
    presenter = room.page_presenter(room.library.current())
    view = ReadingView(document_of(presenter, doc_id), entry_of(presenter, doc_id), presenter)
    return pages.render(request, "document.html", view.page(wanted))


def start_page(request: Request, pages: Pages, edition: Edition | None, form: Form) -> StartPage:
    """Return the form with what there is to ask about."""
    return StartPage(
        form=form,
        examples=examples_of(edition.examples) if edition else (),
        coverage=_coverage(edition.coverage) if edition else None,
        problem=pages.room.library.trouble if edition is None else None,
        structured=site_description(pages.base(request)),
    )


def _coverage(coverage: Coverage) -> CoverageView:
    countries, themes = coverage.facets["country"], coverage.facets["theme"]
    return CoverageView(
        n_documents=coverage.n_documents,
        first_year=coverage.first_year,
        last_year=coverage.last_year,
        countries=tuple(facet.value for facet in countries[:N_NAMED]),
        n_countries=len(countries),
        themes=tuple(facet.value for facet in themes[:N_NAMED]),
        n_themes=len(themes),
    )


def _environment(interface: Interface) -> Environment:
    """Return the templates in one language."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES_DIR),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    templates.install_gettext_translations(interface.words, newstyle=True)  # type: ignore[attr-defined]
    templates.filters.update(
        number=interface.number,
        date=interface.date,
        country=interface.country,
        language=interface.language_name,
        theme=interface.theme,
    )
    for name in ("cita.css", "cita.js"):
        digest = sha256((STATIC_DIR / name).read_bytes()).hexdigest()[:8]
        templates.globals[name.replace(".", "_")] = f"/static/{name}?v={digest}"
    return templates


def _frame(request: Request, interface: Interface) -> Frame:
    asked = request.query_params.get(PARAMETER)
    path = request.url.path if request.method == "GET" else "/"
    kept = [
        (name, value) for name, value in request.query_params.multi_items() if name != PARAMETER
    ]
    languages = tuple(
        LanguageLink(
            code=code,
            name=str(Locale(code).get_display_name(code)).capitalize(),
            href=None
            if code == interface.language
            else f"{path}?{urlencode([*kept, (PARAMETER, code)])}",
        )
        for code in LANGUAGES
    )
    return Frame(
        language=interface.language,
        languages=languages,
        requested_language=interface.language if asked == interface.language else None,
    )
