"""Quotes from passages that the caller sends."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from service.interfaces.api.schemas.fields import QuestionText, Value
from service.interfaces.api.schemas.strict import StrictModel


class BroughtPassage(StrictModel):
    """A text that you bring."""

    id: Value = Field(description="Your own name for it.")
    text: str = Field(
        min_length=1, max_length=10_000, description="Spans of quotes index it as you sent it."
    )


class QuoteRequest(StrictModel):
    """A question and the passages that may answer it."""

    question: QuestionText = Field(description="1 to 1000 characters.")
    passages: list[BroughtPassage] = Field(
        min_length=1, max_length=50, description="In any order; ids must differ."
    )
    min_confidence: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Leave out quotes below it, in place of the service's own threshold; "
        "at 0 the best sentences are quoted whatever they say.",
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "question": "How many people does the shelter house?",
                    "passages": [
                        {"id": "a", "text": "The mayor opened a shelter. It houses 450 people."},
                        {"id": "b", "text": "The port was closed in 1987."},
                    ],
                }
            ]
        }
    )

    @model_validator(mode="after")
    def _check_ids_differ(self) -> Self:
        ids = [passage.id for passage in self.passages]
        repeated = next((name for name in ids if ids.count(name) > 1), None)
        if repeated is not None:
            raise PydanticCustomError(
                "id_twice", "want passages with ids of their own, got {id} twice", {"id": repeated}
            )
        return self


class PassageQuote(BaseModel):
    """Whole sentences of a passage that was brought."""

    passage: str = Field(description="Id of the passage.")
    start: int = Field(ge=0, description="First character in its text, in Unicode code points.")
    end: int = Field(ge=1, description="One past the last character.")
    text: str = Field(description="Characters `start` to `end` of the passage's text.")
    confidence: float = Field(ge=0, le=1, description="Probability that it answers the question.")
    highlight: tuple[int, int] | None = Field(
        description="Start and end, inside `text`, of the shortest part that answers; or null."
    )


class QuoteResponse(BaseModel):
    """Quotes, surest first; none where no passage answers."""

    quotes: list[PassageQuote]
    took_ms: float = Field(ge=0)
