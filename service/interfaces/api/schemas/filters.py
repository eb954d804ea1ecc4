"""Filters: which documents may answer."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from service.interfaces.api.schemas.fields import Country, Values, Year
from service.interfaces.api.schemas.strict import StrictModel


class Filters(StrictModel):
    """Which documents may answer: OR within a field, AND between fields."""

    document: Values = Field(default=[], description="Document ids.")
    publisher: Values = Field(default=[], description="Publishers, as the catalogue writes them.")
    country: Annotated[list[Country], Field(max_length=100)] = Field(
        default=[],
        description="ISO 3166-1 alpha-2 codes, of the catalogue or else of the countries that a "
        "document's own text deals with. Of a document on several countries, in `/v1/ask` "
        "only sentences that are about one of these answer, those of a thing asked for by its name "
        "(Box 2) and those quoted with another to make it clear aside.",
        examples=[["CL", "BR"]],
    )
    theme: Values = Field(default=[], description="Themes, as the catalogue writes them.")
    language: Values = Field(default=[], description="ISO 639-1 codes of the documents' language.")
    year_from: Year | None = Field(
        default=None,
        description="Earliest year; a document without a year fails a year filter, and in "
        "`/v1/ask` so does a sentence that names sources of other years only.",
    )
    year_to: Year | None = Field(default=None, description="Latest year, included.")

    @model_validator(mode="after")
    def _check_year_order(self) -> Self:
        if self.year_from and self.year_to and self.year_from > self.year_to:
            raise PydanticCustomError(
                "years_reversed",
                "want year_from <= year_to, got {first} and {last}",
                {"first": self.year_from, "last": self.year_to},
            )
        return self
