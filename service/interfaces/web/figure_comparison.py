"""Several reports side by side: the figures that their quotes name, shared or not."""

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
"""A place in another report, such as ``Laboratory, 2.3``: no figure of this one."""
_THOUSANDS = re.compile(r"[.,\u00a0\u202f](?=\d{3}(?:\D|$))")
_PERCENT = re.compile(r"\s?(?:%|per\s?cent|por\s?ciento|por\s?cento)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NO_YEAR = 10_000


def compared(blocks: Sequence[SourceBlock]) -> Comparison | None:
    """Set the reports quoted side by side; ``None`` where there is only one.

    Nothing is concluded: the same figure may mean two things, and two figures two years.
    """
    by_report: dict[str, list[SourceBlock]] = {}
    for block in blocks:
        by_report.setdefault(block.place.doc_id, []).append(block)
    if len(by_report) < 2:  # noqa: PLR2004
        return None
    reports = sorted(
        (_report(each) for each in by_report.values()),
        key=lambda report: report.place.year or _NO_YEAR,
    )
    shared = _shared(reports)
    naming = [report for report in reports if report.figures]
    years = [report.place.year for report in reports if report.place.year]
    return Comparison(
        reports=tuple(reports),
        shared=shared,
        differs=len(naming) > 1 and not shared,
        years=(min(years), max(years)) if len(set(years)) > 1 else None,
    )


def figures_of(text: str) -> tuple[str, ...]:
    """Return the figures of ``text`` as they are written, leaving out years and single digits."""
    own = _REFERENCE.sub("", text)
    found = dict.fromkeys(match[0].strip() for match in _FIGURE.finditer(own))
    return tuple(figure for figure in found if not _YEAR.fullmatch(figure) and len(figure) != 1)


def same_figure(figure: str) -> str:
    """Return a figure so that two ways of writing it are equal: ``35 per cent``, ``35%``."""
    plain = _THOUSANDS.sub("", figure.casefold())
    return " ".join(_PERCENT.sub("%", plain).split())


def countries_left_out(question: str, said: Sequence[str]) -> tuple[str, ...]:
    """Return the countries of a comparison that nothing of ``said`` names, as codes.

    A question about several countries may be answered for one of them alone. Where it names fewer
    than two countries, or none of them is named, nothing is left out.
    """
    asked = [
        code
        for code, names in _country_names().items()
        if any(re.search(rf"\b{re.escape(name)}\b", question.casefold()) for name in names)
    ]
    words = " ".join(said).casefold()  # "Chile" is in "Chilean" too
    left_out = [code for code in asked if not any(name in words for name in _country_names()[code])]
    return tuple(left_out) if 0 < len(left_out) < len(asked) else ()


@cache
def _country_names() -> dict[str, frozenset[str]]:
    """Return the names of each country in the languages that we speak, in lower case."""
    names: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code.isalpha():
                names.setdefault(code, set()).add(name.casefold())
    return {code: frozenset(each) for code, each in names.items()}


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
    for one, other in combinations(reports, 2):
        theirs = {same_figure(figure) for figure in other.figures}
        for figure in one.figures:
            if same_figure(figure) in theirs:
                shared.setdefault(same_figure(figure), figure)
    return tuple(shared.values())
