"""Where quotes and passages are found in their documents."""

from pydantic import BaseModel, Field


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


class Place(BaseModel):
    """A place in a document. Offsets count Unicode code points of the document's text."""

    passage_id: str
    document: CitedDocument
    page: int | None = Field(description="Physical page, 1-based; null where there are no pages.")
    page_end: int | None = Field(description="Physical page of the last character.")
    page_label: str | None = Field(description="What is printed on `page`, where that differs.")
    headings: list[str] = Field(description="Heading path, outermost first.")
    start: int = Field(ge=0, description="First character.")
    end: int = Field(ge=1, description="One past the last character.")
    href: str = Field(description="Opens the document there, the words highlighted.")
