"""Which sections of reports a quote of a brief restates."""

from dataclasses import replace
from typing import cast

import pytest

from indexer.records import BlockKind, Document, PageStart, SourceReport
from indexer.store.protocol import SearchIndex
from service.pipeline.restated import restated_sections
from tests.fakes import FakeIndex, document

GUIDE = SourceReport("guide", "Guide", "The guide", "UN-Habitat", year=2023)
TALK = SourceReport("talk", "IOM talk", "A talk")
NOWHERE = cast("SearchIndex", FakeIndex())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Rents rose (Guide, Box 3).", [("guide", "Box 3")], id="one"),
        pytest.param(
            "Rents rose (Guide, Action 9.1; IOM talk, Question 3).",
            [("guide", "Action 9.1"), ("talk", "Question 3")],
            id="two in one",
        ),
        pytest.param(
            "Rents rose (Guide, 1.1). They fell (Guide, 1.1).", [("guide", "1.1")], id="twice"
        ),
        pytest.param("Lima | 5 | Guide, Annex 2", [("guide", "Annex 2")], id="a table row"),
        pytest.param(
            "Lima | Guide, 2.1; IOM talk, Closing |",
            [("guide", "2.1"), ("talk", "Closing")],
            id="a cell of two",
        ),
        pytest.param(
            "- one (Guide, 1)\n- two (Guide, 2)", [("guide", "1"), ("guide", "2")], id="items"
        ),
        pytest.param("The Guide, Box 3, says so.", [], id="a name in the text"),
        pytest.param("Rents rose (Laboratory, 2).", [], id="a report that is no source"),
    ],
)
def test_references_are_read(text: str, expected: list[tuple[str, str]]) -> None:
    sections = restated_sections(text, (GUIDE, TALK), NOWHERE)

    assert [(found.report.doc_id, found.section) for found in sections] == expected
    assert {found.page for found in sections} <= {None}


def test_the_page_is_told_where_the_report_is_at_hand() -> None:
    report = document(
        (BlockKind.HEADING, "Box 30: Others"),
        (BlockKind.HEADING, "Box 3: Rents"),
        turns=(PageStart(0, 1), PageStart(15, 7)),
    )
    report = replace(report, doc_id="guide", page_labels=(None,) * 6 + ("5",))

    class Held(FakeIndex):
        def document(self, doc_id: str) -> Document:
            assert doc_id == "guide"
            return report

    held = Held()
    held.documents = (replace(held.documents[0], doc_id="guide"),)

    (found,) = restated_sections("(Guide, Box 3)", (GUIDE,), cast("SearchIndex", held))

    assert (found.page, found.page_label) == (7, "5")
