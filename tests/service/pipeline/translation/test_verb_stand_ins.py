"""Verbs that Apertium lacks give way to others in the same form, and negations never do."""

from pathlib import Path

import pytest

from service.pipeline.translation.readings import stream_of, units_of
from service.pipeline.translation.verb_stand_ins import (
    VERBS_PATH,
    read_verbs,
    with_known_verbs,
    with_other_verbs,
)

VERBS = {"set up": "establish", "meet in": "gather in", "evict": "expel", "note": "observe"} | {
    "bring together": "gather",
    "rally": "gather",
}


@pytest.mark.parametrize(
    ("stream", "replaced"),
    [
        pytest.param(
            "^set/set<vblex><past>$ ^up/up<adv>$ ^a/a<det>$",
            "^set/establish<vblex><past>$ ^a/a<det>$",
            id="a particle goes",
        ),
        pytest.param(
            "^met/meet<vblex><past>$ ^in/in<pr>$",
            "^met/gather<vblex><past>$ ^in/in<pr>$",
            id="a particle stays",
        ),
        pytest.param(
            "^set/set<vblex><past>$ ^quickly/quickly<adv>$ ^up/up<adv>$",
            "^set/establish<vblex><past>$ ^quickly/quickly<adv>$",
            id="an adverb between",
        ),
        pytest.param(
            "^brought together/bring<vblex><past># together$ ^more/more<adv>$",
            "^brought together/gather<vblex><past>$ ^more/more<adv>$",
            id="a particle in one word, and what follows stays",
        ),
        pytest.param("^set/set<n><sg>$ ^up/up<adv>$", None, id="a noun"),
    ],
)
def test_a_verb_gives_way(stream: str, replaced: str | None) -> None:
    assert stream_of(with_other_verbs(units_of(stream), VERBS)) == (replaced or stream)


@pytest.mark.parametrize(
    ("stream", "readings"),
    [
        ("^evicted/*evicted$", ("expel<vblex><past>", "expel<vblex><pp>")),
        ("^evicting/*evicting$", tuple(f"expel<vblex><{tag}>" for tag in ("ger", "pprs", "subs"))),
        ("^rallies/rally<n><pl>$", ("rally<n><pl>", "gather<vblex><pri><p3><sg>")),
        ("^not/not<adv>$", ("not<adv>",)),
        ("^xyz/*xyz$", ("*xyz",)),
    ],
)
def test_a_form_that_apertium_lacks_is_known(stream: str, readings: tuple[str, ...]) -> None:
    (unit,) = with_known_verbs(units_of(stream), VERBS)

    assert unit.readings == readings


def test_the_verbs_that_ship_can_be_read() -> None:
    assert read_verbs(VERBS_PATH)["set up"] == "establish"


def test_a_row_without_its_columns_is_refused(tmp_path: Path) -> None:
    rows = tmp_path / "verbs.tsv"
    rows.write_text("english\tstand-in\nset up\n", encoding="utf-8")

    with pytest.raises(ValueError, match="line 2: want two columns"):
        read_verbs(rows)


def test_a_file_without_its_header_is_refused(tmp_path: Path) -> None:
    rows = tmp_path / "verbs.tsv"
    rows.write_text("set up\testablish\n", encoding="utf-8")

    with pytest.raises(ValueError, match="must begin with the row"):
        read_verbs(rows)
