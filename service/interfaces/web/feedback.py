"""``/feedback``: what people say about an answer, sent by a plain form."""

import re
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.responses import Response

from service.errors import FeedbackOffError, PermalinkError
from service.feedback import MAX_COMMENT_CHARS, Asked, Feedback, Verdict
from service.interfaces.api.problems import FORBIDDEN, Trouble
from service.interfaces.context import InContext
from service.interfaces.web.address import asking_query, filter_items
from service.interfaces.web.pages import OnPages
from service.interfaces.web.views.feedback import FeedbackForm, FeedbackPage
from service.presentation.permalinks import MAX_QUOTES, parse_sealed

router = APIRouter(include_in_schema=False)

_FINGERPRINT = re.compile(r"[0-9a-f]{1,64}")
_OURS = {"same-origin", "none", None}


@router.post("/feedback")
async def say(request: Request, context: InContext, pages: OnPages) -> Response:
    """Store what somebody says about an answer, then lead to a page of thanks."""
    if not context.service.settings.collect_feedback:
        raise FeedbackOffError
    if request.headers.get("sec-fetch-site") not in _OURS:
        return pages.error(request, Trouble(FORBIDDEN, "send feedback from the answer's own page"))
    sent = QueryParams(parse_qsl((await request.body()).decode("utf-8", "replace")))
    form, said = _read(sent, language=pages.interface(request).language)
    if said is None:
        page = FeedbackPage(form, back_href=f"/ask?{form.query}", kept=False)
        return pages.render(request, "feedback.html", page, status=422)
    await run_in_threadpool(context.service.store_feedback, said)
    query = urlencode({"kept": int(form.keep), "about": form.query})
    return RedirectResponse(f"/feedback?{query}", status_code=303)


@router.get("/feedback")
def thank(request: Request, pages: OnPages, about: str = "", kept: str = "0") -> Response:
    """Thank, and lead back to the answer."""
    query = asking_query(QueryParams(about))
    page = FeedbackPage(FeedbackForm("", query), back_href=f"/ask?{query}", kept=kept == "1")
    return pages.render(request, "feedback.html", page)


def _read(sent: QueryParams, *, language: str) -> tuple[FeedbackForm, Feedback | None]:
    """Return the form as it was sent, and what to store; ``None`` where nothing was ticked."""
    about = QueryParams(sent.get("about", ""))
    keep = sent.get("keep") == "1"
    verdict = sent.get("verdict", "")
    form = FeedbackForm(
        question=about.get("q", ""),
        query=asking_query(about),
        verdict=verdict,
        comment=sent.get("comment", "")[:MAX_COMMENT_CHARS].strip(),
        keep=keep,
        missing=verdict not in set(Verdict),
        fingerprint=sent.get("index", ""),
        cited=tuple(sent.getlist("cited"))[:MAX_QUOTES],
    )
    if form.missing:
        return form, None
    known = _FINGERPRINT.fullmatch(form.fingerprint)
    asked = Asked(form.question, tuple(filter_items(about)), _places(form)) if keep else None
    return form, Feedback(
        verdict=Verdict(verdict),
        comment=form.comment,
        language=language,
        fingerprint=known[0] if known else "",
        asked=asked,
    )


def _places(form: FeedbackForm) -> tuple[tuple[str, int, int], ...]:
    try:
        sealed = parse_sealed(form.cited)
    except PermalinkError:
        return ()
    return tuple((each.doc_id, each.start, each.end) for each in sealed)
