"""The presenter that the endpoints of the API are handed."""

from typing import Annotated

from fastapi import Depends

from service.interfaces.api.responses import Presenter
from service.interfaces.context import ContextDep, DoorContext
from service.library import Edition


def presenter_of(context: DoorContext, edition: Edition) -> Presenter:
    """Return what puts an edition's records into the shapes of the API."""
    return Presenter(edition, context.links, context.wording)


async def _presenter(context: ContextDep) -> Presenter:
    return presenter_of(context, context.service.edition())


PresenterDep = Annotated[Presenter, Depends(_presenter)]
