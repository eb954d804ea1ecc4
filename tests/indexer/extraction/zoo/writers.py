"""The report of `source_text`, written as HTML, as DOCX and, by ReportLab, as PDF."""

import html
import io
import re

import docx
from docx.document import Document as DocxDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
    TableStyle,
)
from reportlab.platypus import ListFlowable as PdfList
from reportlab.platypus import Paragraph as PdfParagraph
from reportlab.platypus import Table as PdfTable

from tests.indexer.extraction.zoo.source_text import (
    PAGES,
    YEAR,
    Box,
    Bullets,
    Cell,
    Columns,
    Heading,
    Paragraph,
    Part,
    Table,
)

_NOTE = re.compile(r"\^(\d+)")
_STYLE = f"""
@page {{ size: A4; margin: 2.5cm; }}
body {{ margin: 0; font-family: "DejaVu Serif", serif; font-size: 10.5pt; line-height: 1.35; }}
section {{ break-after: page; }}
section:last-child {{ break-after: auto; }}
section::before {{ content: "{YEAR}"; font-size: 8pt; display: block; text-align: right; }}
.columns {{ columns: 2; column-gap: 1cm; }}
.columns p {{ margin-top: 0; }}
.box {{ border: 1pt solid black; padding: 6pt; }}
table {{ border-collapse: collapse; margin-bottom: 12pt; }}
td, th {{ border: 0.5pt solid grey; padding: 3pt 12pt; vertical-align: top; text-align: left; }}
sup {{ font-size: 65%; line-height: 0; }}
"""


def as_html(*, has_ligatures: bool = True) -> str:
    """Return the report as a page of HTML."""
    pages = "".join(f"<section>{''.join(map(_html_part, parts))}</section>\n" for parts in PAGES)
    ligatures = "" if has_ligatures else "body { font-variant-ligatures: none; }"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>Homes on the lower river</title><style>{_STYLE}{ligatures}</style></head>"
        f"<body><main>{pages}</main></body></html>\n"
    )


def _html_part(part: Part) -> str:
    match part:
        case Heading(text, level):
            return f"<h{level}>{html.escape(text)}</h{level}>\n"
        case Paragraph(text):
            return f"<p>{_html_text(text)}</p>\n"
        case Bullets(items):
            return f"<ul>{''.join(f'<li>{_html_text(item)}</li>' for item in items)}</ul>\n"
        case Box(title, text):
            return f'<div class="box"><p><b>{title}</b></p><p>{_html_text(text)}</p></div>\n'
        case Columns(paragraphs):
            inner = "".join(f"<p>{_html_text(text)}</p>" for text in paragraphs)
            return f'<div class="columns">{inner}</div>\n'
        case Table(caption, n_header, rows):
            head = "".join(_html_row(row, "th") for row in rows[:n_header])
            body = "".join(_html_row(row, "td") for row in rows[n_header:])
            return (
                f"<table><caption>{caption}</caption><thead>{head}</thead>"
                f"<tbody>{body}</tbody></table>\n"
            )


def _html_row(row: tuple[Cell, ...], tag: str) -> str:
    cells = "".join(
        f'<{tag} colspan="{cell.columns}" rowspan="{cell.rows}">{cell.text}</{tag}>' for cell in row
    )
    return f"<tr>{cells}</tr>"


def _html_text(text: str) -> str:
    return _NOTE.sub(r"<sup>\1</sup>", html.escape(text))


