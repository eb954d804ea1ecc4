"""Names that the reports lack speak against an answer."""

import pytest

from service.answer_options import AnswerOptions
from service.library import Edition
from service.pipeline.question import parse_question


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        pytest.param("¿Qué paga la Oficina a los migrantes?", (), id="it says office"),
        pytest.param("¿Qué paga Curitiba a los migrantes?", ("Curitiba",), id="it says nothing"),
    ],
)
def test_a_name_of_ordinary_words_is_known_if_the_reports_have_those(
    edition: Edition, question: str, unknown: tuple[str, ...]
) -> None:
    findings = edition.answerer.find(parse_question(question), AnswerOptions())

    assert findings.evidence.unknown == unknown
