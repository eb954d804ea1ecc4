"""Questions and their outcome: an answer or a refusal."""

from typing import Annotated, Literal

from pydantic import AliasPath, BaseModel, ConfigDict, Field

from service.interfaces.api.schemas.fields import MaxQuotes, QuestionText, TopK
from service.interfaces.api.schemas.filters import Filters
from service.interfaces.api.schemas.index import IndexInfo
from service.interfaces.api.schemas.passages import Passage
from service.interfaces.api.schemas.places import Place
from service.interfaces.api.schemas.strict import StrictModel
from service.pipeline.notices import NoticeCode
from service.records import RefusalCode

TextFormat = Literal["markdown", "text", "html"]


class AskRequest(StrictModel):
    """A question, which documents may answer it, and how the answer is wanted."""

    question: QuestionText = Field(
        description="In English, Spanish or Portuguese; 1 to 1000 characters."
    )
    turns: list[QuestionText] = Field(
        default=[],
        max_length=20,
        description="What the same person asked before, oldest first, so that a follow-up such as "
        "“and in Peru?” is understood. Nothing is stored: send them each time.",
    )
    top_k: TopK | None = Field(default=None, description="Passages read; default 10.")
    filters: Filters = Field(default=Filters(), description="Which documents may answer.")
    answer_language: Literal["en", "es", "pt"] | None = Field(
        default=None, description="Of the words around the quotes; default the question's own."
    )
    min_confidence: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Refuse below it, in place of the service's own threshold; "
        "at 0 whatever was retrieved is quoted.",
    )
    max_quotes: MaxQuotes | None = Field(default=None, description="Quotes at most; default 4.")
    format: TextFormat = Field(default="markdown", description="Of `answer.text`.")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "How does Chile help migrants rent?"},
                {
                    "question": "¿Qué ayuda reciben los migrantes para alquilar?",
                    "filters": {"country": ["CL"], "year_from": 2018},
                    "max_quotes": 2,
                },
                {"question": "And in Peru?", "turns": ["How does Chile help migrants rent?"]},
            ]
        }
    )


class RestatedSection(BaseModel):
    """A section of a report that a quote restates; the quote's document is where it was found."""

    report: str = Field(
        validation_alias=AliasPath("report", "doc_id"),
        description="Id that the report has where it is here itself.",
    )
    title: str = Field(validation_alias=AliasPath("report", "title"))
    publisher: str | None = Field(validation_alias=AliasPath("report", "publisher"))
    year: int | None = Field(validation_alias=AliasPath("report", "year"))
    section: str
    page: int | None = Field(description="Where the section begins; null where not known.")
    page_label: str | None = Field(description="What is printed on `page`, where that differs.")

    model_config = ConfigDict(from_attributes=True)


class Citation(Place):
    """Where a quote stands."""

    number: int = Field(ge=1, description="The `[1]` in the answer's text.")
    quote: str = Field(description="Characters `start` to `end` of the document's text.")
    restates: list[RestatedSection] = Field(
        description="The sections of reports that the quote restates; mostly none."
    )


class QuotedTable(BaseModel):
    """What names the figures of a quoted table row."""

    columns: list[str] = Field(description="Headings of the columns.")
    cells: list[str] = Field(description="The row's cells, an empty one in its place.")
    caption: str | None = Field(description="What the table is called, where known; or null.")
    group: str | None = Field(description="The row above that names a group of rows; or null.")

    model_config = ConfigDict(from_attributes=True)


class Quote(BaseModel):
    """A verbatim sentence, list item or table row."""

    text: str
    citation: int = Field(ge=1, description="Number of its citation.")
    confidence: float = Field(
        ge=0, le=1, description="Probability that this quote answers by itself."
    )
    highlight: tuple[int, int] | None = Field(
        description="Start and end, inside `text`, of the shortest part that answers; or null."
    )
    table: QuotedTable | None = Field(
        description="The row with its headings, where the quote is one of a table; or null."
    )


class Answer(BaseModel):
    """The quotes, and the quotes put into words."""

    text: str = Field(description="The quotes, best first, marked `[1]`, `[2]`, then sources.")
    format: TextFormat
    quotes: list[Quote] = Field(min_length=1, description="Best first.")


