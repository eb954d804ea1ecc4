"""What is planned is not what came about."""

import time

import pytest

from service.pipeline.plans import is_only_planned


@pytest.mark.parametrize(
    ("question", "sentence", "planned"),
    [
        ("How many people were prosecuted?", "Prosecution of landlords is planned.", True),
        ("How many people were prosecuted?", "Landlords may be prosecuted.", True),
        (
            "How many people were prosecuted?",
            "They plan to prosecute; 12 people were fined.",
            False,
        ),
        ("How many people were prosecuted?", "It is planned, and many were fined.", False),
        ("How many refugees have access to school?", "They may go to school.", False),
        ("How many refugees have need of a school?", "They may go to school.", False),
        ("How many refugees have a building?", "They may go to school.", False),
        ("How many refugees need a school?", "They may go to school.", False),
        ("How many refugees have been to school?", "They may go to school.", True),
        ("How many refugees have now left school?", "They may go to school.", True),
        ("¿Cuántos refugiados han ido a la escuela?", "Podrían ir a la escuela.", True),
        ("¿Cuántos refugiados tienen acceso a la escuela?", "Podrían ir a la escuela.", False),
        ("Quantos refugiados têm acesso à escola?", "Poderão ir à escola.", False),
        ("How many people may be prosecuted?", "Landlords may be prosecuted.", False),
        ("What was the result of the pilot?", "The pilot should help families.", True),
        ("What was the result of the pilot?", "The pilot helped families, and may go on.", False),
        ("Our mayor plans a pilot. What came of the vote there?", "A vote will be held.", True),
        ("What is the result of a pilot?", "The pilot should help families.", False),
        ("Has the fee been waived?", "A waiver of the fee was promised.", True),
        ("Has the fee been waived?", "The fee was waived, as was promised.", False),
        ("Was the forum a part of the summit?", "It will be a part of the summit.", False),
        ("Was a waiver proposed?", "A waiver of the fee is proposed.", False),
        ("Has a waiver been promised?", "A waiver of the fee was promised.", False),
        ("¿Cuántas personas fueron multadas?", "Los dueños serán multados.", True),
        ("¿Cuántas personas fueron multadas?", "Los dueños pagaron y pagarán.", False),
        ("¿Cuál fue el resultado del piloto?", "El piloto podría ayudar a familias.", True),
        ("Quantas pessoas foram multadas?", "Os donos poderão ser multados.", True),
        ("Quais foram os resultados?", "Os donos pagaram e vão pagar.", False),
    ],
)
def test_a_plan_is_no_result(question: str, sentence: str, *, planned: bool) -> None:
    assert is_only_planned(question, sentence) is planned


@pytest.mark.parametrize("text", ["how many " * 4000, "is planned to " * 4000, "a" * 40_000])
def test_no_text_takes_long(text: str) -> None:
    started = time.process_time()

    is_only_planned(f"{text[:1000]}?", text)
    is_only_planned("How many were fined?", text)

    assert time.process_time() - started < 2
