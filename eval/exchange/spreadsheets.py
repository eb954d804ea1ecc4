"""Reads question sheets, CSV or XLSX, whose columns are named in English, Spanish or Portuguese."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException

from eval.errors import SpreadsheetError
from eval.word_matching import fold
from indexer.errors import UnreadableError
from indexer.extraction.decoding import decode

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "question": ("question", "pregunta", "pergunta", "questão"),
    "answer": ("answer", "answer string", "quote", "expected answer", "correct answer",
               "respuesta", "respuesta esperada", "respuesta correcta", "cita",
               "resposta", "resposta esperada", "resposta correta", "citação"),
    "document": ("document", "report", "file", "source", "title", "doc",
                 "documento", "informe", "archivo", "fuente", "título",
                 "relatório", "arquivo", "ficheiro", "fonte"),
    "page": ("page", "page number", "p", "página", "pág", "pag"),
    "lang": ("language", "lang", "idioma", "lengua", "língua"),
    "type": ("type", "kind", "tipo"),
    "difficulty": ("difficulty", "dificultad", "dificuldade"),
    "country": ("country", "countries", "país", "países"),
    "theme": ("theme", "topic", "tema"),
    "note": ("note", "notes", "comment", "nota", "notas", "comentario", "comentário",
             "observación", "observação"),
    "qid": ("qid", "id", "identifier", "identificador"),
}  # fmt: skip
"""Every column and the headings it is known by; case, accents and ``_`` do not matter."""

_DELIMITERS = ",;\t|"
_GUARDED = ("'=", "'+", "'-", "'@")
"""How cells begin that `service.feedback.plain_cell` wrote."""
_N_HEADING_ROWS = 10
"""Headings are looked for in so many rows: sheets often begin with a title."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a question sheet; what it does not say is empty.

    Attributes:
        number: Its number in the sheet, from 1, headings counted.
        cells: What it says, by the keys of `COLUMNS`, without white space around it.
    """

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_sheet(path: Path) -> tuple[SheetRow, ...]:
    """Read the rows below the headings of a file's first sheet, passing over blank ones.

    Raises:
        SpreadsheetError: It is no CSV or XLSX file, or has no column of questions.
    """
    if path.suffix.lower() in {".csv", ".tsv", ".txt"}:
        lines = list(_csv_lines(path))
    elif path.suffix.lower() in {".xlsx", ".xlsm"}:
        lines = list(_xlsx_lines(path))
    else:
        raise SpreadsheetError(f"{path}: a .csv or .xlsx file is wanted; save the sheet as one")
    at, columns = _headings(path, lines)
    rows = (
        SheetRow(number, {column: _bare(line[place]) for column, place in columns.items()})
        for number, line in enumerate(lines[at + 1 :], start=at + 2)
    )
    return tuple(row for row in rows if any(row.cells.values()))


def _headings(path: Path, lines: Sequence[Sequence[str]]) -> tuple[int, Mapping[str, int]]:
    """Return the line of the headings and the place of each column that is known."""
    for at, line in enumerate(lines[:_N_HEADING_ROWS]):
        columns = _columns(line)
        if "question" in columns:
            return at, columns
    known = "; ".join(f"{column}: {', '.join(names)}" for column, names in COLUMNS.items())
    first_line = " | ".join(cell for line in lines[:1] for cell in line if cell)
    raise SpreadsheetError(
        f"{path}: no column of questions in the first {_N_HEADING_ROWS} rows; "
        f"found “{first_line}”; columns are known by these headings: {known}"
    )


def _columns(line: Sequence[str]) -> dict[str, int]:
    """Return the place of each column; of two of one kind, the first."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(line):
        heading = fold(cell).replace("_", " ").strip(" .:*")
        for column, names in COLUMNS.items():
            if heading in map(fold, names):
                columns.setdefault(column, place)
    return columns


def _bare(cell: str) -> str:
    """Return a cell without the apostrophe that keeps it from being a formula."""
    return cell[1:] if cell.startswith(_GUARDED) else cell


def _csv_lines(path: Path) -> Iterator[list[str]]:
    try:
        text = decode(path.read_bytes())
    except UnreadableError as error:
        raise SpreadsheetError(f"{path}: {error}") from error
    heading = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=heading.count)
    lines = list(
        csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    )
    width = max(map(len, lines), default=0)
    yield from ([*(cell.strip() for cell in line), *[""] * (width - len(line))] for line in lines)


def _xlsx_lines(path: Path) -> Iterator[list[str]]:
    try:
        book = load_workbook(path, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise SpreadsheetError(f"{path} is no XLSX file: {error}; save the sheet again") from error
    for line in book.worksheets[0].iter_rows():
        yield [_cell_text(cell) for cell in line if isinstance(cell, Cell)]


def _cell_text(cell: Cell) -> str:
    """Return a cell as a spreadsheet program shows it, as far as possible."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return value.isoformat().removesuffix("T00:00:00")
    if isinstance(value, int | float):
        if "%" in str(cell.number_format):
            return f"{value * 100:.10g}%"
        return f"{value:,}" if "," in str(cell.number_format) else f"{value:.15g}"
    return str(value).strip()
