"""Markdown blocks as flowables: headings, paragraphs, lists, tables."""

import html
import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from docs.compendia.look import ACCENT, HAIRLINE, QUIET, Styles
from docs.compendia.pages import Heading
from docs.compendia.sources import REPORTS


def blocks(source: str, styles: Styles, *, width: float, slug: str) -> Iterator[Flowable]:
    """Yield the flowables of a body in Markdown, for a column of ``width`` points.

    ``slug`` makes the keys of its headings unique.
    """
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(source))
    for at, node in enumerate(tree.children):
        yield from _block(node, styles, width, f"{slug}-{at}")


def _block(node: SyntaxTreeNode, styles: Styles, width: float, key: str) -> Iterator[Flowable]:
    if node.type == "heading":
        yield Heading(_plain(node.children[0]), styles.heading, level=2, key=key)
    elif node.type == "paragraph":
        lead_in = _plain(node.children[0]).endswith(":")
        yield Paragraph(_markup(node.children[0]), styles.lead_in if lead_in else styles.body)
    elif node.type in {"bullet_list", "ordered_list"}:
        yield from _list_items(node, styles.item)
        yield Spacer(0, 3)
    elif node.type == "table":
        yield _table(node, styles, width)
    else:
        raise ValueError(f"no way to typeset {node.type!r} at line {node.map}")


def _list_items(node: SyntaxTreeNode, style: ParagraphStyle) -> Iterator[Flowable]:
    for number, item in enumerate(node.children, start=1):
        mark = "•" if node.type == "bullet_list" else f"{number}."
        for child in item.children:
            if child.type == "paragraph":
                yield Paragraph(_markup(child.children[0]), style, bulletText=mark)
            else:
                yield from _list_items(child, _indented(style))


def _indented(style: ParagraphStyle) -> ParagraphStyle:
    left, mark = style.leftIndent + 13, style.bulletIndent + 13
    return ParagraphStyle("nested", style, leftIndent=left, bulletIndent=mark)


def _table(node: SyntaxTreeNode, styles: Styles, width: float) -> Table:
    rows = [row.children for section in node.children for row in section.children]
    cells = [
        [Paragraph(_markup(cell.children[0]), _cell_style(cell, styles)) for cell in row]
        for row in rows
    ]
    texts = [[_plain(cell.children[0]) for cell in row] for row in rows]
    table = Table(cells, _column_widths(texts, width), repeatRows=1, spaceBefore=5, spaceAfter=11)
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 9),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ("LINEABOVE", (0, 0), (-1, 0), 0.9, ACCENT),
            ("LINEBELOW", (0, 0), (-1, 0), 0.6, ACCENT),
            ("LINEBELOW", (0, 1), (-1, -1), 0.4, HAIRLINE),
            ("NOSPLIT", (0, 0), (-1, min(2, len(rows) - 1))),
            ("NOSPLIT", (0, -min(2, len(rows))), (-1, -1)),
        ]
    )
    return table


def _cell_style(cell: SyntaxTreeNode, styles: Styles) -> ParagraphStyle:
    return styles.head_cell if cell.type == "th" else styles.cell


def _column_widths(texts: Sequence[Sequence[str]], width: float) -> list[float]:
    """Share ``width`` by the length of the cells, but let no column break its longest word."""
    columns = list(zip(*texts, strict=True))
    least = [_longest_word(column) + 12 for column in columns]
    wish = [max(sum(map(len, column)) / len(column), 6.0) ** 0.8 for column in columns]
    free = max(width - sum(least), 0)
    return [a + free * b / sum(wish) for a, b in zip(least, wish, strict=True)]


def _longest_word(column: Sequence[str]) -> float:
    words = [word for text in column for word in text.split()] or [""]
    return max(pdfmetrics.stringWidth(word, "Sans-Bold", 8.6) for word in words)


def _plain(inline: SyntaxTreeNode) -> str:
    pieces = (" " if n.type == "softbreak" else n.content for n in inline.walk() if not n.children)
    return "".join(pieces)


UNBROKEN = 20
TAGS = {"strong": "b", "em": "i"}
REFERENCE = re.compile(rf"\(((?:{'|'.join(REPORTS.values())}), [^()]*)\)")


def _markup(node: SyntaxTreeNode) -> str:
    """Return inline Markdown in reportlab's markup, its characters checked against the font."""
    if node.type in TAGS:
        inside = "".join(map(_markup, node.children))
        return f"<{TAGS[node.type]}>{inside}</{TAGS[node.type]}>"
    if node.type == "inline":
        return "".join(map(_markup, node.children))
    if node.type in {"softbreak", "hardbreak"}:
        return " "
    if node.type != "text":
        raise ValueError(f"no way to typeset {node.type!r}: {node.content!r}")
    return REFERENCE.sub(_quiet, html.escape(_printable(node.content), quote=False))


def _quiet(reference: re.Match[str]) -> str:
    """Set a reference in grey, report and section on one line unless they are long."""
    parts = "; ".join(
        part.replace(" ", "\N{NO-BREAK SPACE}") if len(part) <= UNBROKEN else part
        for part in reference[1].split("; ")
    )
    return f'<font color="{QUIET.hexval().replace("0x", "#")}">({parts})</font>'


def _printable(text: str) -> str:
    font = pdfmetrics.getFont("Serif")
    glyphs = font.face.charToGlyph if isinstance(font, TTFont) else {}
    missing = {c for c in text if ord(c) not in glyphs}
    if missing:
        raise ValueError(f"the font has no glyph for {sorted(missing)}, in {text!r}")
    return text
