"""A permanent link tells an identical answer from a changed one, and says what changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.answer_options import N_ITEMS
from service.errors import PermalinkError
from service.presentation.permalinks import SealedQuote, changes_between, parse_sealed, seal
from service.records import RefusalCode
from tests.fakes import answer, refusal

A, B, C = ("a" * 12, "b" * 12, "c" * 12)
HASHES = {"one": A * 2, "two": B * 2}
ONE = SealedQuote("one", A, 0, 5, "1" * 12)
ONE_MORE = SealedQuote("one", A, 9, 15, "2" * 12)
TWO = SealedQuote("two", B, 0, 5, "3" * 12)

HEX = st.text(alphabet="0123456789abcdef", min_size=12, max_size=12)


@given(st.text(min_size=1, max_size=40).filter(lambda text: "\n" not in text), HEX, HEX)
def test_what_is_sealed_is_read_back(doc_id: str, sha256: str, words: str) -> None:
    sealed = SealedQuote(doc_id.replace("\r", "x").splitlines()[0] or "x", sha256, 3, 8, words)

    assert parse_sealed([str(sealed)]) == (sealed,)


def test_an_answer_is_sealed_by_quote_and_a_refusal_by_none() -> None:
    sealed = seal(answer("Rents rose.", "Wages did not."))

    assert [(each.doc_id, each.start) for each in sealed] == [("report", 0), ("report", 0)]
    assert len({each.words for each in sealed}) == 2
    assert seal(refusal(RefusalCode.NOTHING_RELEVANT)) == ()


def test_the_longest_list_is_read_back_whole() -> None:
    sealed = seal(answer(*(f"Measure {number}." for number in range(N_ITEMS))))

    read = parse_sealed(list(map(str, sealed)))

    assert len(read) == N_ITEMS
    assert read == sealed


def test_a_link_that_was_made_longer_is_not_taken_for_the_longest_list() -> None:
    sealed = seal(answer(*(f"Measure {number}." for number in range(N_ITEMS))))

    assert parse_sealed([*map(str, sealed), str(ONE)]) != sealed


@pytest.mark.parametrize("text", ["", "x", "a.0-1.b.doc", f"{A}.0-.{B}.doc", f"{A}.0-1.{B}."])
def test_a_link_cut_on_its_way_is_an_error(text: str) -> None:
    with pytest.raises(PermalinkError):
        parse_sealed([text])


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        pytest.param([ONE, TWO], [ONE, TWO], [], id="identical"),
        pytest.param([], [], [], id="refused then and now"),
        pytest.param([], [ONE], [("added", "one")], id="refused then"),
        pytest.param([ONE], [], [("dropped", "one")], id="refused now"),
        pytest.param([ONE], [ONE, TWO], [("added", "two")], id="another report"),
        pytest.param([ONE], [ONE_MORE], [("moved", "one")], id="another sentence"),
        pytest.param([ONE, TWO], [TWO, ONE], [("moved", "two"), ("moved", "one")], id="order"),
        pytest.param(
            [SealedQuote("one", C, 0, 5, "1" * 12)], [ONE], [("edited", "one")], id="another file"
        ),
        pytest.param(
            [SealedQuote("old", A, 0, 5, "1" * 12)], [], [("gone", "old")], id="taken away"
        ),
    ],
)
def test_changes_name_the_documents(
    before: list[SealedQuote], now: list[SealedQuote], expected: list[tuple[str, str]]
) -> None:
    changes = changes_between(before, now, HASHES)

    assert [(change.kind, change.doc_id) for change in changes] == expected


def test_a_sentence_that_moved_within_its_report_is_still_the_same() -> None:
    assert changes_between([ONE], [SealedQuote("one", A, 70, 75, "1" * 12)], HASHES) == ()
