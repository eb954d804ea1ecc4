import os
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.records import Span
from service.pipeline.translation.accents import Accents
from service.pipeline.translation.apertium import Apertium, ApertiumError, find_stages
from service.pipeline.translation.glossary import (
    GLOSSARY_PATH,
    HEADER,
    PLACES_PATH,
    PLAIN_PATH,
    read_terms,
)
from service.pipeline.translation.masking import Books, Kept, mask, unmask
from service.pipeline.translation.phrases import (
    Phrasebook,
    fold,
    phrase_key,
    plural,
    stem,
    words_of,
)
from service.pipeline.translation.translator import Means, Translator

PATIENCE_S = 60.0
"""A machine that runs many tests at once may need longer than a question may take."""

SENTENCE, TRANSLATION = "El puente es verde.", "The bridge is green."
NOWHERE = "/nonexistent"
IS_INSTALLED = all(find_stages(direction) for direction in ("spa-eng", "pt-es"))


@pytest.fixture
def apertium() -> None:
    """Ask for the real thing; a machine without it may skip, the one that decides may not."""
    if not IS_INSTALLED and os.environ.get("CI") == "true":
        pytest.fail(
            "CI must have Apertium: apt-get install apertium apertium-eng-spa apertium-es-pt"
        )
    if not IS_INSTALLED:
        pytest.skip(
            "Apertium is not installed: apt-get install apertium apertium-eng-spa apertium-es-pt"
        )


@pytest.fixture
def translator(apertium: None) -> Iterator[Translator]:  # noqa: ARG001 - asked for its effect
    with Translator(timeout_s=PATIENCE_S) as made:
        yield made


@pytest.fixture(scope="module")
def glossary_alone() -> Translator:
    return Translator(search_path=NOWHERE)


class Engines:
    """Makes engines of shell scripts, and ends them after the test."""

    def __init__(self) -> None:
        self.made: list[Apertium] = []

    def __call__(
        self, script: str, *, timeout_s: float = PATIENCE_S, start_timeout_s: float = PATIENCE_S
    ) -> Apertium:
        stages = (("/bin/sh", "-c", script),)
        engine = Apertium(stages, timeout_s=timeout_s, start_timeout_s=start_timeout_s)
        self.made.append(engine)
        return engine


