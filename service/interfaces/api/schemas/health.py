"""Liveness and readiness."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from service.interfaces.api.schemas.index import IndexInfo


class Health(BaseModel):
    """The process is alive."""

    status: Literal["alive"] = "alive"


class Check(BaseModel):
    """Whether one thing that the service depends on is well."""

    name: str
    ok: bool = Field(validation_alias="is_well")
    required: bool = Field(
        validation_alias="is_required", description="Whether no question is answered without it."
    )
    detail: str = Field(description="What was found, and what to do where it is not well.")

    model_config = ConfigDict(from_attributes=True)


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
    checks: list[Check] = Field(description="Each thing that the service depends on.")
