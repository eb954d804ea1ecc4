"""Whichever door a question comes through, quotes, pages, confidence and notices are the same.

Each door is used by the client that others wrote for it, on one real server.
"""

import re
import sys
import warnings
from collections.abc import Callable
from typing import Any

import anyio
import pytest
from langchain_core.runnables import RunnableLambda
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp_types import CallToolResult, TextContent
from openai import OpenAI
from openai.types.chat import ChatCompletionMessageParam
from openai.types.responses import ResponseCompletedEvent, ResponseInputParam, ResponseOutputMessage

from docs.integrations.cita_client import CitaClient
from service.settings import Settings
from tests.service.conftest import ROOT
from tests.service.interfaces.door_questions import QUESTIONS, Seen, links_of, place_of, seen


def check_annotations(text: str, annotations: list[Any], body: dict[str, Any]) -> None:
    """Hold annotations against what stands beside them."""
    marks = [text[each.start_index : each.end_index] for each in annotations]
    assert marks == [f"[{cited['number']}]" for cited in body["citations"]]
    assert [place_of(each.url) for each in annotations] == [
        (document, start, end) for document, start, end, _ in seen(body).quotes
    ]
    assert [each.title for each in annotations] == list(map(title_of, body["citations"]))


def title_of(cited: dict[str, Any]) -> str:
    """Name what is cited: the reports that are restated, then the quote's own, and each page."""
    works = [(f"{work['title']}, {work['section']}", work["page"]) for work in cited["restates"]]
    own = (cited["document"]["title"], cited["page"])
    *named, last = [title + (f", p. {page}" if page else "") for title, page in (*works, own)]
    return f"{'; '.join(named)}. In the words of: {last}" if named else last


def messages_of(turns: tuple[str, ...]) -> list[ChatCompletionMessageParam]:
    return [{"role": "user", "content": turn} for turn in turns]


def input_of(turns: tuple[str, ...]) -> ResponseInputParam:
    return [{"role": "user", "content": turn} for turn in turns]


def through_python_client(server: str, _: Settings) -> list[Seen]:
    cita = CitaClient(server)
    return [seen({**cita.ask(question, {"turns": earlier})}) for *earlier, question in QUESTIONS]


def through_langchain(server: str, _: Settings) -> list[Seen]:
    """Ask by the answerer of the page; it takes no turns, so follow-ups are left to others."""
    ask = page_code(server, "langchain.md", until="for document in")["ask"]
    return [seen(RunnableLambda(ask).invoke(turns[0])) for turns in QUESTIONS if len(turns) == 1]


def through_haystack(server: str, _: Settings) -> list[Seen]:
    """Ask by the component of the page, as above."""
    answerer = page_code(server, "haystack.md", until="pipeline = ")["CitaAnswerer"]()
    found = []
    for turns in QUESTIONS:
        if len(turns) == 1:
            result = answerer.run(query=turns[0])
            outcome = seen(result["outcome"])
            assert outcome.quotes == tuple(
                (
                    answer.document.meta["document"],
                    answer.document_offset.start,
                    answer.document_offset.end,
                    answer.document.meta["page"],
                )
                for answer in result["answers"]
            )
            found.append(outcome)
    return found


def page_code(server: str, page: str, *, until: str) -> dict[str, Any]:
    """Return what the code of an integration's page defines, up to where it asks."""
    text = (ROOT / "docs" / "integrations" / page).read_text("utf-8")
    code = text.split("```python\n")[1].split("```")[0].split(f"\n{until}")[0]
    defined: dict[str, Any] = {"__name__": "page"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of packages that are imported for the first time
        exec(code.replace("http://localhost:8000", server), defined)  # noqa: S102 - our own page
    return defined


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
            assert places == links_of(body)
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
        assert hrefs == links_of(body)
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


WITHOUT_TURNS = {through_langchain, through_haystack}
DOORS: tuple[Callable[[str, Settings], list[Seen]], ...] = (
    through_python_client,
    through_langchain,
    through_haystack,
    through_completions,
    through_streamed_completions,
    through_responses,
    through_streamed_responses,
    through_mcp,
    through_mcp_with_a_handshake,
    through_mcp_over_stdio,
)


def test_the_questions_are_of_every_kind(bodies: list[dict[str, Any]]) -> None:
    expected = [seen(body) for body in bodies]
    codes = {code for each in expected for code, _ in each.notices}

    assert {each.refusal for each in expected} >= {"", "nothing_relevant", "question_unclear"}
    assert codes >= {"superseded", "language", "understood_as", "figures_differ", "side_missing"}
    assert {page is None for each in expected for *_, page in each.quotes} == {True, False}
    assert max(len(each.quotes) for each in expected) > 1
    quotes = [quote for body in bodies if body["answer"] for quote in body["answer"]["quotes"]]
    assert any(quote["table"] for quote in quotes)
    assert any(cited["restates"] for body in bodies for cited in body["citations"])
    assert any(body["refusal"] and body["refusal"]["may_answer"] for body in bodies)
    assert len(QUESTIONS) == 37


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__.removeprefix("through_"))
def test_every_door_quotes_the_same(
    door: Callable[[str, Settings], list[Seen]],
    server: str,
    door_settings: Settings,
    bodies: list[dict[str, Any]],
) -> None:
    found = door(server, door_settings)

    assert found == [
        seen(body)
        for turns, body in zip(QUESTIONS, bodies, strict=True)
        if len(turns) == 1 or door not in WITHOUT_TURNS
    ]
