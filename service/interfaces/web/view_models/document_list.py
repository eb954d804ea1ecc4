"""The page that lists reports."""

from dataclasses import dataclass

from service.interfaces.web.view_models.form import Form


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One report in the list; its countries and its language are codes.

    Attributes:
        are_countries_named: Whether the countries are read from its text, as no one told them.
    """

    title: str
    subtitle: str | None
    publisher: str | None
    year: int | None
    language: str
    countries: tuple[str, ...]
    are_countries_named: bool
    themes: tuple[str, ...]
    n_pages: int | None
    href: str


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A file that could not be extracted."""

    file: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class DocumentListPage:
    """One page of the list of reports.

    Attributes:
        form: The filters.
        sort: ``title``, ``year`` or ``publisher``.
        rows: The reports on this page.
        first: Number of the first of them, 1-based.
        total: Reports that pass the filters.
        of_all: Reports in the index.
        previous_href: The page before, or ``None``.
        next_href: The page after, or ``None``.
        unread: Files that could not be extracted.
    """

    form: Form
    sort: str
    rows: tuple[DocumentRow, ...]
    first: int
    total: int
    of_all: int
    previous_href: str | None
    next_href: str | None
    unread: tuple[UnreadRow, ...]
