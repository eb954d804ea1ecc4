"""Requests of the OpenAI API, as far as they can be honoured; what else comes is ignored."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from service.interfaces.api.schemas.fields import MaxQuotes, TopK
from service.interfaces.api.schemas.filters import Filters
from service.interfaces.api.schemas.strict import StrictModel

MAX_MESSAGES = 500
_Text = Annotated[str, StringConstraints(max_length=200_000)]


class CitaOptions(StrictModel):
    """What the OpenAI API has no field for; sent as ``cita`` (``extra_body`` of its client)."""

    filters: Filters = Filters()
    answer_language: Literal["en", "es", "pt"] | None = None
    top_k: TopK | None = Field(default=None)
    max_quotes: MaxQuotes | None = Field(default=None)
    min_confidence: float | None = Field(default=None, ge=0, le=1)


class _Lenient(BaseModel):
    """Sampling parameters and all that is new are accepted and ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Part(_Lenient):
    """A part of a message: text, or something that we cannot read."""

    type: str
    text: _Text | None = None


class Message(_Lenient):
    """One turn, oldest first; of items without a role only the type is known."""

    role: str = ""
    type: str = "message"
    content: _Text | list[Part] | None = None


class _Unsupported(_Lenient):
    """Fields that ask for what quoting cannot do; refused if they are set.

    Tools that are merely offered are no such thing: a model may leave them alone, and chats offer
    theirs with every question.
    """

    tool_choice: object | None = None
    function_call: object | None = None
    modalities: list[str] | None = None
    n: int | None = None
    previous_response_id: str | None = None
    conversation: object | None = None
    background: bool | None = None


class TextWanted(_Lenient):
    """In which shape text is wanted."""

    type: str = "text"


class TextSettings(_Lenient):
    """How the Responses API says in which shape text is wanted."""

    format: TextWanted = TextWanted()


class StreamOptions(_Lenient):
    """How a stream is wanted."""

    include_usage: bool = False


class ChatRequest(_Unsupported):
    """A body of ``POST /v1/chat/completions``."""

    model: str = Field(max_length=200)
    messages: list[Message] = Field(min_length=1, max_length=MAX_MESSAGES)
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    response_format: TextWanted | None = None
    cita: CitaOptions = CitaOptions()


class ResponsesRequest(_Unsupported):
    """A body of ``POST /v1/responses``."""

    model: str = Field(max_length=200)
    input: _Text | list[Message]
    instructions: _Text | None = None
    metadata: dict[_Text, _Text] | None = None
    stream: bool | None = False
    text: TextSettings | None = None
    cita: CitaOptions = CitaOptions()
