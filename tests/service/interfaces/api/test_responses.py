"""What the API says of a cited report, from records in memory."""

from dataclasses import replace
from typing import cast

import pytest

from indexer.records import DocumentInfo
from service.interfaces.api.responses import Presenter
from service.presentation.links import Links
from service.presentation.wording import Wording
from tests.fakes import FakeIndex, edition, entry


@pytest.mark.parametrize(
    "newer", [pytest.param(("newer",), id="replaced"), pytest.param((), id="newest")]
)
def test_a_passage_says_which_reports_replace_its_own(newer: tuple[str, ...]) -> None:
    held = edition()
    index = cast("FakeIndex", held.answerer.index)
    index.documents = (
        replace(index.documents[0], superseded_by=newer),
        entry("newer", DocumentInfo(title="The newer report")),
    )

    shown = Presenter(held, Links(), Wording()).passage(index.passage(0))

    assert shown.document.superseded_by == list(newer)


def test_what_the_catalogue_says_of_countries_stands_apart_from_what_a_report_names() -> None:
    held = edition()
    naming = entry("naming", DocumentInfo(title="N", named_countries=("CL", "PE")))

    shown = Presenter(held, Links(), Wording()).document(naming)

    assert (shown.countries, shown.named_countries) == ([], ["CL", "PE"])