class Missing(BaseModel):
    """What was asked for and is in none of the sentences and passages near the question."""

    kind: Literal["share", "sum", "date"] | None = Field(
        description="Kind of answer that none of the sentences nearest to the question holds."
    )
    words: list[str] = Field(description="Words of the question that no passage near it has.")


class WordPassages(BaseModel):
    """A word of a refused question that reports have."""

    text: str = Field(description="As typed; a name of several words in quotation marks.")
    n_passages: int = Field(
        ge=1, description="Passages that have it in any form, of the reports that were asked."
    )
    href: str = Field(description="Shows them all.")

    model_config = ConfigDict(from_attributes=True)


class QuestionWords(BaseModel):
    """Where the telling words of a refused question stand; no question words, no common verbs."""

    nowhere: list[str] = Field(
        description="Those that no report has in any form, as typed or in English, Spanish or "
        "Portuguese where reports are in it."
    )
    found: list[WordPassages] = Field(description="Those that reports have.")


class Refusal(BaseModel):
    """Why there is no answer."""

    code: RefusalCode
    message: str = Field(
        description="Plain text in the asker's language; says what the corpus does cover."
    )
    may_answer: bool = Field(
        default=False,
        description="Whether the first of `nearest` may answer all the same: Cita is not sure "
        "enough to quote it. Show its `likeliest` sentences as what they are.",
    )
    missing: Missing | None = Field(
        default=None, description="What is missing, in the few cases where it can be told."
    )
    words: QuestionWords = Field(
        default=QuestionWords(nowhere=[], found=[]),
        description="Where its words stand; both empty where nothing was looked for.",
    )


class LikelySentence(BaseModel):
    """A sentence that may answer a refused question; it is not quoted as an answer."""

    text: str = Field(description="Characters `start` to `end` of the document's text.")
    page: int | None = Field(description="Physical page, 1-based; null where there are no pages.")
    page_end: int | None = Field(description="Physical page of the last character.")
    page_label: str | None = Field(description="What is printed on `page`, where that differs.")
    start: int = Field(ge=0, description="First character.")
    end: int = Field(ge=1, description="One past the last character.")
    href: str = Field(description="Opens the document there, the words highlighted.")


class NearPassage(Passage):
    """A passage near a refused question."""

    likeliest: list[LikelySentence] = Field(
        description="Its sentences that most likely answer, the likeliest first; none where it has "
        "nothing that may be quoted."
    )


class Notice(BaseModel):
    """Something that a reader must know beside the quotes."""

    code: NoticeCode
    text: str = Field(description="In plain text, in the language of the answer.")
    citations: list[int] = Field(
        description="Numbers of the citations it is about; empty where it is about none."
    )


class OutcomeBody(BaseModel):
    """All fields in their order; `Answered` and `Refused` narrow some."""

    id: str = Field(description="The same question on the same index has the same id.")
    question: str = Field(description="As it was typed.")
    understood_as: str | None = Field(
        description="The question that a follow-up became; null where it stands by itself."
    )
    question_language: str
    answer_language: str
    status: str
    confidence: float = Field(
        ge=0, le=1, description="Calibrated probability that the quotes answer the question."
    )
    answer: Answer | None
    citations: list[Citation]
    refusal: Refusal | None
    nearest: list[NearPassage]
    notices: list[Notice]
    index: IndexInfo
    took_ms: float = Field(ge=0)


class Answered(OutcomeBody):
    """The reports answer."""

    status: Literal["answered"] = "answered"
    answer: Answer
    citations: list[Citation] = Field(min_length=1)
    refusal: None = None
    nearest: list[NearPassage] = Field(default=[], max_length=0)


class Refused(OutcomeBody):
    """No answer was found in the reports."""

    status: Literal["refused"] = "refused"
    answer: None = None
    citations: list[Citation] = Field(default=[], max_length=0)
    refusal: Refusal
    nearest: list[NearPassage] = Field(
        default=[],
        max_length=3,
        description="What comes nearest; not an answer. Where `refusal.may_answer`, those with the "
        "likeliest sentences first.",
    )


AskResponse = Annotated[Answered | Refused, Field(discriminator="status")]
