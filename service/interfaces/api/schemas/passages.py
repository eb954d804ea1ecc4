"""A passage with its place."""

from pydantic import Field

from service.interfaces.api.schemas.places import Place


class Passage(Place):
    """A passage, with its score where it was searched for."""

    score: float | None = Field(description="Higher is better; null where nothing was searched.")
    text: str
