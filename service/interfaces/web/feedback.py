"""``/feedback``: feedback on an answer, sent by a plain form."""

import re
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.responses import Response

from service.answer_options import N_ITEMS
from service.errors import FeedbackOffError, PermalinkError
from service.feedback import MAX_COMMENT_CHARS, Feedback, KeptQuestion, Verdict
from service.interfaces.api.problem_kinds import FORBIDDEN
from service.interfaces.api.problems import ProblemDetail
from service.interfaces.context import ContextDep
from service.interfaces.web.ask_query import filter_items, question_query
from service.interfaces.web.rendering import RendererDep
from service.interfaces.web.view_models.feedback import FeedbackForm, FeedbackPage
from service.presentation.permalinks import parse_sealed

router = APIRouter(include_in_schema=False)

_FINGERPRINT = re.compile(r"[0-9a-f]{1,64}")
_OWN_SITE = {"same-origin", "none", None}


@router.post("/feedback")
async def send_feedback(request: Request, context: ContextDep, renderer: RendererDep) -> Response:
    """Store feedback on an answer, then redirect to a page of thanks."""
    if not context.service.settings.collect_feedback:
        raise FeedbackOffError
    if request.headers.get("sec-fetch-site") not in _OWN_SITE:
        return renderer.error(
            request, ProblemDetail(FORBIDDEN, "send feedback from the answer's own page")
        )
    fields = QueryParams(parse_qsl((await request.body()).decode("utf-8", "replace")))
    form, feedback = _parse(
        fields,
        language=renderer.interface(request).language,
        may_keep=context.service.settings.keep_questions,
    )
    if feedback is None:
        page = FeedbackPage(form, back_href=f"/ask?{form.query}", kept=False)
        return renderer.render(request, "feedback.html", page, status=422)
    await run_in_threadpool(context.service.store_feedback, feedback)
    query = urlencode({"kept": int(form.keep), "about": form.query})
    return RedirectResponse(f"/feedback?{query}", status_code=303)


@router.get("/feedback")
def thank(request: Request, renderer: RendererDep, about: str = "", kept: str = "0") -> Response:
    """Show thanks, with a link back to the answer."""
    query = question_query(QueryParams(about))
    page = FeedbackPage(FeedbackForm("", query), back_href=f"/ask?{query}", kept=kept == "1")
    return renderer.render(request, "feedback.html", page)


def _parse(
    fields: QueryParams, *, language: str, may_keep: bool
) -> tuple[FeedbackForm, Feedback | None]:
    """Return the form as it was sent, and what to store; ``None`` if no verdict was ticked."""
    about = QueryParams(fields.get("about", ""))
    keep = may_keep and fields.get("keep") == "1"
    verdict = fields.get("verdict", "")
    form = FeedbackForm(
        question=about.get("q", ""),
        query=question_query(about),
        verdict=verdict,
        comment=fields.get("comment", "")[:MAX_COMMENT_CHARS].strip(),
        may_keep=may_keep,
        keep=keep,
        missing=verdict not in set(Verdict),
        fingerprint=fields.get("index", ""),
        cited=tuple(fields.getlist("cited"))[:N_ITEMS],
    )
    if form.missing:
        return form, None
    return form, Feedback(
        verdict=Verdict(verdict),
        comment=form.comment,
        language=language,
        fingerprint=form.fingerprint if _FINGERPRINT.fullmatch(form.fingerprint) else "",
        kept=KeptQuestion(form.question, tuple(filter_items(about)), _places(form))
        if keep
        else None,
    )


def _places(form: FeedbackForm) -> tuple[tuple[str, int, int], ...]:
    try:
        quotes = parse_sealed(form.cited)
    except PermalinkError:
        return ()
    return tuple((quote.doc_id, quote.start, quote.end) for quote in quotes)
