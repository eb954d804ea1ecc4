"""What a report on several countries, or of other reports, says of what was filtered for."""

import pytest

from indexer.country_cities import reported_cities
from indexer.settings import IndexerSettings
from indexer.store.index import Index
from service.answer_options import AnswerOptions
from service.pipeline.answering import Answerer
from service.pipeline.filtered_sentences import SentenceFilter
from service.pipeline.question import parse_question
from service.pipeline.retrieval import ViewWeights
from service.pipeline.searchable_texts import IndexedReports
from service.records import Answer, Filters, Refusal
from tests.conftest import index_of

CATALOGUE = """
[[document]]
file = "guide-2018.pdf"
title = "The old guide"
short_name = "Old guide"
year = 2018

[[document]]
file = "guide-2023.pdf"
title = "The new guide"
short_name = "New guide"
year = 2023

[[document]]
file = "rents.md"
title = "Help with rents compared"
countries = ["UY", "CL", "TR", "MX", "US"]
cities = ["Salto", "Temuco"]
year = 2020
sources = ["guide-2018", "guide-2023"]

[[document]]
file = "salto.md"
title = "A desk in Salto"
countries = ["UY"]
cities = ["Salto"]
year = 2020
"""
RENTS = """# Help with rents compared

Every family deserves help with its rent, and legal advice on rents should be open to migrants.

## Who helps

| Place | Help with the rent |
|---|---|
| Uruguay | A guarantee fund of rents for families |
| Temuco, Chile | A voucher for the rent that is open to migrants |
| Izmir, Turkey | A loan for the rent |

## Uruguay

The ministry pays for three months. In Chile, it pays for four. Nurses from Peru get help, too.

- The desk of the harbour opens at nine.
- Chile: the desk opens at ten.

### Migrants from Peru

They come by bus.

## Chile

The mayors meet in May.

### Uruguay and Chile

Rents rose in both. Chilean rents rose by half.

- Landlords ask for a guarantor.

## Lessons

The capital of Uruguay counted its tenants. They were 900 in all.

In Salto, the bank gives credit. Montevideo has no bank.

Mérida in Venezuela counts its tenants. Mérida counts its landlords.

The bank lent US$200,000 to cities. The US lent tents.

## Sources

Deposits are high (Old guide, 2.1). Deposits are low (New guide, Box 3).
Deposits differ (Old guide, 2.2; New guide, 4). Deposits are paid in cash.
"""
MANTA = """# Help in Ecuador

The desk of the coast opens at nine. In Panama, it opens at ten.

## Colombia

The desk of the border has a bus.
"""
SALTO = """# A desk in Salto

The desk has two rooms and a garden.
"""


@pytest.fixture(scope="module")
def index(_built: IndexerSettings, tmp_path_factory: pytest.TempPathFactory) -> Index:
    reports = {"catalogue.toml": CATALOGUE, "rents.md": RENTS, "salto.md": SALTO, "manta.md": MANTA}
    return index_of(reports, _built, tmp_path_factory.mktemp("rents"))


def passes(index: Index, sentence: str, filters: Filters) -> bool:
    row = next(row for row in range(index.n_sentences) if sentence in index.sentence_text(row))
    cities = reported_cities([entry.info for entry in index.documents])
    sentence_filter = SentenceFilter.of(filters, index, lambda: cities)
    assert sentence_filter is not None
    return sentence_filter(row)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("Every family deserves", False, id="of no country"),
        pytest.param("A guarantee fund", True, id="row of the country"),
        pytest.param("A voucher for", False, id="row of another"),
        pytest.param("A loan for", False, id="row of another under a common name"),
        pytest.param("The ministry pays", True, id="under its heading"),
        pytest.param("In Chile, it pays", False, id="under its heading, on another"),
        pytest.param("Nurses from Peru", True, id="under its heading, on people of another"),
        pytest.param("The desk of the harbour", True, id="item under its heading"),
        pytest.param("the desk opens at ten", False, id="item on another under its heading"),
        pytest.param("They come by bus", True, id="under its heading and a part of it"),
        pytest.param("The mayors meet", False, id="under another's heading"),
        pytest.param("They were 900", True, id="behind a sentence that names it"),
        pytest.param("In Salto, the bank", True, id="city that the catalogue knows"),
        pytest.param("Montevideo has no bank", True, id="city that everybody knows"),
        pytest.param("two rooms", True, id="report on the country alone"),
    ],
)
def test_a_sentence_passes_where_it_is_about_the_country(
    index: Index,
    sentence: str,
    expected: bool,  # noqa: FBT001
) -> None:
    assert passes(index, sentence, Filters(country=("UY",))) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("Rents rose in both", True, id="paragraph"),
        pytest.param("Landlords ask", False, id="item, which may be of either"),
    ],
)
def test_under_a_heading_of_several_countries_paragraphs_are_of_each(
    index: Index,
    sentence: str,
    expected: bool,  # noqa: FBT001
) -> None:
    assert passes(index, sentence, Filters(country=("CL",))) is expected


