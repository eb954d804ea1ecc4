"""Server-sent events.

An answer is found as a whole before its first event goes out, so an error is still an HTTP error,
and a client that leaves midway leaves nothing running.
"""

import json
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping

from anyio.lowlevel import checkpoint
from starlette.responses import StreamingResponse

DONE = "data: [DONE]\n\n"
HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
"""Proxies must pass events on as they come."""


def sse_response(events: Iterable[str]) -> StreamingResponse:
    """Return the response that sends ``events``."""
    return StreamingResponse(_sent(events), media_type="text/event-stream", headers=HEADERS)


async def _sent(events: Iterable[str]) -> AsyncIterator[str]:
    """Yield ``events`` without a thread for each, and stop where the client has left."""
    for event in events:
        yield event
        await checkpoint()


def sse_data(data: Mapping[str, object], *, event: str | None = None) -> str:
    """Write one event."""
    name = f"event: {event}\n" if event else ""
    return f"{name}data: {json.dumps(data, ensure_ascii=False)}\n\n"


def deltas_of(text: str) -> Iterator[str]:
    """Yield ``text`` line by line; together they are the text."""
    yield from text.splitlines(keepends=True)
