"""Where reports of several years say the same thing, the right year speaks first."""

import pytest

from indexer.settings import IndexerSettings
from indexer.store.index import Index
from service.pipeline.candidates import CandidateSentence
from service.pipeline.editions import newest_first
from tests.conftest import index_of

CATALOGUE = "".join(
    f'[[document]]\nfile = "survey-{year}.md"\ntitle = "Rent survey"\nyear = {year}\n'
    for year in (2019, 2022)
)
SUPERSEDES = 'supersedes = ["survey-2019.md"]\n'
SURVEY = """# Rent survey

The average monthly rent of migrant households is {rent} dollars.

Tenants ask the office for advice on Mondays.
"""


@pytest.fixture(scope="module")
def index(_built: IndexerSettings, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of a survey of two years."""
    return _index_of(CATALOGUE, _built, tmp_path_factory)


@pytest.fixture(scope="module")
def superseded(_built: IndexerSettings, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of two editions of one survey."""
    return _index_of(f"{CATALOGUE}{SUPERSEDES}", _built, tmp_path_factory)


def _index_of(
    catalogue: str, _built: IndexerSettings, tmp_path_factory: pytest.TempPathFactory
) -> Index:
    reports = {
        "catalogue.toml": catalogue,
        "survey-2019.md": SURVEY.format(rent=210),
        "survey-2022.md": SURVEY.format(rent=265),
    }
    return index_of(reports, _built, tmp_path_factory.mktemp("surveys"))


def row_of(index: Index, words: str) -> int:
    return next(row for row in range(index.n_sentences) if words in index.sentence_text(row))


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        pytest.param("What is the average rent?", "265", "210", id="the newest"),
        pytest.param("What was the average rent in 2019?", "210", "265", id="year asked about"),
        pytest.param("What was the average rent in 2022?", "265", "210", id="newer asked about"),
    ],
)
def test_the_edition_that_is_meant_comes_first(
    index: Index, question: str, first: str, second: str
) -> None:
    old, new = row_of(index, "210 dollars"), row_of(index, "265 dollars")
    candidates = [CandidateSentence(old, 0, 0.9), CandidateSentence(new, 1, 0.8)]

    ordered = newest_first(candidates, question, index)

    assert [first in index.sentence_text(ordered[0].row), ordered[0].score] == [True, 0.9]
    assert [second in index.sentence_text(ordered[1].row), ordered[1].score] == [True, 0.8]


@pytest.mark.parametrize(
    ("question", "years"),
    [
        pytest.param("What is the average rent?", [2022], id="today"),
        pytest.param("What was the average rent in 2019?", [2019, 2022], id="year of the old one"),
        pytest.param("How did the average rent change?", [2022, 2019], id="change"),
    ],
)
def test_a_superseded_edition_speaks_only_where_it_is_asked_for(
    superseded: Index, question: str, years: list[int]
) -> None:
    old, new = row_of(superseded, "210 dollars"), row_of(superseded, "265 dollars")
    candidates = [CandidateSentence(old, 0, 0.9), CandidateSentence(new, 1, 0.8)]

    ordered = newest_first(candidates, question, superseded)

    assert [superseded.info_of(candidate.row).year for candidate in ordered] == years


def test_what_the_newer_edition_does_not_say_is_still_quoted_from_the_old_one(
    superseded: Index,
) -> None:
    old = [CandidateSentence(row_of(superseded, "210 dollars"), 0, 0.9)]

    assert newest_first(old, "What is the average rent?", superseded) == old


def test_other_sentences_keep_their_places(index: Index) -> None:
    rent, advice = row_of(index, "210 dollars"), row_of(index, "on Mondays")
    candidates = [CandidateSentence(advice, 0, 0.9), CandidateSentence(rent, 1, 0.8)]

    assert newest_first(candidates, "What is the average rent?", index) == candidates
