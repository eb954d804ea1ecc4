"""The index that answered."""

from pydantic import BaseModel, ConfigDict, Field


class IndexInfo(BaseModel):
    """Which index answered."""

    fingerprint: str = Field(description="Hash of all that decides answers.")
    built_at: str = Field(description="ISO 8601, UTC.")
    documents: int = Field(validation_alias="n_documents")
    passages: int = Field(validation_alias="n_passages")

    model_config = ConfigDict(from_attributes=True)
