"""A cell is asked for by the names of its row and its column."""

import pytest

from service.pipeline.asked_cells import AskedCells, Match
from tests.service.pipeline.table_sentences import MarkdownSentences

REPORT = """# Register

| Country | Year | Men | Women | Houses rebuilt |
|---|---|---|---|---|
| Peru | 2021 | 410 | 380 | 12 |
| Peru | 2022 | 525 | 610 | 15 |
| Bolivia | 2021 | | 145 | 4 |

| City | 2019 | 2020 |
|---|---|---|
| Tacna | | 95 |
| Loja | 60 | 85 |

Some 300 men came to Tacna in 2019.
"""
SENTENCES = MarkdownSentences(REPORT)


@pytest.mark.parametrize(
    ("question", "row", "match", "cell"),
    [
        pytest.param(
            "How many women registered from Peru in 2022?",
            "Peru | 2022",
            Match.FOUND,
            "610",
            id="row by two names",
        ),
        pytest.param(
            "How many women registered from Peru in 2022?",
            "Peru | 2021",
            Match.OTHER_ROW,
            None,
            id="another year",
        ),
        pytest.param(
            "How many women registered from Peru in 2022?",
            "Bolivia",
            Match.OTHER_ROW,
            None,
            id="another country",
        ),
        pytest.param(
            "How many men registered from Bolivia in 2021?",
            "Bolivia",
            Match.EMPTY,
            None,
            id="an empty cell",
        ),
        pytest.param(
            "How many houses were rebuilt in Peru in 2021?",
            "Peru | 2021",
            Match.FOUND,
            "12",
            id="a heading of two words",
        ),
        pytest.param(
            "What was paid in Loja in 2019?", "Loja", Match.FOUND, "60", id="a year above"
        ),
        pytest.param("What was paid in Tacna in 2019?", "Tacna", Match.EMPTY, None, id="none paid"),
        pytest.param(
            "How did Loja do in 2019 and 2020?", "Loja", Match.FOUND, None, id="two cells"
        ),
        pytest.param("Who lives in Loja?", "Loja", Match.NO_COLUMN, None, id="no column"),
        pytest.param("What was paid in Cusco in 2019?", "Loja", Match.UNTOLD, None, id="no row"),
        pytest.param("How many men came to Tacna?", "Some 300", Match.UNTOLD, None, id="no table"),
    ],
)
def test_what_a_question_asks_of_a_row(
    question: str, row: str, match: Match, cell: str | None
) -> None:
    at = SENTENCES.row_of(row)

    asked = AskedCells(question, SENTENCES).of(at)

    assert asked.match is match
    assert (asked.span.of(SENTENCES.sentence_text(at)) if asked.span else None) == cell


@pytest.mark.parametrize(
    ("asked", "match"),
    [("Since when?", Match.NO_COLUMN), ("And how many women?", Match.FOUND)],
)
def test_what_was_asked_before_names_a_row_and_no_column(asked: str, match: Match) -> None:
    question = f"Men from Peru registered in 2022. {asked}"

    cells = AskedCells(question, SENTENCES, asked=asked)

    assert cells.of(SENTENCES.row_of("Peru | 2022")).match is match
