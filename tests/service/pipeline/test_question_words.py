"""A refusal says which words no report has, only where that is true, and where the others stand."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

import pytest

from indexer.store.protocol import StoredIndex
from service.library import Edition
from service.pipeline import question_words
from service.pipeline.found_words import WantedWords
from service.pipeline.question_words import (
    MAX_TERMS,
    N_COUNTED,
    Translators,
    is_general,
    words_of_question,
)
from service.pipeline.translation.quote_translator import QuoteTranslator
from service.pipeline.translation.translator import Means, Translator
from service.pipeline.word_search import WordSearch
from service.records import (
    LANGUAGES,
    Filters,
    Question,
    QuestionWords,
    Refusal,
    RefusalCode,
)

QUOTES = QuoteTranslator()


class EnglishReports:
    """An index without the reports in other languages."""

    def __init__(self, index: StoredIndex) -> None:
        self._index = index
        self.documents = tuple(each for each in index.documents if each.info.language == "en")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)


class CountingSearch(WordSearch):
    """Counts how often the reports are looked through."""

    n_counts = 0

    def count(self, readings: Iterable[WantedWords], *, filters: Filters) -> int:
        self.n_counts += 1
        return super().count(readings, filters=filters)


class RecordingTranslator(Translator):
    """Knows what it was asked for in languages that it translates."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, ...]] = []

    def to_english(self, text: str, language: str) -> str:
        self.asked += [(text,)] if language != "en" else []
        return super().to_english(text, language)

    def all_to_english(self, texts: Sequence[str], language: str) -> tuple[str, ...]:
        self.asked += [tuple(texts)] if language != "en" else []
        return super().all_to_english(texts, language)


@pytest.fixture(scope="module")
def english(edition: Edition) -> Edition:
    return replace(edition, words=WordSearch(cast("StoredIndex", EnglishReports(edition.index))))


def words_of(
    edition: Edition,
    text: str,
    language: str = "en",
    *,
    code: RefusalCode = RefusalCode.NOT_ANSWERED_BY_REPORTS,
    unknown: tuple[str, ...] = (),
    filters: Filters = Filters(),  # noqa: B008 - frozen
) -> QuestionWords:
    question = Question(text, language, filters)
    refusal = Refusal(question, language, 0.1, code, unknown)
    return edition.words_of_question(refusal, QUOTES)


def counted(words: QuestionWords) -> dict[str, int]:
    return {word.text: word.n_passages for word in words.counted}


def test_words_are_counted_as_the_passages_view_counts_them_or_stand_nowhere(
    english: Edition,
) -> None:
    words = words_of(english, "Which landlords give migrants free pizza with the subsidy?")

    assert words.nowhere == ("free", "pizza")
    assert set(counted(words)) == {"landlords", "migrants", "subsidy"}
    assert all(counted(words).values())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How do they make and give what they have found?", "en"),
        ("¿Cómo hacen y dan lo que han encontrado?", "es"),
        ("Como fazem e dão o que encontraram?", "pt"),
    ],
)
def test_nothing_is_said_of_question_words_and_common_verbs(
    edition: Edition, text: str, language: str
) -> None:
    assert words_of(edition, text, language) == QuestionWords()


@pytest.mark.parametrize(
    ("word", "language"),
    [("gives", "en"), ("hicieron", "es"), ("ofrecen", "es"), ("fizeram", "pt"), ("existem", "pt")],
)
def test_forms_of_common_verbs_are_common(word: str, language: str) -> None:
    assert is_general(word, language)


@pytest.mark.parametrize(
    ("word", "language"),
    [
        *((word, "en") for word in ["states", "holding", "cases", "facts", "living", "serving"]),
        *((word, "es") for word in ["formación", "importaciones", "casos", "cuentas"]),
        *((word, "pt") for word in ["formação", "importação", "casos", "contas"]),
    ],
)
def test_what_only_shares_its_stem_with_a_common_word_is_not_common(
    word: str, language: str
) -> None:
    assert not is_general(word, language)


