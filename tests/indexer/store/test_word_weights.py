"""Sparse vectors score as the local lexical index does."""

from pathlib import Path

import pytest

from indexer.store.lexical_index import LexicalIndex
from indexer.store.word_weights import Vocabulary

LONG = "The city pays a rent subsidy. " * 30
PASSAGES = [
    ("en", "The city pays a rent subsidy to newcomers; the subsidy ends after a year."),
    ("en", LONG),
    ("es", "La ciudad paga un subsidio de arriendo a las personas migrantes."),
    ("en", "— · —"),
    ("sw", "Mji unalipa kodi ya nyumba kwa wageni."),
    ("en", "Night buses connect the industrial zone with the suburbs of Bogotá."),
]
LANGUAGES = ("en", "es", "sw")


@pytest.fixture
def local(tmp_path: Path) -> LexicalIndex:
    rows = [(at, language, text) for at, (language, text) in enumerate(PASSAGES)]
    return LexicalIndex.build(tmp_path, rows, languages=LANGUAGES)


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary.from_json(Vocabulary.of(PASSAGES, languages=LANGUAGES).to_json())


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("How much rent subsidy does the city pay?", id="English"),
        pytest.param("¿Qué subsidio de arriendo paga la ciudad?", id="Spanish"),
        pytest.param("kodi nyumba", id="a language without a stemmer"),
        pytest.param("What is it?", id="no word"),
    ],
)
def test_products_of_weights_are_the_scores_of_the_local_index(
    question: str, local: LexicalIndex, vocabulary: Vocabulary
) -> None:
    asked = vocabulary.question_weights(question)

    products = {}
    for row, (language, text) in enumerate(PASSAGES):
        weights = vocabulary.passage_weights(text, language=language)
        product = sum(weight * asked.get(number, 0.0) for number, weight in weights.items())
        if product:
            products[row] = product

    assert products == pytest.approx(local.search(question, top_k=10), rel=1e-5)


def test_every_passage_has_a_weight(vocabulary: Vocabulary) -> None:
    assert all(vocabulary.passage_weights(text, language=lang) for lang, text in PASSAGES)


def test_names_are_known_and_unknown_as_in_the_local_index(
    local: LexicalIndex, vocabulary: Vocabulary
) -> None:
    names = ["Bogota", "Bogotta", "Lagos", "industrial zone", "2019", "Lagos"]

    assert vocabulary.unknown(names) == local.unknown(names) == ("Lagos", "2019")
    assert [*map(vocabulary.has_word, names)] == [*map(local.has_word, names)]
    assert not vocabulary.has_word("Bogotta")
