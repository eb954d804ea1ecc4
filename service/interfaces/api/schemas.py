"""The shapes of the JSON API, each with one stable name; pydantic goes no further in."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from service.records import RefusalCode

MAX_QUESTION_CHARS = 1000

Year = Annotated[int, Field(ge=1000, le=9999)]
Value = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Values = Annotated[list[Value], Field(max_length=100)]
Country = Annotated[
    str, StringConstraints(min_length=2, max_length=2, pattern="^[A-Za-z]{2}$", to_upper=True)
]
QuestionText = Annotated[
    str, StringConstraints(min_length=1, max_length=MAX_QUESTION_CHARS, strip_whitespace=False)
]


class Strict(BaseModel):
    """A body that says which fields it knows when it meets one that it does not."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _only_known_fields(cls, data: Any) -> Any:
        unknown = [key for key in data if key not in cls.model_fields] if _is_object(data) else []
        if unknown:
            raise PydanticCustomError(
                "unknown_field",
                "unknown field; known are {known}",
                {"field": str(unknown[0]), "known": ", ".join(cls.model_fields)},
            )
        return data


def _is_object(data: object) -> bool:
    return isinstance(data, dict)


class Filters(Strict):
    """Which documents may answer: OR within a field, AND between fields."""

    document: Values = Field(default=[], description="Document ids.")
    publisher: Values = Field(default=[], description="Publishers, as the catalogue writes them.")
    country: Annotated[list[Country], Field(max_length=100)] = Field(
        default=[], description="ISO 3166-1 alpha-2 codes.", examples=[["CL", "BR"]]
    )
    theme: Values = Field(default=[], description="Themes, as the catalogue writes them.")
    language: Values = Field(default=[], description="ISO 639-1 codes of the documents' language.")
    year_from: Year | None = Field(
        default=None, description="Earliest year; a document without a year fails a year filter."
    )
    year_to: Year | None = Field(default=None, description="Latest year, included.")

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        if self.year_from and self.year_to and self.year_from > self.year_to:
            raise PydanticCustomError(
                "years_reversed",
                "want year_from <= year_to, got {first} and {last}",
                {"first": self.year_from, "last": self.year_to},
            )
        return self


class DocumentsQuery(Filters):
    """Which documents to list, and which page of them."""

    # Query parameters are text, so numbers come as digits.
    model_config = ConfigDict(strict=False)

    limit: int = Field(default=50, ge=1, le=200, description="Documents on one page.")
    offset: int = Field(default=0, ge=0, le=10**9, description="Documents to pass over.")


class AskRequest(Strict):
    """A question, which documents may answer it, and how the answer is wanted."""

    question: QuestionText = Field(
        description="In English, Spanish or Portuguese; 1 to 1000 characters, none of them control."
    )
    top_k: int | None = Field(default=None, ge=1, le=50, description="Passages read; default 10.")
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
    max_quotes: int | None = Field(
        default=None, ge=1, le=8, description="Quotes at most; default 4."
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "How does Chile help migrants rent?"},
                {
                    "question": "¿Qué ayuda reciben los migrantes para alquilar?",
                    "filters": {"country": ["CL"], "year_from": 2018},
                    "max_quotes": 2,
                },
            ]
        }
    )


class SearchRequest(Strict):
    """A query for passages."""

    query: QuestionText = Field(description="1 to 1000 characters, none of them control.")
    top_k: int | None = Field(
        default=None, ge=1, le=50, description="Passages returned at most; default 10."
    )
    filters: Filters = Field(default=Filters(), description="Which documents are searched.")

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"query": "rent subsidy for migrants", "top_k": 5}]}
    )


class BroughtPassage(Strict):
    """A text that you bring."""

    id: Value = Field(description="Your own name for it.")
    text: str = Field(
        min_length=1, max_length=10_000, description="Spans of quotes index it as you sent it."
    )


class QuoteRequest(Strict):
    """A question and the passages that may answer it."""

    question: QuestionText = Field(description="1 to 1000 characters, none of them control.")
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
    def _ids_differ(self) -> Self:
        ids = [passage.id for passage in self.passages]
        twice = next((each for each in ids if ids.count(each) > 1), None)
        if twice is not None:
            raise PydanticCustomError(
                "id_twice", "want passages with ids of their own, got {id} twice", {"id": twice}
            )
        return self


