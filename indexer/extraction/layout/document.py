"""The whole of layout on one screen: lines of all pages → clean blocks in reading order.

pages ─▶ furniture off ─▶ reading order ─▶ notes aside ─▶ tables and groups ─▶ kinds
      ─▶ joined over columns and pages ─▶ notes behind what they interrupted ─▶ blocks
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from indexer.extraction.layout.barred_rows import with_whole_rows
from indexer.extraction.layout.body_text_size import Typography, typography
from indexer.extraction.layout.contents_page_numbers import with_page_numbers, without_leader
from indexer.extraction.layout.continuation import join_interrupted, with_notes
from indexer.extraction.layout.drawn_markers import with_markers
from indexer.extraction.layout.furniture import without_furniture
from indexer.extraction.layout.groups import Group, grouped
from indexer.extraction.layout.headings import mark_headings
from indexer.extraction.layout.joining import joined
from indexer.extraction.layout.lines import Line, OutlineEntry, PageLines
from indexer.extraction.layout.notes import split_notes, starts_note
from indexer.extraction.layout.reading_order import in_reading_order
from indexer.extraction.layout.row_labels import Parts, with_row_labels
from indexer.extraction.layout.row_spans import with_row_spans
from indexer.extraction.layout.ruled_rows import page_rows
from indexer.extraction.layout.tables import Extents, TableRow, find_tables
from indexer.extraction.layout.unmarked_items import mark_unmarked_items
from indexer.extraction.line_end_hyphens import Spelling
from indexer.extraction.text_cleaning import (
    contents_entry,
    is_caption,
    is_footnote,
    is_title,
    split_bullet,
)
from indexer.records import BlockKind, PageStart, TextBlock
from indexer.segmentation.table_cells import joined_cells

_NOTES_HEADING = re.compile(
    r"(?:\d+\.?\s+)?(?:(?:end|foot)?notes|references|notas|referencias|referências)\b.{0,20}",
    re.IGNORECASE,
)
_NUMBERED_NOTE = re.compile(r"\[?\d{1,3}[\].)]?\s")
_NUMBERED_FIGURE = re.compile(
    r"(?:table|figure|chart|graph|map|tabla|cuadro|figura|gr[aá]fico|mapa|tabela)\s+[\dIVX]+\b",
    re.IGNORECASE,
)
_NUMBERED_ITEM = re.compile(r"(\d{1,3})[.)] ")
_SENTENCE_BREAK = re.compile(r"[.!?]\s+[A-ZÀ-Þ]")
_LONG_ITEM = 200
_TITLE_STEP = 1.6
_MAX_TITLE_WORDS = 30


def lay_out(pages: Sequence[PageLines], outline: Sequence[OutlineEntry]) -> tuple[TextBlock, ...]:
    """Return the document's blocks in reading order; none if the pages hold no text.

    Args:
        pages: In order; pages that could not be extracted may be missing.
        outline: The file's own outline, in order; may be empty.
    """
    upright = [
        replace(page, lines=tuple(in_reading_order(with_page_numbers(with_markers(page.lines)))))
        for page in without_furniture(pages)
    ]
    lines = [line for page in upright for line in page.lines]
    if not lines:
        turned = (group for page in upright for group in _sideways(page, Spelling()))
        return tuple(_blocks(turned, Spelling()))
    style, spelling = typography(lines), Spelling.of(line.text for line in lines)
    running: list[Group] = []
    asides: dict[int, list[Group]] = {}
    begun: Extents = ()
    drawn: list[Parts] = []
    for page in upright:
        text, notes = split_notes(page.lines, body_size=style.size)
        parts = with_row_spans(page_rows(text, page.rules, begun=begun), page.rules)
        drawn.append(parts)
        begun = parts[-1].columns if parts and isinstance(parts[-1], TableRow) else ()
        asides[page.number] = [*_note_groups(notes), *_sideways(page, spelling)]
    for parts in with_row_labels(drawn):
        running += _page_groups(parts, style, spelling)
    _mark_kinds(running, style, outline)
    whole = join_interrupted(with_whole_rows(running, spelling))
    return tuple(_blocks(with_notes(whole, asides), spelling))


def _page_groups(
    parts: Sequence[Line | TableRow], style: Typography, spelling: Spelling
) -> Iterator[Group]:
    """Yield the groups of one page's running text, a group for each table row."""
    for _, part in groupby(parts, key=lambda part: isinstance(part, TableRow)):
        members = list(part)
        yield from grouped([line for line in members if isinstance(line, Line)], style)
        for row in members:
            if isinstance(row, TableRow):
                yield _row_group(row, spelling)


