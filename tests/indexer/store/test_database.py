"""What a common name finds is bounded: where things stand first, then mentions, by row."""

import sqlite3

import pytest

from indexer.store.database import SCHEMA, Database
from indexer.store.records import MOST_NAMED, NamedRows, first_named

_N_REPORTS = MOST_NAMED // 10


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Reports of 100 sentences: the last 20 of each mention Figure 1, which stands in the last."""
    path = tmp_path_factory.mktemp("named") / "documents.sqlite"
    mentions = [
        ("figure 1", report, row, row, True)
        for report in range(_N_REPORTS)
        for row in range(100 * report + 80, 100 * report + 100)
    ]
    last = 100 * _N_REPORTS
    standing = [("figure 1", _N_REPORTS, last, last + 1, False)]
    with sqlite3.connect(path) as connection:
        connection.executescript(SCHEMA)
        connection.executemany("INSERT INTO named VALUES (?, ?, ?, ?, ?)", mentions + standing)
    connection.close()
    return Database(path)


def test_where_a_thing_stands_comes_before_the_first_of_many_mentions(database: Database) -> None:
    places = database.named("key = ?", ["figure 1"], None)

    assert len(places) == MOST_NAMED
    assert places[0] == NamedRows(
        "figure 1", 100 * _N_REPORTS, 100 * _N_REPORTS + 1, is_mention=False
    )
    assert [place.first for place in places[1:4]] == [80, 81, 82]


def test_mentions_of_the_last_report_are_found_where_only_that_one_may_answer(
    database: Database,
) -> None:
    places = database.named("key = ?", ["figure 1"], [_N_REPORTS - 1])

    start = 100 * (_N_REPORTS - 1) + 80
    assert [place.first for place in places] == list(range(start, start + 20))
    assert database.named("key = ?", ["figure 1"], []) == ()


def test_the_first_of_places_in_any_order_are_the_same() -> None:
    mentions = [NamedRows("box 1", row, row, is_mention=True) for row in range(MOST_NAMED)]
    standing = NamedRows("box 1", MOST_NAMED, MOST_NAMED, is_mention=False)

    places = first_named([*reversed(mentions), standing])

    assert places == (standing, *mentions[:-1])
