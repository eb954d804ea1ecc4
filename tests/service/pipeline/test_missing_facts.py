"""A refusal says what is missing only where no sentence or passage found has it."""

import pytest

from service.pipeline.missing_facts import missing_facts

PROGRAMME = "The rent programme of Quillay began in 2019 and reached 450 families."


@pytest.mark.parametrize(
    ("question", "sentences", "kind"),
    [
        pytest.param("What does the programme cost?", [PROGRAMME], "sum", id="no sum"),
        pytest.param("What does it cost?", [PROGRAMME, "It costs USD 40."], None, id="a sum"),
        pytest.param("When did it begin?", [PROGRAMME], None, id="a year"),
        pytest.param("When did it begin?", ["It began in 2019³."], None, id="a year with a note"),
        pytest.param("When did it begin?", ["It began late."], "date", id="no date"),
        pytest.param("When is it?", ["14:20 – 14:30 | Its report"], None, id="a time of day"),
        pytest.param("Since when?", ["They have had it for five years."], None, id="a duration"),
        pytest.param("Since when?", ["Lo tienen desde hace cinco años."], None, id="in Spanish"),
        pytest.param("Since when?", ["Têm acesso há cinco anos."], None, id="in Portuguese"),
        pytest.param("What share of them are women?", [PROGRAMME], "share", id="no share"),
        pytest.param("What share of them are women?", ["Half are."], None, id="a share in words"),
        pytest.param("Who runs it?", [PROGRAMME], None, id="no figure is asked for"),
        pytest.param("What does it cost?", [], None, id="nothing was read"),
        pytest.param("Send wages home at lower cost?", [PROGRAMME], None, id="cost is not asked"),
    ],
)
def test_the_kind_of_answer_that_no_sentence_has_is_named(
    question: str, sentences: list[str], kind: str | None
) -> None:
    assert missing_facts(question, question, sentences=sentences, passages=[]).kind == kind


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param("How many families had a lawyer?", ("lawyer",), id="one word"),
        pytest.param("How many families carry a lawyer?", ("lawyer",), id="a noun"),
        pytest.param("How many lawyers does it pay?", ("lawyers",), id="what is counted"),
        pytest.param("Do families carry it against rain?", (), id="no noun"),
        pytest.param("Did it reach a family in Quillay?", (), id="another form of a word"),
        pytest.param("Does Lima have it?", (), id="a name is no word"),
        pytest.param("Which acupuncture needles relieve migraine?", (), id="too many"),
    ],
)
def test_words_that_no_passage_has_are_named_as_typed(question: str, words: tuple[str]) -> None:
    facts = missing_facts(question, question, sentences=[], passages=[PROGRAMME])

    assert facts.words == words


def test_words_of_a_translated_question_are_not_looked_for() -> None:
    facts = missing_facts("¿Abogados?", "Lawyers?", sentences=[], passages=[PROGRAMME])

    assert not facts
