"""A question for a list gets the headings or items in order."""

import pytest

from indexer.settings import IndexerSettings
from service.answer_options import N_ITEMS, AnswerOptions
from service.pipeline.answering import Answerer
from service.pipeline.listing import with_items
from service.pipeline.named_things import NamedThings
from service.pipeline.question import parse_question
from service.pipeline.retrieval import ViewWeights
from service.pipeline.searchable_texts import IndexedReports
from service.records import Answer, Refusal
from tests.conftest import index_of

_MEASURES = [
    "Dredge the channel", "Light the quays", "Repair the slipway", "Train the pilots",
    "Insure the crews", "Open the fish hall", "Fence the fuel store", "Buy a second crane",
    "Survey the wrecks", "Plant the dunes", "Clear the breakwater",
]  # fmt: skip
PLAN = "# Plan for the harbour of Ostra\n\nThe council wrote it.\n\n" + "\n".join(
    f"## Measure {number}. {title}\n\nThe council pays for it in year {number}.\n"
    for number, title in enumerate(_MEASURES, start=1)
)
SURVEY = """# Survey of the coast

# 3. Duties of the port

The port has duties.

- Boats are counted each May.
- Nets are measured at the gate.
- Fish is weighed in the hall.

# 4. Landing rights of foreign crews

Foreign crews may land for three days. They show their cards.

# 5. Measures

## Measure 1. Count the gulls

It is done at dawn.

## Measure 2. Map the reefs

It is done by divers.
"""

CODE = "# Code of the lock\n\nThe keeper wrote it.\n\n" + "\n".join(
    f"## Rule {number}. Boat {number} goes first\n\nIt has a bell.\n" for number in range(1, 16)
)


@pytest.fixture(scope="module")
def answerer(_built: IndexerSettings, tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    reports = {"plan.md": PLAN, "survey.md": SURVEY, "code.md": CODE}
    return Answerer(index_of(reports, _built, tmp_path_factory.mktemp("lists")))


def ask(answerer: Answerer, text: str, options: AnswerOptions | None = None) -> Answer | Refusal:
    return answerer.answer(parse_question(text), options or AnswerOptions())


def quotes(answerer: Answerer, text: str, options: AnswerOptions | None = None) -> list[str]:
    answer = ask(answerer, text, options)
    assert isinstance(answer, Answer), answer
    return [quote.text for quote in answer.quotes]


_ALL = [f"Measure {number}. {title}" for number, title in enumerate(_MEASURES, start=1)]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("What are the eleven measures?", id="so many"),
        pytest.param("List the measures of the plan for Ostra.", id="by the report's title"),
        pytest.param("Which measures does the plan for the harbour contain?", id="which"),
        pytest.param("¿Cuáles son las once medidas?", id="Spanish"),
    ],
)
def test_all_things_of_a_kind_are_listed_in_the_order_of_their_numbers(
    answerer: Answerer, question: str
) -> None:
    assert quotes(answerer, question) == _ALL


def test_the_report_with_as_many_as_asked_for_is_listed(answerer: Answerer) -> None:
    assert quotes(answerer, "What are the two measures?") == [
        "Measure 1. Count the gulls",
        "Measure 2. Map the reefs",
    ]


def test_a_caller_who_wants_fewer_quotes_gets_the_first_items(answerer: Answerer) -> None:
    assert quotes(answerer, "What are the eleven measures?", AnswerOptions(max_items=3)) == _ALL[:3]


@pytest.mark.parametrize(("max_item_words", "n_items"), [(20, 4), (19, 3), (4, 1)])
def test_the_words_of_a_list_are_counted(
    answerer: Answerer, max_item_words: int, n_items: int
) -> None:
    options = AnswerOptions(max_item_words=max_item_words)

    said = quotes(answerer, "What are the eleven measures?", options)

    assert said == _ALL[:n_items]  # of five words each


def test_no_more_is_searched_of_a_list_than_is_quoted(answerer: Answerer) -> None:
    text = "What are the fifteen rules?"
    reports = IndexedReports(answerer.index, ViewWeights(), answerer.models.translator)

    items = with_items(NamedThings(), parse_question(text), text, reports).items

    assert [item.key for item in items] == [f"rule {number}" for number in range(1, N_ITEMS + 1)]
    assert len(quotes(answerer, text)) == N_ITEMS


def test_what_stands_under_a_chapter_is_listed_item_by_item(answerer: Answerer) -> None:
    assert quotes(answerer, "List the duties of chapter 3") == [
        "- Boats are counted each May.",
        "- Nets are measured at the gate.",
        "- Fish is weighed in the hall.",
    ]


def test_a_question_about_a_heading_gets_its_first_sentences(answerer: Answerer) -> None:
    (quote, *_) = quotes(answerer, "What do the reports say about landing rights of foreign crews?")

    assert "Foreign crews may land for three days. They show their cards." in quote


def test_a_question_for_a_part_of_a_list_is_no_overview(answerer: Answerer) -> None:
    answer = ask(answerer, "Which measures help lighthouse keepers with pensions?")

    assert isinstance(answer, Refusal) or len(answer.quotes) < len(_MEASURES)
