"""Checking a quote against its document."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from service.interfaces.api.schemas.fields import End, Start, Value
from service.interfaces.api.schemas.places import CitedDocument
from service.interfaces.api.schemas.strict import StrictModel


class CitedSpan(StrictModel):
    """Where something is said to stand."""

    document: Value = Field(description="Document id.")
    start: Start = Field(description="First character, in Unicode code points.")
    end: End = Field(description="One past the last character.")

    @model_validator(mode="after")
    def _check_span_order(self) -> Self:
        if self.start >= self.end:
            raise PydanticCustomError(
                "span_reversed",
                "want start < end, got {start} and {end}",
                {"start": self.start, "end": self.end},
            )
        return self


class VerifyRequest(CitedSpan):
    """A quote and where it is said to stand."""

    quote: str = Field(min_length=1, max_length=20_000, description="The words to check.")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "document": "leverkusen-private-housing-for-refugees",
                    "start": 0,
                    "end": 48,
                    "quote": "Many cities have had housing shortages for years",
                }
            ]
        }
    )


class VerifyResponse(BaseModel):
    """Whether the quote stands there, and what does."""

    verbatim: bool
    text: str = Field(description="What stands there; shorter or empty past the document's end.")
    page: int | None
    page_end: int | None
    page_label: str | None
    document: CitedDocument
