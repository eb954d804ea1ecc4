"""Names made of a kind and a number are found in three languages and told apart by their number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.segmentation.numbered_names import (
    canonical_number,
    kinds_of,
    leading_name,
    leading_number,
    numbered_names,
)


def keys(text: str, *, any_case: bool = False) -> list[list[str]]:
    return [sorted(name.keys) for name in numbered_names(text, any_case=any_case)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("What does Article 15 say?", [["article 15"]], id="English"),
        pytest.param("¿Qué dice el artículo 15?", [["article 15"]], id="Spanish"),
        pytest.param("a Recomendação 9", [["recommendation 9"]], id="Portuguese"),
        pytest.param(
            "as recomendações 3 a 5", [[f"recommendation {n}"] for n in (3, 4, 5)], id="to"
        ),
        pytest.param(
            "Articles 3, 5 and 9", [["article 3"], ["article 5"], ["article 9"]], id="list"
        ),
        pytest.param("(Boxes 3,4)", [["box 3"], ["box 4"]], id="no space"),
        pytest.param("Article 3 and 5 others", [["article 3"]], id="one in the singular"),
        pytest.param("Quadro 4", [["box 4", "table 4"]], id="a word of two kinds"),
        pytest.param("Annex IV", [["annex 4"]], id="Roman"),
        pytest.param("Annex C", [["annex c"]], id="letter"),
        pytest.param("Section 2.1. Aims", [["section 2.1"]], id="two levels"),
        pytest.param("Ley N.º 21.325", [["law 21325"]], id="a law with its thousands"),
        pytest.param("Law No. 1448 of 2011", [["law 1448"]], id="number sign"),
        pytest.param("resolution 78/150", [["resolution 78/150"]], id="slash"),
        pytest.param("in Village 57", [["village 57"]], id="any word with a capital"),
        pytest.param("in village 57", [], id="any word without one"),
        pytest.param("In 2019, Chile 2019", [], id="a year is no number"),
        pytest.param("Since March 15 over 300 came", [], id="dates and quantities"),
        pytest.param("targets 40 per cent", [], id="a share"),
    ],
)
def test_names_have_a_key_of_kind_and_number(text: str, expected: list[list[str]]) -> None:
    assert keys(text) == expected


def test_in_a_question_any_word_may_be_typed_without_its_capital() -> None:
    assert keys("how many live in village 57", any_case=True) == [["village 57"]]


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_two_things_share_a_key_only_if_they_share_the_number(one: int, other: int) -> None:
    (first,), (second,) = numbered_names(f"Box {one}"), numbered_names(f"Recuadro {other}")

    assert (first.keys == second.keys) == (one == other)


def test_a_section_may_stand_under_its_number_alone() -> None:
    (section,) = numbered_names("Section 2.1")
    (article,) = numbered_names("Article 2")

    assert section.likely_keys == {"heading 2.1"}
    assert article.likely_keys == frozenset()


def test_a_name_knows_how_it_was_written_and_where() -> None:
    (name,) = numbered_names("See Artículo 15 of it")

    assert name.text == "Artículo 15"
    assert name.span.of("See Artículo 15 of it") == "Artículo 15"


def test_only_a_text_that_begins_with_a_name_leads_with_it() -> None:
    leading = leading_name("Box 4. Camps")

    assert leading is not None
    assert leading.keys == {"box 4"}
    assert leading_name("The Box 4") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2.1 Housing", "2.1", id="bare"),
        pytest.param("III. Observations", "3", id="Roman"),
        pytest.param("B. Returns", "b", id="letter"),
        pytest.param("14. The Council met", "14", id="paragraph"),
        pytest.param("A city of two rivers", None, id="an article of grammar"),
        pytest.param("2019 was dry", None, id="a year"),
    ],
)
def test_leading_numbers_are_read(text: str, expected: str | None) -> None:
    found = leading_number(text)

    assert (found and found[0]) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [("IV", "4"), ("XII", "12"), ("C", "c"), ("D", "d"), ("2.1.", "2.1"), ("12a", "12a")],
)
def test_numbers_have_one_spelling(number: str, expected: str) -> None:
    assert canonical_number(number) == expected


def test_plurals_are_of_their_kind() -> None:
    assert kinds_of("Recomendaciones") == kinds_of("recommendation") == {"recommendation"}
    assert kinds_of("villages") == frozenset()
