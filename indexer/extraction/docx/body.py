"""DOCX → blocks, in document order: paragraphs, lists, tables, text boxes, notes.

    bytes ─▶ package of XML parts ─▶ body walked ─▶ blocks

The XML is walked rather than python-docx's objects, which leave out text boxes, content controls,
footnotes and insertions that await approval.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from indexer.errors import Reason, UnreadableError
from indexer.extraction.docx.inline import NoteNumbers, inline_of
from indexer.extraction.docx.package import (
    GENERIC_TITLE,
    Package,
    attribute,
    child,
    children,
    is_on,
    name,
    open_package,
    value,
)
from indexer.extraction.docx.run_looks import RunLooks
from indexer.extraction.docx.styles import (
    Numbering,
    Style,
    outline_level,
    read_numbering,
    read_styles,
)
from indexer.extraction.docx.tables import cells_of, is_deleted, row_cells, unwrapped
from indexer.extraction.list_markers import BULLET
from indexer.extraction.table_rows import RowCells, row_block, row_blocks, with_captions
from indexer.extraction.text_cleaning import clean, contents_entry, split_bullet
from indexer.extraction.unseen_text import unseen_note
from indexer.records import BlockKind, Extraction, TextBlock

_RUNNING = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING, BlockKind.CAPTION}
)


def extract_docx(data: bytes) -> Extraction:
    """Read a Word document; tracked deletions and hidden text are left out.

    Raises:
        UnreadableError: See `package.open_package`; ``NO_TEXT`` for a document without words.
    """
    package = open_package(data)
    walker = _Walker.of(package)
    try:
        blocks = with_captions(walker.blocks(child(package.document, "body")))
    except RecursionError as error:
        raise UnreadableError(
            Reason.DAMAGED, "tables or boxes are nested hundreds deep; save the file again in Word"
        ) from error
    blocks += tuple(walker.remaining_notes())
    if not blocks:
        raise UnreadableError(
            Reason.NO_TEXT, "the document has no text, maybe only pictures; run OCR and save as PDF"
        )
    title = _core_title(package.properties) or walker.title
    notes = _losses(package.document) + unseen_note(walker.n_unseen)
    return Extraction(blocks, title=title or None, notes=notes)


def _core_title(properties: etree._Element | None) -> str:
    title = clean(next((title.text or "" for title in children(properties, "title")), ""))
    return "" if GENERIC_TITLE.fullmatch(title) else title


def _losses(document: etree._Element) -> tuple[str, ...]:
    """Name what holds text but lies outside the document's own XML."""
    uris = [attribute(data, "uri") or "" for data in document.iter("{*}graphicData")]
    drawings = sum(uri.endswith(("/chart", "/diagram")) for uri in uris)
    imports = sum(1 for _ in document.iter("{*}altChunk"))
    notes = []
    if drawings:
        notes.append(f"The text inside {drawings} chart(s) or diagram(s) was not read.")
    unread = sum(1 for key in ("checkBox", "commentReference") for _ in document.iter("{*}" + key))
    if unread:
        notes.append(f"Ticked boxes and comments are not read: {unread}.")
    if imports:
        notes.append(f"{imports} embedded file(s) were not read; open and save the file in Word.")
    return tuple(notes)


