from dataclasses import replace

import pytest

from eval.records import GoldSpan
from eval.sets.statistics import Lengths, lengths, question_overlap, set_summary
from tests.eval.samples import ANSWERABLE, ANSWERABLE_BY_REPORT, UNANSWERABLE, sources


@pytest.mark.parametrize(
    ("answerable", "unanswerable", "auroc", "difference"),
    [
        pytest.param((4, 6), (5, 5), 0.5, 0.0, id="alike"),
        pytest.param((4, 4), (5, 6), 1.0, 0.375, id="longer"),
        pytest.param((4, 6), (4, 2), 0.125, 0.4, id="shorter, one equal"),
        pytest.param((), (5,), 0.5, 0.0, id="nothing to compare"),
    ],
)
def test_lengths_by_hand(
    answerable: tuple[int, ...], unanswerable: tuple[int, ...], auroc: float, difference: float
) -> None:
    found = Lengths(answerable, unanswerable)

    assert found.auroc == pytest.approx(auroc)
    assert found.difference == pytest.approx(difference)


def test_lengths_count_words() -> None:
    assert lengths([ANSWERABLE, UNANSWERABLE]) == Lengths((8,), (8,))


def test_overlap_takes_the_best_gold_or_all_where_each_is_needed() -> None:
    gold = (
        GoldSpan("alta", quote="Alta pays half of the rent for two years (Guide, 1.1)."),
        GoldSpan("bassa", quote="The port of Bassa trains forty cooks each spring."),
    )
    either = replace(ANSWERABLE, text="Rent in Alta, cooks, ports or bread?", gold=gold)
    both = replace(either, needs_every_gold=True)

    assert question_overlap(either, sources()) == pytest.approx(2 / 5)
    assert question_overlap(both, sources()) == pytest.approx(4 / 5)
    assert question_overlap(UNANSWERABLE, sources()) is None


def test_overlap_with_a_section_is_that_with_the_sentence_that_answers() -> None:
    question = replace(ANSWERABLE_BY_REPORT, text="Does a council or a harbour pay the third?")

    assert question_overlap(question, sources()) == pytest.approx(3 / 4)
    assert question_overlap(question, sources(with_reports=False)) is None


def test_the_summary_counts_what_the_set_holds() -> None:
    spanish = replace(ANSWERABLE, qid="b003", language="es", text="¿Hasta cuándo paga Alta?")

    told = "\n".join(set_summary([ANSWERABLE, spanish, UNANSWERABLE], sources()))

    assert [line.rstrip() for line in told.splitlines()] == [
        "  questions     3",
        "  answerable    en 1 · es 1",
        "  unanswerable  en 1",
        "  refusal code  not_answered_by_reports 1",
        "  type          factoid 2 · unanswerable 1",
        "  difficulty    easy 2 · hard 1",
        "  theme         housing 3",
        "  length        answerable 6.0 ± 2.0 words · unanswerable 8.0 ± 0.0 words · AUROC 0.75",
        "  overlap       en mean 0.20, largest 0.20 (1) · es mean 0.50, largest 0.50 (1)",
    ]


def test_the_summary_of_a_set_without_answers_says_so() -> None:
    told = list(set_summary([UNANSWERABLE], sources()))

    assert told[-1].split() == ["overlap", "nothing", "to", "compare", "with"]