class VerifyRequest(Strict):
    """A quote and where it is said to stand."""

    document: Value = Field(description="Document id.")
    start: int = Field(ge=0, le=10**10, description="First character, in Unicode code points.")
    end: int = Field(ge=1, le=10**10, description="One past the last character.")
    quote: str = Field(min_length=1, max_length=20_000, description="The words to check.")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"document": "a-report", "start": 90412, "end": 90420, "quote": "The city"}
            ]
        }
    )

    @model_validator(mode="after")
    def _span_in_order(self) -> Self:
        if self.start >= self.end:
            raise PydanticCustomError(
                "span_reversed",
                "want start < end, got {start} and {end}",
                {"start": self.start, "end": self.end},
            )
        return self


class QuotedPlace(Strict):
    """Where a quote stands."""

    document: Value = Field(description="Document id.")
    start: int = Field(ge=0, le=10**10, description="First character, in Unicode code points.")
    end: int = Field(ge=1, le=10**10, description="One past the last character.")


class FeedbackRequest(Strict):
    """What somebody says about an answer."""

    verdict: Literal["useful", "wrong", "not_in_report", "missing"]
    comment: str = Field(default="", max_length=2000, description="In any words.")
    question: str | None = Field(
        default=None,
        min_length=1,
        max_length=MAX_QUESTION_CHARS,
        description="Send it only if your user allows it to be kept.",
    )
    quotes: list[QuotedPlace] = Field(
        default=[], max_length=8, description="What was quoted; kept only with the question."
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


class CitedDocument(BaseModel):
    """What a citation says of its document."""

    id: str
    title: str
    publisher: str | None
    year: int | None
    language: str = Field(description="ISO 639-1 code of the document's language.")
    sha256: str = Field(description="Of the original file, lower-case hexadecimal.")
    url: str | None = Field(description="Where the publisher keeps it.")
    superseded_by: list[str] = Field(description="Ids of newer editions here; mostly none.")


class Located(BaseModel):
    """Words with their place. Offsets count Unicode code points of the document's text."""

    passage_id: str
    document: CitedDocument
    page: int | None = Field(description="Physical page, 1-based; null where there are no pages.")
    page_end: int | None = Field(description="Physical page of the last character.")
    page_label: str | None = Field(description="What is printed on `page`, where that differs.")
    headings: list[str] = Field(description="Heading path, outermost first.")
    start: int = Field(ge=0, description="First character.")
    end: int = Field(ge=1, description="One past the last character.")
    href: str = Field(description="Opens the document there, the words highlighted.")


class Citation(Located):
    """Where a quote stands."""

    number: int = Field(ge=1, description="The `[1]` in the answer's text.")
    quote: str = Field(description="Characters `start` to `end` of the document's text.")


class Quote(BaseModel):
    """A verbatim sentence or list item."""

    text: str
    citation: int = Field(ge=1, description="Number of its citation.")
    highlight: tuple[int, int] | None = Field(
        description="Start and end, inside `text`, of the shortest part that answers; or null."
    )


class Answer(BaseModel):
    """The quotes, and the quotes put into words."""

    text: str = Field(description="The quotes in reading order, marked `[1]`, `[2]`, then sources.")
    format: Literal["markdown"]
    quotes: list[Quote] = Field(min_length=1)


class Refusal(BaseModel):
    """Why there is no answer."""

    code: RefusalCode
    message: str = Field(description="In the asker's language; says what the corpus does cover.")


class Passage(Located):
    """A passage, with its score where it was searched for."""

    score: float | None = Field(description="Higher is better; null where nothing was searched.")
    text: str


class IndexInfo(BaseModel):
    """Which index answered."""

    fingerprint: str = Field(description="Hash of all that decides answers.")
    built_at: str = Field(description="ISO 8601, UTC.")
    documents: int
    passages: int


class _Asked(BaseModel):
    """All fields in their order; the two outcomes narrow some."""

    id: str = Field(description="The same question on the same index has the same id.")
    question: str
    question_language: str
    answer_language: str
    status: str
    confidence: float = Field(
        ge=0, le=1, description="Calibrated probability that the quotes answer the question."
    )
    answer: Answer | None
    citations: list[Citation]
    refusal: Refusal | None
    nearest: list[Passage]
    index: IndexInfo
    took_ms: float = Field(ge=0)


class Answered(_Asked):
    """The reports answer."""

    status: Literal["answered"] = "answered"
    answer: Answer
    citations: list[Citation] = Field(min_length=1)
    refusal: None = None
    nearest: list[Passage] = Field(default=[], max_length=0)


class Refused(_Asked):
    """The reports do not answer."""

    status: Literal["refused"] = "refused"
    answer: None = None
    citations: list[Citation] = Field(default=[], max_length=0)
    refusal: Refusal
    nearest: list[Passage] = Field(
        default=[], max_length=3, description="What comes nearest; not an answer."
    )


AskResponse = Annotated[Answered | Refused, Field(discriminator="status")]


class SearchResponse(BaseModel):
    """Passages, best first; one that repeats a better one comes later than its score says."""

    results: list[Passage]
    index: IndexInfo
    took_ms: float = Field(ge=0)


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


class VerifyResponse(BaseModel):
    """Whether the quote stands there, and what does."""

    verbatim: bool
    text: str = Field(description="What stands there; shorter or empty past the document's end.")
    page: int | None
    page_end: int | None
    page_label: str | None
    document: CitedDocument


class Document(BaseModel):
    """One report."""

    id: str
    title: str
    subtitle: str | None
    publisher: str | None
    authors: list[str]
    year: int | None
    language: str
    kind: str | None
    countries: list[str]
    regions: list[str]
    themes: list[str]
    licence: str | None
    url: str | None
    identifier: str | None
    supersedes: list[str]
    superseded_by: list[str] = Field(description="Ids of the reports here that replace it.")
    file: str = Field(description="Path inside the corpus folder.")
    sha256: str
    n_pages: int | None = Field(description="Null where the format has no pages.")
    n_passages: int
    n_characters: int = Field(description="Length of the text in Unicode code points.")
    notes: list[str] = Field(description="What was lost or repaired while reading the file.")
    href: str = Field(description="Opens the report's text.")
    file_href: str | None = Field(description="The original; null where it is not given away.")


class Page(BaseModel):
    """One physical page."""

    number: int = Field(ge=1)
    label: str | None = Field(description="What is printed on it, where that differs.")
    start: int | None = Field(description="Its first character; null where it has no text.")
    spans: list[tuple[int, int]] = Field(
        description="The parts of the text that stand on it; several where a footnote was moved."
    )


class OutlineEntry(BaseModel):
    """One heading."""

    title: str
    level: int = Field(ge=1)
    start: int
    page: int | None


class DocumentDetail(Document):
    """One report with its pages and outline."""

    pages: list[Page] | None
    outline: list[OutlineEntry]


class FacetCount(BaseModel):
    """A value that documents have, and how many have it."""

    value: str
    documents: int = Field(ge=1)


class UnreadDocument(BaseModel):
    """A file of the corpus that could not be read."""

    file: str
    reason: str
    detail: str


class DocumentsResponse(BaseModel):
    """One page of the list of documents."""

    documents: list[Document]
    total: int = Field(description="How many pass the filters.")
    limit: int
    offset: int
    facets: dict[str, list[FacetCount]] = Field(
        description="Values of each filter field, counted over what passes the other filters."
    )
    unread: list[UnreadDocument] = Field(description="Files that could not be read, and why.")
    index: IndexInfo


class Health(BaseModel):
    """The process is alive."""

    status: Literal["alive"] = "alive"


class Readiness(BaseModel):
    """Questions are being answered."""

    status: Literal["ready"] = "ready"
    index: IndexInfo
    generation: str = Field(description="Name of the index generation in use.")
    encoder: str
    trouble: str | None = Field(description="Why a newer index is not in use, or null.")
    translation: str = Field(
        description="What Spanish and Portuguese questions are translated by: apertium, or "
        "glossary only."
    )


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
