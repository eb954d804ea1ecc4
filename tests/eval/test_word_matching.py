import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.word_matching import content_stems, fold, holds, occurrences, overlap, words
from indexer.records import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("In 2019, 1,200.5 m", ["in", "2019", "1,200.5", "m"], id="numbers"),
        pytest.param("7 per cent, 8 percent and 9 %", ["7%", "8%", "and", "9%"], id="per cent"),
        pytest.param("mi\u00adgrants’ São", ["migrants", "são"], id="soft hyphen, accents"),
    ],
)
def test_words_by_hand(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "answer_string", "expected"),
    [
        pytest.param("It cost USD 4,500 a year", "usd 4,500", True, id="words in a row"),
        pytest.param("It cost 14,500", "4,500", False, id="part of a number"),
        pytest.param("the old city", "the city", False, id="not in a row"),
        pytest.param("half of them", "50%|half", True, id="an alternative"),
        pytest.param("the housinglaboratory met", "Housing Laboratory", True, id="lost space"),
        pytest.param("theother", "the other|otherwise", True, id="exactly eight letters"),
        pytest.param("thecity", "the city", False, id="too short for lost spaces"),
        pytest.param("20192020", "2019 2020", False, id="numbers keep their spaces"),
    ],
)
def test_an_answer_string_is_found_by_whole_words(
    text: str, answer_string: str, *, expected: bool
) -> None:
    assert holds(words(text), answer_string) is expected


@given(st.text("ab 1,.%|é", max_size=20), st.text("ab 1,.%|é", min_size=1, max_size=8))
def test_the_rule_is_that_of_the_scorer(shared: Path, text: str, answer_string: str) -> None:
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)

    assert words(text) == score.words(text)
    assert holds(words(text), answer_string) == score.contains(score.words(text), answer_string)


def test_a_quote_is_found_whatever_its_white_space() -> None:
    text = "Alta pays\nrent. Alta  pays (half)."

    assert occurrences(text, "Alta pays") == (Span(0, 9), Span(16, 26))
    assert occurrences(text, "pays (half)") == (Span(22, 33),)
    assert occurrences(text, "alta") == ()
    assert occurrences(text, " ") == ()


def test_folding_keeps_words_and_drops_case_accents_and_line_breaks() -> None:
    assert fold("São\nPaulo’s  PLAN") == "sao paulo's plan"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param(
            "How do cities house the migrants?", "en", {"citi", "hous", "migrant"}, id="en"
        ),
        pytest.param("¿Cuáles son los subsidios?", "es", {"subsidio"}, id="es"),
        pytest.param("Quem paga o aluguel em São Luís?", "pt", {"paga", "aluguel", "lui"}, id="pt"),
        pytest.param("Wer zahlt?", "de", {"wer", "zahlt"}, id="no stop words"),
    ],
)
def test_content_stems_leave_function_words_out(
    text: str, language: str, expected: set[str]
) -> None:
    assert content_stems(text, language=language) == expected


def test_overlap_is_the_share_of_the_questions_content_words() -> None:
    gold = "The city opened two rooms for refugees."

    assert overlap("Which rooms did the city open?", gold, language="en") == 1.0
    assert overlap("Which rooms were closed?", gold, language="en") == 0.5
    assert overlap("What was it?", gold, language="en") == 0.0
