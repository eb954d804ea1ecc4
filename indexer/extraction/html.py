"""HTML → blocks: the main text of a page, without its navigation, forms and scripts.

bytes ─▶ decoded ─▶ parsed ─▶ furniture off ─▶ walked in document order ─▶ blocks
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import Comment, Declaration, Doctype, NavigableString, ProcessingInstruction, Tag

from indexer.errors import Reason, UnreadableError
from indexer.extraction.decoding import decode
from indexer.extraction.list_markers import BULLET, list_marker
from indexer.extraction.table_rows import row_block
from indexer.extraction.text_cleaning import clean
from indexer.records import BlockKind, Extraction, TextBlock

MAX_BYTES = 64 * 1024 * 1024
"""Pages beyond this size are data dumps, and parsing one takes twenty times its size."""

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CODE = ["script", "style", "noscript", "template", "head", "dialog"]
_MEDIA = ["svg", "canvas", "iframe", "object", "embed", "audio", "video", "map"]
_CONTROLS = ["select", "button", "input", "datalist", "label", "option"]
_FURNITURE = ["nav", "header", "footer", "aside"]
_FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ARTICLE = ["article", "main", "section", "blockquote", "figure"]
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav "
    "ol p pre section summary table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOT_TEXT = (Comment, Doctype, ProcessingInstruction, Declaration)
_MAX_NOTE_MARK = 5
_MAX_ANCESTORS = 40
_MIN_SHARE = 0.5
"""Share of the page's prose that an element must hold to be its main text."""


