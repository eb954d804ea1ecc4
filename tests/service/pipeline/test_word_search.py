"""Every passage with the words is found, in order, each place once."""

import re

import pytest

from indexer.records import Span
from indexer.store.protocol import StoredIndex
from service.library import Edition
from service.pipeline.search_terms import search_terms
from service.pipeline.word_search import WantedWords, WordMatch, WordSearch, WordsFound
from service.records import Filters


def find(
    index: StoredIndex,
    text: str,
    match: WordMatch = WordMatch.MOST,
    *,
    filters: Filters = Filters(),  # noqa: B008 - frozen
) -> WordsFound:
    wanted = WantedWords(search_terms(text, language="en"))
    return WordSearch(index).find([wanted], filters=filters, match=match)


def matched(index: StoredIndex, found: WordsFound) -> list[str]:
    return [
        place.of(index.document(report.entry.doc_id).text)
        for report in found.reports
        for place in sorted({place for passage in report.passages for place in passage.matches})
    ]


def test_each_place_is_counted_once_though_passages_overlap(streets: StoredIndex) -> None:
    found = find(streets, "rented", filters=Filters(document=("streets",)))

    text = streets.document("streets").text
    (report,) = found.reports
    places = {place for passage in report.passages for place in passage.matches}
    assert sorted(places) == [Span(*at.span()) for at in re.finditer("rented", text)]
    assert found.n_matches == report.n_matches == 30
    shown = [place for passage in report.passages for place in passage.matches]
    assert len(shown) > 30, "no passages overlap"


def test_no_passage_only_repeats_those_before_it(streets: StoredIndex) -> None:
    (report,) = find(streets, "rented", filters=Filters(document=("streets",))).reports

    seen: set[Span] = set()
    for passage in report.passages:
        assert not seen.issuperset(passage.matches)
        seen.update(passage.matches)


def test_all_of_the_words_where_a_passage_has_them_all(edition: Edition) -> None:
    found = find(edition.index, "subsidy landlord")

    assert found.n_missing == 0
    assert [report.entry.doc_id for report in found.reports] == ["chile-rent"]
    assert set(matched(edition.index, found)) == {"subsidy", "landlord"}


def test_most_of_the_words_where_none_has_them_all(edition: Edition) -> None:
    found = find(edition.index, "subsidy landlord trolleybus")

    assert found.n_missing == 1
    assert [report.entry.doc_id for report in found.reports] == ["chile-rent"]


def test_any_of_the_words(edition: Edition) -> None:
    found = find(edition.index, "subsidy trolleybus", WordMatch.ANY)

    assert [report.entry.doc_id for report in found.reports] == ["chile-rent", "quito"]


def test_filters_say_which_reports_are_searched(edition: Edition) -> None:
    assert find(edition.index, "subsidy", filters=Filters(country=("EC",))).reports == ()


def test_accents_need_not_be_typed(edition: Edition) -> None:
    found = find(edition.index, "BOGOTA ninos")

    assert set(matched(edition.index, found)) == {"Bogotá", "niños"}


def test_a_report_in_english_is_searched_for_the_english_words_too(edition: Edition) -> None:
    spanish = search_terms("subsidio", language="es")
    wanted = WantedWords(spanish, search_terms("subsidy", language="en"))

    found = WordSearch(edition.index).find([wanted], filters=Filters(), match=WordMatch.MOST)

    assert found.n_missing == 0
    assert set(matched(edition.index, found)) == {"subsidy"}


@pytest.mark.parametrize("limit", [1, 2, 7, 50])
def test_pages_follow_each_other_without_a_gap(streets: StoredIndex, limit: int) -> None:
    found = find(streets, "rented households", WordMatch.ANY)

    pages = [found.page(offset=offset, limit=limit) for offset in range(0, found.n_passages, limit)]

    assert [passage.row for page in pages for _, passage in page] == [
        passage.row for report in found.reports for passage in report.passages
    ]
    assert found.page(offset=found.n_passages, limit=limit) == ()


def test_nothing_is_found_where_no_word_is_wanted(edition: Edition) -> None:
    assert find(edition.index, "?!").n_passages == 0


def test_the_first_reading_that_is_found_counts(edition: Edition) -> None:
    words = WordSearch(edition.index)
    readings = [WantedWords(search_terms(text, language="en")) for text in ("x", "fare", "metro")]

    found = words.find(readings, filters=Filters(), match=WordMatch.MOST)
    places = words.places(readings, edition.entry("quito")).places

    text = edition.document("quito").text
    assert found.wanted is readings[1]
    assert [place.of(text) for place in places] == ["fare", "fare"]
    assert words.find(readings[:1], filters=Filters(), match=WordMatch.MOST).reports == ()
