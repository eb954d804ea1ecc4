"""Whichever door a question comes through, quotes, pages, confidence and notices are the same.

Each door is used by the client that others wrote for it, on one real server.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import anyio
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp_types import CallToolResult, TextContent
from openai import OpenAI
from openai.types.chat import ChatCompletionMessageParam
from openai.types.responses import ResponseCompletedEvent, ResponseInputParam, ResponseOutputMessage

from service.settings import Settings
from tests.service.conftest import ROOT
from tests.service.interfaces.api.test_examples import call

QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("How much is the rent subsidy that Chile pays to migrants?",),
    ("Where do families apply for the subsidy in Chile?",),
    ("What do applicants for the rent subsidy need?",),
    ("How many families got the subsidy in 2020?",),
    ("How many passengers does the trolleybus of Quito carry?",),
    ("When did the metro of Quito open?",),
    ("Compare what Chile and Peru pay for migrants' housing",),
    ("Compare the shelters of Lima in 2019 and 2023",),
    ("What does a night in a shelter of Lima cost?",),
    ("¿Dónde vacunan a los niños migrantes?",),
    ("¿Cuánto cuesta un viaje en el trolebús de Quito?",),
    ("Qual é o subsídio de aluguel para migrantes no Chile?",),
    ("Who were the partners of Leverkusen?",),
    ("Which wine goes with grilled octopus?",),
    ("How many shelters does Lagos have?",),
    ("who?",),
    ("How many families do the shelters of Bogotá house?", "And in Lima?"),
    ("How much is the rent subsidy that Chile pays to migrants?", "In Spanish please"),
)
"""Turns of a conversation, the question last."""

Place = tuple[str, int, int]


@dataclass(frozen=True)
class Seen:
    """What a caller learns through a door.

    Attributes:
        quotes: Document, start, end, page of each citation, in order.
        confidence: Of the whole.
        notices: Their codes and words.
        refusal: Its code; empty where the reports answer.
    """

    quotes: tuple[tuple[str, int, int, int | None], ...]
    confidence: float
    notices: tuple[tuple[str, str], ...]
    refusal: str


def seen(body: dict[str, Any]) -> Seen:
    return Seen(
        quotes=tuple(
            (cited["document"]["id"], cited["start"], cited["end"], cited["page"])
            for cited in body["citations"]
        ),
        confidence=body["confidence"],
        notices=tuple((notice["code"], notice["text"]) for notice in body["notices"]),
        refusal=body["refusal"]["code"] if body["refusal"] else "",
    )


def place_of(url: str) -> Place:
    """Read a link as a browser does."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    doc_id = unquote(parts.path.rsplit("/", 1)[-1])
    return doc_id, int(query["start"][0]), int(query["end"][0])


def check_annotations(text: str, annotations: list[Any], body: dict[str, Any]) -> None:
    """Hold annotations against what stands beside them."""
    marks = [text[each.start_index : each.end_index] for each in annotations]
    assert marks == [f"[{cited['number']}]" for cited in body["citations"]]
    assert [place_of(each.url) for each in annotations] == [
        (document, start, end) for document, start, end, _ in seen(body).quotes
    ]
    pages = [re.search(r", p\. (\d+)$", each.title) for each in annotations]
    assert [int(page[1]) if page else None for page in pages] == [
        page for *_, page in seen(body).quotes
    ]


def messages_of(turns: tuple[str, ...]) -> list[ChatCompletionMessageParam]:
    return [{"role": "user", "content": turn} for turn in turns]


def input_of(turns: tuple[str, ...]) -> ResponseInputParam:
    return [{"role": "user", "content": turn} for turn in turns]


def through_api(server: str, _: Settings) -> list[Seen]:
    return [
        seen(call(f"{server}/v1/ask", {"question": question, "turns": earlier}))
        for *earlier, question in QUESTIONS
    ]


def through_completions(server: str, _: Settings) -> list[Seen]:
    found = []
    with OpenAI(base_url=f"{server}/v1", api_key="unused", max_retries=0) as client:
        for turns in QUESTIONS:
            completion = client.chat.completions.create(model="cita", messages=messages_of(turns))
            body = (completion.model_extra or {})["cita"]
            message = completion.choices[0].message
            annotations = [each.url_citation for each in message.annotations or []]
            check_annotations(message.content or "", annotations, body)
            found.append(seen(body))
    return found


