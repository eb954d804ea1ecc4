"""What Apertium's dictionary says is read and written again to the last character."""

import pytest

from service.pipeline.translation.readings import Place, stream_of, units_of

STREAM = r"- ^Cities/City<n><pl>$ ^share/share<n><sg>/share<vblex><inf>$ \\[1\\]^./.<sent>$¹³"


def test_no_character_is_lost() -> None:
    assert stream_of(units_of(STREAM)) == STREAM


def test_in_public_is_no_adverb_before_a_noun() -> None:
    before_noun = "^in public/in public<adv>$ ^spaces/space<n><pl>$"

    assert [unit.surface for unit in units_of(before_noun)] == ["in", "public", "spaces"]
    assert len(units_of("^in public/in public<adv>$^./.<sent>$")) == 2


@pytest.mark.parametrize(
    ("word", "is_finite"),
    [
        ("^has/have<vbhaver><pri><p3><sg>/have<vblex><pri><p3><sg>$", True),
        ("^may/may<vaux><inf>$", True),
        ("^gave/give<vblex><past>$", True),
        ("^given/give<vblex><pp>$", False),
        ("^share/share<n><sg>/share<vblex><pres>$", False),
    ],
)
def test_a_finite_verb_is_told(word: str, *, is_finite: bool) -> None:
    (unit,) = units_of(word)

    assert unit.is_finite == is_finite


def test_a_clause_ends_at_a_relative() -> None:
    units = units_of("^it/it<prn><subj>$ ^gave/give<vblex><past>$ ^who/who<rel>$ ^x/*x$")

    assert Place(units[1], units[:1], units[2:]).has_subject
    assert not Place(units[3], units[:3], []).has_verb_before
    assert Place(units[3], units[:3], []).wants_verb
