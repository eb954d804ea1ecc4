"""The server: from a message of the protocol to a tool or a resource, and back."""

import logging
from collections.abc import Callable
from typing import Any

from anyio.to_thread import run_sync
from mcp import MCPError
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp_types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    ReadResourceResult,
    TextContent,
    Tool,
    ToolAnnotations,
)
from pydantic import ValidationError

from service.errors import ServiceError, UnknownDocumentError
from service.interfaces.api.problems import validation_message
from service.interfaces.chat.mcp.resources import TEMPLATE, page_of_resources, read_resource
from service.interfaces.chat.mcp.tools import TOOLS, ToolContext, ToolDefinition
from service.interfaces.context import API_VERSION
from service.library import Edition

_log = logging.getLogger(__name__)

INSTRUCTIONS = (
    "Cita answers questions about migration and cities with sentences quoted from reports. It "
    "writes nothing of its own. Give its quotes word for word, each with its link; where it "
    "refuses, it found no answer in the reports."
)
BROKEN = "the request failed; the operator's log says why"

RequestContext = ServerRequestContext[dict[str, Any], Any]
ContextOf = Callable[[RequestContext], ToolContext]
"""Makes what tools work with, for one request."""


def mcp_server(context_of: ContextOf) -> Server[dict[str, Any]]:
    """Return the server, for any transport."""
    handlers = _Handlers(context_of)
    return Server(
        "cita",
        title="Cita",
        version=API_VERSION,
        instructions=INSTRUCTIONS,
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_resources=handlers.list_resources,
        on_list_resource_templates=handlers.list_templates,
        on_read_resource=handlers.read_resource,
    )


class _Handlers:
    """Answers each kind of request."""

    def __init__(self, context_of: ContextOf) -> None:
        self._context_of = context_of
        self._tools = {tool.name: tool for tool in TOOLS}

    async def list_tools(
        self, _: RequestContext, __: PaginatedRequestParams | None
    ) -> ListToolsResult:
        return ListToolsResult(tools=[_described(tool) for tool in TOOLS])

    async def call_tool(
        self, request: RequestContext, params: CallToolRequestParams
    ) -> CallToolResult:
        tool = self._tools.get(params.name)
        if tool is None:
            known = ", ".join(self._tools)
            raise MCPError(INVALID_PARAMS, f"no tool {params.name!r}; known are {known}")
        context = self._context_of(request)
        return await run_sync(_call, tool, params.arguments or {}, context)

    async def list_resources(
        self, request: RequestContext, params: PaginatedRequestParams | None
    ) -> ListResourcesResult:
        cursor = params.cursor if params else None
        try:
            resources, after = page_of_resources(self._edition(request), cursor)
        except ValueError:
            raise MCPError(INVALID_PARAMS, "want a cursor that a page before gave") from None
        return ListResourcesResult(resources=resources, next_cursor=after)

    async def list_templates(
        self, _: RequestContext, __: PaginatedRequestParams | None
    ) -> ListResourceTemplatesResult:
        return ListResourceTemplatesResult(resource_templates=[TEMPLATE])

    async def read_resource(
        self, request: RequestContext, params: ReadResourceRequestParams
    ) -> ReadResourceResult:
        try:
            return read_resource(str(params.uri), self._edition(request))
        except UnknownDocumentError as error:
            raise MCPError(INVALID_PARAMS, str(error)) from None

    def _edition(self, request: RequestContext) -> Edition:
        try:
            return self._context_of(request).service.edition()
        except ServiceError as error:
            raise MCPError(INTERNAL_ERROR, str(error)) from None


def _described(tool: ToolDefinition) -> Tool:
    return Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.arguments.model_json_schema(),
        output_schema=tool.result.model_json_schema(mode="serialization"),
        annotations=ToolAnnotations(
            read_only_hint=True, idempotent_hint=True, open_world_hint=False
        ),
    )


def _call(tool: ToolDefinition, arguments: dict[str, Any], context: ToolContext) -> CallToolResult:
    """Run a tool; what is wrong with its arguments is a result, so that a model can mend them."""
    try:
        result = tool.call(tool.arguments.model_validate(arguments), context)
    except ValidationError as error:
        return _failed(validation_message(error))
    except ServiceError as error:
        return _failed(str(error))
    except Exception:  # noqa: BLE001 - nothing of what nobody foresaw may reach the client
        _log.exception("the tool %s failed", tool.name)
        return _failed(BROKEN)
    return CallToolResult(
        content=[TextContent(text=result.text)], structured_content=result.structured
    )


def _failed(message: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=message)], is_error=True)
