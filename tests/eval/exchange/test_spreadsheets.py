from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from eval.errors import SpreadsheetError
from eval.exchange.spreadsheets import read_sheet


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("Question,Answer,Document,Page", id="English"),
        pytest.param("Pregunta;Respuesta esperada;Título;Página", id="Spanish, semicolons"),
        pytest.param("PERGUNTA\tResposta:\tRelatório\tPAGINA", id="Portuguese, tabs, no accents"),
        pytest.param("question,answer_string,file,page number", id="underscores"),
    ],
)
def test_columns_are_known_in_three_languages(heading: str, tmp_path: Path) -> None:
    delimiter = next(mark for mark in ",;\t" if mark in heading)
    path = tmp_path / "set.csv"
    path.write_text(f"{heading}\n{delimiter.join(['Who?', 'Ana', 'Alta', '3'])}\n")

    (row,) = read_sheet(path)

    assert row.number == 2
    assert row.cells == {"question": "Who?", "answer": "Ana", "document": "Alta", "page": "3"}
    assert row["theme"] == ""


def test_a_title_above_blank_rows_and_short_lines_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text('Our questions\n\nquestion,answer,page\n"Who, then?", Ana\n,,\nWhere?\n')

    rows = read_sheet(path)

    assert [(row.number, row["question"], row["answer"]) for row in rows] == [
        (4, "Who, then?", "Ana"),
        (6, "Where?", ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_office_encodings_are_read(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_bytes("pregunta;página\n¿Dónde está la oficina de São Paulo?;3\n".encode(encoding))

    (row,) = read_sheet(path)

    assert row.cells == {"question": "¿Dónde está la oficina de São Paulo?", "page": "3"}


def test_xlsx_cells_are_read_as_they_are_seen(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Question", "Answer", "Page", "Note"])
    for answer in (2019, 4500, 0.45, "  plain ", date(2020, 3, 1), None, True):
        sheet.append(["How?", answer, 3, None])
    sheet["B3"].number_format = "#,##0"
    sheet["B4"].number_format = "0%"
    book.save(tmp_path / "set.xlsx")

    rows = read_sheet(tmp_path / "set.xlsx")

    assert [row["answer"] for row in rows] == [
        "2019", "4,500", "45%", "plain", "2020-03-01", "", "yes",
    ]  # fmt: skip
    assert {row["page"] for row in rows} == {"3"}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("set.csv", b"name,age\nAna,3\n", "no column of questions", id="no questions"),
        pytest.param("set.csv", b"", "no column of questions", id="empty"),
        pytest.param("set.csv", bytes(range(256)) + bytes(300), "binary data", id="no text"),
        pytest.param("set.xlsx", b"not a zip", "is no XLSX file", id="no workbook"),
        pytest.param("set.ods", b"", ".csv or .xlsx file is wanted", id="another format"),
    ],
)
def test_what_is_no_question_sheet_is_refused(
    name: str, content: bytes, message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(SpreadsheetError, match=message):
        read_sheet(tmp_path / name)
