"""Tells whether the names that a question asks about stand around a sentence.

A sentence about rent in one city reads like one about rent in another; which city it is about is
said in the headings above it, some sentences before, or in the report's title.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from indexer.country_names import (
    NamingText,
    countries_in,
    country_code,
    country_first_in,
    country_names,
    is_demonym,
    is_written_out,
    names_place,
    without_namesakes,
)
from indexer.store.protocol import Sentences
from service.pipeline.years import years_in

N_BEFORE = 8
"""Sentences before it under the same headings that are looked at."""

_PLACE_FIRST = re.compile(r"[\W_]*(?:In|Across|Throughout) (?P<place>[^,;:.]{3,60}),")
"""What a sentence is about that opens with it: ``In the Dominican Republic, …``."""

_ASKED_PLACE = re.compile(r"\b(?:in|at|of|from) (?:the (?:city|town) of )?([A-ZÀ-Þ][\w’'-]+)")
_TOWN_IN_COUNTRY = re.compile(
    r"\b(?P<town>[A-ZÀ-Þ][\w’'-]+), (?P<country>[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?)"
)

_YEARS = re.compile(
    r"\b(?P<first>(?:19|20)\d\d) ?(?:[-–—]|to|and|until|through|a|y|hasta|e|até) ?"
    r"(?P<last>(?:19|20)\d\d)\b"
)
"""From a year to another one: "2015–2020", "between 2015 and 2020"."""

_ITEM_OR_ROW = re.compile(r"[\W_]*(?P<place>[^\W\d_][^|:]{1,59})[|:]")
"""What an item is about that opens with it (``Peru: …``), and a row whose first cell it is."""

_PLACE_FIRST_ANYWHERE = re.compile(
    r"[\W_]*(?:In|Across|Throughout|En|Em|N[ao]s?) (?P<place>[^,;:.]{3,60}),"
)
_NAME_FIRST = re.compile(r"[\W_]*(?P<words>[^\W\d_]+(?: [^\W\d_]+){0,2})")
"""The words with which a sentence may name a country at once: ``Costa Rica has …``."""


def share_of_names_missing(names: Sequence[str], row: int, sentences: Sentences) -> float:
    """Return which share of ``names`` does not stand around a sentence, in [0, 1]; 0 without names.

    Names that texts write out are left out: see `is_written_out`.
    A country counts under its name in any of our languages and in its adjective ("Chilean"). One
    is missing where the sentence opens with another country, whatever stands around it; all are
    where a country is missing and the sentence names others alone.

    Args:
        names: Single words, as `service.pipeline.question.names_in` gives them.
        row: The sentence.
        sentences: Where it stands.
    """
    names = [name for name in names if not is_written_out(name)]
    if not names:
        return 0.0
    around = NamingText.of(" ".join(_around(row, sentences)))
    codes = {name: code for name in names if (code := country_code(name))}
    text = sentences.sentence_text(row)
    is_elsewhere = _opens_elsewhere(text, codes.values())
    missing = [
        name
        for name in names
        if (is_elsewhere and name in codes)
        or not any(names_place(around, other) for other in _spellings(name, codes.get(name)))
    ]
    if not codes.keys().isdisjoint(missing) and _names_others(text, codes.values()):
        return 1.0
    return len(missing) / len(names)


def names_to_find(names: Sequence[str], rows: Sequence[int], sentences: Sentences) -> list[str]:
    """Return ``names`` without the languages that stand around one of the sentences at ``rows``.

    A language is missing where nothing tells of it. Where something does, what else is said of the
    same place supports it as it did.
    """
    return [
        name
        for name in names
        if not is_demonym(name)
        or all(share_of_names_missing([name], row, sentences) for row in rows)
    ]


def is_of_other_years(question: str, row: int, sentences: Sentences) -> bool:
    """Tell whether none of the years that a question names stands around a sentence.

    The year of its report counts. A question without years gets ``False``.

    Args:
        question: In the language of the texts.
        row: The sentence.
        sentences: Where it stands.
    """
    years = set(years_in(question))
    if not years:
        return False
    around = " ".join(_around(row, sentences))
    spans = [(int(span["first"]), int(span["last"])) for span in _YEARS.finditer(around)]
    return years.isdisjoint([str(sentences.info_of(row).year), *years_in(around)]) and not any(
        first < int(year) < last for year in years for first, last in spans
    )


def is_elsewhere(question: str, names: Sequence[str], sentence: str) -> bool:
    """Tell whether a sentence is of another country or town than a question asks about.

    Only for a sentence around which none of the names stands. It names other countries alone; or
    the question asks "in Istanbul", and it says where its own town is: "Gaziantep, Turkey".

    Args:
        question: In the language of the texts.
        names: Of the question, as for `share_of_names_missing`.
        sentence: In the same language.
    """
    codes = countries_in(question)
    if codes and _names_others(sentence, codes):
        return True
    places = set(_ASKED_PLACE.findall(question)).intersection(names)
    if not places or any(country_code(place) for place in places):
        return False
    return any(
        country_code(town["country"]) is not None and town["town"] not in names
        for town in _TOWN_IN_COUNTRY.finditer(sentence)
    )


def opening_countries(sentence: str) -> tuple[str, ...]:
    """Return the codes of the countries that a sentence opens with, as what it is about.

    They stand in the first cell of a row, before a colon, or before a comma and behind "In", in
    any of our languages; or a name is its first word.
    """
    places = (_ITEM_OR_ROW.match(sentence), _PLACE_FIRST_ANYWHERE.match(sentence))
    for place in places:
        if place and (codes := countries_in(place["place"].strip())):
            return codes
    first = _NAME_FIRST.match(without_namesakes(sentence))
    code = country_first_in(first["words"]) if first else None
    return (code,) if code else ()


def _names_others(sentence: str, codes: Collection[str]) -> bool:
    """Tell whether a sentence names countries and none of those with ``codes``."""
    countries = countries_in(sentence)
    return bool(countries) and set(codes).isdisjoint(countries)


def _opens_elsewhere(sentence: str, codes: Collection[str]) -> bool:
    """Tell whether a sentence opens with a country and names none of those with ``codes``."""
    opening = _PLACE_FIRST.match(sentence) if codes else None
    if opening is None or not countries_in(opening["place"]):
        return False
    return _names_others(sentence, codes)


def titles_of(row: int, sentences: Sentences) -> str:
    """Return the title, subtitle and publisher of the report that holds a sentence."""
    info = sentences.info_of(row)
    return " ".join([info.title, info.subtitle or "", info.publisher or ""])


def _around(row: int, sentences: Sentences) -> Iterator[str]:
    """Yield the texts that say what a sentence is about, itself among them."""
    yield titles_of(row, sentences)
    info = sentences.info_of(row)
    if len(info.cities) == 1:
        yield info.cities[0]
    if len(info.countries) == 1:
        yield from country_names().get(info.countries[0], ())
    headings = sentences.sentence_block(row).headings
    yield from headings
    document = sentences.sentence_document(row)
    for other in range(row, max(row - N_BEFORE, 0) - 1, -1):
        is_under_them = (
            sentences.sentence_document(other) == document
            and sentences.sentence_block(other).headings == headings
        )
        if not is_under_them:
            return
        yield sentences.sentence_text(other)


def _spellings(name: str, code: str | None) -> frozenset[str]:
    return frozenset({name}) if code is None else country_names()[code] | {name}
