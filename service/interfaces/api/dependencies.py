"""What the endpoints are handed: the settings, the edition of this request, its presenter."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from service.interfaces.api.responses import Presenter
from service.library import Edition, Library
from service.presentation.links import Links
from service.presentation.wording import Wording
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Room:
    """What one running service has; stands in ``app.state.room``."""

    settings: Settings
    library: Library
    wording: Wording

    def presenter(self, edition: Edition) -> Presenter:
        """Return the presenter of the API: links are absolute where our address is known."""
        links = Links(self.settings.public_url, serve_files=self.settings.serve_files)
        return Presenter(edition, links, self.wording)

    def page_presenter(self, edition: Edition) -> Presenter:
        """Return the presenter of our own pages, whose links are relative."""
        return Presenter(edition, Links(serve_files=self.settings.serve_files), self.wording)


async def _room(request: Request) -> Room:
    room: Room = request.app.state.room
    return room


async def _presenter(room: Annotated[Room, Depends(_room)]) -> Presenter:
    return room.presenter(room.library.current())


InRoom = Annotated[Room, Depends(_room)]
Presenting = Annotated[Presenter, Depends(_presenter)]
