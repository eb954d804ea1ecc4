"""``/embed``: the form, or one answer as a card, for a frame on another site."""

from itertools import chain
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from service.answer_options import AnswerWishes
from service.errors import QuestionError
from service.interfaces.context import ContextDep, DoorContext
from service.interfaces.middleware.security_headers import embedding_policy
from service.interfaces.web.form import form_of
from service.interfaces.web.rendering import RendererDep
from service.interfaces.web.view_models.embed import EmbeddedAnswer, EmbedPage
from service.interfaces.web.view_models.form import FieldProblem
from service.outcomes import Outcome
from service.records import Answer

router = APIRouter(include_in_schema=False)


@router.get("/embed")
def embed(request: Request, context: ContextDep, renderer: RendererDep) -> Response:
    """Show the form, or the answer to ``q``, to the sites that the operator names."""
    params = request.query_params
    page = EmbedPage(form_of(params, None))
    if "q" in params:
        wishes = AnswerWishes(language=renderer.interface(request).language)
        try:
            page = EmbedPage(
                page.form, _card(context.service.ask(params["q"], wishes=wishes), context)
            )
        except QuestionError as error:
            page = EmbedPage(form_of(params, None, error=FieldProblem(error.code, error.value)))
    response = renderer.render(request, "embed.html", page)
    response.headers["Content-Security-Policy"] = embedding_policy(
        context.service.settings.frame_ancestors
    )
    return response


def _card(outcome: Outcome, context: DoorContext) -> EmbeddedAnswer:
    result, wording = outcome.result, context.wording
    if isinstance(result, Answer):
        content = wording.answer(result, context.page_links, template="answer.html.j2")
        support = wording.support(outcome.support, result.language)
    else:
        content = wording.whole_refusal(
            outcome, result, context.page_links, template="refusal.html.j2"
        )
        support = ""
    return EmbeddedAnswer(
        question=result.question.text,
        question_language=result.question.language,
        language=result.language,
        support=support,
        content=Markup(content),  # noqa: S704 - the templates escape
        notices=tuple(chain(*wording.notices(outcome))),
        href=f"/ask?{urlencode({'q': result.question.text})}",
    )
