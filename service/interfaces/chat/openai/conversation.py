"""From the turns of an OpenAI request to a message: refuses what cannot be done, asks the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from fastapi import Request

from service.answer_options import AnswerWishes
from service.errors import BadFieldError, UnknownModelError
from service.interfaces.api.requests import filters_of, question_in
from service.interfaces.api.responses import Presenter
from service.interfaces.api.schemas.answers import Answered, Refused
from service.interfaces.chat.message import CitationMark, chat_message
from service.interfaces.chat.openai.client_tasks import task_reply
from service.interfaces.chat.openai.schemas import (
    ChatRequest,
    CitaOptions,
    Message,
    Part,
    ResponsesRequest,
)
from service.interfaces.context import DoorContext
from service.records import WORD

MODEL = "cita"
_TEXT_PARTS = {"text", "input_text", "output_text", "refusal"}
_FREE_CHOICES = (None, "auto", "none")
"""How a caller leaves it to the model whether it calls a tool."""
_WITHOUT = {
    "previous_response_id": "nothing is stored; send the earlier turns as input",
    "conversation": "nothing is stored; send the earlier turns as input",
    "background": "answers take milliseconds; send background: false",
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """What is sent back, and how long both sides of the exchange are.

    Attributes:
        exchange_id: The same for the same question on the same index.
        fingerprint: Of the index.
        text: What is answered, in Markdown; JSON for a task of the chat's own.
        marks: The citations in it.
        body: The outcome, as the API gives it; ``None`` for a task.
        prompt_words: Words of the last question; they stand in for tokens.
    """

    exchange_id: str
    fingerprint: str
    text: str
    marks: tuple[CitationMark, ...]
    body: Answered | Refused | None
    prompt_words: int

    @property
    def text_words(self) -> int:
        """Return the number of words of the text."""
        return len(WORD.findall(self.text))

    @property
    def extra(self) -> dict[str, Any]:
        """Return what goes beside the protocol's own fields."""
        return {"cita": self.body.model_dump(mode="json")} if self.body else {}


def exchange(
    messages: Sequence[Message], options: CitaOptions, request: Request, context: DoorContext
) -> Exchange:
    """Answer the last question of a conversation, or do a task of the chat's own.

    Raises:
        BadFieldError: There is no question, or it cannot be asked.
        ServiceError: As for `QAService.ask`.
    """
    *earlier, text = questions_of(messages)
    prompt_words = len(WORD.findall(text))
    reply = task_reply(text)
    if reply is not None:
        fingerprint = context.service.edition().index.manifest.fingerprint
        return Exchange(uuid4().hex[:16], fingerprint, reply, (), None, prompt_words)
    wishes = AnswerWishes(
        top_k=options.top_k,
        max_quotes=options.max_quotes,
        min_confidence=options.min_confidence,
        language=options.answer_language,
    )
    with question_in("messages", text):
        outcome = context.service.ask(
            text, earlier=earlier, filters=filters_of(options.filters), wishes=wishes
        )
    presenter = Presenter(outcome.edition, context.chat_links(request), context.wording)
    message = chat_message(outcome, presenter)
    body = message.body
    return Exchange(
        body.id, body.index.fingerprint, message.text, message.marks, body, prompt_words
    )


def check_supported(request: ChatRequest | ResponsesRequest) -> None:
    """Refuse what quoting cannot do: an answer that only seems to honour it would mislead.

    Raises:
        UnknownModelError: Another model is asked for.
        BadFieldError: Names the field.
    """
    if request.model != MODEL:
        raise UnknownModelError(request.model, known=MODEL)
    for field, problem in _WITHOUT.items():
        if getattr(request, field):
            raise BadFieldError(field=field, value="", problem=problem)
    for field in ("tool_choice", "function_call"):
        if getattr(request, field) not in _FREE_CHOICES:
            problem = "tools are not called: answers are quoted from reports; want auto or none"
            raise BadFieldError(field=field, value="", problem=problem)
    if (request.n or 1) != 1:
        raise BadFieldError(field="n", value=str(request.n), problem="there is one answer; want 1")
    if request.modalities and request.modalities != ["text"]:
        raise BadFieldError(field="modalities", value="", problem="answers are text; want [text]")


def check_text_wanted(wanted: str, *, field: str) -> None:
    """Refuse a shape of text that is not plain.

    Raises:
        BadFieldError: JSON is wanted.
    """
    if wanted != "text":
        raise BadFieldError(
            field=field, value=wanted, problem="answers are Markdown; POST /v1/ask gives JSON"
        )


def questions_of(messages: Sequence[Message]) -> list[str]:
    """Return what the user wrote, a text each turn, oldest first.

    Raises:
        BadFieldError: The user wrote nothing, or sent an image, a sound or a file.
    """
    turns = [_text_of(message) for message in messages if message.role == "user"]
    if not turns:
        raise BadFieldError(
            field="messages", value="", problem="want a message of the role user; there is none"
        )
    return turns


def _text_of(message: Message) -> str:
    if not isinstance(message.content, list):
        return message.content or ""
    return " ".join(_text_of_part(part) for part in message.content)


def _text_of_part(part: Part) -> str:
    if part.type not in _TEXT_PARTS:
        raise BadFieldError(
            field="messages", value=part.type, problem="only text can be read; want parts of text"
        )
    return part.text or ""