def extract_html(data: bytes) -> Extraction:
    """Read the main text of a web page.

    Raises:
        UnreadableError: ``NO_TEXT`` for a page without words, ``TOO_LARGE`` beyond `MAX_BYTES`.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError(
            Reason.TOO_LARGE, f"the page has more than {MAX_BYTES >> 20} MiB; split it"
        )
    declared = _DECLARED.search(data[:4096])
    soup = _parsed(decode(data, declared=declared[1].decode("ascii") if declared else None))
    title = clean(soup.title.get_text()) if soup.title else ""
    blocks = _blocks(_main_text(soup))
    if not blocks:
        raise UnreadableError(
            Reason.NO_TEXT,
            "the page has no text of its own; save it from the browser after loading",
        )
    return Extraction(blocks, title=title or None)


def html_blocks(markup: str) -> tuple[TextBlock, ...]:
    """Return the blocks of a piece of HTML, such as one inside a Markdown file; maybe none."""
    soup = _parsed(markup)
    _drop_unseen(soup)
    return _blocks(soup)


def _parsed(markup: str) -> BeautifulSoup:
    # Without `huge_tree` the parser takes a comment of more than 10 MB for text.
    return BeautifulSoup(markup.replace("\0", ""), "lxml", huge_tree=True)


def _main_text(soup: BeautifulSoup) -> Tag:
    """Return the element that holds the main text, with everything else taken out of it.

    An element that holds most of the page's prose is never furniture, whatever it is called. If
    nothing is left, the page is its furniture, and stays.
    """
    _drop_unseen(soup)
    page = soup.body or soup
    if not page.get_text(strip=True):
        page = soup
    prose = _prose(page)
    furniture = [
        tag for tag in page.find_all(_is_furniture) if not prose or _prose(tag) < _MIN_SHARE * prose
    ]
    left = len(page.get_text(strip=True)) - _outer_length(furniture)
    if left > 0:
        for tag in furniture:
            tag.extract()
    main = page.find("main") or page.find(role="main")
    if isinstance(main, Tag) and _length(main) >= _MIN_SHARE * _length(page):
        return main
    return page


def _drop_unseen(soup: BeautifulSoup) -> None:
    """Take out what nobody who looks at the page sees: code, controls, hidden elements."""
    for tag in soup.find_all([*_CODE, *_MEDIA, *_CONTROLS]):
        tag.extract()
    for tag in soup.find_all(_is_hidden):
        tag.extract()
    for tag in soup.find_all("sup"):
        if _is_note_mark(tag):
            tag.extract()


def _is_hidden(tag: Tag) -> bool:
    hidden = tag.get("hidden")
    return (
        (hidden is not None and hidden != "until-found")
        or tag.get("aria-hidden") == "true"
        or _HIDDEN_STYLE.search(str(tag.get("style") or "")) is not None
    )


def _is_note_mark(tag: Tag) -> bool:
    """Tell whether a superscript is the link to a note rather than part of the sentence."""
    text = tag.get_text(strip=True)
    links = tag.find_all("a", href=re.compile("^#")) or tag.find_parents("a", href=re.compile("^#"))
    return bool(links) and len(text) <= _MAX_NOTE_MARK


def _is_furniture(tag: Tag) -> bool:
    if str(tag.get("role") or "") in _FURNITURE_ROLES:
        return True
    if tag.name not in _FURNITURE:
        return False
    return tag.name in {"nav", "aside"} or tag.find_parent(_ARTICLE) is None


def _prose(tag: Tag) -> int:
    return sum(len(paragraph.get_text(strip=True)) for paragraph in tag.find_all("p"))


def _length(tag: Tag) -> int:
    return len(tag.get_text(strip=True))


def _outer_length(tags: list[Tag]) -> int:
    """Return the length of the text in ``tags``, counting nested ones once."""
    chosen = {id(tag) for tag in tags}
    outer = [tag for tag in tags if not any(id(parent) in chosen for parent in tag.parents)]
    return sum(_length(tag) for tag in outer)


@dataclass(slots=True)
class _Flow:
    """Text gathered since the last block boundary, and what it will be.

    Attributes:
        pieces: The text so far.
        marker: What stands before the list item that was opened last, until it is used.
        numbers: Number of the last item of each ordered list, by the list's identity.
    """

    pieces: list[str] = field(default_factory=list)
    marker: str = ""
    numbers: dict[int, int] = field(default_factory=dict)

    def next_marker(self, item: Tag) -> str:
        """Return what the page shows before a list item: a dash, or its number."""
        listed = item.find_parent(["ol", "ul", "menu", "dir"])
        if listed is None or listed.name != "ol":
            return BULLET
        last = self.numbers.get(id(listed), (_start(listed, "start") or 1) - 1)
        self.numbers[id(listed)] = _start(item, "value") or last + 1
        return list_marker(self.numbers[id(listed)], str(listed.get("type") or "1"))

    def flush(self, around: Tag) -> Iterator[TextBlock]:
        """Yield what was gathered inside ``around`` as a block, if it has words."""
        text = clean("".join(self.pieces))
        self.pieces.clear()
        if not any(map(str.isalnum, text)):
            return
        kind, level = _kind(around)
        if kind is BlockKind.LIST_ITEM:
            kind = kind if self.marker else BlockKind.PARAGRAPH
            text = self.marker + text
        self.marker = ""
        yield TextBlock(kind, text, level=level)


def _blocks(root: Tag) -> tuple[TextBlock, ...]:
    return tuple(_walk(root))


def _walk(root: Tag) -> Iterator[TextBlock]:
    """Yield blocks in document order, without recursion: pages nest as deep as they like."""
    flow = _Flow()
    pending: list[tuple[object, bool]] = [(root, False)]
    while pending:
        node, is_closing = pending.pop()
        if isinstance(node, NavigableString) and not isinstance(node, _NOT_TEXT):
            flow.pieces.append(str(node))
        if not isinstance(node, Tag):
            continue
        if is_closing:
            yield from flow.flush(node)
            continue
        if node is root or node.name in _BLOCKS:
            yield from flow.flush(node.parent or root)
            pending.append((node, True))
        if node.name == "dl" or _is_data_table(node):
            yield from _definitions(node) if node.name == "dl" else _rows(node)
        else:
            _open(node, flow)
            pending.extend((child, False) for child in reversed(node.contents))


def _open(node: Tag, flow: _Flow) -> None:
    if node.name in {"br", "wbr"}:
        flow.pieces.append(" " if node.name == "br" else "")
    elif node.name == "q":
        flow.pieces.append("“")
    elif node.name == "li":
        flow.marker = flow.next_marker(node)


def _kind(around: Tag) -> tuple[BlockKind, int]:
    """Return what a block is that stands directly in ``around``, and its level as a heading."""
    for tag in (around, *islice(around.parents, _MAX_ANCESTORS)):
        if tag.name in _HEADINGS:
            return BlockKind.HEADING, _HEADINGS[tag.name]
        if tag.get("role") == "heading":
            level = str(tag.get("aria-level") or "2")
            return BlockKind.HEADING, int(level) if level in {"1", "2", "3", "4", "5", "6"} else 2
        if _is_note(tag):
            return BlockKind.FOOTNOTE, 0
        if tag.name in {"figcaption", "caption"}:
            return BlockKind.CAPTION, 0
        if tag.name == "li":
            return (BlockKind.FOOTNOTE if _in_notes(tag) else BlockKind.LIST_ITEM), 0
        if tag.name in {"table", "body"}:
            break
    return BlockKind.PARAGRAPH, 0


def _is_note(tag: Tag) -> bool:
    named = f"{tag.get('role') or ''} {' '.join(map(str, tag.get_attribute_list('class')))}"
    return re.search(r"(?:^|[\s_-])(?:doc-)?(?:foot|end)notes?(?:$|[\s_-])", named) is not None


def _in_notes(tag: Tag) -> bool:
    return any(_is_note(parent) for parent in islice(tag.parents, _MAX_ANCESTORS))


def _start(listed: Tag, attribute: str) -> int | None:
    number = str(listed.get(attribute) or "")
    return int(number) if re.fullmatch(r"\d{1,4}", number) else None


def _is_data_table(table: Tag) -> bool:
    """Tell whether a table holds data; one that only arranges the page is walked through."""
    if table.name != "table" or table.get("role") in {"presentation", "none"}:
        return False
    if table.find(["table", *_HEADINGS]) is not None:
        return False
    widths = [len(row.find_all(["td", "th"])) for row in table.find_all("tr")]
    return max(widths, default=0) > 1


def _rows(table: Tag) -> Iterator[TextBlock]:
    for caption in table.find_all("caption"):
        if text := clean(caption.get_text(" ")):
            yield TextBlock(BlockKind.CAPTION, text)
    for row in table.find_all("tr"):
        cells = row.find_all(["td", "th"])
        is_header = all(cell.name == "th" for cell in cells) or row.find_parent("thead") is not None
        if block := row_block(map(_inline_text, cells), is_header=is_header):
            yield block


def _inline_text(tag: Tag) -> str:
    """Return all text under ``tag``; blocks and line breaks become spaces, inline tags nothing."""
    pieces: list[str] = []
    for node in tag.descendants:
        if isinstance(node, Tag) and (node.name in _BLOCKS or node.name == "br"):
            pieces.append(" ")
        elif isinstance(node, NavigableString) and not isinstance(node, _NOT_TEXT):
            pieces.append(str(node))
    return "".join(pieces)


def _definitions(listed: Tag) -> Iterator[TextBlock]:
    """Yield each term with its definitions as a row: ``term | definition``."""
    terms: list[str] = []
    has_definition = False
    for entry in listed.find_all(["dt", "dd"]):
        if entry.name == "dt" and has_definition:
            yield from filter(None, [row_block(terms)])
            terms = []
        has_definition = entry.name == "dd"
        terms.append(_inline_text(entry))
    yield from filter(None, [row_block(terms)])
