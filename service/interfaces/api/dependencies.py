"""The presenter that the endpoints of the API are handed."""

from typing import Annotated

from fastapi import Depends

from service.interfaces.api.responses import Presenter
from service.interfaces.context import DoorContext, InContext
from service.library import Edition


def presenter_of(context: DoorContext, edition: Edition) -> Presenter:
    """Return what puts an edition's records into the shapes of the API."""
    return Presenter(edition, context.links, context.wording)


async def _presenter(context: InContext) -> Presenter:
    return presenter_of(context, context.service.edition())


Presenting = Annotated[Presenter, Depends(_presenter)]