def _row_group(row: TableRow, spelling: Spelling) -> Group:
    lines = [line for cell in row.cells for line in cell]
    cells = [joined(cell, spelling)[0] if cell else "" for cell in row.cells]
    first = lines[0]
    text = joined_cells(cells)
    line = Line(text, first.page, first.x0, max(other.x1 for other in lines), first.y, first.size)
    kind = BlockKind.TABLE_HEADER if row.is_header else BlockKind.TABLE_ROW
    return Group([line], line.x1, kind=kind, is_drawn_row=True)


def _note_groups(notes: Sequence[Line]) -> Iterator[Group]:
    note: Group | None = None
    for line in notes:
        if note is None or starts_note(line):
            if note:
                yield note
            note = Group([line], line.x1, kind=BlockKind.FOOTNOTE)
        else:
            note.lines.append(line)
    if note:
        yield note


def _sideways(page: PageLines, spelling: Spelling) -> Iterator[Group]:
    """Yield a group for each line set sideways, and for each row of a table that is."""
    for part in find_tables(page.asides):
        yield _row_group(part, spelling) if isinstance(part, TableRow) else Group([part], part.x1)


def _mark_kinds(
    groups: Sequence[Group], style: Typography, outline: Sequence[OutlineEntry]
) -> None:
    above: Group | None = None
    for group in groups:
        if group.kind is BlockKind.PARAGRAPH:
            is_title = above is not None and _is_title_of_figure(above, group)
            group.kind = BlockKind.CAPTION if is_title else _plain_kind(group.text)
        above = group
    mark_headings(groups, style, outline)
    numbered = _numbered_paragraphs(groups)
    in_notes = False
    for group in groups:
        if group.kind is BlockKind.HEADING:
            in_notes = bool(_NOTES_HEADING.fullmatch(group.text))
        elif group.kind is BlockKind.PARAGRAPH:
            if in_notes and _NUMBERED_NOTE.match(group.text):
                group.kind = BlockKind.FOOTNOTE
            elif split_bullet(group.text) and id(group) not in numbered:
                group.kind = BlockKind.LIST_ITEM
    mark_unmarked_items(groups)


def _plain_kind(text: str) -> BlockKind:
    if contents_entry(text) or without_leader(text) != text or re.search(r"(?:^| )\|(?: |$)", text):
        return BlockKind.TABLE_ROW
    if is_caption(text) or (_NUMBERED_FIGURE.match(text) and is_title(text)):
        return BlockKind.CAPTION
    return BlockKind.FOOTNOTE if is_footnote(text) else BlockKind.PARAGRAPH


def _is_title_of_figure(label: Group, group: Group) -> bool:
    """Tell whether ``group`` stands right under a lone ``Table 4`` and says what it shows.

    As a heading it would stand over all that comes behind the table, too.
    """
    last, first = label.lines[-1], group.lines[0]
    return (
        label.kind is BlockKind.CAPTION
        and bool(_NUMBERED_FIGURE.fullmatch(label.text))
        and first.page == last.page
        and 0 < last.y - first.y <= _TITLE_STEP * first.size
        and is_title(group.text, max_words=_MAX_TITLE_WORDS)
    )


def _numbered_paragraphs(groups: Sequence[Group]) -> set[int]:
    """Return the ids of groups that begin with a number and are paragraphs, not list items.

    One of several sentences is, and so are all that are counted with it, where it is not alone:
    in a report that numbers its paragraphs a short one is no item, and may introduce a list.
    """
    counted: list[list[Group]] = []
    ending_in: dict[int, list[Group]] = {}
    for group in groups:
        number = _NUMBERED_ITEM.match(group.text) if group.kind is BlockKind.PARAGRAPH else None
        if number:
            at = int(number[1])
            members = ending_in.pop(at - 1, [])
            ending_in[at] = members
            counted += [] if members else [members]
            members.append(group)
    item_ids: set[int] = set()
    for members in counted:
        long = [group for group in members if _is_of_several_sentences(group.text)]
        is_usual = len(long) > 1 and 2 * len(long) >= len(members)
        item_ids.update(id(group) for group in (members if is_usual else long))
    return item_ids


def _is_of_several_sentences(text: str) -> bool:
    return len(text) > _LONG_ITEM and bool(_SENTENCE_BREAK.search(text.split(" ", 1)[1]))


def _blocks(groups: Iterable[Group], spelling: Spelling) -> Iterator[TextBlock]:
    for group in groups:
        text, starts = joined(group.lines, spelling)
        if entry := contents_entry(text):
            text = " | ".join(entry)
        text = without_leader(text)
        if group.kind is BlockKind.TABLE_ROW and not group.is_drawn_row:
            text, starts = _without_outer_bars(text, starts)
        if text:
            yield TextBlock(group.kind, text, level=group.level, page_starts=starts)


def _without_outer_bars(
    text: str, starts: tuple[PageStart, ...]
) -> tuple[str, tuple[PageStart, ...]]:
    bare = text.strip(" |") or text
    cut = text.index(bare)
    return bare, tuple(PageStart(max(start.start - cut, 0), start.page) for start in starts)
