"""Plain text → blocks: paragraphs, headings, lists, tables and notes, told by how lines look.

bytes ─▶ decoded ─▶ washed lines ─▶ groups of whole lines ─▶ classified ─▶ mended ─▶ blocks
"""

import re
from dataclasses import dataclass, replace

from indexer.errors import Reason, UnreadableError
from indexer.extraction.decoding import decode
from indexer.extraction.line_end_hyphens import Spelling
from indexer.extraction.paragraphs import Group, is_decoration, paragraph_groups, underline_level
from indexer.extraction.table_rows import tabbed_blocks
from indexer.extraction.text_cleaning import (
    clean,
    clean_lines,
    contents_entry,
    ends_sentence,
    heading_depth,
    is_all_capitals,
    is_caption,
    is_chapter,
    is_continued,
    is_footnote,
    is_title,
    join_lines,
    split_bullet,
)
from indexer.records import BlockKind, Extraction, TextBlock

_HASHES = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*$")
_MIN_PROSE = 80
_MAX_LEVEL = 6
_CONTENTS = re.compile(
    r"(?i)(?:table of )?contents|índice|indice|contenido|tabla de contenido|sumário"
)
_SOURCES = re.compile(
    r"(?i)(?:references|bibliography|works cited|(?:end|foot)?notes|referencias|bibliografía|notas|"
    r"referências|bibliografia)"
)
_FRONT = re.compile(
    r"(?i)(?:executive summary|foreword|preface|acknowledge?ments|acronyms(?: and abbreviations)?|"
    r"abbreviations|glossary|introduction|participants|conclusions?|concluding remarks|references|"
    r"bibliography|endnotes|notes|annex(?:es)?|appendix|appendices|resumen(?: ejecutivo)?|prólogo|"
    r"prefacio|agradecimientos|siglas|acrónimos|glosario|introducción|conclusiones|referencias|"
    r"bibliografía|anexos?|resumo(?: executivo)?|prefácio|agradecimentos|glossário|introdução|"
    r"conclus(?:ão|ões)|referências|bibliografia|apêndices?)"
)


def extract_plain_text(data: bytes) -> Extraction:
    """Read a plain text file in any encoding.

    Raises:
        UnreadableError: ``NO_TEXT`` if it holds no letter or digit, ``MISLABELLED`` if it is not
            text.
    """
    blocks = text_blocks(decode(data))
    if not blocks:
        raise UnreadableError(Reason.NO_TEXT, "the file holds only white space or decoration")
    first = blocks[0]
    return Extraction(blocks, title=first.text if first.kind is BlockKind.HEADING else None)


def text_blocks(text: str) -> tuple[TextBlock, ...]:
    """Return the blocks of a plain text in reading order; none if it has no letter or digit."""
    lines = clean_lines(text)
    groups = [group for group in paragraph_groups(lines) if group]
    classified: list[TextBlock] = []
    outline = _Outline()
    for at, group in enumerate(groups):
        following = groups[at + 1][0] if at + 1 < len(groups) else ""
        classified += _group_blocks(group, following, outline, is_first=not classified)
    return tuple(_mended(_numbered_lists_kept(classified), Spelling.of(lines)))


@dataclass(slots=True)
class _Outline:
    """The place in the outline: headings without a number go below numbered ones."""

    level: int = 0
    in_contents: bool = False
    in_sources: bool = False

    def enter(self, text: str, *, level: int = 0) -> TextBlock:
        """Return ``text`` as a heading, at ``level`` or where its number and wording put it."""
        depth = level or heading_depth(text) or int(bool(_FRONT.fullmatch(text)))
        self.in_contents = bool(_CONTENTS.fullmatch(text))
        self.in_sources = bool(_SOURCES.fullmatch(text))
        if depth or self.in_contents:
            self.level = min(depth or 1, _MAX_LEVEL)
            return TextBlock(BlockKind.HEADING, text, level=self.level)
        return TextBlock(BlockKind.HEADING, text, level=min(self.level + 1, _MAX_LEVEL))


def _group_blocks(
    group: Group, following: str, outline: _Outline, *, is_first: bool
) -> list[TextBlock]:
    if heading := _heading(group, following, outline, is_first=is_first):
        return [heading]
    if outline.in_contents and len(group) > 1:
        return [_contents_row(line) for line in group]
    outline.in_contents = False
    blocks: list[TextBlock] = []
    rows: list[str] = []
    for at, line in enumerate(group):
        # Two cells, the last a figure, may be a line of a contents page, unless rows stand above.
        is_entry = not rows and line.strip().count("\t") == 1 and contents_entry(line)
        if "\t" in (line if rows else line.strip()) and not is_entry:
            rows.append(line)
            continue
        blocks += tabbed_blocks(rows)
        rows = []
        below = group[at + 1] if at + 1 < len(group) else ""
        blocks += _line_blocks(line, below, outline)
    return blocks + tabbed_blocks(rows)


def _contents_row(line: str) -> TextBlock:
    entry = contents_entry(line) or (line, "")
    return TextBlock(BlockKind.TABLE_ROW, " | ".join(filter(None, map(clean, entry))))


