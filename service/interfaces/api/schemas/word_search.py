"""A search for words: every passage that has them, a page at a time."""

from pydantic import BaseModel, ConfigDict, Field

from service.interfaces.api.schemas.fields import QuestionText
from service.interfaces.api.schemas.filters import Filters
from service.interfaces.api.schemas.index import IndexInfo
from service.interfaces.api.schemas.passages import Passage
from service.interfaces.api.schemas.strict import StrictModel
from service.pipeline.found_words import WordMatch


class ReportWordsQuery(StrictModel):
    """Which words, and which page of the passages that have them."""

    # Query parameters are text, so numbers come as digits.
    model_config = ConfigDict(strict=False)

    q: QuestionText = Field(
        description="A few words or a question; words that only ask are left out. What is in "
        "quotation marks is found as it is written.",
        examples=["remittances"],
    )
    match: WordMatch = Field(
        default=WordMatch.MOST,
        description="`most`: passages with all of the words or, where none has all, as many of "
        "them as any passage has. `any`: passages with any of them.",
    )
    limit: int = Field(default=20, ge=1, le=200, description="Passages on one page.")
    offset: int = Field(default=0, ge=0, le=10**9, description="Passages to pass over.")


class WordsQuery(Filters, ReportWordsQuery):
    """Which words in which reports, and which page of the passages that have them."""

    model_config = ConfigDict(strict=False)


class PassageWithWords(Passage):
    """A passage with the places of the words."""

    matches: list[tuple[int, int]] = Field(
        description="Where the words stand, as offsets in the document's text."
    )


class ReportWithWords(BaseModel):
    """A report that has some of the words."""

    document: str = Field(description="Its id.")
    title: str
    passages: int = Field(ge=1)
    occurrences: int = Field(ge=1)


class WordsResponse(BaseModel):
    """One page of the passages: the reports with most places first, each in its own order."""

    words: list[str] = Field(description="What was looked for.")
    english_words: list[str] = Field(
        description="What was looked for in English reports besides; mostly none."
    )
    match: WordMatch
    missing: int = Field(
        ge=0, description="How many of the words the passages lack at least; 0 where one has all."
    )
    corrected: str | None = Field(
        description="What was asked for, with words that no report has spelt as reports spell one "
        "that is near; mostly null. It is only offered: what follows is of the words as they came."
    )
    total: int = Field(description="Passages in all.")
    occurrences: int = Field(description="Places where a word stands, each counted once.")
    limit: int
    offset: int
    previous: str | None = Field(description="Address of the page before.")
    next: str | None = Field(description="Address of the page after.")
    reports: list[ReportWithWords] = Field(description="All of them, whatever the page.")
    results: list[PassageWithWords]
    index: IndexInfo
    took_ms: float = Field(ge=0)
