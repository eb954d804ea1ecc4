"""Text of a report as a page shows it: runs make cells, cells make blocks, blocks make groups."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of a block that is shown in one way.

    Attributes:
        text: Its words.
        marked: Whether it is quoted, or a word that was looked for.
        current: Whether the page opens at this mark.
        anchor: Whether that mark begins with it.
        page: Page that begins with it, in the middle of a block; else ``None``.
    """

    text: str
    marked: bool = False
    current: bool = False
    anchor: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block.

    Attributes:
        start: Its offset in the document's text; its anchor is ``at-<start>``.
        cells: Its text as runs: those of each cell for a table row, else a single cell.
        is_header: Whether it is the header of a table.
        is_bullet: Whether it is a list item whose marker is a plain bullet, left out of `cells`.
    """

    start: int
    cells: tuple[tuple[TextRun, ...], ...]
    is_header: bool = False
    is_bullet: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together on the page.

    Attributes:
        kind: ``heading``, ``paragraph``, ``list``, ``table``, ``caption`` or ``footnote``.
        level: Of a heading, 1 the highest; else 0.
        page: Page that begins with this group, or ``None``.
        blocks: At least one; exactly one unless `kind` is ``list`` or ``table``.
    """

    kind: str
    level: int
    page: int | None
    blocks: tuple[BlockView, ...]
