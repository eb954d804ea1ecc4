"""Each content once, with a key of all that decides what becomes of it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from indexer.build import build
from indexer.code_hash import library_versions
from indexer.corpus.catalogue import open_corpus
from indexer.corpus.distinct_files import ReportFile, report_files, without_copies
from indexer.encoder.building.document_vectors import Encoders
from indexer.encoder.building.text_encoder import PACKAGED, Encoder
from indexer.errors import Reason
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index


@pytest.fixture
def corpus_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.md").write_text("# A\n", "utf-8")
    return folder


def reports_of(
    corpus_dir: Path, encoder: Encoder, **changes: object
) -> tuple[tuple[ReportFile, ...], tuple[str, ...]]:
    settings = IndexerSettings(corpus=corpus_dir).model_copy(update=changes)
    corpus = without_copies(open_corpus(corpus_dir))
    reports = report_files(corpus, encoders=Encoders(encoder, None), settings=settings)
    return reports, corpus.problems


def report_of(corpus_dir: Path, encoder: Encoder, **changes: object) -> ReportFile:
    (report,), _ = reports_of(corpus_dir, encoder, **changes)
    return report


def test_a_copy_is_noted_and_left_out(corpus_dir: Path, encoder: Encoder) -> None:
    (corpus_dir / "b.txt").write_text("# A\n", "utf-8")
    (corpus_dir / "c.md").write_text("# C\n", "utf-8")

    reports, notes = reports_of(corpus_dir, encoder)

    assert [report.doc_id for report in reports] == ["a", "c"]
    assert notes == ("b.txt is a copy of a.md; indexed once.",)


def test_a_report_files_hash_is_that_of_its_bytes(tmp_path: Path, encoder: Encoder) -> None:
    (tmp_path / "abc.md").write_bytes(b"abc")

    report = report_of(tmp_path, encoder)

    assert report.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"index": Path("elsewhere")}, id="another place"),
        pytest.param({"build_keep": 9}, id="more generations"),
        pytest.param({"build_workers": 9}, id="more workers"),
        pytest.param({"build_exact_below": 0}, id="another vector index"),
        pytest.param({"build_timeout_s": 9.0}, id="less time"),
        pytest.param({"build_memory_mb": 512}, id="less memory"),
    ],
)
def test_what_decides_nothing_leaves_the_key(
    corpus_dir: Path, encoder: Encoder, changes: Mapping[str, object]
) -> None:
    before = report_of(corpus_dir, encoder)

    after = report_of(corpus_dir, encoder, **changes)

    assert after.content_key == before.content_key


def test_other_words_a_passage_change_the_key(corpus_dir: Path, encoder: Encoder) -> None:
    before = report_of(corpus_dir, encoder)

    after = report_of(corpus_dir, encoder, build_max_words=99)

    assert after.content_key != before.content_key


def test_other_arithmetic_changes_the_key(corpus_dir: Path, encoder: Encoder) -> None:
    before = report_of(corpus_dir, encoder)

    after = report_of(corpus_dir, Encoder(PACKAGED, precision="bf16"))

    assert after.content_key != before.content_key


@pytest.mark.parametrize(
    ("file", "content"),
    [
        pytest.param("a.md", "# B\n", id="other content"),
        pytest.param("catalogue.toml", '[[document]]\nfile = "a.md"\nyear = 2001\n', id="its row"),
    ],
)
def test_another_file_or_row_changes_the_key(
    corpus_dir: Path, encoder: Encoder, file: str, content: str
) -> None:
    before = report_of(corpus_dir, encoder)
    (corpus_dir / file).write_text(content, "utf-8")

    after = report_of(corpus_dir, encoder)

    assert after.content_key != before.content_key


def test_another_name_changes_the_key(corpus_dir: Path, encoder: Encoder) -> None:
    before = report_of(corpus_dir, encoder)
    (corpus_dir / "a.md").rename(corpus_dir / "b.md")

    after = report_of(corpus_dir, encoder)

    assert (after.doc_id, after.sha256) == ("b", before.sha256)
    assert after.content_key != before.content_key


@pytest.mark.parametrize("changes", [{"build_timeout_s": 9.0}, {"build_memory_mb": 512}])
def test_another_bound_is_another_attempt(
    corpus_dir: Path, encoder: Encoder, changes: Mapping[str, object]
) -> None:
    before = report_of(corpus_dir, encoder)

    after = report_of(corpus_dir, encoder, **changes)

    assert after.attempt_key != before.attempt_key


def test_files_that_cannot_be_opened_are_named_and_the_others_indexed(
    built: IndexerSettings,
) -> None:
    for name in ("one.md", "two.md"):  # may be opened by nobody, or only to be written
        (built.corpus / name).symlink_to("/proc/self/clear_refs")

    result = build(built)

    assert [(file.file, file.reason) for file in result.manifest.unread] == [
        ("one.md", Reason.DAMAGED),
        ("two.md", Reason.DAMAGED),
    ]
    assert "cannot be opened" in result.manifest.unread[0].detail
    assert len(open_index(built.index_dir).documents) == 2


def test_a_file_that_can_be_opened_again_is_read(built: IndexerSettings) -> None:
    (built.corpus / "one.md").symlink_to("/proc/self/clear_refs")
    build(built)
    (built.corpus / "one.md").unlink()
    (built.corpus / "one.md").write_text("# One\n\nIt has 12 towns.\n", "utf-8")

    result = build(built)

    assert result.manifest.unread == ()
    assert result.manifest.n_documents == 3


def test_versions_are_those_that_are_installed() -> None:
    assert library_versions(("pytest",)) == (f"pytest=={pytest.__version__}",)
