"""The Word memo."""

from io import BytesIO

import docx

from service.presentation.memo import Memo, MemoQuote, docx_bytes
from service.records import QuotedTable


def test_a_table_row_is_a_table_under_its_caption() -> None:
    table = QuotedTable(("City", "2019"), ("Tacna", ""), caption="Grants", group="South")
    memo = Memo(
        question="What was paid?",
        language="en",
        notices=("No quote names Peru.",),
        lead="The reports say:",
        quotes=(MemoQuote(1, "Tacna |", "en", table), MemoQuote(2, "Rents rose.", "en")),
        sources_title="Sources",
        sources=(),
        open_words="Open",
        note="Note.",
        permalink_words="Link",
        permalink="http://cita.example",
    )

    word = docx.Document(BytesIO(docx_bytes(memo)))

    lines = [paragraph.text for paragraph in word.paragraphs]
    assert lines[1:6] == [
        "No quote names Peru.",
        "The reports say:",
        "Grants: South",
        "[1]",
        "“Rents rose.” [2]",
    ]
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [
        ["City", "2019"],
        ["Tacna", ""],
    ]
