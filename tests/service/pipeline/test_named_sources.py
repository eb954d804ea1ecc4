"""Tests of telling which reports a question names as its source."""

import pytest

from indexer.records import DocumentInfo, SourceReport
from service.pipeline.named_sources import SourceNames

REPORTS = [
    DocumentInfo(
        "Homes for newcomers: the Harbour Workshop", publisher="City Bank", kind="workshop report"
    ),
    DocumentInfo("Towns on the move", publisher="Union of Towns (UOT)", year=2021, kind="guide"),
    DocumentInfo(
        "Mayors on migration: concept note", subtitle="Quito, 2020", kind="note", countries=("EC",)
    ),
    DocumentInfo("Housing for refugees in towns", kind="brief", year=2024),
    DocumentInfo("Work for refugees", kind="brief", year=2024),
]


@pytest.mark.parametrize(
    ("question", "positions"),
    [
        ("According to the concept note, who arrives?", (2,)),
        ("Which risks did the Quito paper name?", (2,)),
        ("Which risks does the paper from Ecuador name?", (2,)),
        ("What does the Union of Towns advise on rents?", (1,)),
        ("Is it safe to rent, in UOT's view?", (1,)),
        ("How many rents does the 2021 guide count?", (1,)),
        ("Going by the harbour workshop, what do homes cost?", (0,)),
        ("What do both of the 2024 briefs say of shelters?", ()),  # no noun for a certain one
        ("What does the 2024 brief say of shelters?", (3, 4)),
        ("What does the refugee work brief say of wages?", (4,)),
        ("How do towns help refugees to find work?", ()),  # speaks of a subject, not of a source
        ("Who spoke at the event?", ()),  # which one is not said
        ("According to the Daily Planet, who arrives?", ()),
    ],
)
def test_a_source_is_known_by_what_tells_it_from_the_others(
    question: str, positions: tuple[int, ...]
) -> None:
    assert SourceNames(REPORTS).named_in(question) == positions


def test_a_brief_goes_by_the_names_of_the_reports_that_it_restates() -> None:
    source = SourceReport("uot-guide", "Guide", "Towns on the move", publisher="Union of Towns")
    names = SourceNames([DocumentInfo("Rents", sources=(source,)), DocumentInfo("Wages")])
    assert names.named_in("What does the Union of Towns recommend on rents?") == (0,)


def test_without_reports_none_is_named() -> None:
    assert SourceNames([]).named_in("According to the guide, who arrives?") == ()


def test_a_question_of_nothing_but_openings_names_none() -> None:
    assert SourceNames(REPORTS).named_in("the 's " * 150 + "in does according to " * 40) == ()
