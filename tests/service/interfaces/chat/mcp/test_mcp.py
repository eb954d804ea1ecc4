"""The official client of the Model Context Protocol uses our tools and resources."""

import json
import sys
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import pytest
from mcp import Client, MCPError
from mcp.client.stdio import StdioServerParameters
from mcp_types import CallToolResult, TextContent, TextResourceContents
from mcp_types.version import LATEST_HANDSHAKE_VERSION, LATEST_MODERN_VERSION

from service.settings import Settings
from tests.service.conftest import ROOT
from tests.service.interfaces.api.test_examples import call

RENT = "How much is the rent subsidy that Chile pays to migrants?"


def run(server: str, use: Callable[[Client], Awaitable[Any]], *, mode: str = "auto") -> Any:
    """Connect to the server and return what ``use`` returns."""

    async def connected() -> Any:
        async with Client(f"{server}/mcp", mode=mode) as client:
            return await use(client)

    return anyio.run(connected)


def text_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


async def call_tool(client: Client, name: str, **arguments: object) -> CallToolResult:
    result = await client.call_tool(name, arguments)
    assert isinstance(result, CallToolResult)
    return result


@pytest.mark.parametrize(
    ("mode", "version"), [("auto", LATEST_MODERN_VERSION), ("legacy", LATEST_HANDSHAKE_VERSION)]
)
def test_ask_gives_what_the_api_gives_and_a_text_to_read(
    server: str, mode: str, version: str
) -> None:
    async def use(client: Client) -> tuple[str, CallToolResult]:
        await client.list_tools()
        return client.protocol_version, await call_tool(client, "ask", question=RENT)

    spoken, result = run(server, use, mode=mode)

    expected = call(f"{server}/v1/ask", {"question": RENT})
    assert spoken == version
    assert result.structured_content["answer"]["quotes"] == expected["answer"]["quotes"]
    assert result.structured_content["confidence"] == expected["confidence"]
    assert "170,000 pesos" in text_of(result)
    assert f"({server}/documents/chile-rent?start=" in text_of(result)


def test_search_and_fetch_have_the_shapes_that_connectors_want(server: str) -> None:
    async def use(client: Client) -> tuple[CallToolResult, CallToolResult, CallToolResult]:
        searched = await call_tool(client, "search", query="trolleybus of Quito")
        first = searched.structured_content["results"][0]["id"]
        return (
            searched,
            await call_tool(client, "fetch", id=first),
            await call_tool(client, "fetch", id="chile-rent"),
        )

    searched, passage, report = run(server, use)

    for result in (searched, passage, report):
        assert json.loads(text_of(result)) == result.structured_content
    best = searched.structured_content["results"][0]
    assert set(best) == {"id", "title", "url"}
    assert best["title"] == "Moving <b>around</b> Quito, p. 1"
    assert best["url"].startswith(f"{server}/documents/")
    fetched = passage.structured_content
    assert set(fetched) == {"id", "title", "text", "url", "metadata"}
    assert "250,000 passengers" in fetched["text"]
    assert fetched["metadata"]["page"] == 1
    whole = report.structured_content
    assert whole["metadata"]["year"] == 2021
    assert "170,000 pesos" in whole["text"]


def test_verify_tells_a_quote_from_another(server: str) -> None:
    async def use(client: Client) -> list[bool]:
        place = {"document": "chile-rent", "start": 0, "end": 16}
        results = [
            await call_tool(client, "verify", **place, quote=quote)
            for quote in ("Renting in Chile", "Renting in Peru!")
        ]
        return [result.structured_content["verbatim"] for result in results]

    assert run(server, use) == [True, False]


def test_reports_are_resources(server: str) -> None:
    async def use(client: Client) -> tuple[dict[str, str], Any, Any]:
        listed = (await client.list_resources()).resources
        titles = {str(resource.uri): resource.title or "" for resource in listed}
        read = await client.read_resource("cita://documents/chile-rent?start=1&end=3#quote")
        templates = (await client.list_resource_templates()).resource_templates
        return titles, read.contents[0], templates[0]

    titles, contents, template = run(server, use)

    assert titles["cita://documents/chile-rent"] == "Renting in Chile"
    assert len(titles) == 6
    assert isinstance(contents, TextResourceContents)
    assert contents.text.startswith("Renting in Chile")
    assert template.uri_template == "cita://documents/{id}"


@pytest.mark.parametrize("text", [" ", "\uf0b7", "\u00ad"], ids=["blank", "bullet", "hyphen"])
def test_a_question_of_which_nothing_can_be_seen_is_unclear(server: str, text: str) -> None:
    async def use(client: Client) -> CallToolResult:
        return await call_tool(client, "ask", question=text)

    result = run(server, use)

    assert not result.is_error
    assert (result.structured_content or {})["refusal"]["code"] == "question_unclear"


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        pytest.param("ask", {}, "question", id="no question"),
        pytest.param("ask", {"question": ""}, "at least 1 character", id="empty"),
        pytest.param("ask", {"question": "x", "colour": 1}, "known are question", id="field"),
        pytest.param("search", {"query": "x" * 1001}, "1001", id="long query"),
        pytest.param("fetch", {"id": "nothing"}, "no passage 'nothing'", id="unknown id"),
        pytest.param(
            "verify",
            {"document": "x", "start": 0, "end": 1, "quote": "x"},
            "no document 'x'",
            id="unknown document",
        ),
    ],
)
def test_what_is_wrong_with_arguments_is_said_in_the_result(
    server: str, name: str, arguments: dict[str, object], says: str
) -> None:
    async def use(client: Client) -> CallToolResult:
        return await call_tool(client, name, **arguments)

    result = run(server, use)

    assert result.is_error
    assert says in text_of(result)


def test_an_unknown_tool_resource_or_cursor_is_an_error_of_the_protocol(server: str) -> None:
    async def use(client: Client) -> list[str]:
        said = []
        for attempt in (
            lambda: client.call_tool("write", {}),
            lambda: client.read_resource("cita://documents/nothing"),
            lambda: client.read_resource("https://evil.example/"),
            lambda: client.list_resources(cursor="-5"),
        ):
            with pytest.raises(MCPError) as refused:
                await attempt()
            said.append(str(refused.value))
        return said

    tool, document, address, cursor = run(server, use)

    assert "known are ask, search, fetch, verify" in tool
    assert "no document 'nothing'" in document
    assert "no document 'https://evil.example/'" in address
    assert "cursor" in cursor


def test_nobody_can_hold_a_connection_open(server: str) -> None:
    request = urllib.request.Request(f"{server}/mcp", headers={"Accept": "text/event-stream"})  # noqa: S310

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)  # noqa: S310

    refused.value.close()
    assert refused.value.code == 405


def test_a_client_may_start_us_and_talk_over_stdio(door_settings: Settings, server: str) -> None:
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-m", "service", "mcp"],
        cwd=ROOT,
        env={
            "CITA_CORPUS": str(door_settings.corpus),
            "CITA_INDEX": str(door_settings.index_dir),
        },
    )

    async def use() -> CallToolResult:
        async with Client(parameters) as client:
            return await call_tool(client, "ask", question=RENT)

    result = anyio.run(use)

    expected = call(f"{server}/v1/ask", {"question": RENT})
    assert result.structured_content["answer"]["quotes"] == expected["answer"]["quotes"]
    assert "(cita://documents/chile-rent?start=" in text_of(result)
