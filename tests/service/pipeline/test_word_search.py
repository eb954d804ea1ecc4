"""Every passage with the words is found, in order, each place once."""

import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, cast

import pytest

from indexer.records import Document, Span
from indexer.store.protocol import StoredIndex
from indexer.store.records import DocumentEntry
from service.library import Edition
from service.pipeline.found_words import WantedWords, WordMatch, WordsFound
from service.pipeline.search_terms import search_terms
from service.pipeline.word_search import WordSearch
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


class WithPassages:
    """An index whose documents have other passages."""

    def __init__(self, index: StoredIndex, *spans: Span) -> None:
        self._index = index
        self._spans = spans

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)

    def passage_spans(self, _: DocumentEntry) -> tuple[Span, ...]:
        return self._spans


@pytest.mark.parametrize(
    ("words", "spans", "expected"),
    [
        pytest.param(
            "rented",
            [("Street 1 ", "Street 3 "), ("Street 2 ", "Street 4 "), ("Street 6 ", "Street 7 ")],
            ["Street 1 | Street 2", "Street 3", "Street 6"],
            id="neighbours that overlap",
        ),
        pytest.param(
            "rented",
            [("Street 1 ", "Street 5 "), ("Street 2 ", "Street 3 "), ("Street 3 ", "Street 7 ")],
            ["Street 1 | Street 2 | Street 3 | Street 4", "Street 5 | Street 6"],
            id="one within another",
        ),
        pytest.param(
            "“rooms. Street 2”",
            [("Street 1 ", "Street 2 "), ("has 1 ", "Street 4 ")],
            ["Street 2 | Street 3"],
            id="a phrase across the end of one that has it not",
        ),
        pytest.param(
            "“harbour has 1” “rooms. Street 2”",
            [("Street 1 ", "Street 2 "), ("has 1 ", "Street 4 ")],
            ["Street 1", "rooms. Street 2 | Street 3"],
            id="a phrase across the end",
        ),
    ],
)
def test_a_passage_says_what_of_it_is_new(
    streets: StoredIndex, words: str, spans: list[tuple[str, str]], expected: list[str]
) -> None:
    text = streets.document("streets").text
    passages = [Span(text.index(first), text.index(next_)) for first, next_ in spans]
    index = cast("StoredIndex", WithPassages(streets, *passages))
    filters = Filters(document=("streets",))

    found = find(index, words, WordMatch.ANY, filters=filters)

    (report,) = found.reports
    shown = [passage.new_span(text).of(text) for passage in report.passages]
    assert [" | ".join(re.findall(r"(?:^rooms. )?Street \d+", part)) for part in shown] == expected
    assert not [part for part in shown if part[0].isspace()]
    assert report.n_matches == sum(len(passage.new_matches) for passage in report.passages)
    assert found.n_any == len(report.passages)


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


def test_it_is_known_how_many_passages_have_any_of_the_words(edition: Edition) -> None:
    most = find(edition.index, "subsidy landlord trolleybus")
    any_of_them = find(edition.index, "subsidy landlord trolleybus", WordMatch.ANY)

    assert most.n_any == any_of_them.n_any == any_of_them.n_passages > most.n_passages


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


class WithContents:
    """An index whose documents begin with a contents page: all from an offset to another."""

    def __init__(self, index: StoredIndex, end: int, *, start: int = 0) -> None:
        self._index = index
        self._start = start
        self._end = end

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)

    def document(self, doc_id: str) -> Document:
        document = self._index.document(doc_id)
        blocks = (
            replace(
                block,
                is_apparatus=self._start <= block.span.start and block.span.end <= self._end,
            )
            for block in document.blocks
        )
        return replace(document, blocks=tuple(blocks))


@pytest.fixture
def with_contents(edition: Edition) -> StoredIndex:
    """The index, the first passage of its first report being a contents page."""
    entry = edition.entry("chile-rent")
    end = edition.index.passage_spans(entry)[0].end
    return cast("StoredIndex", WithContents(edition.index, end))


def test_what_stands_in_a_contents_page_comes_last(
    edition: Edition, with_contents: StoredIndex
) -> None:
    readings = [WantedWords(search_terms("families", language="en"))]
    entry = edition.entry("chile-rent")

    plain = WordSearch(edition.index).places(readings, entry)
    found = WordSearch(with_contents).places(readings, entry)

    assert found.places == plain.places == plain.ranked
    assert found.ranked == (*plain.places[1:], plain.places[0])


