"""What a question names with a number is found exactly, quoted, or refused by its name."""

from typing import cast

import pytest

from indexer.settings import IndexerSettings
from indexer.store.protocol import Sentences
from service.answer_options import AnswerOptions
from service.pipeline.answering import Answerer
from service.pipeline.named_things import (
    MOST_PLACES,
    NamedThings,
    find_named_things,
    reports_by_title,
)
from service.pipeline.question import parse_question
from service.pipeline.retrieval import ViewWeights
from service.pipeline.searchable_texts import IndexedReports
from service.records import (
    Answer,
    Filters,
    Refusal,
    RefusalCode,
)
from tests.conftest import index_of

_DUTIES = (
    "The harbour master opens the gates at dawn.", "The pilot waits at the second buoy.",
    "Nets are mended on the northern quay.", "Crews of small boats pay no mooring fee.",
    "Ice is sold in the hall of the cooperative.", "The lighthouse is painted every third year.",
    "Widows of fishers keep their berth.", "A siren warns of fog.",
    "Divers work in pairs.", "The crane lifts four tonnes.",
    "Fuel is kept behind the wall.", "Visitors leave before dusk.",
)  # fmt: skip
STATUTE = "# Statute 40 of the harbour\n\n" + "\n".join(
    f"## Article {number}\n\n{duty}\n" for number, duty in enumerate(_DUTIES, start=1)
)
CENSUS = """# Census of piers

The council ordered the census by Resolution 77.

| Pier | Boats | Crews |
|---|---|---|
""" + "\n".join(f"| Pier {number} | {number * 3} | {number * 2} |" for number in range(1, 25))
OTHER = """# Lease of the market hall

## Article 4

Each stall is let for eleven months.

## Box 2. Fish auctions

Auctions begin when the third boat has landed.
"""

_N_SEEN = 70


def log_of(pier: str) -> str:
    """Return a report that mentions Figure 8 in each of its sentences."""
    seen = " ".join(f"Gull {number} is in Figure 8." for number in range(_N_SEEN))
    return f"# Log of the {pier} pier\n\n{seen}\n"


@pytest.fixture(scope="module")
def answerer(_built: IndexerSettings, tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    logs = {"eastern.md": log_of("eastern"), "western.md": log_of("western")}
    reports = {"statute.md": STATUTE, "census.md": CENSUS, "lease.md": OTHER} | logs
    return Answerer(index_of(reports, _built, tmp_path_factory.mktemp("named")))


def ask(answerer: Answerer, text: str, filters: Filters | None = None) -> Answer | Refusal:
    return answerer.answer(parse_question(text, filters=filters), AnswerOptions())


def quotes(answerer: Answerer, text: str, filters: Filters | None = None) -> list[str]:
    answer = ask(answerer, text, filters)
    assert isinstance(answer, Answer), answer
    return [quote.text for quote in answer.quotes]


def named(answerer: Answerer, text: str) -> NamedThings:
    reports = IndexedReports(answerer.index, ViewWeights(), answerer.models.translator)
    return find_named_things(parse_question(text), text, reports)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        pytest.param("What does Article 11 say?", _DUTIES[10], id="not Article 1"),
        pytest.param("What does Article 1 provide?", _DUTIES[0], id="not Article 11"),
        pytest.param("¿Qué dice el artículo 6?", _DUTIES[5], id="Spanish"),
        pytest.param("O que diz o artigo 8?", _DUTIES[7], id="Portuguese"),
        pytest.param("Art. 12", _DUTIES[11], id="abbreviated, no question"),
        pytest.param("Article 4 of Statute 40", _DUTIES[3], id="of one report among two"),
        pytest.param("What does Article 4 of the lease say?", "Each stall", id="by its title"),
        pytest.param(
            "What does Article 4 of the market hall's lease say?", "Each stall", id="where"
        ),
        pytest.param("What is Box 2 about?", "Box 2. Fish auctions", id="with its title"),
        pytest.param("How many boats lie at Pier 21?", "Pier 21 | 63 | 42", id="row"),
        pytest.param("boats at pier 2", "Pier 2 | 6 | 4", id="row, typed in a hurry"),
        pytest.param("Who waits at the buoy under Article 2?", _DUTIES[1], id="a question on it"),
    ],
)
def test_the_thing_comes_first_with_its_own_words(
    answerer: Answerer, question: str, quote: str
) -> None:
    assert quotes(answerer, question)[0].startswith(quote)


