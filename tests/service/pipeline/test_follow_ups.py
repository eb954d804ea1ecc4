"""Follow-ups stand by themselves, and a change of topic stays as it was typed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pipeline.follow_ups import standalone_question
from service.pipeline.question import MAX_CHARS, clean, question_text
from tests.conftest import ROOT

RENT = "How does Chile help migrants rent?"
MODEL = "What is the Leverkusen model?"
JUDGED = [
    json.loads(line)
    for line in (ROOT / "tests/service/pipeline/follow_ups.jsonl").read_text("utf-8").splitlines()
]


def test_of_fifty_follow_ups_most_are_known_and_of_fifty_others_hardly_one_is_taken_for_one() -> (
    None
):
    rewritten = {
        row["id"]: standalone_question(row["follow_up"], row["turns"]).is_rewritten
        for row in JUDGED
    }

    dependent = [rewritten[row["id"]] for row in JUDGED if row["depends"]]
    changes = [rewritten[row["id"]] for row in JUDGED if not row["depends"]]
    assert len(dependent) == len(changes) == 50
    assert sum(dependent) >= 47
    assert sum(changes) <= 1


@pytest.mark.parametrize(
    ("before", "follow_up", "expected", "language"),
    [
        (RENT, "¿Y México?", "How does Mexico help migrants rent?", "es"),
        (RENT, "Y en los Países Bajos", "How does the Netherlands help migrants rent?", "es"),
        (RENT, "E no Brasil?", "How does Brazil help migrants rent?", "pt"),
        (RENT, "¿Qué pasa con Medellín?", "How does Medellín help migrants rent?", "es"),
        ("How do cities help?", "¿Y en Perú?", "How do cities help in Peru?", "es"),
        ("¿Cómo ayuda Chile?", "And Spain?", "¿Cómo ayuda España?", "en"),
        ("Como o Chile ajuda?", "And in Colombia?", "Como a Colômbia ajuda?", "en"),
        (RENT, "¿Y los alcaldes?", "¿Y los alcaldes?", None),
        (RENT, "¿Y la ONU?", "¿Y la ONU?", None),
        (RENT, "E a ONU?", "E a ONU?", None),
        (RENT, "¿Y el Perú?", "How does Peru help migrants rent?", "es"),
        (RENT, "A Colombia?", "How does Colombia help migrants rent?", "es"),
        (RENT, "Why Peru?", "Why Peru?", None),
        ("What did UNHCR do?", "¿Y la ONU?", "What did ONU do?", "es"),
        ("¿Cómo ayuda Chile?", "In Spain?", "¿Cómo ayuda España?", "en"),
        ("¿Cómo ayuda Chile?", "Why Peru?", "Why Peru?", None),
        ("¿Cómo ayuda Chile?", "And the UN?", "And the UN?", None),
        ("¿Cómo ayuda Chile?", "En España?", "¿Cómo ayuda España?", None),
        ("Como o Chile ajuda?", "¿Y la ONU?", "¿Y la ONU?", None),
        ("Como o Chile ajuda?", "And the UN?", "And the UN?", None),
    ],
)
def test_a_name_in_another_language_is_said_in_that_of_the_question_before(
    before: str, follow_up: str, expected: str, language: str | None
) -> None:
    standalone = standalone_question(follow_up, [before])

    assert (standalone.text, standalone.language) == (expected, language)


@pytest.mark.parametrize(
    "question",
    [
        "Did Lima finish what it began?",
        "Do Lima and Quito share what they learn?",
        "Has Quito said whether it will build homes?",
        "Was it Lima that paid?",
        "What did Milan do with the money it got?",
        "How many people are displaced?",
        "¿Cuántas personas migran?",
        "Quantas pessoas são deslocadas?",
    ],
)
def test_what_a_question_names_itself_is_not_looked_for_before_it(question: str) -> None:
    assert not standalone_question(question, [RENT]).is_rewritten


def test_who_does_something_is_what_a_pronoun_behind_it_stands_for() -> None:
    before = "What is the land fund?"

    assert not standalone_question("Did Lima finish what it began?", [before]).is_rewritten
    assert not standalone_question("Does Lima say why it left?", ["What is Milan?"]).is_rewritten


@pytest.mark.parametrize(
    "question",
    [
        "Does the IOM say why they left?",
        "How did Toronto pay for it?",
        "In Lima, what does it cost?",
        "How many people were reached?",
        "¿Cuántas personas participaron?",
    ],
)
def test_what_a_question_does_not_name_is_looked_for_before_it(question: str) -> None:
    assert standalone_question(question, [RENT]).is_rewritten


@pytest.mark.parametrize(
    ("before", "follow_up", "expected"),
    [
        pytest.param(RENT, "And in Peru?", "How does Peru help migrants rent?", id="country"),
        pytest.param(
            "What did UN-Habitat do in the camps of Kabul?",
            "and in Iraq?",
            "What did UN-Habitat do in the camps of Kabul? – And in Iraq?",
            id="a name of which none of those before is the like",
        ),
        pytest.param(
            RENT, "how many got in since 2011?", f"{RENT} – How many got in since 2011?", id="since"
        ),
        pytest.param(
            "¿Cuántos migrantes viven en Santiago?",
            "¿Y después de 2019?",
            "¿Cuántos migrantes viven en Santiago después de 2019?",
            id="a year after a preposition of two words",
        ),
        pytest.param(
            "Quantos migrantes vivem em Santiago?",
            "E até 2019?",
            "Quantos migrantes vivem em Santiago até 2019?",
            id="until a year",
        ),
        pytest.param(RENT, "and in peru", "How does peru help migrants rent?", id="no capitals"),
        pytest.param(
            RENT, "What about Colombia?", "How does Colombia help migrants rent?", id="about"
        ),
        pytest.param(RENT, "And in 2019?", "How does Chile help migrants rent in 2019?", id="year"),
        pytest.param(
            "How many came to Peru in 2018?",
            "And in 2019?",
            "How many came to Peru in 2019?",
            id="another year",
        ),
        pytest.param(
            "¿Cómo ayuda Chile a los migrantes?",
            "¿Y en Perú?",
            "¿Cómo ayuda Perú a los migrantes?",
            id="Spanish",
        ),
        pytest.param(MODEL, "Who pays for it?", "Who pays for the Leverkusen model?", id="pronoun"),
        pytest.param(
            "What is the session note about?",
            "Who wrote it?",
            "Who wrote the session note?",
            id="what a thing is about",
        ),
        pytest.param(
            "What are firewalls for",
            "Who uses them?",
            "Who uses firewalls?",
            id="what a thing is for",
        ),
        pytest.param(
            "What is it about?",
            "Who wrote it?",
            "What is it about? – Who wrote it?",
            id="a pronoun is no topic",
        ),
        pytest.param(
            RENT, "And Peru and Brazil", "How does Peru and Brazil help migrants rent?", id="two"
        ),
        pytest.param(
            "How do cities help",
            "and in Peru or Brazil",
            "How do cities help in Peru or Brazil?",
            id="two new ones",
        ),
        pytest.param(
            "Compare Chile and Peru",
            "And Peru and Brazil?",
            "And Peru and Brazil?",
            id="one of two is named already",
        ),
        pytest.param(
            "¿Qué hace Colombia con ACNUR?",
            "¿Y en Trinidad y Tobago?",
            "¿Qué hace Trinidad y Tobago con ACNUR?",
            id="a country of two names",
        ),
        pytest.param(
            "What is the plan that Chile is known for?",
            "When did it start?",
            "When did the plan that Chile is known for start?",
            id="a topic with a clause",
        ),
        pytest.param(
            RENT, "who pays for it?", f"{RENT} – Who pays for it?", id="no noun to put in"
        ),
        pytest.param(RENT, "What about costs?", f"{RENT} – What about costs?", id="topic"),
        pytest.param(
            "rent vouchers Chile",
            "Since when?",
            "rent vouchers Chile? – Since when?",
            id="keywords",
        ),
        pytest.param(RENT, "Is it worth the money?", f"{RENT} – Is it worth the money?", id="it"),
        pytest.param(
            RENT, "How many people benefited?", f"{RENT} – How many people benefited?", id="people"
        ),
        pytest.param(
            "¿Qué hace Quito?",
            "a cuántas personas ha llegado",
            "¿Qué hace Quito? – ¿A cuántas personas ha llegado?",
            id="people, Spanish",
        ),
        pytest.param(
            "O que faz Quito?",
            "Onde foi testado?",
            "O que faz Quito? – Onde foi testado?",
            id="no subject",
        ),
        pytest.param(RENT, "Since when?", f"{RENT} – Since when?", id="few words"),
        pytest.param(
            "What does São Paulo do so that migrants rent?",
            "Medellín?",
            "What does Medellín do so that migrants rent?",
            id="a city alone",
        ),
        pytest.param("Who came in 2016?", "2030?", "Who came in 2030?", id="a year alone"),
        pytest.param(RENT, "Housing?", f"{RENT} – Housing?", id="a topic alone"),
        pytest.param(RENT, "GDP?", f"{RENT} – GDP?", id="an acronym is no country"),
        pytest.param(
            "How do people from Peru fare in Chile?",
            "And in Brazil?",
            "How do people from Peru fare in Brazil?",
            id="the one behind the same preposition",
        ),
        pytest.param(
            "Como Nova Iguaçu atendeu os Warao?",
            "E Campinas?",
            "Como Campinas atendeu os Warao?",
            id="the first of several",
        ),
        pytest.param(
            "How do cities help?", "And in Peru?", "How do cities help in Peru?", id="new"
        ),
        pytest.param(
            "What is the impact bond?",
            "And who ran the training that it paid for?",
            "Who ran the training that the impact bond paid for?",
            id="that is no pronoun",
        ),
        pytest.param(
            MODEL, "Who explained that?", "Who explained the Leverkusen model?", id="that is one"
        ),
        pytest.param(
            MODEL,
            "Is it possible to copy it?",
            "Is it possible to copy the Leverkusen model?",
            id="the first it is empty",
        ),
        pytest.param(
            "What is the land fund?",
            "Does Lima say why it failed?",
            "Does Lima say why the land fund failed?",
            id="who says so is not what is spoken of",
        ),
        pytest.param(
            "How does Chile pay for the land fund?",
            "Does Lima say why it failed?",
            "How does Chile pay for the land fund? – Does Lima say why it failed?",
            id="who says so, after a noun",
        ),
        pytest.param(
            "¿Qué es el fondo de tierras?",
            "¿Sabe Lima por qué eso fracasó?",
            "¿Sabe Lima por qué el fondo de tierras fracasó?",
            id="who knows, Spanish",
        ),
        pytest.param(
            "O que é o fundo de terras?",
            "Lisboa sabe por que isso falhou?",
            "Lisboa sabe por que o fundo de terras falhou?",
            id="who knows, Portuguese",
        ),
        pytest.param(MODEL, "Who helps them?", f"{MODEL} – Who helps them?", id="one, not several"),
        pytest.param(
            "What does the guarantee fund in Uruguay do?",
            "Who pays for it?",
            "Who pays for the guarantee fund in Uruguay?",
            id="what a thing does",
        ),
        pytest.param(
            "¿Qué es el plan de Lima?",
            "¿Quién explica eso?",
            "¿Quién explica el plan de Lima?",
            id="a pronoun in Spanish",
        ),
        *(
            pytest.param(before, then, f"{before} – {then}", id=then)
            for before, then in (
                (RENT, "How many of its members are migrants?"),
                (RENT, "What still stands in its way?"),
                (RENT, "What was the cost of its offices?"),
                (RENT, "How many refugees took part?"),
                (RENT, "How many cities belong to that network?"),
                ("¿Qué hace Quito?", "¿Cuánto cobran sus miembros?"),
                ("¿Qué hace Quito?", "¿Cuántas ciudades forman esa red?"),
                ("¿Qué hace Quito?", "¿Cuántos actores reúne?"),
                ("¿Qué hace Quito?", "¿Qué servicios ofrece a los recién llegados?"),
                ("¿Qué hace Quito?", "¿Cuánto tardaba en dar vivienda definitiva?"),
                ("¿Qué hace Quito?", "¿Cuántos refugiados participaron?"),
                ("¿Qué hace Quito?", "¿Con qué organizaciones trabajó?"),
                ("O que faz Quito?", "Com quais organizações trabalhou?"),
                ("O que faz Quito?", "Quais são seus objetivos principais?"),
                ("O que faz Quito?", "Quantos bairros diferentes abrange?"),
                ("O que faz Quito?", "Quantos refugiados participaram?"),
            )
        ),
    ],
)
def test_what_a_follow_up_leaves_out_comes_from_the_question_before(
    before: str, follow_up: str, expected: str
) -> None:
    assert standalone_question(follow_up, [before]).text == expected


@pytest.mark.parametrize(
    ("follow_up", "language"),
    [
        ("in Spanish please", "es"),
        ("Can you answer in Portuguese?", "pt"),
        ("en inglés, por favor", "en"),
        ("¿y en español?", "es"),
    ],
)
def test_another_language_asks_the_same_question_again(follow_up: str, language: str) -> None:
    understood = standalone_question(follow_up, [RENT])

    assert (understood.text, understood.language) == (RENT, language)


@pytest.mark.parametrize(
    "question",
    [
        "Do migrants have rights?",
        "Which cities have mayors?",
        "Why was housing expensive?",
        "unaccompanied minors",
        "displaced persons",
        "How much of its GDP does Guatemala receive in remittances?",
        "How can a city know whether its services reach migrants?",
        "Which government raised its standards?",
        "¿Quién ha construido viviendas?",
        "¿Con qué programas ayudar a migrantes?",
        "Quem pagou aluguel?",
    ],
)
def test_a_short_question_on_something_else_stays_as_it_is(question: str) -> None:
    assert standalone_question(question, [RENT]).text == question


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("¿Qué hace Quito?", "¿Qué montaron por su cuenta los vecinos de las barriadas?"),
        ("¿Qué hace Quito?", "¿Cuántos migrantes hay en los campamentos?"),
        ("¿Qué hace Quito?", "¿Qué servicios ofrece la ciudad a los recién llegados?"),
        ("¿Qué hace Quito?", "¿Cuánto tarda obtener asilo?"),
        ("¿Qué hace Quito?", "¿Cuánto cuesta ampliar la red eléctrica?"),
        ("O que faz Quito?", "Quantas crianças há nas escolas?"),
        ("O que faz Quito?", "Quanto custa ampliar a rede elétrica?"),
    ],
)
def test_a_question_with_a_subject_of_its_own_stays_as_it_is(before: str, question: str) -> None:
    assert standalone_question(question, [before]).text == question


@pytest.mark.parametrize(
    ("before", "follow_up", "expected"),
    [
        (
            RENT,
            "And Denmark, how do towns receive refugees?",
            "Denmark, how do towns receive refugees?",
        ),
        (
            "¿Qué hace Quito?",
            "¿Y Dinamarca, cómo acompaña a los refugiados?",
            "¿Dinamarca, cómo acompaña a los refugiados?",
        ),
        (
            "¿Qué hace Suecia por los refugiados?",
            "Y Dinamarca, ¿cómo acompaña a los refugiados?",
            "Dinamarca, ¿cómo acompaña a los refugiados?",
        ),
        (
            "O que faz Quito?",
            "E São Paulo, quem paga os abrigos?",
            "São Paulo, quem paga os abrigos?",
        ),
    ],
)
def test_a_follow_up_with_another_subject_that_asks_all_of_it_is_asked_alone(
    before: str, follow_up: str, expected: str
) -> None:
    assert standalone_question(follow_up, [before]).text == expected


def test_a_third_turn_goes_back_to_what_the_first_named() -> None:
    turns = ["What does Quito do for migrants?", "Who pays for it?"]

    assert standalone_question("And in Medellín?", turns).text == (
        "What does Medellín do for migrants? – Who pays for it?"
    )
    assert standalone_question("Who pays for it?", [MODEL, "Since when?"]).text == (
        "Who pays for the Leverkusen model?"
    )


def test_a_pasted_follow_up_is_understood_as_a_typed_one() -> None:
    turns = [f"\uf0b7\t{RENT}", "\u200b", "\x07"]

    understood = standalone_question("\uf0b7\tAnd in Pe\u00adru?", turns)

    assert understood == standalone_question("And in Peru?", [RENT])


def test_follow_ups_of_follow_ups_go_back_to_the_first_question() -> None:
    turns = [RENT, "And in Peru?", "in Spanish please"]

    understood = standalone_question("And in Colombia?", turns)

    assert understood.text == "How does Colombia help migrants rent?"


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_whatever_is_typed_becomes_a_question_no_longer_than_allowed(
    text: str, earlier: list[str]
) -> None:
    assert standalone_question(text, []).text == question_text(text)
    assert len(standalone_question(text, earlier).text) <= MAX_CHARS


def test_a_question_that_would_become_too_long_stays_as_it_is() -> None:
    assert standalone_question("And why?", ["x" * MAX_CHARS]).text == "And why?"


def test_turns_too_long_to_be_asked_are_passed_over() -> None:
    long = f"How does Chile help migrants rent? {'And in Peru, or in Quito? ' * 4000}"

    understood = standalone_question("And in Peru?", [RENT, long])

    assert understood == standalone_question("And in Peru?", [RENT])
    assert standalone_question(long, [RENT]).text == clean(long)


@pytest.mark.parametrize("turn", ["?", "…", "¿?"])
def test_a_turn_without_a_word_is_no_follow_up_and_ends_no_talk(turn: str) -> None:
    assert standalone_question(turn, [RENT]).text == turn
    assert standalone_question("And in Peru?", [RENT, turn]).text == (
        "How does Peru help migrants rent?"
    )
