"""A search for passages."""

from pydantic import BaseModel, ConfigDict, Field

from service.interfaces.api.schemas.fields import QuestionText, TopK
from service.interfaces.api.schemas.filters import Filters
from service.interfaces.api.schemas.index import IndexInfo
from service.interfaces.api.schemas.passages import Passage
from service.interfaces.api.schemas.strict import StrictModel


class SearchRequest(StrictModel):
    """A query for passages."""

    query: QuestionText = Field(description="1 to 1000 characters.")
    top_k: TopK | None = Field(default=None, description="Passages returned at most; default 10.")
    filters: Filters = Field(default=Filters(), description="Which documents are searched.")

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"query": "rent subsidy for migrants", "top_k": 5}]}
    )


class SearchResponse(BaseModel):
    """Passages, best first; one that repeats a better one comes later than its score says."""

    results: list[Passage]
    index: IndexInfo
    took_ms: float = Field(ge=0)
