"""``/ask``: the answer as a page, and as files to take away."""

import re
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import QueryParams
from starlette.responses import Response

from service.errors import PermalinkError
from service.interfaces.api.problems import INVALID, NOT_FOUND, Trouble
from service.interfaces.context import DoorContext, InContext
from service.interfaces.web.address import CannotAsk, asking_query, outcome_of
from service.interfaces.web.answer_export import AnswerExport
from service.interfaces.web.answer_page import (
    EXPORTS,
    Around,
    PermanentLink,
    answer_page,
    refusal_page,
)
from service.interfaces.web.form import form_of
from service.interfaces.web.pages import OnPages, Pages, start_page
from service.library import Edition
from service.presentation.permalinks import parse_sealed
from service.records import Answer

router = APIRouter(include_in_schema=False)

_SLUG = re.compile(r"[^a-z0-9]+")
N_SLUG_CHARS = 50


@router.get("/ask")
def ask(request: Request, context: InContext, pages: OnPages) -> Response:
    """Answer the question in the address."""
    params = request.query_params
    if "q" not in params:
        return RedirectResponse("/", status_code=303)
    outcome = outcome_of(params, context.service, suggest=True)
    if isinstance(outcome, CannotAsk):
        return _cannot_ask(request, pages, context.service.edition(), outcome)
    around = _around(request, context, pages, outcome.edition)
    result = outcome.result
    if isinstance(result, Answer):
        return pages.render(request, "answer.html", answer_page(outcome, result, around))
    return pages.render(request, "refusal.html", refusal_page(outcome, result, around))


@router.get("/ask/export/{kind}")
def export(kind: str, request: Request, context: InContext, pages: OnPages) -> Response:
    """Give the answer as a file; where there is none, lead to the page that says so."""
    if kind not in EXPORTS:
        return pages.error(
            request, Trouble(NOT_FOUND, f"no file of kind {kind!r}; known are {', '.join(EXPORTS)}")
        )
    params = request.query_params
    outcome = outcome_of(params, context.service)
    if isinstance(outcome, CannotAsk) or not isinstance(outcome.result, Answer):
        return RedirectResponse(f"/ask?{asking_query(params)}", status_code=303)
    around = _around(request, context, pages, outcome.edition)
    body, media_type = AnswerExport(outcome.result, around, pages.interface(request)).file(kind)
    name = f"cita-{_slug(outcome.result.question.text)}.{kind}"
    return Response(
        body,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _around(request: Request, context: DoorContext, pages: Pages, edition: Edition) -> Around:
    params = request.query_params
    return Around(
        edition=edition,
        links=context.page_links,
        wording=context.wording,
        form=form_of(params, edition),
        language=pages.interface(request).language,
        query=asking_query(params),
        base=pages.base(request),
        link=_link(params),
        stores=context.service.settings.collect_feedback,
    )


def _link(params: QueryParams) -> PermanentLink | None:
    """Return what a permanent link carries, or ``None`` where the address is not one."""
    if "on" not in params and "cited" not in params:
        return None
    try:
        return PermanentLink(
            made_on=date.fromisoformat(params.get("on", "")).isoformat(),
            made_from=params.get("index", ""),
            sealed=parse_sealed(params.getlist("cited")),
        )
    except (PermalinkError, ValueError):
        return PermanentLink(made_on="", made_from="", sealed=None)


def _cannot_ask(request: Request, pages: Pages, edition: Edition, wrong: CannotAsk) -> Response:
    form = form_of(request.query_params, edition, error=wrong.question, filter_error=wrong.filters)
    page = start_page(request, pages, edition, form)
    return pages.render(request, "start.html", page, status=INVALID.status)


def _slug(text: str) -> str:
    return _SLUG.sub("-", text.lower())[:N_SLUG_CHARS].strip("-") or "answer"