@dataclass(slots=True)
class _Walker:
    """Walks a body once, counting lists and keeping which notes are still to come."""

    styles: dict[str, Style]
    numbering: Numbering
    footnotes: dict[str, etree._Element]
    endnotes: dict[str, etree._Element]
    looks: RunLooks
    note_numbers: NoteNumbers
    title: str = ""
    n_unseen: int = 0

    @classmethod
    def of(cls, package: Package) -> "_Walker":
        return cls(
            styles=dict(read_styles(package.styles)),
            numbering=read_numbering(package.numbering),
            footnotes=_notes(package.footnotes, "footnote"),
            endnotes=_notes(package.endnotes, "endnote"),
            looks=RunLooks(package.styles, package.document),
            note_numbers=NoteNumbers(package.document),
        )

    def blocks(self, container: etree._Element | None) -> Iterator[TextBlock]:
        """Yield the blocks of a body, cell, box or note, each footnote after its paragraph."""
        for element in unwrapped(container):
            if name(element) == "p":
                yield from self._paragraph(element)
            elif name(element) == "tbl":
                yield from self._table(element)

    def remaining_notes(self) -> Iterator[TextBlock]:
        """Yield the endnotes, and footnotes that nothing refers to."""
        for note in (*self.footnotes.values(), *self.endnotes.values()):
            yield from self._note(note)

    def _paragraph(self, element: etree._Element) -> Iterator[TextBlock]:
        inline = inline_of(element, looks=self.looks, notes=self.note_numbers)
        self.n_unseen += inline.n_unseen
        if block := self._text_block(element, inline.text):
            yield block
        for note_id in inline.footnotes:
            if (note := self.footnotes.pop(note_id, None)) is not None:
                yield from self._note(note)
        for box in inline.boxes:
            yield from self.blocks(box)

    def _text_block(self, element: etree._Element, raw: str) -> TextBlock | None:
        text = clean(raw)
        if not any(map(str.isalnum, text)):
            return None
        style_id = value(element, "pPr", "pStyle") or ""
        style = self.styles.get(style_id, Style())
        written = value(element, "pPr", "outlineLvl")
        level = outline_level(written) if written is not None else style.level
        if style.name == "title":
            self.title = self.title or text
            return TextBlock(BlockKind.HEADING, text, level=1)
        if style.name.startswith("toc "):
            return row_block(contents_entry(raw) or [raw])
        marker = self._marker(element, style_id, style)
        if level:
            prefix = marker if marker != BULLET else ""
            return TextBlock(BlockKind.HEADING, prefix + text, level=level)
        if style.name == "caption":
            return TextBlock(BlockKind.CAPTION, text)
        return _item(marker, text) if marker else _body_text(text)

    def _marker(self, element: etree._Element, style_id: str, style: Style) -> str:
        """Return the list marker before a paragraph; empty if it is in no list."""
        listed = child(element, "pPr", "numPr")
        list_id = value(listed, "numId") or style.list_id
        if list_id == "0":
            return ""
        if list_id is None:
            return BULLET if style.name.startswith(("list bullet", "list number")) else ""
        written = value(listed, "ilvl")
        if written is not None and written.isdecimal():
            return self.numbering.next_marker(list_id, int(written[:2]))
        level = style.list_level
        tied = self.numbering.level_of(style_id) if level is None else level
        return self.numbering.next_marker(list_id, tied)

    def _note(self, note: etree._Element) -> Iterator[TextBlock]:
        text = " ".join(block.text for block in self.blocks(note))
        if text:
            yield TextBlock(BlockKind.FOOTNOTE, text)

    def _table(self, table: etree._Element) -> Iterator[TextBlock]:
        """Yield the rows of a table, and behind them the tables and notes inside of it."""
        rows = [row for row in unwrapped(table) if name(row) == "tr" and not is_deleted(row)]
        filled = [[(cell, list(self.blocks(cell))) for cell in cells_of(row)] for row in rows]
        contents = [[blocks for _, blocks in cells] for cells in filled if cells]
        if _is_layout(contents):
            yield from (block for cells in contents for blocks in cells for block in blocks)
            return
        texts = [
            RowCells(
                row_cells(row, [(cell, _joined(blocks)) for cell, blocks in cells]),
                is_header=is_on(row, "trPr", "tblHeader"),
            )
            for row, cells in zip(rows, filled, strict=True)
        ]
        yield from (block for blocks in row_blocks(texts) for block in blocks)
        inner = (block for cells in contents for blocks in cells for block in blocks)
        yield from (block for block in inner if block.kind not in _RUNNING)


def _item(marker: str, text: str) -> TextBlock:
    drawn = split_bullet(text) if marker == BULLET else None
    return TextBlock(BlockKind.LIST_ITEM, "".join(drawn) if drawn else marker + text)


def _body_text(text: str) -> TextBlock:
    """Return a paragraph, or a list item if somebody typed its bullet."""
    typed = split_bullet(text)
    if typed and typed[0] == BULLET and typed[1]:
        return TextBlock(BlockKind.LIST_ITEM, "".join(typed))
    return TextBlock(BlockKind.PARAGRAPH, text)


def _joined(cell: Iterable[TextBlock]) -> str:
    return " ".join(block.text for block in cell if block.kind in _RUNNING)


def _is_layout(rows: list[list[list[TextBlock]]]) -> bool:
    """Tell whether a table only frames text: one column, or headings with text under them."""
    if all(len(cells) == 1 for cells in rows):
        return True
    return any(
        block.kind is BlockKind.HEADING and at + 1 < len(cell)
        for cells in rows
        for cell in cells
        for at, block in enumerate(cell)
    )


def _notes(part: etree._Element | None, key: str) -> dict[str, etree._Element]:
    """Return the notes by id, without the rules that part them from the text."""
    return {
        attribute(note, "id") or "": note
        for note in children(part, key)
        if attribute(note, "type") in {None, "normal"}
    }
