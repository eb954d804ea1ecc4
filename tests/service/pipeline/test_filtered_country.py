"""The country that an answer is limited to stands in the question that is asked."""

from dataclasses import replace

import pytest

from service.pipeline.filtered_country import in_filtered_country
from service.records import Filters, Question


@pytest.mark.parametrize(
    ("text", "language", "countries", "expected"),
    [
        pytest.param("Who rents?", "en", ("UY",), "Who rents in Uruguay?", id="en"),
        pytest.param("¿Quién alquila?", "es", ("BR",), "¿Quién alquila en Brasil?", id="es"),
        pytest.param("Quem aluga?", "pt", ("EC",), "Quem aluga no Equador?", id="pt"),
        pytest.param(
            "Who pays?”", "en", ("DO",), "Who pays in the Dominican Republic?”", id="quotation mark"
        ),
        pytest.param(
            "What is “rent”?", "en", ("UY",), "What is “rent” in Uruguay?", id="a term in quotes"
        ),
        pytest.param("Who pays?", "en", ("HK",), "Who pays in Hong Kong?", id="a list's name"),
        pytest.param("Who pays in the US?", "en", ("CL",), "Who pays in the US?", id="in capitals"),
        pytest.param("Pay in US$?", "en", ("CL",), "Pay in US$ in Chile?", id="money"),
        pytest.param("Help us?", "en", ("CL",), "Help us in Chile?", id="a pronoun"),
        pytest.param("x" * 990, "en", ("UY",), "x" * 990, id="long"),
        pytest.param("rental help", "en", ("CL",), "rental help in Chile", id="no question mark"),
        pytest.param("Who rents in Peru?", "en", ("CL",), "Who rents in Peru?", id="names one"),
        pytest.param("Who rents?", "en", ("CL", "PE"), "Who rents?", id="several"),
        pytest.param("Who rents?", "en", (), "Who rents?", id="none"),
        pytest.param("Wer mietet?", "de", ("CL",), "Wer mietet?", id="another language"),
    ],
)
def test_the_country_stands_at_the_end(
    text: str, language: str, countries: tuple[str, ...], expected: str
) -> None:
    question = Question(text, language, Filters(country=countries))

    located = in_filtered_country(question)

    assert located == replace(question, text=expected)
