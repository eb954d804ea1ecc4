"""Compares reports by the figures in their quotes."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import combinations

from babel import Locale

from service.interfaces.web.views.answer import SourceBlock
from service.interfaces.web.views.comparison import ComparedReport, Comparison
from service.records import LANGUAGES

_FIGURE = re.compile(
    r"(?<![\w.,])(?<![^\W\d_]-)"
    r"(?:(?:US|R|S/|COP|CLP|MXN|USD|EUR)?\s?[$€£]\s?)?"
    r"\d+(?:[.,\u00a0\u202f]\d+)*"
    r"(?:\s?%|\s(?:per\s?cent|por\s?ciento|por\s?cento|thousand|million|billion|mil|millones|milhões)\b)?"
    r"(?![\w])",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\b[A-Z][\w-]+, (?:[A-Z]\w+ )?\d+(?:\.\d+)*(?=[;)]|\s*$)")
"""A reference to another report, such as ``Laboratory, 2.3``: not a figure of this one."""
_THOUSANDS = re.compile(r"[.,\u00a0\u202f](?=\d{3}(?:\D|$))")
_PERCENT = re.compile(r"\s?(?:%|per\s?cent|por\s?ciento|por\s?cento)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NO_YEAR = 10_000


def compare_reports(blocks: Sequence[SourceBlock]) -> Comparison | None:
    """Return the quoted reports side by side; ``None`` if there is only one.

    Nothing is concluded: the same figure may mean two things, and two figures two years.
    """
    by_report: dict[str, list[SourceBlock]] = {}
    for block in blocks:
        by_report.setdefault(block.place.doc_id, []).append(block)
    if len(by_report) < 2:  # noqa: PLR2004
        return None
    reports = sorted(
        (_report(report_blocks) for report_blocks in by_report.values()),
        key=lambda report: report.place.year or _NO_YEAR,
    )
    shared = _shared(reports)
    with_figures = [report for report in reports if report.figures]
    years = [report.place.year for report in reports if report.place.year]
    return Comparison(
        reports=tuple(reports),
        shared=shared,
        differs=len(with_figures) > 1 and not shared,
        years=(min(years), max(years)) if len(set(years)) > 1 else None,
    )


def figures_of(text: str) -> tuple[str, ...]:
    """Return the figures in ``text`` as they are written, except years and single digits."""
    matches = _FIGURE.finditer(_REFERENCE.sub("", text))
    figures = dict.fromkeys(match[0].strip() for match in matches)
    return tuple(figure for figure in figures if not _YEAR.fullmatch(figure) and len(figure) != 1)


def normalised_figure(figure: str) -> str:
    """Return ``figure`` in one spelling, so that ``35 per cent`` equals ``35%``."""
    plain = _THOUSANDS.sub("", figure.casefold())
    return " ".join(_PERCENT.sub("%", plain).split())


def countries_left_out(question: str, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the countries of ``question`` that no text names, as codes.

    A question about several countries may be answered for only one of them. Nothing is left out if
    the question names fewer than two countries, or the texts none of them.
    """
    countries = [
        code
        for code, names in _country_names().items()
        if any(re.search(rf"\b{re.escape(name)}\b", question.casefold()) for name in names)
    ]
    words = " ".join(texts).casefold()  # "Chile" is in "Chilean" too
    names = _country_names()
    left_out = [code for code in countries if not any(name in words for name in names[code])]
    return tuple(left_out) if 0 < len(left_out) < len(countries) else ()


@cache
def _country_names() -> dict[str, frozenset[str]]:
    """Return the names of each country in the languages of the interface, in lower case."""
    names: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code.isalpha():
                names.setdefault(code, set()).add(name.casefold())
    return {code: frozenset(country) for code, country in names.items()}


def _report(blocks: Sequence[SourceBlock]) -> ComparedReport:
    quotes = [quote for block in blocks for quote in block.quotes]
    figures = dict.fromkeys(figure for quote in quotes for figure in figures_of(quote.text))
    return ComparedReport(
        place=blocks[0].place,
        figures=tuple(figures),
        numbers=tuple(quote.number for quote in quotes),
    )


def _shared(reports: Sequence[ComparedReport]) -> tuple[str, ...]:
    shared: dict[str, str] = {}
    for first, second in combinations(reports, 2):
        of_second = {normalised_figure(figure) for figure in second.figures}
        for figure in first.figures:
            if normalised_figure(figure) in of_second:
                shared.setdefault(normalised_figure(figure), figure)
    return tuple(shared.values())
