"""Types of fields that several requests share."""

from typing import Annotated

from pydantic import Field, StringConstraints

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