@pytest.fixture
def engines() -> Iterator[Engines]:
    made = Engines()
    yield made
    for engine in made.made:
        engine.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with mode files of our own making."""
    (tmp_path / "missing.mode").write_text("no-such-program-anywhere", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("path", [GLOSSARY_PATH, PLACES_PATH, PLAIN_PATH], ids=lambda one: one.stem)
def test_a_glossary_is_sorted_and_names_nothing_twice(path: Path) -> None:
    terms = read_terms(path)

    english = [term.english for term in terms]
    assert english == sorted(english, key=lambda one: (fold(one), one))
    assert len({one.casefold() for one in english}) == len(english)
    for language in ("es", "pt"):
        keys = [phrase_key(words_of(form)) for term in terms for form, _ in term.pairs(language)]
        assert len(set(keys)) == len(keys)


def test_the_glossary_has_the_field_in_three_languages() -> None:
    terms = read_terms(GLOSSARY_PATH)

    assert len(terms) >= 600
    assert all(term.english and term.foreign["es"] and term.foreign["pt"] for term in terms)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param("en\tes\tpt\nrent\talquiler\taluguel", "must begin with", id="other header"),
        pytest.param("\t".join(HEADER) + "\nrent\talquiler", "line 2", id="two columns"),
        pytest.param("\t".join(HEADER) + "\nrent\t\taluguel", "line 2", id="empty column"),
    ],
)
def test_a_glossary_that_is_no_table_is_refused(content: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "glossary.tsv"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(ValueError, match=problem):
        read_terms(path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ciudad", "ciudades"), ("clase", "clases"), ("luz", "luces"), ("país", "países"),
        ("refugiado", "refugiadas"), ("trabajador", "trabajadoras"), ("migración", "MIGRACION"),
        ("migração", "migrações"), ("nacional", "nacionais"), ("jovem", "jovens"),
        ("imóvel", "imóveis"), ("habitação", "habitacao"),
    ],
)  # fmt: skip
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("caso", "casa"), ("niño", "niña"), ("danés", "dan"), ("relatório", "relatoria"),
        ("secretário", "secretaria"),
    ],
)  # fmt: skip
def test_different_words_keep_their_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("singular", "several"),
    [
        ("informal settlement", "informal settlements"), ("migrant child", "migrant children"),
        ("city of solidarity", "cities of solidarity"), ("housing", "housing"),
        ("mortgage", "mortgages"), ("tax", "taxes"), ("how many", "how many"),
        ("social rootedness (arraigo)", "social rootedness (arraigo)"),
        ("special social interest zone", "special social interest zones"),
        ("displaced", "displaced"), ("research", "research"),
    ],
)  # fmt: skip
def test_english_plurals(singular: str, several: str) -> None:
    assert plural(singular) == several


def test_the_longest_term_counts() -> None:
    book = Phrasebook([("vivienda", "housing"), ("vivienda de alquiler social", "social rent")])
    text = "viviendas de alquiler social"

    found = book.longest(text, words_of(text))

    assert found is not None
    assert (found.n_words, found.english) == (4, "social rent")


@pytest.mark.parametrize(
    ("text", "english"),
    [("país", "country"), ("pais", "country"), ("países", "countries")],
)
def test_a_plural_gives_a_plural_and_one_country_is_one(text: str, english: str) -> None:
    book = Phrasebook([("país", "country")], inflects=True)

    found = book.longest(text, words_of(text))

    assert found is not None
    assert found.english == english


def test_a_term_does_not_reach_over_a_comma() -> None:
    book = Phrasebook([("asentamientos humanos", "human settlements")])
    text = "asentamientos, humanos"

    assert book.longest(text, words_of(text)) is None


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("¿Qué son los asentamientos informales?", "es", ["informal settlements"]),
        ("¿QUÉ SON LOS DESPLAZADOS INTERNOS?", "es", ["internally displaced persons"]),
        ("que ofrece la ventanilla unica", "es", ["one-stop shop"]),
        ("¿A quién protege el cortafuegos?", "es", ["firewall"]),
        ("Quem envia remessas aos retornados?", "pt", ["remittances", "returnees"]),
        ("O que faz a prefeitura pelo aluguel social?", "pt", ["municipality", "social rental"]),
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


@pytest.mark.parametrize(
    ("direction", "typed", "meant"),
    [
        ("spa-eng", "Cuantos huyen de la persecucion?", "Cuantos huyen de la persecución?"),
        ("spa-eng", "la mayoria de los ultimos años", "la mayoría de los últimos años"),
        ("spa-eng", "un plan publico", "un plan publico"),  # "I publish": a word, too
        ("spa-eng", "el xqabzk de nuestra Bogota", "el xqabzk de nuestra Bogotá"),
        ("spa-eng", "persecución", "persecución"),
        ("spa-eng", "", ""),
        ("pt-es", "Nao ha habitacao para as criancas", "Não há habitação para as crianças"),
        ("pt-es", "As associacoes sao rapidas?", "As associações são rápidas?"),
    ],
)
def test_accents_that_were_left_out_are_put_back(
    direction: str,
    typed: str,
    meant: str,
    apertium: None,  # noqa: ARG001
) -> None:
    accents = Accents(find_stages(direction) or (), timeout_s=PATIENCE_S)
    try:
        assert accents.restored(typed) == meant
    finally:
        accents.stop()


def test_a_question_typed_without_accents_is_understood(translator: Translator) -> None:
    asked = translator.to_english("que hace la alcaldia con la informacion?", "es")

    assert "information" in asked


def test_apertium_marks_are_taken_away(apertium: None) -> None:  # noqa: ARG001
    engine = Apertium(find_stages("spa-eng") or ())
    try:
        assert engine.translate(
            "la *escuela de $5 y @casa xyzzyx"
        ) == "The *school of $5 and @house xyzzyx".replace("*", "").replace("@", "")
    finally:
        engine.stop()


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


def test_a_silent_child_costs_no_more_than_the_time_limit(engines: Engines) -> None:
    engine = engines("exec sleep 60", timeout_s=0.2, start_timeout_s=0)

    with pytest.raises(ApertiumError, match=re.escape("no translation within 0.2 s")):
        engine.translate("hola")

    assert engine.process_ids == ()


def test_new_processes_that_are_late_are_not_given_up(engines: Engines) -> None:
    engine = engines("sleep 1; exec cat", timeout_s=0.2)

    with pytest.raises(ApertiumError, match="no translation"):
        engine.translate("one")
    ids = engine.process_ids
    engine.start()

    assert engine.process_ids == ids
    assert _patiently(engine, "two") == "two"


def test_who_waits_for_a_silent_child_falls_back_in_time(engines: Engines) -> None:
    engine = engines("exec sleep 60", timeout_s=0.3)

    def ask(number: int) -> str:
        try:
            return engine.translate(str(number))
        except ApertiumError:
            return "failed"

    with ThreadPoolExecutor(3) as threads:
        said = list(threads.map(ask, range(3)))

    assert said == ["failed"] * 3


def test_children_that_end_at_once_are_an_error(engines: Engines) -> None:
    engine = engines("exit 1")

    with pytest.raises(ApertiumError, match="end at once"):
        engine.translate("hola")


def test_children_that_say_something_else_are_an_error(engines: Engines) -> None:
    engine = engines(r"printf 'nothing\0'; exec sleep 60")

    with pytest.raises(ApertiumError, match="end at once"):
        engine.translate("hola")


def test_children_that_end_later_are_replaced(engines: Engines) -> None:
    engine = engines("exec cat")
    first = engine.translate("one")
    (process_id,) = engine.process_ids

    os.kill(process_id, signal.SIGKILL)

    assert (first, engine.translate("two")) == ("one", "two")
    assert engine.process_ids != (process_id,)


def test_where_apertium_fails_the_glossary_answers(folder: Path) -> None:
    for direction in ("spa-eng", "pt-es"):
        (folder / f"{direction}.mode").write_text("false $1 | cat $2", encoding="utf-8")

    with Translator(modes_dir=folder) as translator:
        assert translator.translation == Means.APERTIUM
        assert translator.to_english("¿Cuántos migrantes?", "es") == "how many migrants?"


@pytest.mark.parametrize("direction", ["missing", "not-there"])
def test_a_direction_that_is_not_installed_is_not_found(direction: str, folder: Path) -> None:
    assert find_stages(direction, modes_dir=folder) is None


def test_every_stage_flushes_at_a_nul(folder: Path) -> None:
    (folder / "two.mode").write_text("cat $1 'a b' | cat -g $2 c\n", encoding="utf-8")

    stages = find_stages("two", modes_dir=folder)

    assert stages is not None
    assert [stage[1:] for stage in stages] == [("-z", "-n", "a b"), ("-z", "-g", "c")]


@given(st.text(alphabet="ab Qé«»?,1", max_size=60))
def test_a_masked_text_is_restored(text: str) -> None:
    words = words_of(text)
    kept = [Kept(Span(word.start, word.end), word.text) for word in words]

    assert unmask(mask(text, kept), kept) == " ".join(text.split())


def test_a_mask_that_was_lost_comes_at_the_end() -> None:
    kept = [Kept(Span(0, 5), "Quito"), Kept(Span(6, 10), "Lima")]

    assert unmask("What about xqabzk?", kept) == "What about Lima? Quito"


def test_a_made_up_word_that_nobody_made_stays() -> None:
    assert unmask("xqzzzk", []) == "xqzzzk"


def test_kept_parts_stand_in_order_and_apart(glossary_alone: Translator) -> None:
    books: Books = glossary_alone._books["es"]

    kept = books.kept("¿Qué dice «Vivir» de la vivienda en Quito y el COVID-19?")

    assert [part.english for part in kept] == ["Vivir", "housing", "Quito", "COVID-19"]
    assert all(a.span.end <= b.span.start for a, b in pairwise(kept))


def _patiently(engine: Apertium, text: str) -> str:
    """Translate although the machine may be busy."""
    for _ in range(100):
        try:
            return engine.translate(text)
        except ApertiumError:
            continue
    return engine.translate(text)
