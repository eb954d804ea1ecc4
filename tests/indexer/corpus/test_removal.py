"""A report leaves the corpus without being lost."""

import tomllib
from pathlib import Path

import pytest

from indexer.build import build
from indexer.corpus.catalogue import open_corpus
from indexer.corpus.removal import ASIDE, remove
from indexer.errors import CorpusError
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index
from indexer.store.index import Index


@pytest.fixture
def index(built: IndexerSettings) -> Index:
    return open_index(built.index_dir, verify=False)


@pytest.mark.parametrize("name", ["housing", "housing.md"], ids=["by its id", "by its file"])
def test_a_report_is_moved_aside_whole(built: IndexerSettings, index: Index, name: str) -> None:
    content = (built.corpus / "housing.md").read_bytes()

    moved = remove(built.corpus, index, [name])

    aside = built.corpus / ASIDE / "housing.md"
    assert moved == (("housing.md", aside),)
    assert aside.read_bytes() == content
    assert [file.file for file in open_corpus(built.corpus).files] == ["transport.txt"]


def test_one_report_named_twice_is_moved_once(built: IndexerSettings, index: Index) -> None:
    moved = remove(built.corpus, index, ["housing", "housing.md", "transport"])

    assert [file for file, _ in moved] == ["housing.md", "transport.txt"]


def test_an_unknown_report_moves_none_of_them(built: IndexerSettings, index: Index) -> None:
    with pytest.raises(CorpusError, match=r"no document nowhere, \.\./x .*`python -m indexer rep"):
        remove(built.corpus, index, ["housing", "nowhere", "../x"])

    assert (built.corpus / "housing.md").is_file()


def test_a_report_that_is_gone_already_moves_none_of_them(
    built: IndexerSettings, index: Index
) -> None:
    (built.corpus / "transport.txt").unlink()

    with pytest.raises(CorpusError, match=r"no file transport\.txt in .*rebuild"):
        remove(built.corpus, index, ["housing", "transport"])

    assert (built.corpus / "housing.md").is_file()


def test_reports_removed_one_after_the_other_under_one_name_are_all_kept(
    built: IndexerSettings, index: Index
) -> None:
    for number in range(3):
        (built.corpus / "housing.md").write_text(f"# Edition {number}\n", "utf-8")
        remove(built.corpus, index, ["housing"])

    kept = {path.name: path.read_text("utf-8") for path in (built.corpus / ASIDE).iterdir()}
    assert kept == {
        "housing.md": "# Edition 0\n",
        "housing-2.md": "# Edition 1\n",
        "housing-3.md": "# Edition 2\n",
    }


def test_a_report_in_a_folder_keeps_its_place(built: IndexerSettings) -> None:
    (built.corpus / "two words").mkdir()
    (built.corpus / "two words" / "año.md").write_text("# A\n\nIt has 12 towns.\n", "utf-8")
    build(built)

    ((file, aside),) = remove(built.corpus, open_index(built.index_dir), ["two words/año.md"])

    assert file == "two words/año.md"
    assert aside.relative_to(built.corpus) == Path(ASIDE, "two words", "año.md")
    assert aside.is_file()


CATALOGUE = """# Reports of the office

[[document]]
file = "housing.md"
title = "Housing newcomers"  # as printed

[[document]]
file = "transport.txt"
year = 2020
"""


def test_the_row_of_a_removed_report_goes_with_it(built: IndexerSettings, index: Index) -> None:
    (built.corpus / "catalogue.toml").write_text(CATALOGUE, "utf-8")

    remove(built.corpus, index, ["housing"])

    kept = (built.corpus / "catalogue.toml").read_text("utf-8")
    assert "housing.md" not in kept
    assert kept.startswith("# Reports of the office\n")
    assert 'file = "transport.txt"\nyear = 2020' in kept
    assert open_corpus(built.corpus).problems == ()
    aside = tomllib.loads((built.corpus / ASIDE / "catalogue.toml").read_text("utf-8"))
    assert aside == {"document": [{"file": "housing.md", "title": "Housing newcomers"}]}


def test_the_last_row_may_go(built: IndexerSettings, index: Index) -> None:
    (built.corpus / "catalogue.toml").write_text('[[document]]\nfile = "housing.md"\n', "utf-8")

    remove(built.corpus, index, ["housing"])

    assert [file.file for file in open_corpus(built.corpus).files] == ["transport.txt"]