@pytest.mark.parametrize(
    ("country", "sentence", "expected"),
    [
        pytest.param("MX", "counts its tenants", False, id="city of another country"),
        pytest.param("MX", "counts its landlords", True, id="city"),
        pytest.param("US", "The bank lent", False, id="money"),
        pytest.param("US", "The US lent", True, id="country in capitals"),
    ],
)
def test_a_city_or_abbreviation_that_is_another_thing_does_not_name_the_country(
    index: Index,
    country: str,
    sentence: str,
    expected: bool,  # noqa: FBT001
) -> None:
    assert passes(index, sentence, Filters(country=(country,))) is expected


def test_all_passes_where_all_countries_of_the_report_are_wanted(index: Index) -> None:
    assert passes(index, "Every family deserves", Filters(country=("TR", "CL", "UY", "MX", "US")))
    assert passes(index, "A loan for", Filters(country=("TR",)))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("Deposits are high", False, id="of a source before"),
        pytest.param("Deposits are low", False, id="of a source behind"),
        pytest.param("Deposits are paid", True, id="of the report itself"),
        pytest.param("two rooms", True, id="of a report without sources"),
    ],
)
def test_a_sentence_is_of_the_year_of_its_source(
    index: Index,
    sentence: str,
    expected: bool,  # noqa: FBT001
) -> None:
    assert passes(index, sentence, Filters(year_from=2019, year_to=2021)) is expected


def test_a_sentence_of_two_sources_is_of_the_years_of_both(index: Index) -> None:
    assert passes(index, "Deposits differ", Filters(year_to=2020))
    assert passes(index, "Deposits differ", Filters(year_from=2020))
    assert not passes(index, "Deposits differ", Filters(year_from=2019, year_to=2020))


def test_without_a_country_or_a_year_there_is_nothing_to_judge(index: Index) -> None:
    assert SentenceFilter.of(Filters(language=("en",)), index, dict) is None


def test_a_second_search_with_the_same_filters_reads_no_sentence_again(index: Index) -> None:
    answerer = Answerer(index)
    filters = Filters(country=("UY",))
    reports = IndexedReports(index, ViewWeights(), answerer.models.translator)
    question = parse_question("Which help with rents is open to migrants?", filters=filters)
    encoded = answerer.models.encode(question, frozenset({"en"}))

    first = reports.retrieve(encoded, filters=filters, top_k=5)
    known = reports.sentence_filter(filters)

    assert known is not None
    assert known.verdicts
    assert reports.sentence_filter(filters) is known
    assert reports.retrieve(encoded, filters=filters, top_k=5).passages == first.passages


def test_an_answer_for_one_country_quotes_what_is_about_it(index: Index) -> None:
    answerer = Answerer(index)
    question = "Which help with rents is open to migrants?"
    options = AnswerOptions(min_confidence=0.0)

    everywhere = answerer.answer(parse_question(question), options)
    there = answerer.answer(parse_question(question, filters=Filters(country=("UY",))), options)
    located = answerer.answer(parse_question(question.replace("?", " in Uruguay?")), options)
    passages = answerer.search(parse_question(question, filters=Filters(country=("TR",))), top_k=10)

    assert isinstance(everywhere, Answer)
    assert "Uruguay" not in everywhere.quotes[0].text
    assert isinstance(there, Answer)
    assert "guarantee fund" in there.quotes[0].text
    assert there.question.text == question
    assert all("Chile |" not in quote.text for quote in there.quotes)
    assert max(quote.confidence for quote in there.quotes) <= there.confidence
    assert there.confidence < located.confidence
    assert [scored.text.count("Turkey") for scored in passages] == [1]


def test_what_no_sentence_on_the_country_says_is_refused(index: Index) -> None:
    answerer = Answerer(index)

    refusal = answerer.answer(
        parse_question("When do the mayors meet?", filters=Filters(country=("TR",))),
        AnswerOptions(),
    )

    assert isinstance(refusal, Refusal)
    assert "mayors" not in " ".join(scored.text for scored in refusal.nearest)


@pytest.mark.parametrize(
    ("sentence", "country", "expected"),
    [
        pytest.param("The desk of the coast", "EC", True, id="under a title that names it"),
        pytest.param("In Panama, it opens", "EC", False, id="on another"),
        pytest.param("In Panama, it opens", "PA", True, id="on another that is wanted"),
        pytest.param("The desk of the coast", "PA", False, id="that the title does not name"),
        pytest.param("The desk of the border", "EC", True, id="under a heading in it"),
    ],
)
def test_sentences_of_a_report_without_countries_are_told_apart(
    index: Index, sentence: str, country: str, *, expected: bool
) -> None:
    info = index.entry("manta").info
    assert (info.countries, set(info.named_countries)) == ((), {"CO", "EC", "PA"})

    assert passes(index, sentence, Filters(country=(country,))) is expected
