"""The form that asks a question, and its filters."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with a field of a form.

    Attributes:
        code: ``empty``, ``too_long``, ``unknown``, ``country``, ``year``, ``years`` or
            ``other``.
        value: The value or length at fault, to be shown.
        fields: The fields of the form concerned; empty for the question, and where none is known.
    """

    code: str
    value: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter.

    Attributes:
        value: As filters name it.
        title: Of the report, if the filter is about reports; else ``None``.
        n_documents: Reports that have it.
        checked: Whether it is in use.
    """

    value: str
    title: str | None
    n_documents: int
    checked: bool


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """One filter with the values that the corpus has.

    Attributes:
        field: What it is about.
        options: Its values.
        is_read: Whether most reports have them read from their text, as no one told them.
    """

    field: str
    options: tuple[Option, ...]
    is_read: bool = False


@dataclass(frozen=True, slots=True)
class FilterInUse:
    """A filter in use, by which no more than one value is meant.

    Attributes:
        field: Its field.
        value: Its value.
        title: Of the report, if it is about one; else ``None``.
        query: The query string without it.
    """

    field: str
    value: str
    title: str | None
    query: str


@dataclass(frozen=True, slots=True)
class Form:
    """The form as it was sent.

    Attributes:
        question: Content of the field.
        error: What is wrong with the question, or ``None``.
        filter_error: What is wrong with the filters, or ``None``.
        groups: Filters with at least one value.
        year_from: As typed.
        year_to: As typed.
        first_year: Of the corpus, or ``None``.
        last_year: Of the corpus, or ``None``.
        n_active: Filters in use.
        in_use: Filters in use, each with the address without it.
        dropped: Countries that an earlier question was limited to and this one is not any more.
        n_undated: Reports without a year that the filter by year alone leaves out.
    """

    question: str = ""
    error: FieldProblem | None = None
    filter_error: FieldProblem | None = None
    groups: tuple[FilterGroup, ...] = ()
    year_from: str = ""
    year_to: str = ""
    first_year: int | None = None
    last_year: int | None = None
    n_active: int = 0
    in_use: tuple[FilterInUse, ...] = ()
    dropped: tuple[str, ...] = ()
    n_undated: int = 0
