from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.gold import locate, locate_gold, word_places
from eval.records import GoldSpan, JudgedQuestion
from eval.served_documents import ServedDocument
from indexer.records import Span
from tests.eval.run_samples import ALTA, DOCUMENTS, FIRST, QUESTION, ROW, SECOND


def _found(*gold: GoldSpan, text: str = ALTA) -> str | None:
    span = locate(gold[0], ServedDocument("alta", text))
    return span.of(text) if span else None


def test_a_quote_is_found_word_for_word_whatever_its_white_space() -> None:
    assert _found(GoldSpan("alta", quote="rent\nfor  two")) == "rent for two"


@pytest.mark.parametrize(("start", "expected"), [(None, 0), (0, 0), (9, 12), (100, 12)])
def test_of_several_places_the_nearest_to_its_offset_counts(
    start: int | None, expected: int
) -> None:
    document = ServedDocument("d", "in France / in France")

    span = locate(GoldSpan("d", quote="in France", start=start), document)

    assert span == Span(expected, expected + 9)


def test_a_quote_that_a_column_cuts_is_found_by_its_words() -> None:
    text = "Before. Alta pays half [see the box on page four] of the RENT for two years. After."

    found = _found(
        GoldSpan("alta", quote="Alta pays half of the rent for two whole years"), text=text
    )

    assert found == "Alta pays half [see the box on page four] of the RENT for two years"


@pytest.mark.parametrize("quote", ["Trams run to the sea all night", "…", None])
def test_a_quote_that_is_not_there_is_not_found(quote: str | None) -> None:
    assert _found(GoldSpan("alta", quote=quote)) is None


@given(st.text(alphabet="ab c.", max_size=30), st.text(alphabet="ab c.", max_size=8))
def test_what_is_found_stands_in_the_text(text: str, quote: str) -> None:
    span = locate(GoldSpan("d", quote=quote), ServedDocument("d", text))

    assert span is None or span.of(text)


def test_a_passage_is_relevant_if_it_holds_half_of_the_gold() -> None:
    two = GoldSpan("alta", quote="two years. Tenants apply at the town hall.")

    found = locate_gold(replace(QUESTION, gold=(two,)), (), DOCUMENTS.get)

    assert dict(found.qrels) == {"alta:42-73": 1}
    assert found.spans == (("alta", Span(31, 73)),)
    assert found.is_extracted


def test_a_passage_inside_a_long_gold_span_is_relevant_too() -> None:
    found = locate_gold(replace(QUESTION, gold=(GoldSpan("alta", quote=ALTA),)), (), DOCUMENTS.get)

    assert set(found.qrels) == {"alta:0-41", "alta:42-73", "alta:74-92"}


def test_relevant_passages_that_overlap_are_judged_as_one() -> None:
    bridged = replace(
        DOCUMENTS["alta"], passages=(FIRST, Span(20, 60), SECOND, Span(60, 80), Span(74, 92))
    )
    bridge = replace(ROW.passages[0], passage_id="alta:20-60", start=20, end=60)
    whole = replace(QUESTION, gold=(GoldSpan("alta", quote=ALTA),))

    found = locate_gold(whole, (), {"alta": bridged}.get)

    assert set(found.qrels) == {"alta:0-41", "alta:42-73", "alta:74-92"}
    assert found.twins == {"alta:20-60": "alta:0-41", "alta:60-80": "alta:42-73"}
    assert found.judged_as(bridge) == "alta:0-41"
    assert found.judged_as(replace(bridge, passage_id="alta:74-92")) == "alta:74-92"


def test_overlapping_passages_with_other_gold_are_judged_apart() -> None:
    bridged = replace(DOCUMENTS["alta"], passages=(FIRST, Span(20, 73), SECOND))
    two = (GoldSpan("alta", quote=FIRST.of(ALTA)), GoldSpan("alta", quote=SECOND.of(ALTA)))

    found = locate_gold(
        replace(QUESTION, gold=two, needs_every_gold=True), (), {"alta": bridged}.get
    )

    # The bridge holds half of the first gold and all of the second.
    assert set(found.qrels) == {"alta:0-41", "alta:20-73", "alta:42-73"}
    assert found.twins == {}


def test_where_nobody_lists_the_passages_those_retrieved_are_judged() -> None:
    listless = replace(DOCUMENTS["alta"], passages=None)

    found = locate_gold(QUESTION, ROW.passages, {"alta": listless}.get)
    unseen = locate_gold(QUESTION, ROW.passages[:1], {"alta": listless}.get)

    assert dict(found.qrels) == {"alta:0-41": 1}
    assert dict(unseen.qrels) == {"unknown:": 1}  # in the text, in no passage known
    assert unseen.is_extracted


def test_gold_that_is_not_in_the_index_lowers_recall() -> None:
    lost = GoldSpan("gamma", quote="anything")

    alone = locate_gold(replace(QUESTION, gold=(lost,)), (), DOCUMENTS.get)
    either = locate_gold(replace(QUESTION, gold=(*QUESTION.gold, lost)), (), DOCUMENTS.get)
    both = locate_gold(
        replace(QUESTION, gold=(*QUESTION.gold, lost), needs_every_gold=True), (), DOCUMENTS.get
    )

    assert (dict(alone.qrels), alone.is_extracted) == ({"unknown:": 1}, False)
    assert set(either.qrels) == {"alta:0-41"}
    assert set(both.qrels) == {"alta:0-41", "unknown:1"}


def test_a_quote_that_is_not_in_its_document_is_not_extracted() -> None:
    lost = replace(QUESTION, gold=(GoldSpan("alta", quote="Trams run to the sea"),))

    assert not locate_gold(lost, (), DOCUMENTS.get).is_extracted


@pytest.mark.parametrize(
    ("strings", "expected"),
    [
        pytest.param(("half", "two years"), {"alta:0-41"}, id="all of them"),
        pytest.param(("half", "town hall"), {"alta:0-41", "alta:42-73"}, id="any of them"),
        pytest.param(("tram",), {"unknown:"}, id="none of them"),
    ],
)
def test_gold_in_a_section_is_where_the_answer_strings_stand(
    strings: tuple[str, ...], expected: set[str]
) -> None:
    of_section = replace(QUESTION, gold=(GoldSpan("alta", section="1"),), answer_strings=strings)

    found = locate_gold(of_section, (), DOCUMENTS.get)

    assert set(found.qrels) == expected
    assert found.spans == ()


def test_a_whole_document_may_be_gold() -> None:
    found = locate_gold(replace(QUESTION, gold=(GoldSpan("bassa"),)), (), DOCUMENTS.get)

    assert found.is_by_document
    assert dict(found.qrels) == {"bassa": 1}


def test_without_gold_the_retrieved_passages_with_every_answer_string_are_relevant() -> None:
    bare = JudgedQuestion("q", "?", "en", is_answerable=True, answer_strings=("two years",))

    found = locate_gold(bare, ROW.passages, DOCUMENTS.get)

    assert dict(found.qrels) == {"alta:0-41": 1}


def test_words_are_told_apart_by_their_place() -> None:
    found = word_places([("alta", Span(0, 9)), ("alta", SECOND), ("gamma", FIRST)], DOCUMENTS.get)

    assert {("alta", 0), ("alta", 5), ("alta", 42)} < found
    assert len(found) == 2 + 6
