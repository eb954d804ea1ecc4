"""Types of fields that several requests share."""

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from indexer.country_names import country_code
from service.answer_options import MAX_QUOTES
from service.pipeline.question import MAX_CHARS, question_text

N_COUNTRY_LETTERS = 2


def _check_country(value: object) -> object:
    """Say which code is wanted where a country's name came; other faults are found later."""
    if not isinstance(value, str) or len(value) == N_COUNTRY_LETTERS:
        return value
    code = country_code(value)
    raise PydanticCustomError(
        "country_code",
        "want an ISO 3166-1 alpha-2 code of two letters{hint}",
        {"hint": f", which is {code}" if code else ", such as CL for Chile"},
    )


def _whole(value: object) -> object:
    """Return ``643.0`` as the integer that it is in JSON; other faults are found later."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


_WHOLE = BeforeValidator(_whole)
TopK = Annotated[int, Field(ge=1, le=50), _WHOLE]
MaxQuotes = Annotated[int, Field(ge=1, le=MAX_QUOTES), _WHOLE]
Start = Annotated[int, Field(ge=0, le=10**10), _WHOLE]
End = Annotated[int, Field(ge=1, le=10**10), _WHOLE]
CitationNumber = Annotated[int, Field(ge=1, le=9999), _WHOLE]
Year = Annotated[int, Field(ge=1000, le=9999), _WHOLE]
Value = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Values = Annotated[list[Value], Field(max_length=100)]
Country = Annotated[
    str,
    StringConstraints(min_length=2, max_length=2, pattern="^[A-Za-z]{2}$", to_upper=True),
    BeforeValidator(_check_country),
]


def _cleaned(value: object) -> object:
    """Clean a question before its length is counted; halves of pairs are refused later."""
    if not isinstance(value, str) or _HALF_A_PAIR.search(value):
        return value
    return question_text(value)


_HALF_A_PAIR = re.compile(r"[\ud800-\udfff]")
QuestionText = Annotated[
    str, StringConstraints(min_length=1, max_length=MAX_CHARS), BeforeValidator(_cleaned)
]
