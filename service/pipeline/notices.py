"""Notices shown beside the quotes: a side is missing, a report has a newer edition."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from babel import Locale

from service.records import LANGUAGES, Answer, Citation


class NoticeCode(StrEnum):
    """Kinds of notices."""

    SIDE_MISSING = "side_missing"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice.

    Attributes:
        code: Its kind.
        countries: ISO 3166-1 alpha-2 codes that were asked about and that no quote names, for
            `NoticeCode.SIDE_MISSING`.
        doc_id: The report that was replaced, for `NoticeCode.SUPERSEDED`.
        newer: Ids of the reports that replace it.
    """

    code: NoticeCode
    countries: tuple[str, ...] = ()
    doc_id: str = ""
    newer: tuple[str, ...] = ()


def notices_of(answer: Answer) -> tuple[Notice, ...]:
    """Return the notices for an answer."""
    missing = missing_countries(answer.question.text, answer.citations)
    sides = [Notice(NoticeCode.SIDE_MISSING, countries=missing)] if missing else []
    replaced = {
        citation.document.doc_id: citation.document.superseded_by
        for citation in answer.citations
        if citation.document.superseded_by
    }
    superseded = [
        Notice(NoticeCode.SUPERSEDED, doc_id=doc_id, newer=newer)
        for doc_id, newer in replaced.items()
    ]
    return (*sides, *superseded)


def missing_countries(question: str, citations: Sequence[Citation]) -> tuple[str, ...]:
    """Return the countries of a comparison that no quote, heading or title names, as codes.

    A question about several countries may be answered for some of them alone. Where it names fewer
    than two countries, or none of them is named, nothing is missing.
    """
    text = question.casefold()
    asked_about = [
        code
        for code, names in _country_names().items()
        if any(_names(text, name) for name in names)
    ]
    words = " ".join(
        " ".join([citation.quote, *citation.headings, citation.document.info.title])
        for citation in citations
    ).casefold()  # "Chile" is in "Chilean" too
    missing = [
        code for code in asked_about if not any(name in words for name in _country_names()[code])
    ]
    return tuple(missing) if 0 < len(missing) < len(asked_about) else ()


def _names(text: str, name: str) -> bool:
    """Tell whether ``name`` stands in ``text`` as a whole word."""
    # Most names do not stand in it at all, and compiling a pattern for each takes 10 ms a question.
    return name in text and re.search(rf"\b{re.escape(name)}\b", text) is not None


@cache
def _country_names() -> dict[str, frozenset[str]]:
    """Return the names of each country in the languages that we speak, in lower case."""
    names: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code.isalpha():
                names.setdefault(code, set()).add(name.casefold())
    return {code: frozenset(spellings) for code, spellings in names.items()}
