"""What tools take and give; ``search`` and ``fetch`` have the shapes that ChatGPT asks for.

Source:
    https://platform.openai.com/docs/mcp, "search" and "fetch" tools.
"""

from pydantic import BaseModel, Field

from service.interfaces.api.schemas.fields import QuestionText
from service.interfaces.api.schemas.strict import StrictModel


class SearchArguments(StrictModel):
    """Arguments of ``search``."""

    query: QuestionText = Field(description="A question or a few words; in any case or order.")


class FetchArguments(StrictModel):
    """Arguments of ``fetch``."""

    id: str = Field(
        min_length=1, max_length=300, description="Id of a search result, or of a document."
    )


class FoundPassage(BaseModel):
    """One search result."""

    id: str
    title: str = Field(description="Of the report, with page or heading.")
    url: str = Field(description="Opens the report there.")


class FoundPassages(BaseModel):
    """Passages, best first."""

    results: list[FoundPassage]


class FetchedText(BaseModel):
    """The text of a passage or of a whole report."""

    id: str
    title: str
    text: str
    url: str
    metadata: dict[str, str | int] = Field(
        description="Where it stands; what is unknown is absent."
    )
