from pathlib import Path

import pytest

from eval.exchange.sheet_import import import_rows, write_questions
from eval.exchange.spreadsheets import SheetRow
from eval.records import GoldSpan
from eval.sets.questions import load_questions
from tests.eval.sheet_index import two_documents

INDEX = two_documents()
TWO_YEARS = {"question": "How long does Alta help?", "answer": "two years", "document": "Alta"}


def test_a_row_becomes_a_question_with_its_gold(tmp_path: Path) -> None:
    cells = {
        **TWO_YEARS, "page": "1", "country": "cl, pe", "theme": "housing", "difficulty": "easy",
        "type": "factoid", "note": "asked by phone",
    }  # fmt: skip

    imported = import_rows([SheetRow(2, cells)], INDEX)
    write_questions(tmp_path / "new" / "set.jsonl", imported.lines)

    (question,) = load_questions(tmp_path / "new" / "set.jsonl")
    assert imported.faults == ()
    assert question.qid == "row2"
    assert question.is_answerable
    assert question.gold == (
        GoldSpan("alta", quote="Alta pays half of the rent for two years.", page=1),
    )
    assert question.answer_strings == ("two years",)
    assert question.countries == ("CL", "PE")
    assert (question.theme, question.kind, question.note) == (
        "housing", "factoid", "asked by phone",
    )  # fmt: skip


def test_several_answer_strings_are_each_found() -> None:
    row = SheetRow(2, {"question": "How long, how many?", "answer": "two years; forty\n4,500"})

    (line,) = import_rows([row], INDEX).lines

    assert line["answer_strings"] == ["two years", "forty", "4,500"]
    assert line["gold"] == [
        {"doc": "alta", "quote": "Alta pays half of the rent for two years.", "page": 1},
        {"doc": "bassa", "quote": "The port of Bassa trains forty cooks each spring."},
        {
            "doc": "alta",
            "quote": "The mayor’s office counted 4,500 households in 2019, and it counts again.",
            "page": 3,
        },
    ]
    assert line["multi"] is True


def test_whole_sentences_are_one_answer_string() -> None:
    answer = "the mayor's office counted 4,500 households; in 2019, and it counts again"
    row = SheetRow(2, {"question": "How many?", "answer": answer})

    (line,) = import_rows([row], INDEX).lines

    assert line["answer_strings"] == [answer]


def test_a_string_that_is_spelt_otherwise_is_told_as_the_document_has_it() -> None:
    row = SheetRow(2, {"question": "How many?", "answer": "4 500 households"})

    (line,) = import_rows([row], INDEX).lines

    assert line["answer_strings"] == ["4,500 households"]


def test_a_row_without_answer_and_document_asks_what_is_not_there() -> None:
    imported = import_rows([SheetRow(2, {"question": "What does a tower cost?"})], INDEX)

    assert imported.lines[0]["answerable"] is False
    assert imported.n_unanswerable == 1


@pytest.mark.parametrize(
    ("cell", "question", "language"),
    [
        pytest.param("", "¿Cuánto tiempo ayuda la ciudad de Alta?", "es", id="found out"),
        pytest.param("Português", "Alta?", "pt", id="by its own name"),
        pytest.param("Spanish", "Alta?", "es", id="by its English name"),
        pytest.param("inglés", "Alta?", "en", id="by its Spanish name"),
        pytest.param("Deutsch", "How long does the town help?", "en", id="none of ours"),
    ],
)
def test_the_language_is_read_or_found_out(cell: str, question: str, language: str) -> None:
    row = SheetRow(2, {**TWO_YEARS, "question": question, "lang": cell})

    (line,) = import_rows([row], INDEX).lines

    assert line["lang"] == language


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        pytest.param({**TWO_YEARS, "document": "Gamma"}, "no document of the index", id="document"),
        pytest.param({**TWO_YEARS, "answer": "ten years"}, "“ten years” does not", id="answer"),
        pytest.param(
            {**TWO_YEARS, "answer": ""}, "it names a document or page but no answer", id="no answer"
        ),
        pytest.param({**TWO_YEARS, "question": ""}, "it is empty; ask in", id="no question"),
        pytest.param({**TWO_YEARS, "qid": "q1"}, "an earlier row has the id “q1”", id="twice"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_and_the_others_are_kept(
    cells: dict[str, str], reason: str
) -> None:
    imported = import_rows([SheetRow(2, {**TWO_YEARS, "qid": "q1"}), SheetRow(3, cells)], INDEX)

    assert len(imported.lines) == 1
    assert str(imported.faults[0]).startswith(f"row 3: {reason}")


def test_an_answer_that_may_stand_elsewhere_is_taken_and_told() -> None:
    rows = [
        SheetRow(2, {"question": "In which year?", "answer": "2019", "document": "Alta"}),
        SheetRow(3, {"question": "When did the rent fall?", "answer": "2019", "document": "Alta"}),
        SheetRow(
            4, {"question": "¿Cuándo bajó el alquiler?", "answer": "2019", "document": "Alta"}
        ),
    ]

    imported = import_rows(rows, INDEX)

    assert len(imported.lines) == 3
    assert [doubt.number for doubt in imported.doubts] == [2]
    assert "“2019” stands in 2 places that fit as well; taken: “Rents fell" in str(
        imported.doubts[0]
    )
