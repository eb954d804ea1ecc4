"""Small reports with one table each, in five formats, and questions for a cell by row and column.

Some tables have empty cells, cells over several rows, two header rows, groups of rows.
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path

import docx
from reportlab.lib import colors
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TableReport:
    """A report.

    Attributes:
        name: File name with its suffix.
        title: Of the report.
        lead: Sentence above the table.
        rows: The table, its header first; a repeated first cell is one over several rows.
        questions: Each with the cells that its quote must have and its column's heading.
    """

    name: str
    title: str
    lead: str
    rows: Rows
    questions: tuple[tuple[str, tuple[str, ...], str], ...]


REPORTS = (
    TableReport(
        "registrations.html",
        "Registrations at the city office of Orvel",
        "The table shows how many people registered at the office.",
        (
            ("Country", "Year", "Men", "Women"),
            ("Peru", "2021", "410", "380"),
            ("Peru", "2022", "525", "610"),
            ("Bolivia", "2021", "", "145"),
            ("Bolivia", "2022", "170", "205"),
            ("Haiti", "2021", "318", "297"),
            ("Haiti", "2022", "342", "301"),
        ),
        (
            ("How many women registered from Peru in 2022?", ("Peru", "610"), "Women"),
            ("How many men registered from Peru in 2021?", ("Peru", "410"), "Men"),
            ("How many women from Bolivia registered in 2021?", ("Bolivia", "145"), "Women"),
            ("How many men from Bolivia registered in 2022?", ("Bolivia", "170"), "Men"),
            ("What was the number of women from Haiti in 2022?", ("Haiti", "301"), "Women"),
            ("How many men came from Haiti in 2021?", ("Haiti", "318"), "Men"),
            ("How many men registered from Peru in 2022?", ("Peru", "525"), "Men"),
            ("How many women registered from Bolivia in 2022?", ("Bolivia", "205"), "Women"),
            ("How many women registered from Haiti in 2021?", ("Haiti", "297"), "Women"),
            ("How many men registered from Haiti in 2022?", ("Haiti", "342"), "Men"),
            ("How many women registered from Peru in 2021?", ("Peru", "380"), "Women"),
            ("In 2022, how many Peru women were registered?", ("Peru", "610"), "Women"),
        ),
    ),
    TableReport(
        "shelters.docx",
        "Shelters of the province of Tarn",
        "The province ran these shelters at the end of the year.",
        (
            ("Shelter", "Opened", "Beds", "Staff", "Monthly cost (dollars)"),
            ("Harbour House", "2016", "120", "14", "18,500"),
            ("Mill Lane", "2018", "64", "9", "9,200"),
            ("Station Hall", "2019", "210", "", "27,400"),
            ("Old Market", "2020", "48", "6", "7,100"),
            ("Green Gate", "2021", "95", "11", "13,600"),
        ),
        (
            ("How many beds does Harbour House have?", ("Harbour House", "120"), "Beds"),
            ("How many staff work at Mill Lane?", ("Mill Lane", "9"), "Staff"),
            ("What is the monthly cost of Station Hall?", ("Station Hall", "27,400"), "cost"),
            ("In what year was Old Market opened?", ("Old Market", "2020"), "Opened"),
            ("How many beds are there at Green Gate?", ("Green Gate", "95"), "Beds"),
            ("How many beds does Station Hall have?", ("Station Hall", "210"), "Beds"),
            ("What is the monthly cost of Green Gate?", ("Green Gate", "13,600"), "cost"),
            ("How many staff does Old Market have?", ("Old Market", "6"), "Staff"),
            ("When was Harbour House opened?", ("Harbour House", "2016"), "Opened"),
            ("What does Mill Lane cost a month in dollars?", ("Mill Lane", "9,200"), "cost"),
            ("How many staff work at Green Gate?", ("Green Gate", "11"), "Staff"),
            ("How many beds does Old Market have?", ("Old Market", "48"), "Beds"),
        ),
    ),
    TableReport(
        "fund.md",
        "Budget of the welcome fund of Sandor",
        "The table gives what the fund paid, in thousand dollars.",
        (
            ("City", "2019", "2020", "2021"),
            ("Arica", "120", "150", "175"),
            ("Tacna", "", "95", "130"),
            ("Loja", "60", "", "85"),
            ("Cusco", "44", "52", "71"),
            ("Salta", "33", "38", "59"),
        ),
        (
            ("What did the fund pay in Loja in 2021?", ("Loja", "85"), "2021"),
            ("What did the fund pay in Arica in 2019?", ("Arica", "120"), "2019"),
            ("How much did the fund pay in Tacna in 2020?", ("Tacna", "95"), "2020"),
            ("How much was paid in Cusco in 2021?", ("Cusco", "71"), "2021"),
            ("What did the fund pay in Salta in 2020?", ("Salta", "38"), "2020"),
            ("What did the fund pay in Arica in 2021?", ("Arica", "175"), "2021"),
            ("How much did the fund pay in Loja in 2019?", ("Loja", "60"), "2019"),
            ("How much did Cusco get in 2019?", ("Cusco", "44"), "2019"),
            ("What did the welcome fund pay in Salta in 2021?", ("Salta", "59"), "2021"),
            ("What did the welcome fund pay in Tacna in 2021?", ("Tacna", "130"), "2021"),
            ("How much was paid in Arica in 2020?", ("Arica", "150"), "2020"),
            ("How much was paid in Cusco in 2020?", ("Cusco", "52"), "2020"),
        ),
    ),
    TableReport(
        "camps.pdf",
        "Water and food in the camps of Lhar",
        "The survey counted water points, tents and school places in each camp.",
        (
            ("Camp", "Water points", "Tents", "School places"),
            ("Zuma", "31", "900", "260"),
            ("Kaldi", "18", "512", "140"),
            ("Berro", "44", "1,340", "405"),
            ("Nimla", "9", "275", "88"),
            ("Oster", "27", "640", "190"),
        ),
        (
            ("How many water points does the camp of Zuma have?", ("Zuma", "31"), "Water"),
            ("How many tents are there in Kaldi?", ("Kaldi", "512"), "Tents"),
            ("How many school places does Berro have?", ("Berro", "405"), "School"),
            ("How many water points are there in Nimla?", ("Nimla", "9"), "Water"),
            ("How many tents stand in Oster?", ("Oster", "640"), "Tents"),
            ("How many school places are there in Zuma?", ("Zuma", "260"), "School"),
            ("How many water points does Berro have?", ("Berro", "44"), "Water"),
            ("How many tents are there in Nimla?", ("Nimla", "275"), "Tents"),
            ("How many school places does Oster have?", ("Oster", "190"), "School"),
            ("How many water points are there in Kaldi?", ("Kaldi", "18"), "Water"),
            ("How many tents does the camp of Berro have?", ("Berro", "1,340"), "Tents"),
            ("How many school places are there in Nimla?", ("Nimla", "88"), "School"),
        ),
    ),
    TableReport(
        "clinics.txt",
        "Clinics for seasonal workers in Vessa",
        "The health office counted visits, nurses and vaccinations at each clinic.",
        (
            ("Clinic", "Visits", "Nurses", "Vaccinations"),
            ("Northside", "4,210", "12", "830"),
            ("Riverbank", "2,905", "8", "615"),
            ("Hilltop", "1,120", "4", "240"),
            ("Docks", "6,480", "17", "1,275"),
            ("Orchard", "985", "3", "198"),
        ),
        (
            ("How many visits did the Northside clinic have?", ("Northside", "4,210"), "Visits"),
            ("How many nurses work at Riverbank?", ("Riverbank", "8"), "Nurses"),
            ("How many vaccinations were given at Hilltop?", ("Hilltop", "240"), "Vaccinations"),
            ("How many visits were there at Docks?", ("Docks", "6,480"), "Visits"),
            ("How many nurses are there at Orchard?", ("Orchard", "3"), "Nurses"),
            ("How many vaccinations did Northside give?", ("Northside", "830"), "Vaccinations"),
            ("How many visits did Hilltop have?", ("Hilltop", "1,120"), "Visits"),
            ("How many nurses work at Docks?", ("Docks", "17"), "Nurses"),
            ("How many vaccinations were given at Orchard?", ("Orchard", "198"), "Vaccinations"),
            ("How many visits were there at Riverbank?", ("Riverbank", "2,905"), "Visits"),
            ("How many nurses work at Northside?", ("Northside", "12"), "Nurses"),
            ("How many vaccinations did Docks give?", ("Docks", "1,275"), "Vaccinations"),
        ),
    ),
)
UNANSWERED = (
    "How many men registered from Bolivia in 2021?",
    "How many staff work at Station Hall?",
    "What did the fund pay in Tacna in 2019?",
    "What did the fund pay in Loja in 2020?",
)
"""Questions whose cell is empty."""


def write(report: TableReport, folder: Path) -> None:
    """Write a report in the format of its suffix."""
    path = folder / report.name
    writers = {".html": _html, ".docx": _docx, ".md": _markdown, ".pdf": _pdf, ".txt": _text}
    writers[path.suffix](report, path)


def _html(report: TableReport, path: Path) -> None:
    header, *rows = report.rows
    lines = ["<tr>" + "".join(f"<th>{escape(name)}</th>" for name in header) + "</tr>"]
    for at, row in enumerate(rows):
        below = sum(other[0] == row[0] for other in rows[at:])
        is_first = at == 0 or rows[at - 1][0] != row[0]
        first = f"<td rowspan={below}>{row[0]}</td>" if is_first else ""
        lines.append(f"<tr>{first}" + "".join(f"<td>{cell}</td>" for cell in row[1:]) + "</tr>")
    path.write_text(
        f"<!doctype html><title>{report.title}</title><h1>{report.title}</h1>"
        f"<p>{report.lead}</p><table>{''.join(lines)}</table>",
        encoding="utf-8",
    )


def _docx(report: TableReport, path: Path) -> None:
    word = docx.Document()
    word.add_heading(report.title, level=1)
    word.add_paragraph(report.lead)
    table = word.add_table(rows=len(report.rows), cols=len(report.rows[0]))
    for row, texts in zip(table.rows, report.rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    word.save(str(path))


def _markdown(report: TableReport, path: Path) -> None:
    header, *rows = (f"| {' | '.join(row)} |" for row in report.rows)
    rule = "|" + "---|" * len(report.rows[0])
    text = "\n".join([f"# {report.title}", "", report.lead, "", header, rule, *rows, ""])
    path.write_text(text, encoding="utf-8")


def _text(report: TableReport, path: Path) -> None:
    rows = ("\t".join(row) for row in report.rows)
    path.write_text("\n".join([report.title, "", report.lead, "", *rows, ""]), encoding="utf-8")


def _pdf(report: TableReport, path: Path) -> None:
    styles = getSampleStyleSheet()
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    SimpleDocTemplate(str(path)).build(
        [
            Paragraph(report.title, styles["Heading1"]),
            Paragraph(report.lead, styles["BodyText"]),
            Table([list(row) for row in report.rows], style=grid),
        ]
    )
