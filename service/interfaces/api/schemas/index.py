"""The index that answered."""

from pydantic import BaseModel, Field


class IndexInfo(BaseModel):
    """Which index answered."""

    fingerprint: str = Field(description="Hash of all that decides answers.")
    built_at: str = Field(description="ISO 8601, UTC.")
    documents: int
    passages: int
