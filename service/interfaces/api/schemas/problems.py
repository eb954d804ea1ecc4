"""Errors as problem details (RFC 9457)."""

from typing import Any

from pydantic import BaseModel, Field


class ProblemItem(BaseModel):
    """One thing wrong with a request."""

    field: str = Field(examples=["filters.country"])
    message: str = Field(description="What is wanted.")
    value: Any = Field(description="What came, cut short where it is long.")


class Problem(BaseModel):
    """What went wrong, as RFC 9457 problem details."""

    type: str = Field(examples=["/docs#invalid-request"])
    title: str
    status: int
    detail: str = Field(description="What was wanted, what came, what to do.")
    instance: str = Field(description="Path of the request.")
    request_id: str
    errors: list[ProblemItem] = []
