"""Renders pages: fills the templates, in the language of the interface."""

from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

from babel import Locale
from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, StreamingResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

from service.interfaces.api.problems import ProblemDetail
from service.interfaces.web.form import form_of
from service.interfaces.web.localisation import Interface, choose_language, load_interfaces
from service.interfaces.web.view_models.error import ErrorPage
from service.interfaces.web.view_models.frame import Frame, LanguageLink
from service.interfaces.web.view_models.page import Page
from service.presentation.citation_words import page_words
from service.qa_service import QAService
from service.records import LANGUAGES

TEMPLATES_DIR = Path(__file__).parent / "templates"
STATIC_DIR = Path(__file__).parent / "static"
COOKIE = "cita-language"
COOKIE_S = 365 * 24 * 3600
PARAMETER = "lang"
PAUSE = "\f"
"""Where a page may be sent so far; browsers do not get it."""
UNBUFFERED = {"X-Accel-Buffering": "no"}
"""Proxies must pass the parts of a page on as they come."""


class PageRenderer:
    """Renders the templates, which are loaded once for each language."""

    def __init__(self, service: QAService) -> None:
        self._service = service
        self._interfaces = load_interfaces()
        self._templates = {
            language: _environment(interface) for language, interface in self._interfaces.items()
        }

    def render(
        self, request: Request, template: str, page: Page, *, status: int = 200
    ) -> HTMLResponse:
        """Fill ``template`` with ``page``, in the language that the request asks for."""
        html = "".join(self._fill(request, template, page))
        response = HTMLResponse(html, status_code=status)
        self._tell_language(response, request)
        return response

    def stream(self, request: Request, template: str, page: Page) -> StreamingResponse:
        """Render, but send what stands before a ``pause`` of the template without what follows."""
        parts = self._fill(request, template, page)
        first = next(parts)  # before anything is sent, so that what fails here is told as an error
        response = StreamingResponse(
            chain([first], parts), media_type="text/html", headers=UNBUFFERED
        )
        self._tell_language(response, request)
        return response

    def _fill(self, request: Request, template: str, page: Page) -> Iterator[str]:
        """Yield the page, in as many parts as the template has pauses and one more."""
        interface = self.interface(request)
        filled = self._templates[interface.language].get_template(template)
        part: list[str] = []
        for piece in filled.generate(page=page, frame=_frame(request, interface)):
            if piece == PAUSE:
                yield "".join(part)
                part = []
            else:
                part.append(piece)
        yield "".join(part)

    def _tell_language(self, response: Response, request: Request) -> None:
        """Say in which language the page is, and keep it if it was asked for."""
        interface = self.interface(request)
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

    def interface(self, request: Request) -> Interface:
        """Return the interface in the language of the address, the cookie or the browser."""
        wishes = (request.query_params.get(PARAMETER), request.cookies.get(COOKIE))
        accepted = request.headers.get("accept-language", "")
        return self._interfaces[choose_language(wishes, accepted)]

    def base_url(self, request: Request) -> str:
        """Return our own ``scheme://host``, for absolute links."""
        return self._service.settings.public_url or str(request.base_url).rstrip("/")

    def error(self, request: Request, problem: ProblemDetail) -> Response:
        """Render the page of an error, with the question kept in the form."""
        page = ErrorPage(
            slug=problem.kind.slug,
            title=problem.kind.title,
            status=problem.kind.status,
            detail=problem.detail,
            request_id=request.state.request_id,
            form=form_of(request.query_params, self._service.edition_if_ready()),
        )
        response = self.render(request, "error.html", page, status=problem.kind.status)
        response.headers.update(problem.headers or {})
        return response


async def _renderer(request: Request) -> PageRenderer:
    renderer: PageRenderer = request.app.state.renderer
    return renderer


RendererDep = Annotated[PageRenderer, Depends(_renderer)]


def _environment(interface: Interface) -> Environment:
    """Return the template environment of one language."""
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
        in_order=interface.in_order,
    )
    templates.globals.update(
        pause=PAUSE,
        citation_words=interface.citation_words,
        page_words=partial(page_words, words=interface.citation_words),
    )
    for name in ("cita.css", "cita.js"):
        digest = sha256((STATIC_DIR / name).read_bytes()).hexdigest()[:8]
        templates.globals[name.replace(".", "_")] = f"/static/{name}?v={digest}"
    return templates


def _frame(request: Request, interface: Interface) -> Frame:
    requested = request.query_params.get(PARAMETER)
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
        requested_language=interface.language if requested == interface.language else None,
    )
