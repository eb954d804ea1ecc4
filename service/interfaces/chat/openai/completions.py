"""``POST /v1/chat/completions``: the last question of a chat, answered; whole or as a stream."""

import time
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from service.interfaces.chat.openai.annotations import nested_annotations
from service.interfaces.chat.openai.conversation import (
    MODEL,
    Exchange,
    check_supported,
    check_text_wanted,
    exchange,
)
from service.interfaces.chat.openai.schemas import ChatRequest
from service.interfaces.chat.openai.streaming import DONE, deltas_of, sse_data, sse_response
from service.interfaces.context import ContextDep

router = APIRouter(prefix="/v1/chat", include_in_schema=False)


@router.post("/completions")
def create_completion(body: ChatRequest, request: Request, context: ContextDep) -> Response:
    """Answer with quotes, numbered marks and annotations; ``cita`` has what the API would say.

    Raises:
        ServiceError: Answered in the OpenAI API's shape.
    """
    check_supported(body)
    check_text_wanted(
        body.response_format.type if body.response_format else "text", field="response_format"
    )
    answered = exchange(body.messages, body.cita, request, context)
    if body.stream:
        wants_usage = body.stream_options is not None and body.stream_options.include_usage
        return sse_response(_events(answered, wants_usage=wants_usage))
    return JSONResponse(_completion(answered))


def _completion(answered: Exchange) -> dict[str, Any]:
    return {
        **_head(answered, "chat.completion"),
        "choices": [
            {
                "index": 0,
                "message": {
                    "role": "assistant",
                    "content": answered.text,
                    "refusal": None,
                    "annotations": nested_annotations(answered.marks),
                },
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": _usage(answered),
        **answered.extra,
    }


def _events(answered: Exchange, *, wants_usage: bool) -> Iterator[str]:
    """Yield the role, the text, the annotations, the end, and where wanted the usage."""
    head = _head(answered, "chat.completion.chunk")
    usage = {"usage": None} if wants_usage else {}

    def chunk(delta: dict[str, Any], finish_reason: str | None = None, **more: object) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        return sse_data({**head, "choices": [choice], **usage, **more})

    yield chunk({"role": "assistant", "content": "", "refusal": None})
    for part in deltas_of(answered.text):
        yield chunk({"content": part})
    if answered.marks:
        yield chunk({"annotations": nested_annotations(answered.marks)})
    yield chunk({}, "stop", **answered.extra)
    if wants_usage:
        yield sse_data({**head, "choices": [], "usage": _usage(answered)})
    yield DONE


def _head(answered: Exchange, kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{answered.exchange_id}",
        "object": kind,
        "created": int(time.time()),
        "model": MODEL,
        "system_fingerprint": answered.fingerprint[:12],
    }


def _usage(answered: Exchange) -> dict[str, int]:
    """Count words, where a language model counts tokens."""
    return {
        "prompt_tokens": answered.prompt_words,
        "completion_tokens": answered.text_words,
        "total_tokens": answered.prompt_words + answered.text_words,
    }
