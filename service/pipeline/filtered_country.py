"""Puts the country that an answer is limited to into the question, as its reader means it."""

from dataclasses import replace

from indexer.country_cities import names_any_country
from service.pipeline.country_articles import in_country
from service.pipeline.question import MAX_CHARS
from service.records import LANGUAGES, Question

_STOPS = " ?.!…"
_CLOSERS = "\"'”’»)]"


def in_filtered_country(question: Question) -> Question:
    """Return a question limited to one country with its name: "Who may rent in Uruguay?".

    Statements are told by it from those on other countries, as where it is typed. A question that
    names a country stays as it is, and so do one that is limited to several and one that the name
    would make too long.
    """
    codes = question.filters.country
    if len(codes) != 1 or question.language not in LANGUAGES or names_any_country(question.text):
        return question
    where = in_country(codes[0], question.language)
    if where is None:
        return question
    asked = _without_end(question.text)
    located = f"{asked} {where}{question.text[len(asked) :]}"
    return question if len(located) > MAX_CHARS else replace(question, text=located)


def _without_end(text: str) -> str:
    """Return a question without the stops at its end, and what is closed behind them: "Who?”"."""
    asked = text.rstrip(_STOPS)
    inner = asked.rstrip(_CLOSERS)
    return inner.rstrip(_STOPS) if inner != asked and inner.endswith(tuple("?.!…")) else asked