def as_docx() -> bytes:
    """Return the report as a Word file."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = YEAR
    for number, parts in enumerate(PAGES):
        if number:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for part in parts:
            _add_to_docx(document, part)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add_to_docx(document: DocxDocument, part: Part) -> None:
    match part:
        case Heading(text, level):
            document.add_heading(text, level)
        case Paragraph(text):
            _add_runs(document.add_paragraph(), text)
        case Bullets(items):
            for item in items:
                _add_runs(document.add_paragraph(style="List Bullet"), item)
        case Box(title, text):
            cell = document.add_table(1, 1, style="Table Grid").cell(0, 0)
            cell.paragraphs[0].add_run(title).bold = True
            _add_runs(cell.add_paragraph(), text)
        case Columns(paragraphs):
            _add_columns(document, paragraphs)
        case Table():
            document.add_paragraph(part.caption, style="Caption")
            _add_docx_table(document, part)


def _add_runs(paragraph: DocxParagraph, text: str) -> None:
    for at, run in enumerate(_NOTE.split(text)):
        paragraph.add_run(run).font.superscript = bool(at % 2) or None


def _add_columns(document: DocxDocument, paragraphs: tuple[str, ...]) -> None:
    document.add_section(WD_SECTION.CONTINUOUS)
    for text in paragraphs:
        document.add_paragraph(text)
    section = document.add_section(WD_SECTION.CONTINUOUS)
    columns = OxmlElement("w:cols")
    columns.set(qn("w:num"), "2")
    before = document.sections[-2]._sectPr
    for old in before.findall(qn("w:cols")):
        before.remove(old)
    before.append(columns)
    for new in section._sectPr.findall(qn("w:cols")):
        section._sectPr.remove(new)


def _add_docx_table(document: DocxDocument, table: Table) -> None:
    n_columns = sum(cell.columns for cell in table.rows[0])
    grid = document.add_table(len(table.rows), n_columns, style="Table Grid")
    for at, row in enumerate(_placed(table.rows)):
        for column, cell in row:
            first = grid.cell(at, column)
            last = grid.cell(at + cell.rows - 1, column + cell.columns - 1)
            first.merge(last).paragraphs[0].add_run(cell.text).bold = at < table.n_header
    for row in grid.rows[: table.n_header]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _placed(rows: tuple[tuple[Cell, ...], ...]) -> list[list[tuple[int, Cell]]]:
    """Return each row's cells with the column that they begin in."""
    taken: set[tuple[int, int]] = set()
    placed: list[list[tuple[int, Cell]]] = []
    for at, row in enumerate(rows):
        column = 0
        placed.append([])
        for cell in row:
            while (at, column) in taken:
                column += 1
            placed[-1].append((column, cell))
            taken |= {
                (at + down, column + across)
                for down in range(cell.rows)
                for across in range(cell.columns)
            }
    return placed


def as_reportlab_pdf() -> bytes:
    """Return the report as ReportLab sets it."""
    buffer = io.BytesIO()
    width, height = A4
    body = Frame(2.5 * cm, 2.5 * cm, width - 5 * cm, height - 5 * cm, id="body")
    half = (width - 6 * cm) / 2
    left, right = (Frame(x, 2.5 * cm, half, height - 5 * cm) for x in (2.5 * cm, 3.5 * cm + half))
    template = BaseDocTemplate(buffer, pagesize=A4, invariant=1)
    template.addPageTemplates(
        [
            PageTemplate("one", [body], onPage=_draw_head),
            PageTemplate("two", [left, right], onPage=_draw_head),
        ]
    )
    template.build(_flowables())
    return buffer.getvalue()


def _draw_head(canvas: Canvas, _: BaseDocTemplate) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawRightString(A4[0] - 2.5 * cm, A4[1] - 1.5 * cm, YEAR)


def _flowables() -> list[Flowable]:
    flowables: list[Flowable] = []
    for number, parts in enumerate(PAGES):
        if number:
            name = "two" if any(isinstance(part, Columns) for part in parts) else "one"
            flowables += [NextPageTemplate(name), PageBreak()]
        for part in parts:
            flowables += _pdf_part(part)
    return flowables


def _pdf_part(part: Part) -> list[Flowable]:
    styles = getSampleStyleSheet()
    body = styles["BodyText"]
    match part:
        case Heading(text, level):
            return [PdfParagraph(text, styles[f"Heading{level}"])]
        case Paragraph(text):
            return [PdfParagraph(_pdf_text(text), body)]
        case Bullets(items):
            return [PdfList([PdfParagraph(_pdf_text(i), body) for i in items], bulletType="bullet")]
        case Box(title, text):
            inner = [PdfParagraph(f"<b>{title}</b>", body), PdfParagraph(_pdf_text(text), body)]
            return [PdfTable([[inner]], style=[("BOX", (0, 0), (-1, -1), 1, "black")])]
        case Columns(paragraphs):
            return [PdfParagraph(_pdf_text(text), body) for text in paragraphs]
        case Table():
            return [PdfParagraph(part.caption, body), _pdf_table(part), Spacer(1, 12)]


def _pdf_text(text: str) -> str:
    return _NOTE.sub(r"<super>\1</super>", html.escape(text))


def _pdf_table(table: Table) -> PdfTable:
    n_columns = sum(cell.columns for cell in table.rows[0])
    grid = [[""] * n_columns for _ in table.rows]
    style = TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, "grey"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("FONT", (0, 0), (-1, table.n_header - 1), "Helvetica-Bold"),
        ]
    )
    for at, row in enumerate(_placed(table.rows)):
        for column, cell in row:
            grid[at][column] = cell.text
            if cell.rows * cell.columns > 1:
                end = (column + cell.columns - 1, at + cell.rows - 1)
                style.add("SPAN", (column, at), end)
    return PdfTable(grid, style=style, hAlign="LEFT", colWidths=3 * cm)
