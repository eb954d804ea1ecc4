"""Another name takes the place of the one before, with its own article."""

import pytest

from service.pipeline.follow_up_words import FOLLOW_UP_WORDS
from service.pipeline.other_names import is_name, is_surely_name, names_of, with_other_name

SHARE = "How large are remittances in Guatemala as a share of GDP?"


@pytest.mark.parametrize(
    ("before", "fragment", "language", "expected"),
    [
        pytest.param(
            "What is the model of Quito about?",
            "Medellín's",
            "en",
            "What is the model of Medellín about?",
            id="an owner",
        ),
        pytest.param(
            "What is Quito's model?", "Medellín's", "en", "What is Medellín's model?", id="owners"
        ),
        pytest.param(
            "What is objective 20 of the compact?",
            "objective 19",
            "en",
            "What is objective 19 of the compact?",
            id="a number",
        ),
        pytest.param(
            "¿Qué dice el objetivo 20?",
            "el objetivo 19",
            "es",
            "¿Qué dice el objetivo 19?",
            id="a number, Spanish",
        ),
        pytest.param(
            SHARE,
            "in the Dominican Republic",
            "en",
            SHARE.replace("Guatemala", "the Dominican Republic"),
            id="an article comes",
        ),
        pytest.param(
            SHARE.replace("Guatemala", "the Dominican Republic"),
            "in Guatemala",
            "en",
            SHARE,
            id="an article goes",
        ),
        pytest.param(
            "What is the Leverkusen model?",
            "Gdansk",
            "en",
            "What is the Gdansk model?",
            id="an article of what follows",
        ),
        pytest.param(
            "Como o Chile ajuda?", "a Colômbia", "pt", "Como a Colômbia ajuda?", id="Portuguese"
        ),
        pytest.param("O Chile ajuda?", "na Colômbia", "pt", "A Colômbia ajuda?", id="first"),
        pytest.param(
            "Quem vem do Peru?",
            "do Brasil e da Colômbia",
            "pt",
            "Quem vem do Brasil e da Colômbia?",
            id="two with articles",
        ),
        pytest.param(
            "Qual é o PIB da Guatemala?",
            "no Brasil",
            "pt",
            "Qual é o PIB do Brasil?",
            id="another preposition",
        ),
        pytest.param(
            "Quantos vivem em Portugal?",
            "no Brasil",
            "pt",
            "Quantos vivem no Brasil?",
            id="contracted",
        ),
        pytest.param(
            "Quantos vivem no Brasil?",
            "em Portugal",
            "pt",
            "Quantos vivem em Portugal?",
            id="taken apart",
        ),
        pytest.param(
            "¿Cómo ayuda el Perú?", "Colombia", "es", "¿Cómo ayuda Colombia?", id="Spanish"
        ),
        pytest.param(
            "¿Cuántos vienen del Perú?",
            "de la Argentina",
            "es",
            "¿Cuántos vienen de la Argentina?",
            id="contracted in Spanish",
        ),
        pytest.param(
            "How does the Peru programme work?",
            "Chile",
            "en",
            "How does the Chile programme work?",
            id="an article of a noun behind a country",
        ),
        pytest.param(
            "How does the Peru programme work?",
            "the Netherlands",
            "en",
            "How does the Netherlands programme work?",
            id="one article",
        ),
        pytest.param(
            "How do the Netherlands help?",
            "Chile",
            "en",
            "How do Chile help?",
            id="an article that a country has goes",
        ),
        pytest.param(
            "¿Qué hace La Paz por la paz?",
            "Quito",
            "es",
            "¿Qué hace Quito por la paz?",
            id="a word that is a name in capitals",
        ),
        pytest.param(
            "How do Haitians rent in Chile?",
            "Venezuelans",
            "en",
            "How do Venezuelans rent in Chile?",
            id="a people",
        ),
        pytest.param(
            "What do Haitian families pay in Chile?",
            "Venezuelans",
            "en",
            "What do Haitian families pay in Chile – Venezuelans?",
            id="a people for an adjective",
        ),
        pytest.param(
            "How do families rent in Chile?",
            "Venezuelans",
            "en",
            "How do families rent in Chile – Venezuelans?",
            id="a people for none",
        ),
        pytest.param(
            "What is Quito's model?",
            "the Philippines's",
            "en",
            "What is the Philippines' model?",
            id="an owner with an article",
        ),
        pytest.param(
            "What is Peru's model?",
            "the Philippines'",
            "en",
            "What is the Philippines' model?",
            id="an owner in the plural",
        ),
        pytest.param(
            "What is the Philippines' model?",
            "Peru's",
            "en",
            "What is Peru's model?",
            id="an owner in the plural before",
        ),
        pytest.param(
            "How does Tijuana help?",
            "Mexicali",
            "en",
            "How does Mexicali help?",
            id="a town that ends like a people",
        ),
    ],
)
def test_another_name_takes_the_place_of_the_one_before(
    before: str, fragment: str, language: str, expected: str | None
) -> None:
    rules = FOLLOW_UP_WORDS[language]

    assert with_other_name(fragment, before, rules, language) == expected


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How large is the Dominican Republic?", ["Dominican Republic"]),
        ("How large is the Central African Republic?", ["Central African Republic"]),
        ("What does San Marcos do with Quito?", ["San Marcos", "Quito"]),
        ("Which republic helps?", []),
    ],
)
def test_words_in_a_row_are_one_name(question: str, names: list[str]) -> None:
    assert names_of(question) == names


@pytest.mark.parametrize(
    ("words", "name", "sure"),
    [
        ("Medellín", True, True),
        ("Housing", True, False),
        ("peru", True, True),
        ("2019", False, True),
        ("the costs", False, False),
    ],
)
def test_a_single_word_at_the_start_may_be_no_name(words: str, *, name: bool, sure: bool) -> None:
    assert is_name(words) is name
    assert is_surely_name(words) is sure
