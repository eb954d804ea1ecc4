"""The API described for people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a body, or a parameter."""

    name: str
    kind: str
    required: bool
    text: str


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation; `responses` are statuses and their descriptions."""

    operation_id: str
    method: str
    path: str
    summary: str
    description: str
    fields: tuple[FieldView, ...]
    example: str | None
    responses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SchemaView:
    """One schema."""

    name: str
    text: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class ProblemView:
    """One kind of problem."""

    slug: str
    status: int
    title: str


@dataclass(frozen=True, slots=True)
class ApiReferencePage:
    """The description of the API.

    Attributes:
        version: Of the API.
        operations: In the order of the OpenAPI description.
        schemas: By name.
        problems: Kinds of problems.
    """

    version: str
    operations: tuple[OperationView, ...]
    schemas: tuple[SchemaView, ...]
    problems: tuple[ProblemView, ...]