def test_things_of_the_same_name_are_quoted_from_each_report(answerer: Answerer) -> None:
    assert set(quotes(answerer, "What does Article 4 say?")) == {
        _DUTIES[3],
        "Each stall is let for eleven months.",
    }


@pytest.mark.parametrize(("max_words", "n_quotes"), [(15, 2), (14, 1), (7, 1)])
def test_words_are_counted_and_the_first_quote_is_in_any_case(
    answerer: Answerer, max_words: int, n_quotes: int
) -> None:
    question = parse_question("What does Article 4 say?")

    answer = answerer.answer(question, AnswerOptions(max_words=max_words))

    assert isinstance(answer, Answer)
    assert len(answer.quotes) == n_quotes  # one of eight words, one of seven


def test_two_numbers_of_a_kind_are_both_quoted(answerer: Answerer) -> None:
    said = quotes(answerer, "Articles 9 and 10")

    assert set(said) == {_DUTIES[8], _DUTIES[9]}


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What does Article 99 say?", "Article 99"),
        ("¿Qué dice la Recomendación 19?", "Recomendación 19"),
        ("How many boats lie at Pier 88?", "Pier 88"),
        ("What does Article 5 of Decree 600 say?", "Decree 600"),
    ],
)
def test_what_stands_nowhere_is_refused_by_its_name(
    answerer: Answerer, question: str, name: str
) -> None:
    refusal = ask(answerer, question)

    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.OUTSIDE_CORPUS
    assert refusal.unknown == (name,)


def test_a_filter_hides_what_other_reports_have(answerer: Answerer) -> None:
    refusal = ask(answerer, "What is Box 2 about?", Filters(document=("statute",)))

    assert isinstance(refusal, Refusal)
    assert refusal.unknown == ("Box 2",)


def test_what_is_only_mentioned_is_found_in_the_sentence_that_does(answerer: Answerer) -> None:
    things = named(answerer, "Who passed Resolution 77?")

    assert [answerer.index.sentence_text(place.first) for place in things.places] == [
        "The council ordered the census by Resolution 77."
    ]
    assert not things.asks_itself


@pytest.mark.parametrize("pier", ["eastern", "western"])
def test_of_many_mentions_those_may_answer_whose_report_the_question_names(
    answerer: Answerer, pier: str
) -> None:
    things = named(answerer, f"Who drew Figure 8 in the log of the {pier} pier?")

    rows = [place.first for place in things.places]
    titles = [answerer.index.info_of(row).title for row in rows]
    assert len(rows) == MOST_PLACES
    assert titles.count(f"Log of the {pier} pier") == _N_SEEN
    assert rows == sorted(rows)


def test_a_figure_that_is_asked_for_is_not_the_thing_itself(answerer: Answerer) -> None:
    assert named(answerer, "What does Article 3 say?").asks_itself
    assert not named(answerer, "How much money does Article 3 grant?").asks_itself
    assert not named(answerer, "Does Article 3 of the statute set fees for nets?").asks_itself


def test_a_question_without_a_number_names_nothing(answerer: Answerer) -> None:
    assert named(answerer, "When does the harbour open?") == NamedThings()


def test_search_puts_the_named_passage_first(answerer: Answerer) -> None:
    (first, *_) = answerer.search(parse_question("Article 7"), top_k=5)

    assert _DUTIES[6] in first.text


def test_the_title_of_a_report_is_read_once_however_many_of_its_rows_there_are(
    answerer: Answerer,
) -> None:
    index = answerer.index
    rows: list[int] = []

    class Counting:
        def __getattr__(self, name: str) -> object:
            return getattr(index, name)

        def info_of(self, row: int) -> object:
            rows.append(row)
            return index.info_of(row)

    reports = reports_by_title(range(5), "the northern pier", cast(Sentences, Counting()))

    assert len(rows) == len(reports) < 5
