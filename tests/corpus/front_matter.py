"""The rule of the front matter: fields, types, vocabularies, length."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from indexer.corpus.catalogue_fields import country_codes
from tests.corpus.briefs import REPORT_IDS, Brief, Finding
from tests.corpus.reports import fold

README = Path(__file__).parents[2] / "corpus" / "README.md"
THEMES = frozenset(
    re.findall(r"^\| `([a-z-]+)` \|", README.read_text(encoding="utf-8"), re.MULTILINE)
)
"""The controlled vocabulary, as ``corpus/README.md`` defines it."""

FIELDS: Mapping[str, type] = {
    "title": str,
    "summary": str,
    "countries": list,
    "cities": list,
    "themes": list,
    "year": int,
    "language": str,
    "sources": list,
}
LENGTH_WORDS = range(80, 901)


def check_front_matter(brief: Brief) -> list[Finding]:
    """Check the fields, their types and vocabularies, and the length."""
    faults = list(_field_faults(brief.front)) or [
        *_text_faults(brief),
        *_vocabulary_faults(brief.front),
        *_source_faults(brief.front["sources"]),
    ]
    return [Finding(1, "front-matter", fault) for fault in faults]


def _field_faults(front: Mapping[str, object]) -> Iterator[str]:
    needed = FIELDS.keys() - ({"year"} if _undated(front.get("sources")) else set())
    yield from (f"unknown field {name!r}" for name in front.keys() - FIELDS.keys())
    yield from (f"missing field {name!r}" for name in needed - front.keys())
    for name, kind in FIELDS.items():
        if name in front and not isinstance(front[name], kind):
            yield f"{name!r} must be {kind.__name__}"


def _undated(sources: object) -> bool:
    named = [source.get("report") for source in sources] if isinstance(sources, list) else []
    return set(named) == {REPORT_IDS["Dialogue"]}


def _text_faults(brief: Brief) -> Iterator[str]:
    front, body = brief.front, fold(brief.body)
    if not front["title"].strip() or front["title"].endswith("."):
        yield "a title without full stop is wanted"
    if not front["summary"].endswith("."):
        yield "the summary must be a sentence or two"
    yield from (
        f"city {city} is not in the text" for city in front["cities"] if fold(city) not in body
    )
    length = sum(len(statement.text.split()) for statement in brief.statements)
    if length not in LENGTH_WORDS:
        yield f"{length} words; {LENGTH_WORDS[0]} to {LENGTH_WORDS[-1]} are wanted"


def _vocabulary_faults(front: Mapping[str, Any]) -> Iterator[str]:
    yield from (
        f"no such country: {code}" for code in front["countries"] if code not in country_codes()
    )
    yield from (f"no such theme: {theme}" for theme in front["themes"] if theme not in THEMES)
    if not 1 <= len(set(front["themes"])) == len(front["themes"]) <= 4:
        yield "one to four different themes are wanted"
    if front.get("year", 2000) not in range(1990, 2027):
        yield f"year {front['year']} is out of range"
    if front["language"] != "en":
        yield "language must be en"


def _source_faults(sources: list[Mapping[str, object]]) -> Iterator[str]:
    for source in sources:
        if set(source) != {"report", "sections"} or source["report"] not in REPORT_IDS.values():
            yield f"a source has a report id and sections, found {source}"
