"""A question's own words say what kind of answer it wants, and a sentence has it or not."""

import pytest

from service.pipeline.answer_kinds import has_wanted_kind, wanted_kinds


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What share of Venezuelans in Ecuador live in overcrowded dwellings?", ["share"]),
        ("What was the total budget of the project?", ["sum"]),
        ("How much is the rent voucher worth per month?", ["sum"]),
        ("What did it cost to draw up the plan?", ["sum"]),
        ("How do I apply, and what is the deadline?", ["date"]),
        ("Since when have foreign residents been able to vote?", ["date", "since"]),
        ("In what year was the charter signed?", ["date"]),
        ("When did Kakuma become a municipality?", ["date", "time of day"]),
        ("Timetable: when is the workshop?", ["date", "time of day"]),
        ("How many cities take part?", ["number"]),
        ("From what age can somebody apply?", ["number"]),
        ("By how much did rents rise?", ["number"]),
        ("How long does a permit last?", ["duration"]),
        ("What are the opening hours of the desk?", ["contact"]),
        ("When mayors pledged to help, what did they want in return?", []),
        ("How does Chile help migrants rent?", []),
        ("At what time does the debate start?", ["time of day"]),
        ("What time exactly is the debate?", ["time of day"]),
        ("What hour does it start?", ["time of day"]),
        ("To which hours does the debate begin?", ["time of day"]),
        ("What time did the debate take place?", ["time of day"]),
        ("What time limit applies to appeals?", []),
        ("By what time limit do they appeal?", []),
        ("What time frame does the plan set?", []),
        ("Within which time period do they appeal?", []),
        ("Which hours of training are required?", []),
        ("What hours do migrants work?", []),
        ("What time is needed to appeal?", []),
        ("What time is usually required for it?", []),
        ("What time does a permit take?", []),
        ("Who spoke for a Lima district, and in what capacity?", []),
    ],
)
def test_the_kind_of_answer_is_told_from_the_question(question: str, names: list[str]) -> None:
    assert [kind.name for kind in wanted_kinds(question)] == names


def is_given(question: str, sentence: str) -> bool:
    return has_wanted_kind(sentence, question, wanted_kinds(question))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("Four in ten live there.", True, id="in words"),
        pytest.param("Fourteen cities do.", True, id="in words past twelve"),
        pytest.param("The programme covers 12 cities.", True, id="in digits"),
        pytest.param("Council and residents meet monthly.", True, id="a rhythm"),
        pytest.param("The programme covers several cities.", False, id="none"),
        pytest.param("Several cities take part (Laboratory, 2.2).", False, id="a reference"),
        pytest.param("Several cities have taken part since 2018.", False, id="a year"),
        pytest.param("Several cities have taken part since 2018³.", False, id="a year with a note"),
        pytest.param("Several cities take part in plan 450.", False, id="one of the question's"),
    ],
)
def test_a_number_is_no_reference_and_no_year(
    sentence: str,
    expected: bool,  # noqa: FBT001
) -> None:
    assert is_given("How many cities take part in plan 450?", sentence) is expected


def test_a_date_is_more_than_a_number() -> None:
    question = "Since when does the office exist?"

    assert not is_given(question, "The office has 12 rooms.")
    assert is_given(question, "The office opened in May.")
    assert is_given(question, "The office opened in 2016.")
    assert is_given(question, "The office opened in 2016⁴.")


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("What fine does a landlord get?", "Foreigners pay 12% more rent.", False),
        ("What fine does a landlord get?", "The fund has existed for 10 years.", False),
        ("What fine does a landlord get?", "He pays USD 500.", True),
        ("How much does the course cost?", "The course is free.", True),
        ("How much does the course cost?", "The course takes 30,000 from the budget.", True),
        ("How long does a permit last?", "It was given to 90 families.", False),
        ("How long does a permit last?", "It is good for six months.", True),
        ("How long is the debate?", "15:10 – 15:45 | Open debate", True),
        ("What are the opening hours of the desk?", "The desk toured neighbourhoods.", False),
    ],
)
def test_money_time_and_contact_are_not_any_figure(
    question: str,
    sentence: str,
    expected: bool,  # noqa: FBT001
) -> None:
    assert is_given(question, sentence) is expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("When is the workshop?", "14:20 – 14:30 | What the workshop brought", True),
        ("When is the workshop?", "The workshop begins at 2 pm.", True),
        ("When is the workshop?", "The workshop has 12 guests.", False),
        *(
            ("What time is the debate?", line, True)
            for line in (
                "14.30 Debate",
                "• 14.30 – 15.45 debate",
                "14.30 | 15.30 | debate",
                "14h Debate",
                "14h | Debate",
                "9h30 debate",
                "9:00 Debate",
                "9:00 – 9:40 debate",
                "Debate | 9:00",
                "O debate começa às 9h.",
                "O debate começa às 9 horas.",
                "El debate empieza a las 9:30, en Quito.",
                "The debate starts at 9:30 in Quito.",
                "They meet at 3 pm.",
            )
        ),
        *(
            ("What time is the debate?", line, False)
            for line in (
                "The debate has a 1:10 ratio of staff to guests.",
                "Staff and guests debate 1:10",
                "The debate cost 12.50 euros.",
                "12.50 EUR for the debate",
                "12.50 euros for the debate",
                "12.30 to 14.20% of guests debate",
                "The debate | 12.30 | 14.20",
                "The debate lasts 9h in all.",
                "Todas las 8 horas del debate cuentan.",
                "As 8 horas do debate contam.",
            )
        ),
        ("In what year was the workshop?", "14:20 – 14:30 | What the workshop brought", False),
        ("Since when may they vote?", "They have been voting for five years.", True),
        ("Since when may they vote?", "They got the vote 10 years ago.", True),
        ("Since when may they vote?", "They vote every 4 years.", False),
        ("Since when may they vote?", "They have voted for many years.", True),
        ("Since when may they vote?", "Votan desde hace cinco años.", True),
        ("Since when may they vote?", "Elas votam há dez anos.", True),
        ("When did they vote?", "They have been voting for five years.", False),
    ],
)
def test_a_programme_says_when_by_the_hour_and_a_duration_since_when(
    question: str,
    sentence: str,
    expected: bool,  # noqa: FBT001
) -> None:
    assert is_given(question, sentence) is expected


def test_a_count_in_hundreds_is_no_share() -> None:
    question = "What percentage of the residents hold the card?"

    assert not is_given(question, "A registry of hundreds of residents.")
    assert is_given(question, "Two thirds of them do.")


def test_any_sentence_will_do_where_no_kind_is_asked_for() -> None:
    assert is_given("Why do people move?", "Nothing is said here.")


def test_a_year_with_a_note_number_is_a_date() -> None:
    assert is_given("In what year did the fund open?", "The fund opened in 2018³.")
    assert not is_given("How many grants did the fund pay?", "The fund opened in 2018³.")
