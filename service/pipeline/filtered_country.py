"""Puts the country that an answer is limited to into the question, as its reader means it."""

import re
from dataclasses import replace

from babel import Locale

from service.pipeline.country_names import countries_in
from service.records import LANGUAGES, Question

_IN = {"en": "in", "es": "en", "pt": "em"}
_END = re.compile(r"[\s?.!]*$")


def in_filtered_country(question: Question) -> Question:
    """Return a question limited to one country with its name: "Who may rent in Uruguay?".

    Statements are told by it from those on other countries, as where it is typed. A question that
    names a country stays as it is, and so does one that is limited to several.
    """
    codes = question.filters.country
    if len(codes) != 1 or question.language not in LANGUAGES or countries_in(question.text):
        return question
    name = Locale(question.language).territories.get(codes[0])
    if name is None:
        return question
    where = f" {_IN[question.language]} {name}"
    end = _END.search(question.text)
    start = end.start() if end else len(question.text)
    return replace(question, text=f"{question.text[:start]}{where}{question.text[start:]}")
