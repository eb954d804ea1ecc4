"""The presenter that FastAPI hands to endpoints."""

from typing import Annotated

from fastapi import Depends

from service.interfaces.api.responses import Presenter
from service.interfaces.context import ContextDep, DoorContext
from service.library import Edition


def presenter_of(context: DoorContext, edition: Edition) -> Presenter:
    """Return the presenter of an edition."""
    return Presenter(edition, context.links, context.wording)


async def _presenter(context: ContextDep) -> Presenter:
    return presenter_of(context, context.service.edition())


PresenterDep = Annotated[Presenter, Depends(_presenter)]
