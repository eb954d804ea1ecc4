"""Sentences that sound alike stand for each other only where they state the same fact."""

import pytest

from service.pipeline.facts import adds_nothing, figures_in

RENT_2019 = "In 2019 the average monthly rent of migrant households was 210 dollars."


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(RENT_2019.replace("210", "265"), id="figure"),
        pytest.param(RENT_2019.replace("2019", "2022"), id="year"),
        pytest.param(RENT_2019.replace("households", "households in Lima"), id="place"),
        pytest.param(RENT_2019.replace("was", "was not"), id="negation"),
    ],
)
def test_another_figure_year_place_or_negation_is_another_fact(other: str) -> None:
    assert not adds_nothing(other, RENT_2019)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            "The mean rent that migrants paid a month was 210 dollars in 2019.", id="said"
        ),
        pytest.param("Migrant households paid 210 dollars.", id="less"),
    ],
)
def test_the_same_fact_in_other_or_fewer_words_adds_nothing(other: str) -> None:
    assert adds_nothing(other, RENT_2019)


def test_the_number_of_a_note_makes_no_other_figure() -> None:
    assert adds_nothing("It paid 1,200⁴ grants.", "It paid 1,200 grants.")
    assert not adds_nothing("It used 10⁶ litres.", "It used 10⁷ litres.")


def test_one_figure_written_in_two_ways_is_the_same() -> None:
    assert adds_nothing("A fee of 35 per cent.", "The fee is 35%.")


def test_the_number_of_a_note_makes_no_other_figure_or_name() -> None:
    assert adds_nothing("The fund paid Chile⁵ 1,200⁴ grants.", "The fund paid Chile 1,200 grants.")
    assert figures_in("In 2018³ it paid 1,200⁴ grants of 10² dollars.") == {"2018", "1200", "10²"}


def test_decimals_are_no_thousands_in_their_language() -> None:
    assert not adds_nothing("Inflation was 3.875%.", "Inflation was 3875%.")
    assert adds_nothing("Eran 1.204.", "They were 1,204.", languages=("es", "en"))
