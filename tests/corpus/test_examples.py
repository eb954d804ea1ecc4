"""The first quote of every example on the start page answers it, in each language."""

import pytest

from indexer.errors import IndexerError
from service.answer_options import AnswerOptions
from service.library import Edition, open_edition
from service.pipeline.example_questions import written_examples
from service.pipeline.question import parse_question
from service.records import LANGUAGES, Answer
from service.settings import Settings
from tests.conftest import ROOT

SAID = {
    "rental-measures-compared": "subsidies as rent vouchers | Open",
    "firewalls-for-migrant-data": "A firewall separates service providers from immigration",
    "migrant-housing-cases": "Guatemala's remittances are equal to 12% of its gross domestic",
    "global-cities-fund": "grants of US$200,000 for each city",
}
EXAMPLES = written_examples(ROOT / "corpus")


@pytest.fixture(scope="module")
def shipped() -> Edition:
    """The index of the shipped corpus, which `make index` builds."""
    settings = Settings(corpus=ROOT / "corpus")
    try:
        return open_edition(settings, "current")
    except IndexerError as error:
        pytest.skip(f"{error}")


def test_there_are_examples_in_every_language() -> None:
    assert {example.document for example in EXAMPLES} == set(SAID)
    assert all(set(example.texts) == set(LANGUAGES) for example in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.document)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_quote_answers(shipped: Edition, example: object, language: str) -> None:
    assert isinstance(example, type(EXAMPLES[0]))
    question = parse_question(example.texts[language])

    result = shipped.answerer.answer(question, AnswerOptions())

    assert isinstance(result, Answer)
    first = result.citations[0]
    assert first.document.doc_id == example.document
    assert SAID[example.document] in " ".join(first.quote.split())
    assert first.restated, "an example's source is the report that the brief restates"