@pytest.mark.parametrize("word", ["shelter", "pizza", "landlord", "drones"])
def test_what_a_question_is_about_is_not_common(word: str) -> None:
    assert not any(is_general(word, language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("text", "language", "nowhere"),
    [
        pytest.param("¿Qué subsidio para paraguas hay?", "es", ("paraguas",), id="Spanish"),
        pytest.param(
            "Que subsídio para guarda-chuvas há?", "pt", ("guarda chuvas",), id="a third language"
        ),
        pytest.param("Que hospitais vacinam crianças?", "pt", (), id="a third, in Spanish"),
        pytest.param("Which hospitals vaccinate children?", "en", (), id="reports in Spanish"),
        pytest.param(
            "Which hospitals have pizza or umbrellas?",
            "en",
            ("pizza", "umbrellas"),
            id="neither in English nor in Spanish",
        ),
    ],
)
@pytest.mark.skipif(Translator().translation != Means.APERTIUM, reason="Apertium is not installed")
def test_a_word_that_reports_may_have_in_another_language_is_not_said_to_be_missing(
    edition: Edition, text: str, language: str, nowhere: tuple[str, ...]
) -> None:
    assert words_of(edition, text, language).nowhere == nowhere


@pytest.mark.parametrize(
    ("text", "nowhere"),
    [
        pytest.param("Gentrification in Lima?", (), id="opens the text"),
        pytest.param("Is it in Lima? Gentrification, too?", (), id="opens a sentence"),
        pytest.param("Which landlords are there in Hargeysa?", ("Hargeysa",), id="a name"),
        pytest.param(
            "Which landlords are there in Baidoa-Hargeysa?", ("Baidoa Hargeysa",), id="a joint name"
        ),
    ],
)
@pytest.mark.skipif(Translator().translation != Means.APERTIUM, reason="Apertium is not installed")
def test_a_word_that_a_dictionary_lacks_is_no_name_for_the_capital_that_opens_a_sentence(
    edition: Edition, text: str, nowhere: tuple[str, ...]
) -> None:
    assert words_of(edition, text).nowhere == nowhere


class Relabelled:
    """An index whose Spanish reports count as being in another language."""

    def __init__(self, index: StoredIndex, language: str) -> None:
        self._index = index
        self.documents = tuple(
            each
            if each.info.language == "en"
            else replace(each, info=replace(each.info, language=language))
            for each in index.documents
        )

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)


@pytest.mark.parametrize(
    ("max_unread", "nowhere"), [(0.9, ("pizza",)), (0.01, ())], ids=["few", "many"]
)
def test_only_a_few_passages_may_be_in_other_languages_where_words_are_said_to_be_missing(
    edition: Edition,
    monkeypatch: pytest.MonkeyPatch,
    max_unread: float,
    nowhere: tuple[str, ...],
) -> None:
    monkeypatch.setattr(question_words, "MAX_UNREAD", max_unread)
    words = WordSearch(cast("StoredIndex", Relabelled(edition.index, "pcm")))

    said = words_of(replace(edition, words=words), "Which landlords have pizza?")

    assert said.nowhere == nowhere


@pytest.mark.parametrize(
    ("text", "nowhere"),
    [
        pytest.param("Which landlords have composting?", (), id="left in Spanish"),
        pytest.param("Which landlords have ovens?", ("ovens",), id="in Portuguese"),
    ],
)
@pytest.mark.skipif(Translator().translation != Means.APERTIUM, reason="Apertium is not installed")
def test_a_word_that_is_left_in_spanish_is_not_said_to_be_missing_in_portuguese_reports(
    edition: Edition, text: str, nowhere: tuple[str, ...]
) -> None:
    words = WordSearch(cast("StoredIndex", Relabelled(edition.index, "pt")))

    assert words_of(replace(edition, words=words), text).nowhere == nowhere


def test_a_word_that_no_dictionary_has_is_not_said_to_be_missing(english: Edition) -> None:
    words = words_of(english, "¿Quién paga el chanfaino a los migrantes?", "es")

    assert "chanfaino" not in words.nowhere


