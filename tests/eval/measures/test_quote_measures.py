import json
import string
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures import quote_measures as measures

A, B, C, D = (("d", at) for at in range(4))


@pytest.mark.parametrize(
    ("texts", "strings", "expected"),
    [
        pytest.param(["It pays for two years."], ["two years"], 1.0, id="found"),
        pytest.param(["It pays."], ["two years", "It pays"], 0.5, id="one of two"),
        pytest.param(["It pays 45 per cent"], ["half|45%"], 1.0, id="either form"),
        pytest.param(["for two", "years"], ["two years"], 0.0, id="not across quotes"),
        pytest.param(["a", "b", "c", "d", "two years"], ["two years"], 0.0, id="fifth quote"),
        pytest.param(["word " * 149 + "two years"], ["two years"], 0.0, id="over 150 words"),
        pytest.param(["word " * 148 + "two years"], ["two years"], 1.0, id="150 words"),
        pytest.param([], ["two years"], 0.0, id="no quotes"),
        pytest.param(["two years"], [], None, id="no answer strings"),
    ],
)
def test_answer_share_by_hand(texts: list[str], strings: list[str], expected: float | None) -> None:
    assert measures.answer_share(texts, strings) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("one two three four five six seven", True, id="7 of 10"),
        pytest.param("one two three four five six", False, id="6 of 10"),
        pytest.param("seven six five four three two ONE", True, id="any order and case"),
    ],
)
def test_a_text_covers_a_quote_from_seven_tenths_on(text: str, *, expected: bool) -> None:
    assert measures.covers(text, "one two three four five six seven eight nine ten one") is expected


def test_answer_strings_may_stand_in_different_passages_but_not_across_two() -> None:
    assert measures.holds_all(["two years here", "half there"], ["two years", "half"])
    assert not measures.holds_all(["for two", "years"], ["two years"])


@pytest.mark.parametrize(
    ("quoted", "gold", "needs_every", "precision", "recall", "f1"),
    [
        pytest.param({A, B, C}, [{B, C, D}], False, 2 / 3, 2 / 3, 2 / 3, id="two of three"),
        pytest.param({A}, [{A}, {C, D}], False, 1.0, 1.0, 1.0, id="one alternative"),
        pytest.param({A}, [{A}, {C, D}], True, 1.0, 1 / 3, 0.5, id="both needed"),
        pytest.param({A, C}, [{A}, {C}], False, 1.0, 1.0, 1.0, id="either is right"),
        pytest.param({A}, [{B}], False, 0.0, 0.0, 0.0, id="elsewhere"),
        pytest.param(set(), [{A}], False, None, 0.0, 0.0, id="nothing quoted"),
        pytest.param({A}, [set()], True, 0.0, None, None, id="gold without words"),
    ],
)
def test_quote_precision_recall_and_f1_by_hand(
    quoted: set[tuple[str, int]],
    gold: list[set[tuple[str, int]]],
    needs_every: bool,  # noqa: FBT001 - a column of the table
    precision: float | None,
    recall: float | None,
    f1: float | None,
) -> None:
    p = measures.quote_precision(quoted, set().union(*gold))
    r = measures.quote_recall(quoted, gold, needs_every=needs_every)

    assert p == pytest.approx(precision)
    assert r == pytest.approx(recall)
    assert measures.f1(p, r) == pytest.approx(f1)


def test_on_gold_page_by_hand() -> None:
    assert measures.on_gold_page([("d", 3), ("d", 4)], {("d", 4)}) == 1.0
    assert measures.on_gold_page([("e", 4)], {("d", 4)}) == 0.0
    assert measures.on_gold_page([], {("d", 4)}) == 0.0
    assert measures.on_gold_page([("d", 4)], set()) is None


def test_citation_measures_by_hand() -> None:
    assert measures.citation_recall(["for two years"], ["two years", "half"]) == 0.5
    assert measures.citation_recall([], ["two years"]) == 0.0
    assert measures.citation_precision([True, True, False], [True, False, True]) == (
        pytest.approx(1 / 3)
    )
    assert measures.citation_precision([], []) is None


@pytest.mark.parametrize(
    ("said", "answers", "exact", "f1"),
    [
        pytest.param("The two years!", ["two years"], 1.0, 1.0, id="article and punctuation"),
        pytest.param("two long years", ["two years"], 0.0, 0.8, id="2 of 3 and 2 of 2"),
        pytest.param("two years", ["one", "years"], 0.0, 2 / 3, id="the better answer"),
        pytest.param("", [], 1.0, 1.0, id="refused, unanswerable"),
        pytest.param("two", [], 0.0, 0.0, id="answered, unanswerable"),
        pytest.param("", ["two"], 0.0, 0.0, id="refused, answerable"),
        pytest.param("an a the", ["The"], 1.0, 1.0, id="neither has tokens"),
        pytest.param("U.S. aid", ["us"], 0.0, 2 / 3, id="full stops join"),
    ],
)
def test_squad_measures_by_hand(said: str, answers: list[str], exact: float, f1: float) -> None:
    assert measures.exact_match(said, answers) == exact
    assert measures.token_f1(said, answers) == pytest.approx(f1)


def test_every_form_of_every_answer_string_counts() -> None:
    assert list(measures.forms(["two years|24 months", "half"])) == [
        "two years",
        "24 months",
        "half",
    ]


@given(st.text(max_size=40), st.lists(st.text(max_size=40), max_size=3))
def test_squad_measures_stay_in_their_range(said: str, answers: list[str]) -> None:
    assert 0 <= measures.exact_match(said, answers) <= measures.token_f1(said, answers) <= 1


# What the papers define, written a second time and otherwise: precision and recall apart.


def _normal(text: str) -> list[str]:
    letters = text.lower().translate(str.maketrans("", "", string.punctuation))
    return [word for word in letters.split() if word not in {"a", "an", "the"}]


def _reference_f1(said: str, truths: Sequence[str]) -> float:
    best = 0.0
    for truth in truths:
        left, right = Counter(_normal(said)), Counter(_normal(truth))
        common = sum(min(left[word], right[word]) for word in left)
        if not left or not right:
            best = max(best, float(left == right))
        elif common:
            precision, recall = common / left.total(), common / right.total()
            best = max(best, 2 * precision * recall / (precision + recall))
    return best


def test_squad_measures_agree_with_the_definition_on_the_test_articles(shared: Path) -> None:
    path = shared / "bench" / "extractive-qa" / "test" / "squad2-dev-3-articles"
    lines = (path / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    said = [one["question"] for one in questions]
    said[::2] = [one["answers"][-1]["text"] if one["answers"] else "" for one in questions[::2]]

    found = [
        measures.token_f1(text, [answer["text"] for answer in one["answers"]])
        for one, text in zip(questions, said, strict=True)
    ]
    expected = [
        _reference_f1(text, [a["text"] for a in one["answers"] if _normal(a["text"])] or [""])
        for one, text in zip(questions, said, strict=True)
    ]

    assert len(questions) == 1152
    assert found == pytest.approx(expected)
