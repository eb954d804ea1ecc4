"""Raised signs, written and left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.superscripts import between_notes, superscript, without_superscripts


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        ("4", "⁴"),
        (" [12] ", "¹²"),
        ("3, 4", "³,⁴"),
        ("12–14", "¹²⁻¹⁴"),
        ("-6", "⁻⁶"),
        ("a", "ᵃ"),
        ("iv", "ⁱᵛ"),
        ("th", "th"),
        ("*", "*"),
        ("a note of many words", "a note of many words"),
        ("12345678901234567", "12345678901234567"),
    ],
)
def test_numbers_and_note_letters_have_signs(raised: str, expected: str) -> None:
    assert superscript(raised) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2018³ it paid 1,200⁴ grants.", "In 2018  it paid 1,200  grants."),
        ("of labour,⁸⁹ and", "of labour,   and"),
        ("350ᵃ of 800⁷,⁸", "350  of 800   "),
        ("12 km² and 5 m³", "12 km² and 5 m³"),
        ("12 km²³", "12 km  "),
        ("and planning.49 In", "and planning.   In"),
        ("child labour,89 towns said “yes”.12", "child labour,   towns said “yes”.  "),
        ("see art.15, pp.20 and 3.5 of U.S.20", "see art.15, pp.20 and 3.5 of U.S.20"),
        ("10⁶ litres of 1,210⁶", "10⁶ litres of 1,210 "),
    ],
)
def test_a_text_is_read_without_note_numbers(text: str, expected: str) -> None:
    assert without_superscripts(text) == expected


@given(st.text(alphabet="m1a ,²³⁴ⁱ", max_size=12))
def test_places_stay_where_they_are(text: str) -> None:
    bare = without_superscripts(text)

    assert len(bare) == len(text)
    assert all(new in {old, " "} for old, new in zip(text, bare, strict=True))


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("housing and planning.49", "housing and planning."),
        ("labour,89 municipalities worked", "municipalities worked"),
        ("1,200⁴ grants to families", "grants to families"),
        ("more than 200 cities", "more than 200 cities"),
        ("⁴", ""),
    ],
)
def test_what_is_marked_holds_no_number_of_a_note(marked: str, expected: str) -> None:
    text = f"There {marked}"

    start, end = between_notes(text, len("There "), len(text))

    assert text[start:end] == expected
