"""Liveness and readiness."""

from typing import Literal

from pydantic import BaseModel, Field

from service.interfaces.api.schemas.index import IndexInfo


class Health(BaseModel):
    """The process is alive."""

    status: Literal["alive"] = "alive"


class Readiness(BaseModel):
    """Questions are being answered."""

    status: Literal["ready"] = "ready"
    index: IndexInfo
    generation: str = Field(description="Name of the index generation in use.")
    encoder: str
    trouble: str | None = Field(description="Why a newer index is not in use, or null.")
    translation: str = Field(
        description="What Spanish and Portuguese questions are translated by: apertium, or "
        "glossary only."
    )
