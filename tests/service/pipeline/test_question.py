"""What somebody typed becomes one clean line in a known language, or is refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import QuestionError
from service.pipeline.question import (
    MAX_CHARS,
    defined_acronyms,
    names_in,
    parse_question,
    sides_of,
    stands_in,
)
from service.records import Filters


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        pytest.param("  Who   pays?\n", "Who pays?", id="white space"),
        pytest.param("Who\r\n\tpays?", "Who pays?", id="line breaks"),
        pytest.param("Bogota\u0301", "Bogotá", id="accents composed"),
        pytest.param("Who\u00a0pays\u2028now?", "Who pays now?", id="white space of Unicode"),
        pytest.param("x" * MAX_CHARS, "x" * MAX_CHARS, id="as long as may be"),
        pytest.param("  " + "x" * MAX_CHARS + "  ", "x" * MAX_CHARS, id="white space not counted"),
        pytest.param("👩‍👧 homes?", "👩‍👧 homes?", id="joined emoji"),
        pytest.param("Who\0pays?", "Who pays?", id="null"),
        pytest.param("Who \x1b pays?", "Who pays?", id="escape"),
        pytest.param("Who \ud800 pays?", "Who pays?", id="half a pair"),
        pytest.param("\uf0b7\tWho pays?", "Who pays?", id="bullet of Word"),
        pytest.param("mi\u00adgrants", "migrants", id="soft hyphen"),
        pytest.param("\ufeffmi\u200bgran\u2060tes", "migrantes", id="without width"),
        pytest.param("imi\u200dgra\u200c\u200dção", "imigração", id="joiners of letters"),
        pytest.param("Bogota\u200b\u0301", "Bogotá", id="accent behind what is not seen"),
        pytest.param("mi\uffffgran\ufffetes", "migrantes", id="no characters"),
        pytest.param(" \t\n\u3000", "?", id="blank"),
        pytest.param("\x07\u00ad\ue000", "?", id="nothing to see"),
        pytest.param("\u202bWho\u202c pays?\u200e", "Who pays?", id="directions"),
        pytest.param("\u0958" * MAX_CHARS, "\u0958" * MAX_CHARS, id="longer if composed"),
    ],
)
def test_a_question_is_cleaned_but_not_changed(typed: str, text: str) -> None:
    assert parse_question(typed).text == text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param("", "it is empty; ask in 1 to 1000 characters", id="empty"),
        pytest.param("x" * 1001, "it has 1001 characters; ask in at most 1000", id="too long"),
    ],
)
def test_what_is_no_question_is_refused_with_the_reason(typed: str, says: str) -> None:
    with pytest.raises(QuestionError, match=says):
        parse_question(typed)


@given(st.text(max_size=1100))
def test_any_text_is_refused_or_becomes_one_line_within_bounds(typed: str) -> None:
    try:
        question = parse_question(typed)
    except QuestionError:
        return

    assert 1 <= len(question.text) <= MAX_CHARS
    assert question.text.split() == question.text.split(" ")
    assert re.fullmatch("[a-z]{2}", question.language)
    assert parse_question(question.text) == question


def test_filters_travel_with_the_question() -> None:
    filters = Filters(country=("CL",), year_from=2019)

    assert parse_question("Who pays?", filters=filters).filters == filters
    assert parse_question("Who pays?").filters == Filters()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("How many migrants live in Lagos?", ("Lagos",), id="a city"),
        pytest.param("Lagos and Quito in 2024?", ("Quito", "2024"), id="not the first word"),
        pytest.param("What did UNHCR and the IDB fund?", ("UNHCR", "IDB"), id="acronyms"),
        pytest.param(
            "Who helps in São Paulo’s centre?", ("São", "Paulo"), id="two words, of Paulo"
        ),
        pytest.param("¿Qué hace Bogotá? Lima no.", ("Bogotá",), id="a second sentence"),
        pytest.param("Why do Danish, Chilean and Malagasy cities pay?", (), id="adjectives"),
        pytest.param(
            "Which Syrian-led firms of Guinea-Bissau pay?", ("Guinea-Bissau",), id="compounds"
        ),
        pytest.param("Who left Sudan for Nairobi?", ("Sudan", "Nairobi"), id="ends like one"),
        pytest.param("What changed between 1999 and 2030?", ("1999", "2030"), id="years"),
        pytest.param("Who got 4500 or 12019 homes?", (), id="numbers that are no years"),
        pytest.param("who pays rent?", (), id="nothing"),
        pytest.param("Is Addis-Ababa's A&B served?", ("Addis-Ababa", "A&B"), id="inner marks"),
        ("Does Kampala teach refugees Swahili?", ("Kampala", "Swahili")),
        ("Are the forms translated into Turkish and Farsi?", ("Turkish", "Farsi")),
        ("Are there Greek lessons, and is Swahili spoken?", ("Greek", "Swahili")),
        ("Where do people learn Portuguese in Brazil?", ("Portuguese", "Brazil")),
        ("There are classes of Swahili in Lima?", ("Swahili", "Lima")),
        ("Do they teach Danish volunteers in Greek towns?", ()),
    ],
)
def test_the_names_of_a_question_are_found(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "acronyms"),
    [
        pytest.param("UHPH", ("UHPH",), id="alone"),
        pytest.param("What do IDPs and MiGOF stand for?", ("IDPs", "MiGOF"), id="small letters"),
        pytest.param("What is the meaning of A&B?", ("A&B",), id="a mark inside"),
        pytest.param("SDG11?", ("SDG11",), id="a figure"),
        pytest.param("Who won the US Open?", (), id="asks about something else"),
        pytest.param("What IS it?", (), id="stop words"),
        pytest.param("What is a Plan?", (), id="a single capital"),
        pytest.param("WHAT DOES A RENT MEAN?", (), id="all in capitals"),
        pytest.param("A" * 999 + "1", (), id="no word of any report"),
    ],
)
def test_the_acronyms_that_a_question_asks_about_are_found(
    text: str, acronyms: tuple[str, ...]
) -> None:
    assert defined_acronyms(text) == acronyms


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        pytest.param("What do Kampala and Bossaso do?", ("Kampala", "Bossaso"), id="two"),
        pytest.param("Lagos or Quito: where is rent lower?", ("Lagos", "Quito"), id="at the start"),
        pytest.param("Lagos's plan and Quito’s?", ("Lagos", "Quito"), id="owners"),
        pytest.param("What of Rio de Janeiro versus Lima?", ("Rio de Janeiro", "Lima"), id="words"),
        pytest.param("Is it Peru, Chile or Brazil?", ("Peru", "Chile", "Brazil"), id="three"),
        pytest.param("Does Phnom Penh plan for 2030?", (), id="one, and a year"),
        pytest.param("What's new in Lima?", (), id="a question word owns nothing"),
        pytest.param("Are UN, IOM, IDB and OECD there?", (), id="four"),
        pytest.param("How do Danish and Chilean cities differ?", (), id="adjectives"),
    ],
)
def test_the_sides_of_a_comparison_are_found(text: str, sides: tuple[str, ...]) -> None:
    assert sides_of(text) == sides


@given(st.text(max_size=80))
def test_names_are_words_of_the_question(text: str) -> None:
    assert all(name and name in text for name in names_in(text))


@pytest.mark.parametrize(
    ("text", "stands"),
    [("Ana speaks", True), ("(Ana’s)", True), ("Analysis", False), ("in Banana", False)],
)
def test_a_name_stands_in_a_text_as_a_whole_word(text: str, *, stands: bool) -> None:
    assert stands_in(text, "Ana") is stands
