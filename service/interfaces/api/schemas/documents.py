"""The documents of the corpus: the list, one document."""

from pydantic import BaseModel, ConfigDict, Field

from service.interfaces.api.schemas.filters import Filters
from service.interfaces.api.schemas.index import IndexInfo


class DocumentsQuery(Filters):
    """Which documents to list, and which page of them."""

    # Query parameters are text, so numbers come as digits.
    model_config = ConfigDict(strict=False)

    limit: int = Field(default=50, ge=1, le=200, description="Documents on one page.")
    offset: int = Field(default=0, ge=0, le=10**9, description="Documents to pass over.")


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
    countries: list[str] = Field(
        description="As the catalogue, or the front matter of the file, has them."
    )
    named_countries: list[str] = Field(
        description="Those that the report's own text deals with, by which it is found where "
        "neither says anything of its countries."
    )
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
