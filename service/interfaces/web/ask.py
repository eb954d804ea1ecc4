"""``/ask`` and ``/ask/export``: the answer as a page, and as a file."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import QueryParams
from starlette.responses import Response

from service.answer_options import AnswerWishes
from service.errors import (
    ArgumentError,
    NoLongerWantedError,
    NotReadyError,
    PermalinkError,
    QuestionError,
    UnknownFilterError,
)
from service.interfaces.api.problem_kinds import INVALID, NOT_FOUND
from service.interfaces.api.problems import ProblemDetail
from service.interfaces.context import ContextDep, DoorContext
from service.interfaces.web.answer_context import AnswerContext, PermanentLink
from service.interfaces.web.answer_export import AnswerExport
from service.interfaces.web.answer_page import answer_page, refusal_page
from service.interfaces.web.answer_permalink import EXPORTS
from service.interfaces.web.ask_query import example_links, question_query, standalone_query
from service.interfaces.web.file_names import attachment
from service.interfaces.web.form import filter_problem, filters_from, form_of
from service.interfaces.web.rendering import PageRenderer, RendererDep
from service.interfaces.web.start import start_page
from service.interfaces.web.view_models.example import Example
from service.interfaces.web.view_models.form import FieldProblem
from service.library import Edition
from service.outcomes import Outcome
from service.pipeline.translation.quote_translator import TARGETS
from service.presentation.permalinks import parse_sealed
from service.qa_service import QAService
from service.records import Answer

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class InvalidQuery:
    """What is wrong with the query string; one of the two is set.

    Attributes:
        question: What is wrong with the question.
        filters: What is wrong with the filters.
    """

    question: FieldProblem | None = None
    filters: FieldProblem | None = None


def outcome_of(params: QueryParams, service: QAService, *, language: str) -> Outcome | InvalidQuery:
    """Ask the question in ``params``, with the options of the settings.

    Whatever language the question is in, a page and the files that it offers speak one: here it is
    decided that notices, refusals and the words around quotes are in ``language``.
    """
    wishes = AnswerWishes(language=language)
    try:
        return service.ask(params.get("q", ""), filters=filters_from(params), wishes=wishes)
    except QuestionError as error:
        return InvalidQuery(question=FieldProblem(error.code, error.value))
    except (ArgumentError, UnknownFilterError) as error:
        return InvalidQuery(filters=filter_problem(params, error))


@router.get("/ask")
def ask(request: Request, context: ContextDep, renderer: RendererDep) -> Response:
    """Answer the question in the address."""
    params = request.query_params
    if "q" not in params:
        query = request.url.query  # with the filters that are in use
        return RedirectResponse(f"/?{query}" if query else "/", status_code=303)
    if "after" in params:
        standalone = context.service.standalone(params["q"], params.getlist("after")[-1:])
        return RedirectResponse(f"/ask?{standalone_query(params, standalone)}", status_code=303)
    language = renderer.interface(request).language
    outcome = outcome_of(params, context.service, language=language)
    if isinstance(outcome, InvalidQuery):
        edition = context.service.edition()
        return _invalid_query(request, renderer, edition, outcome, language=language)
    answer_context = _answer_context(request, context, renderer, outcome, language=language)
    result = outcome.result
    if isinstance(result, Answer):
        answered = answer_page(outcome, result, answer_context)
        return renderer.render(request, "answer.html", answered)
    find_suggestions = partial(_suggestions, context.service, outcome, answer_context.query)
    refused = refusal_page(outcome, result, answer_context, find_suggestions=find_suggestions)
    return renderer.stream(request, "refusal.html", refused)


@router.get("/ask/export/{kind}")
def export(kind: str, request: Request, context: ContextDep, renderer: RendererDep) -> Response:
    """Return the answer as a file; redirect to its page if there is no answer."""
    if kind not in EXPORTS:
        return renderer.error(
            request,
            ProblemDetail(NOT_FOUND, f"no file of kind {kind!r}; known are {', '.join(EXPORTS)}"),
        )
    params = request.query_params
    interface = renderer.interface(request)
    language = interface.language
    outcome = outcome_of(params, context.service, language=language)
    if isinstance(outcome, InvalidQuery) or not isinstance(outcome.result, Answer):
        return RedirectResponse(f"/ask?{question_query(params)}", status_code=303)
    answer = outcome.result
    body, media_type = AnswerExport(
        answer,
        _answer_context(request, context, renderer, outcome, language=language),
        interface,
        support=context.wording.support(outcome.support, language),
        notices=chain(*context.wording.notices(outcome)),
    ).file(kind)
    headers = attachment(
        answer.question.text, kind, otherwise="answer", filters=answer.question.filters
    )
    return Response(body, media_type=media_type, headers=headers)


def _suggestions(service: QAService, refused: Outcome, query: str) -> tuple[Example, ...]:
    """Return similar questions that are answered; none where something is in the way.

    The refusal is sent already when they are looked for, so an error cannot be told any more.
    """
    try:
        return example_links(service.suggestions(refused), query)
    except (NotReadyError, NoLongerWantedError):
        return ()


def _answer_context(
    request: Request,
    context: DoorContext,
    renderer: PageRenderer,
    outcome: Outcome,
    *,
    language: str,
) -> AnswerContext:
    params, edition = request.query_params, outcome.edition
    question_language = outcome.result.question.language
    return AnswerContext(
        edition=edition,
        links=context.page_links,
        wording=context.wording,
        form=form_of(params, edition),
        language=language,
        reader_language=question_language if question_language in TARGETS else language,
        query=question_query(params),
        find_translation=context.service.translation,
        base_url=renderer.base_url(request),
        permanent_link=_permanent_link(params),
        typed=example_links((typed,))[0] if (typed := params.get("typed", "").strip()) else None,
        collects_feedback=context.service.settings.collect_feedback,
        keeps_questions=context.service.settings.keep_questions,
    )


def _permanent_link(params: QueryParams) -> PermanentLink | None:
    """Return what the address carries, or ``None`` if it is not a permanent link."""
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


def _invalid_query(
    request: Request,
    renderer: PageRenderer,
    edition: Edition,
    invalid: InvalidQuery,
    *,
    language: str,
) -> Response:
    """Show the form again, with what is wrong in it."""
    form = form_of(
        request.query_params, edition, error=invalid.question, filter_error=invalid.filters
    )
    page = start_page(form, edition, base_url=renderer.base_url(request), language=language)
    return renderer.render(request, "start.html", page, status=INVALID.status)