def through_streamed_completions(server: str, _: Settings) -> list[Seen]:
    found = []
    with OpenAI(base_url=f"{server}/v1", api_key="unused", max_retries=0) as client:
        for turns in QUESTIONS:
            stream = client.chat.completions.create(
                model="cita", messages=messages_of(turns), stream=True
            )
            chunks = list(stream)
            body = (chunks[-1].model_extra or {})["cita"]
            text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
            places = re.findall(r"\]\((http[^)]+)\)", text)
            expected = body["citations"] or body["nearest"]
            assert places == [each["href"] for each in expected]
            found.append(seen(body))
    return found


def through_responses(server: str, _: Settings) -> list[Seen]:
    found = []
    with OpenAI(base_url=f"{server}/v1", api_key="unused", max_retries=0) as client:
        for turns in QUESTIONS:
            response = client.responses.create(model="cita", input=input_of(turns))
            body = (response.model_extra or {})["cita"]
            (item,) = response.output
            assert isinstance(item, ResponseOutputMessage)
            (part,) = item.content
            assert part.type == "output_text"
            check_annotations(part.text, list(part.annotations), body)
            found.append(seen(body))
    return found


def through_streamed_responses(server: str, _: Settings) -> list[Seen]:
    found = []
    with OpenAI(base_url=f"{server}/v1", api_key="unused", max_retries=0) as client:
        for turns in QUESTIONS:
            stream = client.responses.create(model="cita", input=input_of(turns), stream=True)
            *_begun, last = stream
            assert isinstance(last, ResponseCompletedEvent)
            found.append(seen((last.response.model_extra or {})["cita"]))
    return found


async def _ask_tool(client: Client) -> list[Seen]:
    found = []
    for *earlier, question in QUESTIONS:
        result = await client.call_tool("ask", {"question": question, "turns": earlier})
        assert isinstance(result, CallToolResult)
        (content,) = result.content
        assert isinstance(content, TextContent)
        body = result.structured_content
        hrefs = re.findall(r"\]\(((?:http|cita)[^)]+)\)", content.text)
        assert hrefs == [each["href"] for each in body["citations"] or body["nearest"]]
        found.append(seen(body))
    return found


def through_mcp(server: str, _: Settings) -> list[Seen]:
    async def connected() -> list[Seen]:
        async with Client(f"{server}/mcp") as client:
            return await _ask_tool(client)

    return anyio.run(connected)


def through_mcp_with_a_handshake(server: str, _: Settings) -> list[Seen]:
    async def connected() -> list[Seen]:
        async with Client(f"{server}/mcp", mode="legacy") as client:
            return await _ask_tool(client)

    return anyio.run(connected)


def through_mcp_over_stdio(_: str, settings: Settings) -> list[Seen]:
    environ = {"CITA_CORPUS": str(settings.corpus), "CITA_INDEX": str(settings.index_dir)}
    parameters = StdioServerParameters(
        command=sys.executable, args=["-m", "service", "mcp"], cwd=ROOT, env=environ
    )

    async def connected() -> list[Seen]:
        async with Client(parameters) as client:
            return await _ask_tool(client)

    return anyio.run(connected)


DOORS: tuple[Callable[[str, Settings], list[Seen]], ...] = (
    through_completions,
    through_streamed_completions,
    through_responses,
    through_streamed_responses,
    through_mcp,
    through_mcp_with_a_handshake,
    through_mcp_over_stdio,
)


@pytest.fixture(scope="module")
def expected(server: str, door_settings: Settings) -> list[Seen]:
    """What the API says, which every other door must say too."""
    return through_api(server, door_settings)


def test_the_questions_are_of_every_kind(expected: list[Seen]) -> None:
    codes = {code for each in expected for code, _ in each.notices}

    assert {each.refusal for each in expected} >= {"", "nothing_relevant", "question_unclear"}
    assert codes >= {"superseded", "language", "understood_as"}
    assert {page is None for each in expected for *_, page in each.quotes} == {True, False}
    assert max(len(each.quotes) for each in expected) > 1


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__.removeprefix("through_"))
def test_every_door_quotes_the_same(
    door: Callable[[str, Settings], list[Seen]],
    server: str,
    door_settings: Settings,
    expected: list[Seen],
) -> None:
    assert door(server, door_settings) == expected
