"""Reports name the ones that they replace by path, file name or id."""

from pathlib import Path

from indexer.corpus.catalogue import CorpusFile, document_ids
from indexer.corpus.supersession import successors
from indexer.records import DocumentInfo


def test_superseded_reports_are_named_by_path_name_or_id() -> None:
    names = ("a/old.pdf", "b/older.pdf", "c/oldest.pdf", "new.pdf")
    files = tuple(CorpusFile(Path(name), name) for name in names)
    infos = [DocumentInfo(title="x")] * 3 + [
        DocumentInfo(title="x", supersedes=("a/old.pdf", "older.pdf", "oldest", "new.pdf", "lost"))
    ]

    replaced_by, problems = successors(files, document_ids(files), infos)

    assert replaced_by == {"old": ("new",), "older": ("new",), "oldest": ("new",)}
    assert problems == ("new.pdf supersedes lost, which is no file or id of this corpus.",)


def test_a_report_is_known_by_its_id_even_where_the_id_is_not_its_slug() -> None:
    files = tuple(CorpusFile(Path(name), name) for name in ("b/plan.md", "new.md"))
    infos = [DocumentInfo(title="x"), DocumentInfo(title="x", supersedes=("b/plan.md",))]

    replaced_by, _ = successors(files, ["plan-0a1b2c", "new"], infos)

    assert replaced_by == {"plan-0a1b2c": ("new",)}