def _heading(
    group: Group, following: str, outline: _Outline, *, is_first: bool
) -> TextBlock | None:
    """Return the heading that a group is, if it is one."""
    line = group[0].strip()
    if len(group) > 1 or "\t" in line:
        return None
    if hashes := _HASHES.fullmatch(line):
        return outline.enter(clean(hashes[2]), level=len(hashes[1])) if clean(hashes[2]) else None
    text = _unbulleted(clean(line))
    if is_caption(text) or is_footnote(text):
        return None
    is_heading = (
        is_chapter(text)
        or (bool(heading_depth(text)) and is_title(text, max_words=25))
        or (is_first and is_title(text, max_words=30))
        or _is_named_section(text)
        or (is_title(text) and _is_followed(following))
    )
    return outline.enter(text) if is_heading else None


def _is_named_section(text: str) -> bool:
    return bool(_FRONT.fullmatch(text) or _CONTENTS.fullmatch(text))


def _unbulleted(text: str) -> str:
    """Return a named part without the tick or arrow before it: ``✓ Action 1.1: …``."""
    item = split_bullet(text)
    return item[1] if item and item[0] == "- " and is_chapter(item[1]) else text


def _is_followed(following: str) -> bool:
    """Tell whether what comes next is something that a heading may stand above."""
    line = following.strip()
    return (
        len(line) >= _MIN_PROSE
        or ends_sentence(line)
        or "\t" in line
        or split_bullet(line) is not None
        or bool(heading_depth(line))
        or _HASHES.fullmatch(line) is not None
    )


def _line_blocks(line: str, below: str, outline: _Outline) -> list[TextBlock]:
    """Return the block of one whole line that stands in a group; none for decoration."""
    if entry := contents_entry(line):
        return [TextBlock(BlockKind.TABLE_ROW, clean(" | ".join(entry)))]
    text = clean(line)
    if not text or is_decoration(text):
        return []
    if (hashes := _HASHES.fullmatch(line)) and clean(hashes[2]):
        return [outline.enter(clean(hashes[2]), level=len(hashes[1]))]
    if level := underline_level(below):
        return [outline.enter(text, level=level)]
    if is_chapter(text) and is_all_capitals(text.split()[0]):
        return [outline.enter(text)]
    return [TextBlock(*_kind_and_text(text, in_sources=outline.in_sources))]


def _kind_and_text(text: str, *, in_sources: bool) -> tuple[BlockKind, str]:
    if in_sources or is_footnote(text):
        item = split_bullet(text)
        return BlockKind.FOOTNOTE, item[1] if item and item[0] == "- " else text
    if is_caption(text):
        return BlockKind.CAPTION, text
    if (item := split_bullet(text)) and item[1]:
        return BlockKind.LIST_ITEM, "".join(item)
    return BlockKind.PARAGRAPH, text


_MIN_LIST = 3


def _numbered_lists_kept(blocks: list[TextBlock]) -> list[TextBlock]:
    """Turn ``1. …``, ``2. …``, ``3. …`` with nothing between them from headings into a list."""
    kept = list(blocks)
    start = 0
    for at in range(1, len(blocks) + 1):
        if at < len(blocks) and _follows(blocks[at - 1], blocks[at]):
            continue
        if at - start >= _MIN_LIST:
            kept[start:at] = [TextBlock(BlockKind.LIST_ITEM, item.text) for item in kept[start:at]]
        start = at
    return kept


def _follows(first: TextBlock, second: TextBlock) -> bool:
    numbers = [re.match(r"(\d{1,2})[.)] ", block.text) for block in (first, second)]
    return (
        first.kind is second.kind is BlockKind.HEADING
        and numbers[0] is not None
        and numbers[1] is not None
        and int(numbers[1][1]) == int(numbers[0][1]) + 1
    )


_ASIDES = frozenset({BlockKind.FOOTNOTE, BlockKind.CAPTION})
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


def _mended(blocks: list[TextBlock], spelling: Spelling) -> list[TextBlock]:
    """Join the halves of paragraphs that a page break, a note or a photo credit cut in two."""
    mended: list[TextBlock] = []
    open_at: int | None = None  # the running text that the next paragraph may continue
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH and open_at is not None:
            begun = mended[open_at]
            if is_continued(begun.text, block.text):
                whole = join_lines([begun.text, block.text], spelling)
                mended[open_at] = replace(begun, text=whole)
                continue
        if block.kind is BlockKind.PARAGRAPH and _goes_on_with_note(mended, block.text):
            mended[-1] = replace(mended[-1], text=f"{mended[-1].text} {block.text}")
            continue
        mended.append(block)
        if block.kind in _RUNNING:
            open_at = len(mended) - 1
        elif block.kind not in _ASIDES:
            open_at = None
    return mended


def _goes_on_with_note(blocks: list[TextBlock], text: str) -> bool:
    if not blocks or blocks[-1].kind is not BlockKind.FOOTNOTE:
        return False
    return text.startswith(("http://", "https://", "www.")) or is_continued(blocks[-1].text, text)
