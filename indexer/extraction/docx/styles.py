"""Style and numbering of DOCX paragraphs: heading level, list marker, role."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from indexer.extraction.docx.package import attribute, child, children, value
from indexer.extraction.list_markers import BULLET, numeral
from indexer.extraction.text_cleaning import clean

_MAX_LEVEL = 9
NUMBER_STYLES = {
    "decimal": "1",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}
"""Word's formats of numbers, in the styles of `indexer.extraction.list_markers`."""


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits.

    Attributes:
        name: In lower case, in English whatever the language of Word: ``"heading 1"``.
        level: Outline level, 1 the highest; 0 for body text.
        list_id: The list that its paragraphs belong to, or ``None``.
        list_level: Depth in that list, 0 the outermost; ``None`` where the list says it.
    """

    name: str = ""
    level: int = 0
    list_id: str | None = None
    list_level: int | None = None


def read_styles(part: etree._Element | None) -> Mapping[str, Style]:
    """Return the paragraph styles by id."""
    raw = {
        attribute(style, "styleId") or "": style
        for style in children(part, "style")
        if attribute(style, "type") in {"paragraph", None}
    }
    return {style_id: _resolved(style_id, raw) for style_id in raw}


def chain(style_id: str, raw: Mapping[str, etree._Element]) -> list[etree._Element]:
    """Return a style and those that it is based on, nearest first."""
    chain: list[etree._Element] = []
    at = style_id
    while at in raw and raw[at] not in chain:
        chain.append(raw[at])
        at = value(raw[at], "basedOn") or ""
    return chain


def _resolved(style_id: str, raw: Mapping[str, etree._Element]) -> Style:
    """Return a style; what it does not say itself comes from the styles it is based on."""
    styles = chain(style_id, raw)
    names = [(value(style, "name") or "").lower() for style in styles]
    outlines = (value(style, "pPr", "outlineLvl") for style in styles)
    heading = next(
        (match[1] for style_name in names if (match := re.fullmatch(r"heading (\d)", style_name))),
        None,
    )
    outline = next((outline for outline in outlines if outline is not None), None)
    lists = (child(style, "pPr", "numPr") for style in styles)
    listed = next((listed for listed in lists if listed is not None), None)
    return Style(
        name=next((style_name for style_name in names if _is_role(style_name)), names[0]),
        level=int(heading) if heading else outline_level(outline),
        list_id=value(listed, "numId"),
        list_level=_number(value(listed, "ilvl")),
    )


def _is_role(style_name: str) -> bool:
    return style_name in {"title", "caption"} or style_name.startswith(("toc ", "list "))


def outline_level(written: str | None) -> int:
    """Return a level counted from 1 for Word's ``outlineLvl``, which counts from 0; body is 0."""
    level = _number(written)
    return level + 1 if level is not None and 0 <= level < _MAX_LEVEL else 0


def _number(written: str | None) -> int | None:
    return int(written) if written is not None and re.fullmatch(r"\d{1,6}", written) else None


@dataclass(frozen=True, slots=True)
class _Level:
    """Numbering of one level of a list.

    Attributes:
        style: ``"1"``, ``"a"``, ``"A"``, ``"i"``, ``"I"``, or empty for a bullet.
        pattern: Where the numbers go: ``"%1.%2."``.
        start: First number.
    """

    style: str = ""
    pattern: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """Counts the items of every list in document order, as Word does when it shows them."""

    _levels: Mapping[str, Mapping[int, _Level]]
    _abstract: Mapping[str, str]
    _style_levels: Mapping[str, int]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def level_of(self, style_id: str) -> int:
        """Return the list level that is tied to a paragraph style; 0 if none is."""
        return self._style_levels.get(style_id, 0)

    def next_marker(self, list_id: str, level: int) -> str:
        """Count one more item and return its marker: ``"- "``, ``"2.1 "``, ``"(b) "``."""
        levels = self._levels.get(list_id, {})
        definition = levels.get(level, _Level())
        if not definition.style:
            return BULLET
        counts = self._counts.setdefault(self._abstract.get(list_id, list_id), {})
        counts[level] = counts.get(level, definition.start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            there = levels.get(at, _Level())
            return numeral(counts.get(at, there.start), there.style or "1")

        written = clean(re.sub(r"%(\d)", shown, definition.pattern))
        return f"{written} " if written else BULLET


def read_numbering(part: etree._Element | None) -> Numbering:
    """Return the lists that a document defines."""
    abstracts = {
        attribute(abstract, "abstractNumId") or "": abstract
        for abstract in children(part, "abstractNum")
    }
    lists = {attribute(number, "numId") or "": number for number in children(part, "num")}
    abstract_ids = {
        list_id: value(number, "abstractNumId") or "" for list_id, number in lists.items()
    }
    levels = {
        list_id: _levels_of(abstracts.get(abstract_ids[list_id]), number)
        for list_id, number in lists.items()
    }
    tied = {
        style_id: _number(attribute(level, "ilvl")) or 0
        for abstract in abstracts.values()
        for level in children(abstract, "lvl")
        if (style_id := value(level, "pStyle"))
    }
    restarted = {
        list_id for list_id, number in lists.items() if child(number, "lvlOverride") is not None
    }
    counted_by = {
        list_id: list_id if list_id in restarted else f"abstract {abstract_ids[list_id]}"
        for list_id in lists
    }
    return Numbering(levels, counted_by, tied)


def _levels_of(abstract: etree._Element | None, listed: etree._Element) -> dict[int, _Level]:
    starts = {
        _number(attribute(override, "ilvl")): _number(value(override, "startOverride"))
        for override in children(listed, "lvlOverride")
    }
    levels: dict[int, _Level] = {}
    for level in children(abstract, "lvl"):
        at = _number(attribute(level, "ilvl")) or 0
        start = starts.get(at)
        first = start if start is not None else _number(value(level, "start"))
        written = value(level, "numFmt") or "decimal"
        style = "" if written in {"bullet", "none"} else NUMBER_STYLES.get(written, "1")
        levels[at] = _Level(style, value(level, "lvlText") or "", 1 if first is None else first)
    return levels
