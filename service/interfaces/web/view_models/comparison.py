"""Several reports side by side."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ComparedReport:
    """One of the reports compared.

    Attributes:
        title: As printed.
        language: Of the title and the quotes.
        publisher: As in the catalogue.
        year: Of the report.
        figures: Figures by which its quotes answer, as they are written there.
        numbers: Numbers of its quotes.
    """

    title: str
    language: str
    publisher: str | None
    year: int | None
    figures: tuple[str, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several reports side by side.

    Attributes:
        reports: At least two, the oldest first, those without a year last.
        shared: Figures that at least two of them name.
        differs: Whether at least two of them name figures and share none.
        years: First and last year of them; ``None`` if there is only one.
    """

    reports: tuple[ComparedReport, ...]
    shared: tuple[str, ...]
    differs: bool
    years: tuple[int, int] | None

    @property
    def has_figures(self) -> bool:
        """Tell whether there are figures to compare."""
        return any(report.figures for report in self.reports)
