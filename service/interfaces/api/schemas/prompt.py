"""The prompt for a language model of the caller's own, and the check of what it wrote."""

from pydantic import BaseModel, ConfigDict, Field

from service.interfaces.api.schemas.answers import AskResponse
from service.interfaces.api.schemas.fields import CitationNumber
from service.interfaces.api.schemas.strict import StrictModel
from service.interfaces.api.schemas.verify import CitedSpan


class PromptResponse(BaseModel):
    """The prompt, and the answer that its quotes come from."""

    prompt: str = Field(
        description="Question, numbered verbatim quotes, and the instruction to answer from them "
        "alone. Where no answer was found, the instruction is to say so."
    )
    outcome: AskResponse = Field(description="What `POST /v1/ask` returns; keep its citations.")


class CitedPlace(CitedSpan):
    """A place in a report, and the number under which an answer cites it."""

    number: CitationNumber = Field(description="The `[1]` in the text.")


class VerifyAnswerRequest(StrictModel):
    """An answer that a language model wrote, and what it cites."""

    text: str = Field(min_length=1, max_length=20_000, description="The answer.")
    citations: list[CitedPlace] = Field(
        max_length=50, description="What the numbers in brackets refer to."
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "text": "Many cities have lacked homes for 20 years [1].",
                    "citations": [
                        {
                            "number": 1,
                            "document": "leverkusen-private-housing-for-refugees",
                            "start": 0,
                            "end": 47,
                        }
                    ],
                }
            ]
        }
    )


class VerifiedSentence(BaseModel):
    """One sentence of the answer."""

    start: int
    end: int
    text: str
    supported: bool = Field(
        description="It cites a quote, and nothing of what follows is amiss. Whether it means what "
        "the quote means is for people to judge."
    )
    citations: list[int]
    unknown_citations: list[int] = Field(description="Numbers in brackets without a citation.")
    altered_quotes: list[str] = Field(
        description="Words in quotation marks that stand in no quote as they are."
    )
    unsupported_figures: list[str] = Field(
        description="Figures and years that stand in no quote that the sentence cites."
    )


class VerifyAnswerResponse(BaseModel):
    """The answer, sentence by sentence."""

    supported: bool = Field(description="Every sentence is.")
    sentences: list[VerifiedSentence]
