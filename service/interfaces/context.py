"""What every HTTP endpoint is handed: the service, its wording and its links."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from service.presentation.links import Links
from service.presentation.wording import Wording
from service.qa_service import QAService

API_VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class DoorContext:
    """The service and what its answers are put into words with; kept in ``app.state.context``.

    Attributes:
        service: Answers questions.
        wording: Puts outcomes into words.
    """

    service: QAService
    wording: Wording

    @property
    def links(self) -> Links:
        """Return the links of the API, absolute where our address is known."""
        settings = self.service.settings
        return Links(settings.public_url, serve_files=settings.serve_files)

    def chat_links(self, request: Request) -> Links:
        """Return absolute links; under the name that the client called where ours is not set."""
        settings = self.service.settings
        base_url = settings.public_url or str(request.base_url).rstrip("/")
        return Links(base_url, serve_files=settings.serve_files)

    @property
    def page_links(self) -> Links:
        """Return the links of our own pages, which are relative."""
        return Links(serve_files=self.service.settings.serve_files)


async def _context(request: Request) -> DoorContext:
    context: DoorContext = request.app.state.context
    return context


ContextDep = Annotated[DoorContext, Depends(_context)]
