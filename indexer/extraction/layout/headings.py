"""Tells headings from text, and how deep each one stands."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from indexer.extraction.layout.body_text_size import Typography
from indexer.extraction.layout.groups import Group
from indexer.extraction.layout.lines import OutlineEntry
from indexer.extraction.layout.unmarked_headings import is_title_of_notes, lost_numbered_headings
from indexer.extraction.text_cleaning import (
    PartName,
    heading_depth,
    is_all_capitals,
    is_annex,
    is_chapter,
    is_title,
    part_name,
    split_bullet,
)
from indexer.records import BlockKind

_LARGER = 1.12
_MUCH_LARGER = 1.35
_MAX_CHARS = 300
_MAX_LINES = 10
_MIN_LETTERS = 2
_MAX_WORDS = 40
_MAX_LEVEL = 6
_MAX_LEAD_WORDS = 7
_MIN_BODY_CHARS = 60
_COVER_PAGES = 3
_MANY_STYLES = 4
_WORDS = re.compile(r"\w+")
_CODE = re.compile(r"(?=\S*\d)\S*[/.]\S*")  # such as ESCAP/CSD(8)/6

_Style = tuple[int, int]


def mark_headings(
    groups: Sequence[Group], style: Typography, outline: Sequence[OutlineEntry]
) -> None:
    """Give every heading among ``groups`` its kind and level.

    A heading is what the outline names, or what is short and set larger, bold or in capitals, or
    what begins with a section number or a word such as ``Box 4.``; without an outline also what
    `indexer.extraction.layout.unmarked_headings` finds among the body. Levels follow the outline
    where there is one; else size, then weight and capitals, then the depth of the number, and what
    is numbered stands in no part that it cannot be one of.
    """
    outlined: dict[str, int] = {}
    for entry in outline:
        outlined.setdefault(_key(entry.title), entry.level)
    for group in groups:
        if _is_heading(group, style, outlined):
            group.kind = BlockKind.HEADING
    for above, group, below in zip(groups, groups[1:], groups[2:], strict=False):
        if _leads_in(above, group, below, style):
            group.kind = BlockKind.HEADING
    headings = [group for group in groups if group.kind is BlockKind.HEADING]
    _set_levels(headings, outlined)
    if not outlined:
        _nest(_with_unmarked(groups))


def _with_unmarked(groups: Sequence[Group]) -> list[Group]:
    """Return the headings, with those among them now that are set like the body.

    The title of the notes that close a document has level 0: it stands in no part and holds none.
    """
    leaders = lost_numbered_headings(groups)
    for group in groups:
        if leader := leaders.get(id(group)):
            group.kind, group.level = BlockKind.HEADING, leader.level
    for below, group in pairwise(reversed(groups)):
        if is_title_of_notes(group, below):
            group.kind, group.level = BlockKind.HEADING, 0
        if group.kind is BlockKind.HEADING and (part_name(group.text) or not group.level):
            break
    return [group for group in groups if group.kind is BlockKind.HEADING]


def _key(title: str) -> str:
    return " ".join(_WORDS.findall(title.casefold()))


def _is_heading(group: Group, style: Typography, outlined: dict[str, int]) -> bool:
    text = group.text
    if group.kind is not BlockKind.PARAGRAPH or len(group.lines) > _MAX_LINES:
        return False
    if sum(map(str.isalpha, text)) < _MIN_LETTERS or " | " in text or _CODE.fullmatch(text):
        return False
    if is_chapter(text):
        return True
    if len(text) > _MAX_CHARS or len(text.split()) > _MAX_WORDS or text[0] in "-•":
        return False
    return _key(text) in outlined or _stands_out(group, text, style)


def _stands_out(group: Group, text: str, style: Typography) -> bool:
    is_numbered = heading_depth(text) > 1
    is_sentence = text.endswith((".", ";", ",")) and not text[:-1].isupper()
    if is_numbered and group.bold and not style.bold:
        return True
    if group.size >= _LARGER * style.size:
        return not is_sentence or group.size >= _MUCH_LARGER * style.size
    if is_sentence or not (text[0].isupper() or text[0].isdigit() or text[0] in '¿¡“"(‘'):
        return False
    if group.size < 0.94 * style.size:
        return False
    if is_all_capitals(text) or (group.bold and not style.bold):
        return True
    return is_numbered and is_title(text)


def _leads_in(above: Group, group: Group, below: Group, style: Typography) -> bool:
    """Tell whether ``group``, set like the body, is a short title right above what it names."""
    text = group.text
    return (
        group.kind is below.kind is BlockKind.PARAGRAPH
        and len(group.lines) == 1
        and abs(group.size - style.size) < 1
        and 1 <= len(text.split()) <= _MAX_LEAD_WORDS
        and not re.search(r"[\d¹²³⁰⁴-⁹,:|©@]", text)
        and is_title(text)
        and len(above.text) > _MIN_BODY_CHARS
        and (len(below.text) > _MIN_BODY_CHARS or split_bullet(below.text) is not None)
    )


def _set_levels(headings: Sequence[Group], outlined: dict[str, int]) -> None:
    """Rank the styles by size and weight; inside a style, a longer section number stands deeper.

    A style that the outline knows takes the level that it gives most often. What is seen on the
    cover only has level 1 and pushes nothing down; nor, where there are many styles, does one that
    is seen but once. Levels that would lie beyond the lowest move up over those nobody has.
    """
    by_style: dict[_Style, list[Group]] = defaultdict(list)
    for group in headings:
        by_style[_style(group)].append(group)
    pushing = _pushing(by_style)
    level = 0
    for style, members in sorted(by_style.items()):
        named = Counter(outlined[key] for group in members if (key := _key(group.text)) in outlined)
        level = named.most_common(1)[0][0] if named else level + (style in pushing)
        least = min(_depth(group) for group in members)
        for group in members:
            ranked = max(level, 1) + (0 if named else _depth(group) - least)
            group.level = outlined.get(_key(group.text), ranked)
    _move_up(headings)


def _nest(headings: Sequence[Group]) -> None:
    """Take numbered headings and annexes out of parts that end where they begin.

    A guide may set ``Recommendation 2`` smaller than a ``Box 4`` before it. A box is no part of
    the checklist that it stands behind, but of what that checks. Levels are then without gaps: each
    heading is one below what it stands under.
    """
    path: list[tuple[int, PartName | None]] = []
    for group in headings:
        name = part_name(group.text)
        above = next((at for at, (level, _) in enumerate(path) if level >= group.level), len(path))
        if name is not None:
            ended = (at for at, (_, other) in enumerate(path) if other and name.closes(other))
            above = min(above, next(ended, above))
            above = _first_restated(path[:above]) if name.is_box else above
        path = [] if is_annex(group.text) else path[:above]
        path.append((group.level or _MAX_LEVEL + 1, name))
        group.level = len(path)


def _first_restated(path: Sequence[tuple[int, PartName | None]]) -> int:
    """Return where ``path`` names a part that it is in already, as a checklist does; or its end."""
    names = [name for _, name in path]
    return next((at for at, name in enumerate(names) if name and name in names[:at]), len(path))


def _pushing(by_style: Mapping[_Style, Sequence[Group]]) -> set[_Style]:
    """Return the styles that push those below them down."""
    inner = {
        style
        for style, members in by_style.items()
        if any(group.lines[0].page > _COVER_PAGES for group in members)
    }
    if len(inner) > _MANY_STYLES:
        return {style for style in inner if len(by_style[style]) > 1}
    return inner if len(by_style) > 1 else set(by_style)


def _move_up(headings: Sequence[Group]) -> None:
    """Bring levels beyond the lowest back, over those that no heading has."""
    used = sorted({group.level for group in headings})
    if used and used[-1] > _MAX_LEVEL:
        for group in headings:
            group.level = min(used.index(group.level) + 1, _MAX_LEVEL)


def _style(group: Group) -> _Style:
    """Return a key that sorts from the highest headings to the lowest."""
    if group.bold:
        return -round(group.size), 0 if is_all_capitals(group.text) else 1
    return -round(group.size), 2 if is_all_capitals(group.text) else 3


def _depth(group: Group) -> int:
    return max(heading_depth(group.text), 1)