def test_a_contents_page_behind_a_cover_is_one(edition: Edition) -> None:
    entry = edition.entry("chile-rent")
    end = edition.index.passage_spans(entry)[0].end
    start = edition.index.document("chile-rent").text.index("Chile pays")
    index = cast("StoredIndex", WithContents(edition.index, end, start=start))

    (passage,) = find(index, "Chile", filters=Filters(document=("chile-rent",))).reports[0].passages

    assert any(match.start < start for match in passage.matches), "none stands on the cover"
    assert passage.is_apparatus


def test_a_passage_with_words_in_the_contents_page_only_comes_last(
    edition: Edition, with_contents: StoredIndex
) -> None:
    plain, found = (find(index, "families").reports[0] for index in (edition.index, with_contents))

    assert found.n_matches == plain.n_matches
    assert [passage.row for passage in found.passages] == [
        passage.row for passage in (*plain.passages[1:], plain.passages[0])
    ]


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        pytest.param("subsidyy", "subsidy", id="misspelt"),
        pytest.param("the troleybus of “Quitto”", "the trolleybus of “Quito”", id="two of them"),
        pytest.param("Bogota buildings", None, id="known, and nothing near"),
        pytest.param("landlord", None, id="a form of a word"),
        pytest.param("seating", None, id="a word, though no report has it"),
    ],
)
def test_misspelt_words_are_put_right(edition: Edition, text: str, corrected: str | None) -> None:
    readings = [WantedWords(search_terms(text, language="en"))]

    assert edition.corrected(text, readings) == corrected


def test_a_word_that_was_translated_is_not_misspelt(edition: Edition) -> None:
    spanish = search_terms("tarifas", language="es")
    readings = [WantedWords(spanish, search_terms("fares", language="en"))]

    assert edition.corrected("tarifas", readings) is None


def test_of_a_few_unknown_words_all_are_put_right_and_of_many_none(edition: Edition) -> None:
    five = "subsidyy troleybus Quitto landlordd familiess"
    readings = [WantedWords(search_terms(f"{five} subsidyyy", language="en"))]

    assert edition.corrected(five, readings) == "subsidy trolleybus Quito landlord Families"
    assert edition.corrected(f"{five} subsidyyy", readings) is None


def test_known_words_are_neither_translated_nor_looked_for_again(edition: Edition) -> None:
    unread: Iterator[WantedWords] = map(pytest.fail, ["read"])

    assert edition.corrected("subsidy landlord trolleybus", unread) is None


def test_the_words_of_all_reports_are_read_once_for_all_threads(
    edition: Edition,
) -> None:
    index = edition.index
    read: list[str] = []

    class Slow:
        documents = index.documents

        def entry(self, doc_id: str) -> DocumentEntry:
            return index.entry(doc_id)

        def document(self, doc_id: str) -> Document:
            read.append(doc_id)
            time.sleep(0.01)
            return index.document(doc_id)

        def passage_spans(self, entry: DocumentEntry) -> Sequence[Span]:
            return index.passage_spans(entry)

    words = WordSearch(cast("StoredIndex", Slow()))
    readings = [WantedWords(search_terms("subsidyy", language="en"))]
    with ThreadPoolExecutor(4) as threads:
        asked = [
            threads.submit(words.corrected, "subsidyy", readings, is_word=lambda _: False)
            for _ in range(4)
        ]

    assert {each.result() for each in asked} == {"subsidy"}
    assert sorted(read) == sorted(entry.doc_id for entry in index.documents)


@pytest.mark.parametrize(
    "text",
    ["rented", "rent", "street", '"the"', '"was rented"', '"the lamp was"', "zebra", "in-house"],
)
def test_passages_are_counted_as_they_are_found(
    streets: StoredIndex, edition: Edition, text: str
) -> None:
    wanted = [WantedWords(search_terms(text, language="en"))]

    for index in (streets, edition.index):
        search = WordSearch(index)
        found = search.find(wanted, filters=Filters(), match=WordMatch.MOST)
        assert search.count(wanted, filters=Filters()) == found.n_passages


class OneReport:
    """An index of which one report alone can be read."""

    def __init__(self, index: StoredIndex, doc_id: str) -> None:
        self._index = index
        self._doc_id = doc_id

    def document(self, doc_id: str) -> Document:
        assert doc_id == self._doc_id
        return self._index.document(doc_id)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)


def test_for_the_places_of_one_report_no_other_is_read(streets: StoredIndex) -> None:
    words = WordSearch(cast("StoredIndex", OneReport(streets, "streets")))
    wanted = WantedWords(search_terms("renting", language="en"))

    found = words.places([wanted], streets.entry("streets"))

    assert len(found.places) == 30
