"""A stream ends where its client leaves."""

from collections.abc import Iterator

import anyio
from starlette.types import Message, Scope

from service.interfaces.chat.openai.streaming import deltas_of, sse_response

N_EVENTS = 10_000


def test_nothing_more_is_made_for_a_client_that_left() -> None:
    made: list[int] = []

    def events() -> Iterator[str]:
        for number in range(N_EVENTS):
            made.append(number)
            yield f"data: {number}\n\n"

    async def serve() -> None:
        left = anyio.Event()
        scope: Scope = {"type": "http", "method": "POST", "asgi": {"spec_version": "2.3"}}

        async def receive() -> Message:
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if b"data: 2\n" in message.get("body", b""):
                left.set()

        await sse_response(events())(scope, receive, send)

    anyio.run(serve)

    assert 3 <= len(made) < N_EVENTS


def test_parts_add_up_to_the_text() -> None:
    text = "The reports say:\n\n> Rents rose.\x0b [1]\n"

    assert "".join(deltas_of(text)) == text
