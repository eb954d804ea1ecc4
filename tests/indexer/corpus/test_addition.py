import tomllib
from pathlib import Path

import pytest

from indexer.corpus.addition import AddedReport, add_report
from indexer.corpus.catalogue import open_corpus
from indexer.errors import CatalogueError, CorpusError
from indexer.extraction.sandbox import Bounds
from tests.indexer.extraction.pdf.test_pages import made, written

BOUNDS = Bounds(timeout_s=60, memory_mb=1024, workers=1)
REPORT = (
    """# Rents in the port city

Published by the housing office, 2021.

"""
    + "In Colombia rents rose. Colombia has a plan for tenants in every city of the coast. " * 4
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "rents.md"
    path.write_text(REPORT, encoding="utf-8")
    return path


def rows(corpus_dir: Path) -> list[dict[str, object]]:
    read = tomllib.loads((corpus_dir / "catalogue.toml").read_text(encoding="utf-8"))
    found: list[dict[str, object]] = read["document"]
    return found


def add(path: Path, corpus_dir: Path, **fields: object) -> AddedReport:
    return add_report(path, corpus_dir, fields=fields, bounds=BOUNDS)


def test_a_report_is_filed_with_what_was_given_and_what_was_guessed(
    report: Path, tmp_path: Path
) -> None:
    filed = add(report, tmp_path / "corpus", publisher="Housing Office", countries=("CO", "PE"))

    assert filed.file == "reports/rents.md"
    assert filed.guessed == {"title": "Rents in the port city", "year": 2021, "language": "en"}
    assert rows(tmp_path / "corpus") == [
        {
            "file": "reports/rents.md",
            "publisher": "Housing Office",
            "countries": ["CO", "PE"],
            "title": "Rents in the port city",
            "year": 2021,
            "language": "en",
        }
    ]


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    path = tmp_path / "scan-7.pdf"
    lines = ("QUAYS OF ALBA THAT LAST", "A/80/1", "Geneva, 22 August 2019", "In 2021 and 2021.")
    path.write_bytes(made(written(*lines, y=760), title="ANNUAL REPORT"))
    return path


def test_a_pdf_is_filed_with_its_year_and_its_title_left_to_the_build(
    printed: Path, tmp_path: Path
) -> None:
    guessed = add(printed, tmp_path / "corpus").guessed

    assert guessed["year"] == 2019
    assert guessed.keys() <= {"year", "publisher", "language"}


def test_beside_a_title_that_was_given_nothing_goes_with_another(
    printed: Path, tmp_path: Path
) -> None:
    add(printed, tmp_path / "corpus", title="Quays")

    (row,) = rows(tmp_path / "corpus")

    assert row["title"] == "Quays"
    assert not row.keys() & {"subtitle", "identifier"}


def test_a_row_that_is_there_is_kept_and_completed(report: Path, tmp_path: Path) -> None:
    corpus_dir = tmp_path / "corpus"
    corpus_dir.mkdir()
    (corpus_dir / "catalogue.toml").write_text(
        '# ours\n[[document]]\nfile = "reports/rents.md"\ntitle = "Our own title"\n', "utf-8"
    )

    filed = add(report, corpus_dir, year="2020")

    assert rows(corpus_dir)[0]["title"] == "Our own title"
    assert rows(corpus_dir)[0]["year"] == 2020
    assert "title" not in filed.guessed
    assert (corpus_dir / "catalogue.toml").read_text(encoding="utf-8").startswith("# ours")


def test_what_is_filed_can_be_indexed(report: Path, tmp_path: Path) -> None:
    add(report, tmp_path / "corpus")

    corpus = open_corpus(tmp_path / "corpus")

    assert [file.file for file in corpus.files] == ["reports/rents.md"]
    assert corpus.problems == ()


def test_filing_twice_changes_nothing(report: Path, tmp_path: Path) -> None:
    add(report, tmp_path / "corpus", publisher="Office")
    before = (tmp_path / "corpus" / "catalogue.toml").read_text(encoding="utf-8")

    add(report, tmp_path / "corpus")

    assert (tmp_path / "corpus" / "catalogue.toml").read_text(encoding="utf-8") == before


def test_another_file_of_that_name_is_not_overwritten(report: Path, tmp_path: Path) -> None:
    add(report, tmp_path / "corpus")
    report.write_text("# Another\n\nText of another report.\n", encoding="utf-8")

    with pytest.raises(CorpusError, match=r"rename rents\.md"):
        add(report, tmp_path / "corpus")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"year": "soon"}, "year", id="no year"),
        pytest.param({"countries": ("XX",)}, "ISO 3166", id="no country"),
    ],
)
def test_a_wrong_field_is_refused_before_anything_is_copied(
    report: Path, tmp_path: Path, fields: dict[str, object], message: str
) -> None:
    with pytest.raises(CatalogueError, match=message):
        add(report, tmp_path / "corpus", **fields)

    assert not (tmp_path / "corpus").exists()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        pytest.param("none.pdf", None, "there is no file", id="missing"),
        pytest.param("empty.pdf", b"", "cannot be read", id="unreadable"),
    ],
)
def test_what_cannot_be_filed_is_named(
    tmp_path: Path, name: str, data: bytes | None, message: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)

    with pytest.raises(CorpusError, match=message):
        add(path, tmp_path / "corpus")


@pytest.mark.parametrize("text", ["document = 3\n", "[[document\n"], ids=["no rows", "no TOML"])
def test_a_broken_catalogue_is_not_overwritten(report: Path, tmp_path: Path, text: str) -> None:
    corpus_dir = tmp_path / "corpus"
    corpus_dir.mkdir()
    (corpus_dir / "catalogue.toml").write_text(text, encoding="utf-8")

    with pytest.raises(CatalogueError, match="mend it"):
        add(report, corpus_dir)

    assert [path.name for path in corpus_dir.iterdir()] == ["catalogue.toml"]
    assert (corpus_dir / "catalogue.toml").read_text(encoding="utf-8") == text
