"""Where a quote or a passage is found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place in a report.

    Attributes:
        doc_id: The report.
        title: Of the report.
        publisher: Of the report.
        year: Of the report.
        language: Of the report.
        page: Physical page, or ``None``.
        page_end: Physical page of the last character, if it is another one.
        page_label: Printed page label, if it differs.
        headings: Heading path, outermost first.
        href: Opens the report there.
        original_href: Opens the original there, or ``None``.
    """

    doc_id: str
    title: str
    publisher: str | None
    year: int | None
    language: str
    page: int | None
    page_end: int | None
    page_label: str | None
    headings: tuple[str, ...]
    href: str
    original_href: str | None
