"""A question that names what the reports have is not on another subject."""

import pytest

from service.pipeline.known_names import has_known_name

PASSAGES = [
    "The Province of Pichincha pays a prize. Companies of the province compete for it.",
    "The desk opened in January, on a Monday, with an English and a Chilean teacher, in August.",
    "The mayor spoke at the World Urban Forum, in (Quito).",
]


@pytest.mark.parametrize(
    ("question", "unknown", "known"),
    [
        pytest.param("Who won the prize of Pichincha?", (), True, id="a name"),
        pytest.param("who won the prize of pichincha?", (), True, id="without its capital"),
        pytest.param("How do I descale a machine?", (), False, id="a pronoun"),
        pytest.param("who met in quito?", (), True, id="in brackets"),
        pytest.param("Who met in quito?", (), False, id="who writes capitals writes all"),
        pytest.param("best english breakfast", (), False, id="a language"),
        pytest.param("how to cook chilean soup", (), False, id="a people"),
        pytest.param("how to bake bread in january", (), False, id="a month"),
        pytest.param("How to cook in August?", (), False, id="a month with its capital"),
        pytest.param("what to cook on monday", (), False, id="a weekday"),
        pytest.param("which company won?", (), False, id="a word is no name"),
        pytest.param("which companies won?", (), False, id="the first of a sentence is no name"),
        pytest.param("Who won the World Cup?", ("Cup",), False, id="a part of an unknown name"),
        pytest.param("Who won in Lagos?", ("Lagos",), False, id="an unknown name"),
        pytest.param("Did Lagos copy Quito?", ("Lagos",), True, id="an unknown and a known one"),
    ],
)
def test_a_name_is_known_that_the_reports_have(
    question: str, unknown: tuple[str, ...], *, known: bool
) -> None:
    assert has_known_name(question, PASSAGES, unknown=unknown) is known
