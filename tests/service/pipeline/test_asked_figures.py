"""The one figure of a highlight is marked alone where a question asks for a figure."""

import pytest

from indexer.records import Span
from service.pipeline.answer_kinds import wanted_kinds
from service.pipeline.asked_figures import narrowed


@pytest.mark.parametrize(
    ("question", "sentence", "wanted"),
    [
        pytest.param(
            "What share of households rents?",
            "In Alder, [92 per cent of migrant households live in one district], without water.",
            "92 per cent",
            id="a share, and not the number word beside it",
        ),
        pytest.param(
            "How many people a day move to cities?",
            "It found that [an average of 120,000 people in the region were moving every day].",
            "120,000 people",
            id="a number with what it counts",
        ),
        pytest.param(
            "How many inhabitants may a city have?",
            "Only cities with [a permanent population of less than 3 million] are opened.",
            "less than 3 million",
            id="with how nearly it is so",
        ),
        pytest.param(
            "How long do they wait for a flat?",
            "Most of them [move into a flat of their own between 6 and 12 months later].",
            "between 6 and 12 months",
            id="a range with its measure",
        ),
        pytest.param(
            "How much money did the town get?",
            "It was [given a grant of US$200,000 by the fund of the mayors].",
            "US$200,000",
            id="a sum with its currency",
        ),
        pytest.param(
            "How many flats and how many subsidies?",
            "The state [builds 700 flats a year and pays 300 subsidies] besides.",
            "builds 700 flats a year and pays 300 subsidies",
            id="two figures stay as they are",
        ),
        pytest.param(
            "How many flats are built in 2030?",
            "By 2030 [the whole city will build more than before in the suburbs] there.",
            "the whole city will build more than before in the suburbs",
            id="no figure",
        ),
        pytest.param(
            "How many points are there?",
            "The list has [12 points in all] for cities.",
            "12 points in all",
            id="a short highlight stays",
        ),
        *(
            pytest.param(question, f"[{text}] there.", wanted or text, id=text)
            for question, text, wanted in (
                (
                    "When did the law begin?",
                    "It began in March 2019 when the government signed it",
                    "",
                ),
                ("How many towns help?", "It also dealt with the COVID-19 pandemic and more", ""),
                ("How long is the wait?", "They wait for a period of 2-3 weeks or so", "2-3 weeks"),
                ("How long is the wait?", "They wait for a period of 2–3 weeks or so", "2–3 weeks"),
                (
                    "How long is the wait?",
                    "They wait for a period of 6 to 12 months or so",
                    "6 to 12 months",
                ),
                ("What share rents?", "By now nearly one in five families rents a home", ""),
                (
                    "What share rents?",
                    "By now nearly one third of all rent a home",
                    "nearly one third",
                ),
                ("How many towns help?", "The number of those that help is 45 and rises", "45"),
                ("How many homes are there?", "The two-bedroom flats that were built are let", ""),
                ("How many homes are there?", "It was in the 19th century that all were let", ""),
            )
        ),
        pytest.param(
            "Why did 40 families leave?",
            "They left [because 40 houses were flooded in a single night].",
            "because 40 houses were flooded in a single night",
            id="no figure is asked for",
        ),
    ],
)
def test_the_figure_that_is_asked_for(question: str, sentence: str, wanted: str) -> None:
    start, end = sentence.index("["), sentence.index("]") - 1
    text = sentence.replace("[", "").replace("]", "")

    span = narrowed(Span(start, end), text, question, wanted_kinds(question))

    assert span.of(text) == wanted


def test_the_figures_of_the_question_are_no_answer() -> None:
    text = "Of the 7,000 flats that were planned in the city some 40 per cent were built."
    question = "What share of the 7,000 flats was built?"

    span = narrowed(Span(0, len(text)), text, question, wanted_kinds(question))

    assert span.of(text) == "some 40 per cent"
