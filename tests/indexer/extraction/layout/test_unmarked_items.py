import pytest

from indexer.extraction.layout.groups import Group
from indexer.extraction.layout.lines import Line
from indexer.extraction.layout.unmarked_items import mark_unmarked_items
from indexer.records import BlockKind

LEAD = "Families may ask for three things:"


def groups(*texts: str, indent: float = 30.0) -> list[Group]:
    """A lead at the margin and what stands under it, a line each."""
    return [
        Group([Line(text, 1, 76 + indent * (at > 0), 400, 560 - 14 * at, 10)], right=500)
        for at, text in enumerate(texts)
    ]


def kinds(made: list[Group]) -> list[BlockKind]:
    return [group.kind for group in made]


def test_indented_clauses_under_a_colon_are_items_up_to_the_first_that_ends() -> None:
    made = groups(LEAD, "advice;", "a loan, and", "a place in a school.", "Not this one.")
    made[2].lines[0] = Line("a loan,", 1, 106, 200, 532, 10)

    mark_unmarked_items(made)

    assert kinds(made) == [BlockKind.PARAGRAPH, *[BlockKind.LIST_ITEM] * 3, BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(groups(LEAD, "advice;", "a loan.", indent=0.0), id="not indented"),
        pytest.param(groups("No colon.", "advice;", "a loan."), id="not announced"),
        pytest.param(groups(LEAD, "A quoted paragraph.", "Another one."), id="sentences"),
        pytest.param(groups(LEAD, "only one;"), id="one alone"),
    ],
)
def test_other_paragraphs_stay(made: list[Group]) -> None:
    mark_unmarked_items(made)

    assert set(kinds(made)) == {BlockKind.PARAGRAPH}
