"""Feedback on an answer."""

from typing import Literal

from pydantic import ConfigDict, Field

from service.answer_options import N_ITEMS
from service.interfaces.api.schemas.fields import End, Start, Value
from service.interfaces.api.schemas.strict import StrictModel
from service.pipeline.question import MAX_CHARS


class QuotedPlace(StrictModel):
    """Where a quote stands."""

    document: Value = Field(description="Document id.")
    start: Start = Field(description="First character, in Unicode code points.")
    end: End = Field(description="One past the last character.")


class FeedbackRequest(StrictModel):
    """What somebody says about an answer."""

    verdict: Literal["useful", "wrong", "not_in_report", "missing"]
    comment: str = Field(default="", max_length=2000, description="In any words.")
    question: str | None = Field(
        default=None,
        min_length=1,
        max_length=MAX_CHARS,
        description="Send it only if your user allows it to be kept.",
    )
    quotes: list[QuotedPlace] = Field(
        default=[], max_length=N_ITEMS, description="What was quoted; kept only with the question."
    )
    language: Literal["en", "es", "pt"] = Field(default="en", description="Of your interface.")
    fingerprint: str = Field(
        default="", pattern="^[0-9a-f]{0,64}$", description="Of the index that answered."
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"verdict": "wrong", "comment": "The figure is of another year."}]
        }
    )
