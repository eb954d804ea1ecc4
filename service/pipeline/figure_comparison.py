"""Sets the reports that an answer quotes side by side: the figures that answer, shared or not."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from indexer.records import DocumentInfo, SourceReport
from indexer.superscripts import without_superscripts
from service.pipeline.restated import places_by_source
from service.records import Citation

_SCALES = {
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "mil millones": 9,
    "mil milhões": 9,
    "mil": 3,
    "millones": 6,
    "milhões": 6,
}
"""The powers of ten that words stand for; longer ones before those that they begin with."""
_SCALE = "|".join(_SCALES)
_CURRENCY_CODES = (
    r"(?-i:USD|EUR|GBP|CHF|CLP|MXN|BRL|ARS|PEN|KES|ZAR"
    rf"|COP(?=[\s$]*(?:\d(?:[.,]?\d){{2}}|[\d.,]+\s(?:{_SCALE})\b)))"
)
"""In capitals; few of a sum's digits make COP a conference: "COP 28"."""
_FIGURE = re.compile(
    r"(?<![\w.,])(?<![^\W\d_]-)(?<!(?-i:COP)\s)"
    rf"(?:(?:US|R|S/|{_CURRENCY_CODES})?\s?[$€£]\s?|(?:{_CURRENCY_CODES})\s?)?"
    r"\d+(?:[.,\u00a0\u202f]\d+)*(?:(?<=\b10)⁻?[⁰¹²³⁴-⁹]+)?"
    rf"(?:\s?%|\s(?:per\s?cent|por\s?ciento|por\s?cento|{_SCALE})\b)?"
    r"(?![^\W⁰¹²³⁴-⁹])",  # a raised number is a note's
    re.IGNORECASE,
)
REFERENCE = re.compile(r"\b[A-Z][\w-]+, (?:[A-Z]\w+ )?\d+(?:\.\d+)*(?=[;)]|\s*$)")
"""A place in another report, such as ``Laboratory, 2.3``: no figure of this one."""
_NUMBER = re.compile(r"(?<!\d)\d+(?:[.,\u00a0\u202f]\d+)+")
_MARK = re.compile(r"\D")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,\u00a0\u202f]\d{3})+")
_POINTS = {"en": ".", "pt": ","}
"""What stands before decimals; in Spanish, and elsewhere, it may be either, by country."""
_PERCENT = re.compile(r"\s?(?:%|per\s?cent|por\s?ciento|por\s?cento)")
_SCALED = re.compile(rf"(?<!\d)(?P<number>\d+(?:\.\d+)?)\s(?P<scale>{_SCALE})\b")
_CURRENCY = re.compile(rf"[$€£]|{_CURRENCY_CODES}")
_DOLLARS = re.compile(r"(?:usd?\s?)?\$\s?|usd\s?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NO_YEAR = 10_000


N_CHARS_AROUND = 80
"""Characters before and after a figure that may tell what it measures."""


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure as it is written, with at most `N_CHARS_AROUND` characters on each side."""

    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """The figures by which the quotes from one report answer, or from documents that restate it.

    Attributes:
        citation: The report's first citation.
        figures: As written, in reading order, each once.
        numbers: Numbers of all its citations.
    """

    citation: Citation
    figures: tuple[str, ...]
    numbers: tuple[int, ...]

    @property
    def report(self) -> DocumentInfo | SourceReport:
        """Return the report's metadata."""
        restated = self.citation.restated
        return restated[0].report if restated else self.citation.document.info

    @property
    def year(self) -> int | None:
        """Return the report's year."""
        return self.report.year


@dataclass(frozen=True, slots=True)
class FigureComparison:
    """Several reports side by side.

    Nothing is concluded: the same figure may mean two things, and two figures two years.

    Attributes:
        reports: By year, those without a year last.
        shared: Figures that at least two reports name.
        differs: Whether several reports name figures and share none.
        years: First and last year, where they differ; else ``None``.
    """

    reports: tuple[ReportFigures, ...]
    shared: tuple[str, ...]
    differs: bool
    years: tuple[int, int] | None


def compare_figures(
    citations: Sequence[Citation], answers: Sequence[str]
) -> FigureComparison | None:
    """Compare the reports that are cited; ``None`` where there is only one.

    Documents that restate one and the same report speak for that one report.

    Figures count where they answer the question, and where several reports answer with the same
    kind: shares, sums of money or numbers. Others in the quotes mean something else each.

    Args:
        citations: Of the quotes.
        answers: The words of each quote that answer; empty where none are known.
    """
    by_source = places_by_source(citations)
    if len(by_source) < 2:  # noqa: PLR2004
        return None
    reports = _of_common_kinds(
        _figures_of_report([(citations[place], answers[place]) for place in places])
        for places in by_source
    )
    reports.sort(key=lambda report: report.year or _NO_YEAR)
    shared = _shared(reports)
    naming = [report for report in reports if report.figures]
    years = [report.year for report in reports if report.year]
    return FigureComparison(
        reports=tuple(reports),
        shared=shared,
        differs=len(naming) > 1 and not shared,
        years=(min(years), max(years)) if len(set(years)) > 1 else None,
    )


def figures_of(text: str) -> tuple[str, ...]:
    """Return the figures of ``text`` as they are written, leaving out years and single digits.

    The number of a note is no part of a figure.
    """
    return tuple(dict.fromkeys(figure.text for figure in placed_figures(text)))


def placed_figures(text: str) -> Iterator[PlacedFigure]:
    """Yield the figures of ``text``, likewise, each with what stands around it, in order."""
    own = REFERENCE.sub("", without_superscripts(text))
    for match in _FIGURE.finditer(own):
        figure = match[0].strip()
        if not _YEAR.fullmatch(figure) and len(figure) != 1:
            start, end = match.span()
            yield PlacedFigure(
                figure, own[max(start - N_CHARS_AROUND, 0) : start], own[end : end + N_CHARS_AROUND]
            )


def normalised_figure(figure: str, language: str) -> str:
    """Return a figure so that two ways of writing it are equal: ``35 per cent``, ``35%``.

    So are ``5 million`` and ``5,000,000``. A sum in dollars of the United States is one in dollars:
    ``USD 35``, ``US$35``, ``$35``. ``1.204`` is a decimal in English and a thousand in Portuguese;
    where a language writes either, it is a decimal before ``%`` only: Spanish sums are often in
    thousands of millions.

    Args:
        figure: As written.
        language: Of the text that has it, ISO 639-1.
    """
    lower = figure.casefold()
    plain = _NUMBER.sub(lambda number: _plain(number, language), lower)
    return " ".join(_PERCENT.sub("%", _SCALED.sub(_in_full, _DOLLARS.sub("$", plain))).split())


def _plain(number: re.Match[str], language: str) -> str:
    """Return a number without what parts its thousands, and with a point before its decimals."""
    written = number[0]
    marks = _MARK.findall(written)
    whole, last, decimals = written.rpartition(marks[-1])
    if len(marks) == 1:
        has_decimals = not _parts_thousands(number, last, language)
    else:
        has_decimals = marks.count(last) == 1 and _GROUPED.fullmatch(whole) is not None
    if has_decimals and last in ".,":
        return f"{_MARK.sub('', whole)}.{decimals}"
    return _MARK.sub("", written) if _GROUPED.fullmatch(written) else written


def _parts_thousands(number: re.Match[str], mark: str, language: str) -> bool:
    """Tell whether the only mark of a number parts its thousands."""
    if not _GROUPED.fullmatch(number[0]):
        return False
    if language in _POINTS:
        return mark != _POINTS[language]
    return _PERCENT.match(number.string, number.end()) is None


def _in_full(scaled: re.Match[str]) -> str:
    number = Decimal(scaled["number"]).scaleb(_SCALES[scaled["scale"]])
    return f"{number.normalize():f}"


def kind_of(figure: str) -> str:
    """Return what a figure is: a share, a sum of money or a number."""
    if _PERCENT.search(figure.casefold()):
        return "share"
    return "sum" if _CURRENCY.search(figure) else "number"


def _figures_of_report(quotes: Sequence[tuple[Citation, str]]) -> ReportFigures:
    figures = dict.fromkeys(figure for _, answer in quotes for figure in figures_of(answer))
    numbers = tuple(citation.number for citation, _ in quotes)
    return ReportFigures(quotes[0][0], tuple(figures), numbers)


def _of_common_kinds(reports: Iterable[ReportFigures]) -> list[ReportFigures]:
    """Return the reports with the figures of those kinds that at least two of them name."""
    kept = list(reports)
    counts = Counter(kind for report in kept for kind in set(map(kind_of, report.figures)))
    return [
        replace(
            report,
            figures=tuple(figure for figure in report.figures if counts[kind_of(figure)] > 1),
        )
        for report in kept
    ]


def _shared(reports: Sequence[ReportFigures]) -> tuple[str, ...]:
    shared: dict[str, str] = {}
    for report, other in combinations(reports, 2):
        others = _normalised(other)
        for normalised, figure in _normalised(report).items():
            if normalised in others:
                shared.setdefault(normalised, figure)
    return tuple(shared.values())


def _normalised(report: ReportFigures) -> dict[str, str]:
    """Return the figures of a report as written, the first of each value, by their values."""
    normalised: dict[str, str] = {}
    for figure in report.figures:
        value = normalised_figure(figure, report.citation.document.info.language)
        normalised.setdefault(value, figure)
    return normalised
