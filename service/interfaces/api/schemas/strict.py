"""The base of every request."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError


class StrictModel(BaseModel):
    """A request that refuses unknown fields; its error names the known ones."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _check_fields_known(cls, data: Any) -> Any:
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
