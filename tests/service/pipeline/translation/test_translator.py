"""Spanish and Portuguese questions come out in English, with or without Apertium."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.pipeline.translation import translator as translator_module
from service.pipeline.translation.translator import Means, Translator
from tests.service.pipeline.translation.conftest import PATIENCE_S

SENTENCE, TRANSLATION = "El puente es verde.", "The bridge is green."


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("¿Qué son los asentamientos informales?", "es", ["informal settlements"]),
        ("¿QUÉ SON LOS DESPLAZADOS INTERNOS?", "es", ["internally displaced persons"]),
        ("que ofrece la ventanilla unica", "es", ["one-stop shop"]),
        ("¿A quién protege el cortafuegos?", "es", ["firewall"]),
        ("Quem envia remessas aos retornados?", "pt", ["remittances", "returnees"]),
        ("O que faz a prefeitura pelo aluguel social?", "pt", ["municipality", "social rental"]),
        ("¿Enseñan suajili o criollo haitiano?", "es", ["Swahili", "Haitian Creole"]),
        ("Há aulas de quíchua ou aulas de árabe?", "pt", ["Quechua", "Arabic classes"]),
    ],
)
def test_field_words_come_out_right_without_apertium(
    question: str, language: str, expected: list[str], glossary_alone: Translator
) -> None:
    english = glossary_alone.to_english(question, language)

    assert all(term in english for term in expected), english


def test_without_programs_the_translator_says_that_it_has_a_glossary_only(
    glossary_alone: Translator,
) -> None:
    glossary_alone.start()

    assert glossary_alone.translation == "glossary only"
    assert glossary_alone.to_english("¿Cuántos migrantes?", "es") == "how many migrants?"


def test_without_an_empty_path_nothing_of_apertium_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")

    assert Translator().translation == Means.GLOSSARY_ONLY


@pytest.mark.parametrize("language", ["en", "fr"])
def test_other_languages_come_back_unchanged(language: str, glossary_alone: Translator) -> None:
    assert glossary_alone.to_english("Les sans-papiers à Paris?", language) == (
        "Les sans-papiers à Paris?"
    )


@pytest.mark.parametrize(
    ("question", "language", "names"),
    [
        ("Según la nota de Quito, ¿qué hace Puebla?", "es", ["Quito", "Puebla"]),
        ("¿Ciudad de México o Nueva York?", "es", ["Mexico City", "New York"]),
        ("O Brasil e a Alemanha assinaram?", "pt", ["Brazil", "Germany"]),
        ("¿Qué dijo la ONU del COVID-19 en 2020?", "es", ["United Nations", "COVID-19", "2020"]),
        ("¿Qué hace Médicos Sin Fronteras?", "es", ["Médicos Sin Fronteras"]),
        ("¿De qué trata «Vivir en la ciudad»?", "es", ["Vivir en la ciudad"]),
        ("Upala: ¿cuántas familias?", "es", ["Upala"]),
        ("¿Qué pasó en el barrio Moravia de Medellín?", "es", ["Moravia", "Medellín"]),
        ("¿Cuántos viven en La Paz?", "es", ["La Paz"]),
        ("Quanto custa, US$ 1.500 ou 90%?", "pt", ["US$ 1.500", "90%"]),
        ("cuanto dinero anuncio brasil", "es", ["Brazil"]),
    ],
)  # fmt: skip
def test_names_and_numbers_are_kept(
    question: str,
    language: str,
    names: list[str],
    translator: Translator,
    glossary_alone: Translator,
) -> None:
    for english in (
        translator.to_english(question, language),
        glossary_alone.to_english(question, language),
    ):
        assert all(name in english for name in names), english


def test_quoted_terms_are_no_titles(glossary_alone: Translator) -> None:
    english = glossary_alone.to_english("¿Qué es el «Derecho a la ciudad»?", "es")

    assert "right to the city" in english


def test_the_name_of_an_institution_is_translated(glossary_alone: Translator) -> None:
    english = glossary_alone.to_english("¿Qué hace el Ministerio de Desarrollo Local?", "es")

    assert english == "what does ministry of development local?"


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("¿Cuántas ciudades tienen un consejo?", "es", "how many cities have a"),
        ("Onde vivem os refugiados?", "pt", "Where live the refugees?"),
        ("¿Qué hace la red de ciudades?", "es", "What does the city network?"),
        ("¿Qué políticas tiene la ciudad?", "es", "What policies has the city?"),
        ("Quantos migrantes morreram no mar?", "pt", "died in the sea"),  # "mar." is March
        ("Em que bairros vivem os refugiados?", "pt", "In what neighbourhoods"),
        ("Vamos abrir um centro. Que riscos isso traz?", "pt", "Which risks"),
        ("Desde que chegaram, onde vivem?", "pt", "Since they arrived"),
        ("O que o Estado paga?", "pt", "the State"),
        ("¿Cómo son tratados los migrantes?", "es", "treated"),
        ("¿Qué pide la Agenda de Acción del Secretario General?", "es", "the agenda of Action"),
    ],
)
def test_apertium_and_the_glossary_make_one_sentence(
    question: str, language: str, expected: str, translator: Translator
) -> None:
    assert translator.translation == "apertium"

    assert expected in translator.to_english(question, language)


@pytest.mark.parametrize(
    ("name", "language", "english"),
    [
        pytest.param("Mercado", "es", "market", id="an ordinary word"),
        pytest.param("Escritório", "pt", "office", id="in Portuguese"),
        pytest.param("Lagos", "es", "Lagos", id="a place, though lagos are lakes"),
        pytest.param("Dadaab", "es", "dadaab", id="no word at all"),
        pytest.param("Mercado", "en", "Mercado", id="no translation"),
    ],
)
def test_what_a_name_says_in_english(
    name: str, language: str, english: str, translator: Translator
) -> None:
    assert translator.name_in_english(name, language).lower() == english.lower()


@pytest.mark.parametrize(
    "question",
    ["¿^a/b$ [x] {y} <z> @w \\ *q #r?", "¿Hola\0mundo?", "¿\n\n?", "¿.[]?", "x" * 40_000],
    ids=["reserved letters", "NUL", "blank lines", "an end of ours", "too long"],
)
def test_odd_texts_do_not_put_the_pipeline_out_of_step(
    question: str, translator: Translator
) -> None:
    translator.to_english(question, "es")

    assert translator.to_english(SENTENCE, "es") == TRANSLATION


def test_a_question_typed_without_accents_is_understood(translator: Translator) -> None:
    asked = translator.to_english("que hace la alcaldia con la informacion?", "es")

    assert "information" in asked


def test_a_killed_child_is_replaced(translator: Translator) -> None:
    before = translator.to_english(SENTENCE, "es")
    (engine,) = translator._engines_for("es")
    ids = engine.process_ids

    os.kill(ids[2], signal.SIGKILL)
    after = engine.translate(SENTENCE)

    assert after == before
    assert not set(engine.process_ids) & set(ids)


def test_a_stopped_translator_starts_again(translator: Translator) -> None:
    translator.start()
    translator.stop()

    assert translator.to_english(SENTENCE, "es") == TRANSLATION


def test_threads_get_the_translations_of_their_own_questions(apertium: None) -> None:  # noqa: ARG001
    numbers = range(120)

    with Translator(timeout_s=PATIENCE_S) as translator, ThreadPoolExecutor(8) as threads:
        asked = [(f"Hay {number} puentes.", "es") for number in numbers]
        said = list(threads.map(lambda one: translator.to_english(*one), asked))

    assert said == [f"There are {number} bridges." for number in numbers]


def test_a_second_time_comes_from_memory(folder: Path) -> None:
    translator = Translator(modes_dir=folder)
    first = translator.to_english("¿Qué es el asilo?", "es")

    assert translator.to_english("¿Qué es el asilo?", "es") is first


def test_where_apertium_fails_the_glossary_answers(folder: Path) -> None:
    for direction in ("spa-eng", "pt-es"):
        (folder / f"{direction}.mode").write_text("false $1 | cat $2", encoding="utf-8")

    with Translator(modes_dir=folder) as translator:
        assert translator.translation == Means.APERTIUM
        assert translator.to_english("¿Cuántos migrantes?", "es") == "how many migrants?"


def test_sentences_of_a_report_are_put_into_english_one_by_one(translator: Translator) -> None:
    if not translator.translates("pt"):
        pytest.skip("Apertium is not installed")
    texts = [
        "A casa tem 45 metros quadrados.",
        "O município paga o aluguel.",
        "A casa tem 45 metros quadrados.",
    ]

    english = translator.texts_to_english(texts, "pt")

    assert "45" in english[0]
    assert "pays" in english[1]
    assert english[2] == english[0]


def test_sentences_that_are_known_outlast_the_clearing_of_what_is_remembered(
    translator: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not translator.translates("pt"):
        pytest.skip("Apertium is not installed")
    monkeypatch.setattr(translator_module, "_MAX_SENTENCES", 1)
    known, *new = "O município paga o aluguel.", "A casa é grande.", "A rua é pequena."
    first = translator.texts_to_english([known], "pt")

    assert translator.texts_to_english([known, *new], "pt")[0] == first[0]


def test_reports_in_english_are_not_translated(translator: Translator) -> None:
    assert not translator.translates("en")
    assert not translator.translates("fr")


@pytest.mark.parametrize("language", ["es", "pt"])
@pytest.mark.parametrize("path", [None, "/nowhere"], ids=["Apertium", "the glossary"])
def test_words_put_into_english_at_once_are_as_one_by_one(language: str, path: str | None) -> None:
    words = ["migrantes", "Nápoles", "habitacao", "casa", "guarda chuva", "zzyzx"]
    with Translator(search_path=path) as translator:
        together = translator.all_to_english(words, language)

        alone = tuple(translator.to_english(word, language) for word in words)

    assert [text.lower() for text in together] == [text.lower() for text in alone]
    assert translator.all_to_english(words, "en") == tuple(words)