def test_a_name_that_the_refusal_names_is_not_named_again(english: Edition) -> None:
    code, asked = RefusalCode.OUTSIDE_CORPUS, "Which landlords are there in Naples?"

    assert words_of(english, asked).nowhere == ("Naples",)
    assert words_of(english, asked, code=code, unknown=("Naples",)).nowhere == ()


def test_a_name_of_several_words_is_one(edition: Edition) -> None:
    words = words_of(edition, "What does the Transit of Santiago say of Renting in Chile?")

    assert "Chile" in counted(words)
    names = words_of(edition, "Where is the text of A Link?")
    assert "“A Link”" in counted(names)


def test_of_a_name_that_no_report_has_whole_the_longest_run_is_counted(edition: Edition) -> None:
    names = words_of(edition, "Where is the text of A Link City?")

    assert "“A Link”" in counted(names)
    assert not {"Link", "City"} & counted(names).keys()


def test_with_filters_only_the_reports_that_pass_are_counted_but_none_has_what_is_missing(
    english: Edition,
) -> None:
    chilean = Filters(country=("CL",))

    words = words_of(english, "Which trolleybus takes pizza to landlords?", filters=chilean)

    assert words.nowhere == ("pizza",)
    assert set(counted(words)) == {"landlords"}


@pytest.mark.parametrize(
    "code",
    [
        RefusalCode.QUESTION_UNCLEAR,
        RefusalCode.LANGUAGE_NOT_SUPPORTED,
        RefusalCode.NO_REPORT_PASSES_FILTERS,
    ],
)
def test_nothing_is_looked_for_where_words_lead_nowhere(
    edition: Edition, code: RefusalCode
) -> None:
    assert words_of(edition, "pizza for landlords", code=code) == QuestionWords()


def test_a_large_index_is_not_looked_through_for_every_refusal(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question_words, "MAX_PASSAGES", 1)

    assert words_of(edition, "pizza for landlords") == QuestionWords()


def test_of_a_long_question_few_words_are_looked_for_each_once(english: Edition) -> None:
    search = CountingSearch(english.index)
    text = " ".join(f"madeup{letter}x" for letter in "abcdefghijklmnopqrstuvwxyz" * 2)
    text = f"What of Great Alba and Great Ostra or Great Quay, {text}?"

    words = words_of_question(
        Refusal(Question(text, "en"), "en", 0.1, RefusalCode.NOT_ANSWERED_BY_REPORTS),
        search,
        Translators(english.answerer.models.translator, QUOTES),
        is_word=str.isalpha,
    )

    assert len(words.nowhere) <= N_COUNTED
    assert search.n_counts <= MAX_TERMS + 3  # and once each name


@pytest.mark.parametrize(
    ("text", "language", "asked"),
    [
        pytest.param("Which landlords give migrants free pizza?", "en", [], id="English"),
        pytest.param(
            "¿Qué propietarios pagan el paraguas a los migrantes?",
            "es",
            [("propietarios", "pagan", "paraguas", "migrantes")],
            id="Spanish",
        ),
        pytest.param(
            "Quais proprietários pagam guarda-chuva aos migrantes?",
            "pt",
            [("proprietários", "pagam", "guarda chuva", "migrantes")],
            id="Portuguese",
        ),
    ],
)
def test_words_are_translated_in_one_go_and_english_ones_never(
    english: Edition, text: str, language: str, asked: list[tuple[str, ...]]
) -> None:
    with RecordingTranslator() as translator:
        words_of_question(
            Refusal(Question(text, language), language, 0.1, RefusalCode.NOTHING_RELEVANT),
            english.words,
            Translators(translator, QUOTES),
            is_word=str.isalpha,
        )

    assert [texts for texts in translator.asked if texts != (text,)] == asked


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("¿Qué propietarios hay en Nápoles?", "es", id="Spanish"),
        pytest.param("Que proprietários há em Nápoles?", "pt", id="Portuguese"),
    ],
)
def test_a_place_that_the_refusal_names_in_english_is_not_named_again(
    english: Edition, text: str, language: str
) -> None:
    code = RefusalCode.OUTSIDE_CORPUS

    assert words_of(english, text, language).nowhere == ("Nápoles",)
    assert words_of(english, text, language, code=code, unknown=("Naples",)).nowhere == ()
