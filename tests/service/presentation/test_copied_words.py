"""What is copied has the words of the report, and none of its apparatus."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.records import Span
from service.presentation.copied_words import (
    copied,
    copied_quote,
    marks_without_note_calls,
    parts_without_note_calls,
    without_list_marker,
    without_note_calls,
)
from service.presentation.links import Links
from service.presentation.wording import Wording
from service.records import Quote, QuotedTable
from tests.fakes import answer


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("• Rents rose.", "Rents rose."),
        ("- Rents rose.", "Rents rose."),
        ("-5% of rents", "-5% of rents"),
    ],
)
def test_a_list_item_is_cited_without_its_bullet(text: str, bare: str) -> None:
    assert without_list_marker(text) == bare


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        pytest.param("It grew in other countries.⁶", "It grew in other countries.", id="stop"),
        pytest.param("Los “barrios”¹²,¹³ crecen.", "Los “barrios” crecen.", id="two"),
        pytest.param("nas cidades⁶⁻⁸ e vilas", "nas cidades e vilas", id="several"),
        pytest.param("the word ⁶ and", "the word and", id="apart"),
        pytest.param(
            "In 2018³ it paid 1,200⁴ to 45%⁵.", "In 2018 it paid 1,200 to 45%.", id="figures"
        ),
        pytest.param("UN⁶ and EU¹²", "UN and EU", id="acronyms"),
        pytest.param("10⁶ of 3 km², CO² and 5³", "10⁶ of 3 km², CO² and 5³", id="no calls"),
        pytest.param("¹² See the report.", "¹² See the report.", id="a note itself"),
        pytest.param("- Rents rose.⁶", "Rents rose.", id="an item"),
    ],
)
def test_a_quote_is_copied_without_the_numbers_of_notes(text: str, bare: str) -> None:
    assert copied(text) == bare


@given(st.text(alphabet="ab 1².,⁶⁻\n", max_size=30))
def test_nothing_but_raised_numbers_and_the_space_before_them_is_left_out(text: str) -> None:
    def plain(words: str) -> str:
        return "".join(sign for sign in words if sign not in " ²⁶⁻,")

    bare = without_note_calls(text)

    assert plain(bare) == plain(text)
    assert without_note_calls(bare) == bare


def test_what_is_marked_stays_marked() -> None:
    text = "In cities⁶ rents rose.⁷"

    marks = marks_without_note_calls(text, [Span(3, 10), Span(11, 16), Span(22, 23)])

    assert [mark.of(without_note_calls(text)) for mark in marks] == ["cities", "rents"]


def test_a_call_is_found_in_another_part_than_its_word() -> None:
    assert parts_without_note_calls(["Tacna", "³ 2020", "⁴⁵"]) == ("Tacna", " 2020", "")


def test_a_table_row_is_copied_without_them_too() -> None:
    table = QuotedTable(("City¹", "Paid²²"), ("Tacna³", "1,200⁴"), caption="Grants paid⁵")

    quote = copied_quote(Quote("Tacna³ | 1,200⁴", 1, 0.9, Span(0, 5), table))

    assert quote.table == QuotedTable(("City", "Paid"), ("Tacna", "1,200"), caption="Grants paid")
    assert (quote.text, quote.highlight) == ("Tacna | 1,200", None)


def test_the_answer_itself_stays_as_it_stands_in_the_report() -> None:
    said = answer("Rents rose.⁶")

    assert "Rents rose.⁶" in Wording().answer(said, Links())
