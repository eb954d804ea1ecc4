"""Lines of plain text → groups of whole paragraphs, list items and table rows.

    lines ─▶ groups (blank lines between them) ─▶ wrapped lines joined ─▶ groups of whole lines

Plain text comes wrapped at a column, with one paragraph a line, or as both in one file; what a
line break means is decided from the lines around it.
"""

import re
from itertools import groupby, pairwise

from indexer.extraction.line_end_hyphens import Spelling
from indexer.extraction.text_cleaning import (
    contents_entry,
    ends_sentence,
    is_all_capitals,
    is_caption,
    is_chapter,
    is_footnote,
    join_lines,
    split_bullet,
    strip_emphasis,
    strip_tags,
)

_MAX_WRAP = 110
"""Columns beyond which nobody wraps lines by hand or by editor."""
_MIN_WRAP = 40
_MIN_LINES = 4
_LONG_LINE = 160
_RULE = re.compile(r"\s*([=~_*#-])\1{2,}\s*")
_TO_BE_CONTINUED = re.compile(r"(?:,|[^\W\d_][-\u2010]|\b(?:and|of|the|y|de|la|e|da|do))$")

Group = list[str]
"""Whole lines that no blank line separates; a tab inside a line parts table cells."""


def paragraph_groups(lines: list[str]) -> list[Group]:
    """Return the text's whole lines, grouped as blank lines group them; no line is blank.

    Args:
        lines: Washed lines, as `text_cleaning.clean_lines` gives them.
    """
    spelling = Spelling.of(lines)
    groups = _groups(lines)
    if _has_line_paragraphs(groups):
        groups = [[line] for group in groups for line in group]
    width = _wrap_width(groups)
    return [_whole_lines(_without_markup(group), width, spelling) for group in groups]


def underline_level(line: str) -> int:
    """Return the heading level that a line of ``===`` (1) or ``---`` (2) gives to the one above it.

    Any other line gives 0.
    """
    rule = _RULE.fullmatch(line)
    return 0 if not rule else 1 if rule[1] in "=*#" else 2


def _groups(lines: list[str]) -> list[Group]:
    return [
        list(group) for filled, group in groupby(lines, lambda line: bool(line.strip())) if filled
    ]


def _has_line_paragraphs(groups: list[Group]) -> bool:
    """Tell whether each line is a paragraph of its own, with no blank lines between them."""
    followed = sum(
        len(above) > _LONG_LINE and not _opens(line) and "\t" not in above + line
        for group in groups
        for above, line in pairwise(group)
    )
    last = sum(len(group[-1]) > _LONG_LINE for group in groups)
    return followed > 1 and followed > 2 * last


def _wrap_width(groups: list[Group]) -> int | None:
    """Return the column at which the file's lines break, ``None`` if it does not wrap."""
    lengths = sorted(len(line) for group in groups for line in group if "\t" not in line)
    if len(lengths) < _MIN_LINES:
        return None
    longest = lengths[len(lengths) * 98 // 100]
    return longest if _MIN_WRAP <= longest <= _MAX_WRAP else None


def _without_markup(group: Group) -> Group:
    """Strip emphasis and tags, also where a pair of markers spans several lines."""
    return strip_tags(strip_emphasis("\n".join(group))).split("\n")


def _whole_lines(group: Group, width: int | None, spelling: Spelling) -> Group:
    column = width or _own_width(group)
    runs: list[list[str]] = []
    for line in group:
        if runs and _continues(runs[-1][-1], line, column, in_item=_is_item(runs[-1][0])):
            runs[-1].append(line)
        else:
            runs.append([line])
    return [whole for run in runs if (whole := join_lines(run, spelling) if run[1:] else run[0])]


def _own_width(group: Group) -> int | None:
    """Return the column of a wrapped paragraph that stands in a file of long lines."""
    lengths = [len(line) for line in group]
    is_wrapped = len(group) >= _MIN_LINES - 1 and all(
        _MIN_WRAP <= length <= _MAX_WRAP for length in lengths[:-1]
    )
    return max(lengths) if is_wrapped and lengths[-1] <= _MAX_WRAP else None


def _is_item(line: str) -> bool:
    return split_bullet(line) is not None or is_footnote(line)


def _continues(above: str, line: str, column: int | None, *, in_item: bool) -> bool:
    """Tell whether ``line`` goes on with the sentence of the line above it."""
    if "\t" in above.rstrip() or "\t" in line.rstrip() or _opens(line):
        return False
    if contents_entry(above) or underline_level(above) or underline_level(line):
        return False
    if _TO_BE_CONTINUED.search(above) or (line.lstrip()[:1].islower() and not ends_sentence(above)):
        return True
    if in_item and line.startswith(" "):
        return True
    if is_all_capitals(above) and is_all_capitals(line):
        return True
    return column is not None and _is_full(above, line, column)


def _is_full(above: str, line: str, column: int) -> bool:
    """Tell whether the first word of ``line`` had no room left on the line above it."""
    first_word = line.split(maxsplit=1)[0]
    return len(above) + 1 + len(first_word) > column - 8 and len(above) > column // 2


def _opens(line: str) -> bool:
    """Tell whether ``line`` starts something of its own, whatever stands above it."""
    return (
        (split_bullet(line) is not None and not line.lstrip().startswith("o "))
        or line.lstrip().startswith("#")
        or is_footnote(line)
        or is_chapter(line)
        or is_caption(line)
    )


def is_decoration(line: str) -> bool:
    """Tell whether ``line`` has neither a letter nor a digit: a rule, a row of stars."""
    return not any(map(str.isalnum, line))
