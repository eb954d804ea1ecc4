"""``/embed``: the form, or one answer as a card, for a frame on another site."""

from collections.abc import Iterator
from itertools import chain
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from markupsafe import Markup, escape
from starlette.responses import Response

from service.answer_options import AnswerWishes
from service.errors import QuestionError
from service.interfaces.api.near_lines import near_lines
from service.interfaces.api.responses import Presenter
from service.interfaces.api.schemas.answers import Refused
from service.interfaces.context import ContextDep, DoorContext
from service.interfaces.middleware.security_headers import embedding_policy
from service.interfaces.web.form import form_of
from service.interfaces.web.rendering import RendererDep
from service.interfaces.web.view_models.embed import EmbeddedAnswer, EmbedPage
from service.interfaces.web.view_models.form import FieldProblem
from service.outcomes import Outcome
from service.presentation.copied_words import without_list_marker
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


def _likely_sentences(outcome: Outcome, context: DoorContext) -> Iterator[Markup]:
    """Yield what may answer a refused question all the same, each sentence with its place."""
    body = Presenter(outcome.edition, context.page_links, context.wording).outcome(outcome)
    if isinstance(body, Refused):
        lines = near_lines(body, context.wording.words(body.answer_language))
        for line in (line for line in lines if line.sentence):
            place = ", ".join(filter(None, (line.title, line.place)))
            sentence = without_list_marker(line.sentence)
            yield Markup('“{}” <a href="{}">{}</a>').format(sentence, line.href, place)


def _card(outcome: Outcome, context: DoorContext) -> EmbeddedAnswer:
    result, wording = outcome.result, context.wording
    if isinstance(result, Answer):
        content = Markup(wording.answer(result, context.page_links, template="answer.html.j2"))  # noqa: S704 - the template escapes
        support = wording.support(outcome.support, result.language)
    else:
        reason = wording.refusal(result, outcome.coverage).split("\n\n")
        parts = [*reason, *_likely_sentences(outcome, context)]
        content = Markup("").join(Markup("<p>{}</p>").format(escape(part)) for part in parts)
        support = ""
    return EmbeddedAnswer(
        question=result.question.text,
        question_language=result.question.language,
        language=result.language,
        support=support,
        content=content,
        notices=tuple(chain(*wording.notices(outcome))),
        href=f"/ask?{urlencode({'q': result.question.text})}",
    )
