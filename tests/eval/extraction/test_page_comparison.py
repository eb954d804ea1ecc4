"""Pages by hand: what two extractors read, what we read, and what is wrong with it."""

import re
from collections.abc import Iterable

import pytest

from eval.extraction.page_comparison import PageComparison, PageWords, compare_page
from eval.extraction.pdfium import Box, PlacedWord
from eval.extraction.words import words_of

BOX = Box(0, 0, 10, 10)


def compared(
    others: str, own: str, *, left_out: str = "", unseen: Iterable[str] = (), known: str = ""
) -> PageComparison:
    """Compare ``own`` with a text that both others read; ``^4`` in it is a raised 4."""
    raised = [match.start() - at for at, match in enumerate(re.finditer(r"\^", others))]
    text = others.replace("^", "")
    words = words_of(text)
    hidden = set(unseen)
    return compare_page(
        PageWords(
            poppler=words,
            pdfium=[
                PlacedWord(word, BOX, is_seen=word.text not in hidden)
                for word in words_of(text, raised)
            ],
            own=words_of(own),
            left_out=words_of(left_out),
            vocabulary={word.text for word in [*words, *words_of(known)]},
        )
    )


def texts(result: PageComparison, places: Iterable[int]) -> list[str]:
    return [result.words[at].word.text for at in places]


def is_sound(result: PageComparison) -> bool:
    return not any(
        (
            result.missing,
            result.glued,
            result.torn,
            result.notes_in_figures,
            result.loose_notes,
            result.unseen,
            result.extra,
        )
    )


@pytest.mark.parametrize(
    ("others", "own"),
    [
        pytest.param("Some 1,200 people", "Some 1,200 people", id="the same"),
        pytest.param("right left", "left right", id="columns in another order"),
        pytest.param("migra-\ntion grows", "migration grows", id="broken word"),
        pytest.param("evidence-\nled work", "evidence-led work", id="compound at a line's end"),
        pytest.param("ﬁve ofﬁces", "five offices", id="ligatures"),
        pytest.param("In 2018^3 it", "In 2018³ it", id="number of a note"),
        pytest.param("people.^3 Then", "people.³ Then", id="number of a note behind a stop"),
        pytest.param(
            "for all.\n4 Cfr. Alta", "for all. ⁴ Cfr. Alta", id="number that a note begins with"
        ),
        pytest.param("data;\n5 E/2025/5.", "data; ⁵ E/2025/5.", id="the same number in the note"),
        pytest.param("Contents ...... 4", "Contents | 4", id="leader"),
        pytest.param("www.a.org/one\ntwo", "www.a.org/onetwo", id="address over two lines"),
    ],
)
def test_the_same_text_in_another_dress_has_no_faults(others: str, own: str) -> None:
    assert is_sound(compared(others, own))


def test_a_lost_space_is_found_between_words_figures_and_sentences() -> None:
    others = "nine shelters for 4,310 people with Housing. Of these"
    own = "nineshelters for 4,310people with Housing.Of these"

    result = compared(others, own)

    assert texts(result, sorted(result.glued)) == ["nine", "4,310", "Housing"]
    assert not result.missing
    assert not result.torn


def test_a_space_too_many_is_found() -> None:
    result = compared("It is 12km to Malaga", "It is 12 km to Ma laga")

    assert texts(result, sorted(result.torn)) == ["12", "Malaga"]
    assert not result.missing


def test_the_fault_is_where_the_neighbours_differ() -> None:
    result = compared("new homes and old homes and tents", "new homes and old and tents")

    assert result.missing == [4]


def test_what_the_document_has_elsewhere_as_one_word_is_not_glued() -> None:
    result = compared("the Vic e Chair", "the Vice Chair", known="Vice")

    assert not result.glued
    assert not result.missing


def test_a_figure_read_as_the_number_of_a_note_is_read_otherwise() -> None:
    result = compared("Of 12 tents", "Of ¹² tents")

    assert texts(result, result.missing_figures()) == ["12"]


def test_a_figure_read_otherwise_is_missing_and_ours_is_extra() -> None:
    result = compared("Of 120 tents", "Of 112200 tents")

    assert texts(result, result.missing_figures()) == ["120"]
    assert result.extra == {"112200": 1}
    assert (result.n_agreed, result.n_figures) == (3, 1)


def test_the_number_of_a_note_inside_a_figure_is_found() -> None:
    result = compared(
        "paid 1,200^4 grants in 2018^3 and 2018", "paid 1,2004 grants in 2018³ and 2018"
    )

    assert texts(result, result.notes_in_figures) == ["1,200"]
    assert not result.missing


def test_the_number_of_a_note_as_a_figure_of_its_own_is_found() -> None:
    result = compared("their efforts^2 grow", "their efforts 2 grow")

    assert texts(result, result.loose_notes) == ["2"]


def test_running_heads_are_left_out_and_not_missing() -> None:
    result = compared("Valley monitor 3 The camp", "The camp", left_out="Valley monitor 3")

    assert is_sound(result)
    assert len(result.left_out) == 3
    assert result.n_agreed == 2


def test_words_that_nobody_sees_are_a_fault_only_where_we_have_them() -> None:
    kept = compared("grant 485 Correction 1", "grant 485 Correction 1", unseen=("Correction", "1"))
    gone = compared("grant 485 Correction 1", "grant 485", unseen=("Correction", "1"))

    assert texts(kept, kept.unseen) == ["Correction", "1"]
    assert is_sound(gone)
    assert kept.n_agreed == gone.n_agreed == 2


def test_where_the_others_differ_nothing_is_held_against_us() -> None:
    result = compare_page(
        PageWords(
            poppler=words_of("Pací co 12"),
            pdfium=[PlacedWord(word, BOX, is_seen=True) for word in words_of("Pacífico 13")],
            own=words_of("Pacífico 12"),
            left_out=[],
            vocabulary=set(),
        )
    )

    assert is_sound(result)
    assert result.n_agreed == 0
