import json
import re
import tomllib
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from indexer.corpus.catalogue_fields import checked_fields
from tests.corpus.briefs import REPORT_IDS
from tests.corpus.front_matter import README, THEMES
from tests.corpus.reports import SHARED

CORPUS = Path(__file__).parents[2] / "corpus"
ROWS: list[dict[str, Any]] = tomllib.loads((CORPUS / "catalogue.toml").read_text("utf-8"))[
    "document"
]


def publishers(row: dict[str, Any]) -> list[str]:
    listed = row["publisher"]
    return listed if isinstance(listed, list) else [listed]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_every_row_is_valid_and_its_themes_are_defined(row: dict[str, Any]) -> None:
    _, wrong = checked_fields({name: value for name, value in row.items() if name != "file"})

    assert not wrong
    assert set(row.get("themes", ())) <= THEMES


def test_every_publisher_is_one_of_those_in_use() -> None:
    listed = re.search(r"^Publishers in use: (.*?)\. ", README.read_text("utf-8"), re.M | re.S)
    assert listed
    in_use = set(" ".join(listed[1].split()).split(" · "))

    assert {name for row in ROWS for name in publishers(row)} == in_use


def test_every_document_that_ships_has_a_row() -> None:
    shipped = [path for path in CORPUS.rglob("*") if path.suffix in {".md", ".pdf"}]
    files = [PurePosixPath(path.relative_to(CORPUS).as_posix()) for path in shipped]

    assert all(
        any(file.match(row["file"]) for row in ROWS)
        for file in files
        if file.name != "README.md" and file.parts[0] != "reports"
    )


def test_there_is_a_row_for_each_report_that_briefs_cite() -> None:
    filed = {Path(row["file"]).stem for row in ROWS if row["file"].startswith("reports/")}

    assert filed == set(REPORT_IDS.values())


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the reports are not in {SHARED}")
def test_the_rows_of_the_reports_say_what_their_sources_say() -> None:
    sources = json.loads((SHARED / "corpus" / "sources.json").read_text("utf-8"))
    rows = {Path(row["file"]).stem: row for row in ROWS}

    for source in sources:
        facts = {
            name: value for name, value in source.items() if name != "id" and value is not None
        }
        row = rows[source["id"]]
        assert facts.items() <= {**row, "publisher": ", ".join(publishers(row))}.items()
