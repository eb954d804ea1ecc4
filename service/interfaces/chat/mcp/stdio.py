"""``python -m service mcp``: the protocol over stdin and stdout, for a client that starts us."""

import logging

import anyio
from mcp.server.stdio import stdio_server

from service.interfaces.chat.mcp.resources import BASE_URL
from service.interfaces.chat.mcp.server import RequestContext, mcp_server
from service.interfaces.chat.mcp.tools import ToolContext
from service.library import Library, open_edition
from service.presentation.links import Links
from service.presentation.wording import Wording
from service.qa_service import QAService
from service.settings import Settings

_log = logging.getLogger(__name__)


def serve_stdio(settings: Settings) -> int:
    """Serve until stdin ends; return the exit code.

    Raises:
        IndexerError: There is no index that can be used.
        SettingsError: The calibration cannot be read.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    if settings.public_url is None:
        _log.warning("CITA_PUBLIC_URL is not set: links name resources, %s/documents/…", BASE_URL)
    library = Library(settings, load=open_edition)
    library.load()
    context = ToolContext(
        QAService(settings, library),
        Wording(),
        Links(settings.public_url or BASE_URL, serve_files=settings.serve_files),
    )
    anyio.run(_serve, context)
    return 0


async def _serve(context: ToolContext) -> None:
    def context_of(_: RequestContext) -> ToolContext:
        return context

    server = mcp_server(context_of)
    async with stdio_server() as (read_stream, write_stream):
        await server.run(read_stream, write_stream, server.create_initialization_options())
