"""Where a quote or a passage is found."""

from dataclasses import dataclass
from textwrap import shorten

LONG_PATH_CHARS = 120
"""Headings from which on their path takes more than three lines on a phone."""
_HEADING_CHARS = 50


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

    @property
    def short_path(self) -> str:
        """Return a long heading path without its middle; empty where the path is short."""
        if len(" › ".join(self.headings)) <= LONG_PATH_CHARS:
            return ""
        outer, inner = self.headings[:1], self.headings[1:][-1:]
        middle = ("…",) if len(self.headings) > len((*outer, *inner)) else ()
        kept = [shorten(heading, _HEADING_CHARS, placeholder=" …") for heading in (*outer, *inner)]
        return " › ".join([kept[0], *middle, *kept[1:]])
