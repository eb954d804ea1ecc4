"""``POST /v1/responses``: the same answer as an output item, whole or as a stream of events."""

import time
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from service.interfaces.chat.openai.annotations import flat_annotations
from service.interfaces.chat.openai.conversation import (
    MODEL,
    Exchange,
    check_supported,
    check_text_wanted,
    exchange,
)
from service.interfaces.chat.openai.schemas import Message, ResponsesRequest
from service.interfaces.chat.openai.streaming import deltas_of, sse_data, sse_response
from service.interfaces.context import ContextDep

router = APIRouter(prefix="/v1/responses", include_in_schema=False)

Item = dict[str, Any]


@router.post("")
def create_response(body: ResponsesRequest, request: Request, context: ContextDep) -> Response:
    """Answer with quotes and flat annotations; ``cita`` has what the API would say.

    Raises:
        ServiceError: Answered in the OpenAI API's shape.
    """
    check_supported(body)
    check_text_wanted(body.text.format.type if body.text else "text", field="text.format")
    asked = body.input
    turns = [Message(role="user", content=asked)] if isinstance(asked, str) else asked
    answered = exchange(turns, body.cita, request, context)
    response = _response(body, answered)
    if body.stream:
        return sse_response(_events(response, answered))
    return JSONResponse(response)


def _response(body: ResponsesRequest, answered: Exchange) -> Item:
    return {
        "id": f"resp_{answered.exchange_id}",
        "object": "response",
        "created_at": int(time.time()),
        "status": "completed",
        "error": None,
        "incomplete_details": None,
        "instructions": body.instructions,
        "metadata": body.metadata or {},
        "model": MODEL,
        "output": [_item(answered, status="completed", content=[_part(answered)])],
        "parallel_tool_calls": False,
        "tool_choice": "none",
        "tools": [],
        "temperature": None,
        "top_p": None,
        "store": False,
        "text": {"format": {"type": "text"}},
        "usage": _usage(answered),
        **answered.extra,
    }


def _item(answered: Exchange, *, status: str, content: list[Item]) -> Item:
    return {
        "id": f"msg_{answered.exchange_id}",
        "type": "message",
        "role": "assistant",
        "status": status,
        "content": content,
    }


def _part(answered: Exchange) -> Item:
    return {
        "type": "output_text",
        "text": answered.text,
        "annotations": flat_annotations(answered.marks),
        "logprobs": [],
    }


def _usage(answered: Exchange) -> Item:
    """Count words, where a language model counts tokens."""
    return {
        "input_tokens": answered.prompt_words,
        "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
        "output_tokens": answered.text_words,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": answered.prompt_words + answered.text_words,
    }


def _events(response: Item, answered: Exchange) -> Iterator[str]:
    for number, (kind, fields) in enumerate(_typed_events(response, answered)):
        yield sse_data({"type": kind, "sequence_number": number, **fields}, event=kind)


def _typed_events(response: Item, answered: Exchange) -> Iterator[tuple[str, Item]]:
    """Yield each event's type and its fields, in the order of the Responses API."""
    begun = {**response, "status": "in_progress", "output": [], "usage": None}
    begun.pop("cita", None)
    item, part = response["output"][0], _part(answered)
    place = {"item_id": item["id"], "output_index": 0, "content_index": 0}
    empty = {**part, "text": "", "annotations": []}
    opened = _item(answered, status="in_progress", content=[])
    yield "response.created", {"response": begun}
    yield "response.in_progress", {"response": begun}
    yield "response.output_item.added", {"output_index": 0, "item": opened}
    yield "response.content_part.added", {**place, "part": empty}
    for delta in deltas_of(part["text"]):
        yield "response.output_text.delta", {**place, "delta": delta, "logprobs": []}
    for number, annotation in enumerate(part["annotations"]):
        fields = {**place, "annotation_index": number, "annotation": annotation}
        yield "response.output_text.annotation.added", fields
    yield "response.output_text.done", {**place, "text": part["text"], "logprobs": []}
    yield "response.content_part.done", {**place, "part": part}
    yield "response.output_item.done", {"output_index": 0, "item": item}
    yield "response.completed", {"response": response}
