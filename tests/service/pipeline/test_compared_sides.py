"""What a question compares is told from names that only stand together, and each side is asked."""

from dataclasses import replace

import pytest

from indexer.records import DocumentInfo
from service.pipeline.compared_sides import compared_sides, missing_sides, names_side
from service.records import CitedDocument
from tests.fakes import citation


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        pytest.param("Compare rents in Chile and Peru", ["Chile", "Peru"], id="compare"),
        pytest.param("How do Kenya and China differ in it?", ["Kenya", "China"], id="differ"),
        pytest.param("Does Chile pay more than Peru?", ["Chile", "Peru"], id="more than"),
        pytest.param("Who hosts more, Kampala or Bossaso?", ["Kampala", "Bossaso"], id="or"),
        pytest.param(
            "Accra, Montreal or São Paulo: which is best?",
            ["Accra", "Montreal", "São Paulo"],
            id="three",
        ),
        pytest.param("What do Chile and Peru pay?", ["Chile", "Peru"], id="two countries"),
        pytest.param(
            "Who rents? – Does Chile pay more than Peru?", ["Chile", "Peru"], id="in a follow-up"
        ),
        pytest.param(
            "How did rents change between 2019 and 2022?", ["2019", "2022"], id="years of a change"
        ),
        pytest.param("How many came in 2019 and in 2022?", ["2019", "2022"], id="two years"),
        pytest.param("How many came between 2019 and 2022?", [], id="a span of time"),
        pytest.param("What did the survey by IMEPLAN and Techo reveal?", [], id="one survey"),
        pytest.param("How are Latin America and the Caribbean compared?", [], id="one region"),
        pytest.param("What do Danish and German cities pay each?", [], id="nationalities"),
        pytest.param("Which law grew out of what Lima and Cusco tried?", [], id="no comparison"),
        pytest.param("What does Chile pay?", [], id="one name"),
        pytest.param("Compare Chile and Chile", [], id="the same name"),
    ],
)
def test_the_sides_of_a_comparison_are_told(question: str, sides: list[str]) -> None:
    assert [side.name for side in compared_sides(question)] == sides


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        pytest.param(
            "What do Chile and Peru pay?", ["What do Chile pay?", "What do Peru pay?"], id="names"
        ),
        pytest.param(
            "Does Chile pay more than Peru?",
            ["Does Chile pay more?", "Does Peru pay more?"],
            id="than",
        ),
        pytest.param(
            "How did the average rent change between 2019 and 2022?",
            ["What was the average rent in 2019?", "What was the average rent in 2022?"],
            id="a change",
        ),
        pytest.param(
            "How many came in 2019 compared with 2022?",
            ["How many came in 2019?", "How many came in 2022?"],
            id="years",
        ),
    ],
)
def test_each_side_is_asked_alone(question: str, alone: list[str]) -> None:
    assert [side.question for side in compared_sides(question)] == alone


@pytest.mark.parametrize(
    ("side", "is_named"),
    [
        pytest.param("Chile", True, id="in a word"),
        pytest.param("Peru", False, id="nowhere"),
        pytest.param("2019", True, id="year of the report"),
        pytest.param("2022", True, id="end of a span"),
        pytest.param("Techo", True, id="publisher"),
        pytest.param("Tech", False, id="a part of a name"),
    ],
)
def test_a_quote_names_a_side_itself_or_by_its_report(side: str, *, is_named: bool) -> None:
    info = DocumentInfo(title="A report", publisher="Techo", year=2019)
    cited = replace(
        citation("Chilean rents rose in 2021-22."),
        document=CitedDocument("report", info, "ab" * 32),
    )

    assert names_side(side, cited) == is_named


def test_the_sides_that_no_quote_names_are_missing() -> None:
    sides = compared_sides("Compare rents in Chile and Peru")

    assert [s.name for s in missing_sides(sides, [citation("Chilean rents rose.")])] == ["Peru"]


def test_a_country_within_another_word_is_missing() -> None:
    sides = compared_sides("Compare rents in Mali and Kenya")

    missing = missing_sides(sides, [citation("Somali families in Kenya pay most.")])

    assert [side.name for side in missing] == ["Mali"]
