"""The country that an answer is limited to stands in the question that is asked."""

from dataclasses import replace

import pytest

from service.pipeline.confidence import Evidence
from service.pipeline.filtered_country import in_filtered_country, weaker
from service.records import Filters, Question


@pytest.mark.parametrize(
    ("text", "language", "countries", "expected"),
    [
        pytest.param("Who rents?", "en", ("UY",), "Who rents in Uruguay?", id="en"),
        pytest.param("¿Quién alquila?", "es", ("BR",), "¿Quién alquila en Brasil?", id="es"),
        pytest.param("Quem aluga?", "pt", ("EC",), "Quem aluga em Equador?", id="pt"),
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


def test_the_name_of_the_country_does_not_make_an_answer_surer() -> None:
    located = Evidence(best_dense=0.9, reader_log_odds=3.0, unknown=("Uruguay",), known=())
    plain = Evidence(best_dense=0.5, reader_log_odds=1.0, unknown=(), known=("IOM",))

    assert weaker(located, plain) == plain
    assert weaker(replace(located, reader_log_odds=0.5), plain).reader_log_odds == 0.5
