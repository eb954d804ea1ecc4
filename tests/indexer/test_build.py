"""The indexer's promises on real files, the packaged encoder and a real index."""

import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexer.build import build
from indexer.corpus.workers import local_workers
from indexer.encoder.building import document_vectors
from indexer.encoder.building.document_vectors import embed_group
from indexer.encoder.query_encoder import QueryEncoder
from indexer.errors import CorpusError, IndexBusyError, Reason
from indexer.extraction.sandbox import Bounds
from indexer.settings import IndexerSettings
from indexer.store.generations import current_generation, generations, open_index
from indexer.store.model_folders import ENCODER
from indexer.store.records import DocumentVectors
from indexer.store.writing.generation_lifecycle import locked, rollback
from tests.conftest import ROOT, index_content


def names(settings: IndexerSettings) -> list[str]:
    return [entry.doc_id for entry in open_index(settings.index_dir).documents]


def environ_of(settings: IndexerSettings) -> dict[str, str]:
    """Return what a command is started with to build the same index."""
    own = {
        "CITA_CORPUS": str(settings.corpus),
        "CITA_INDEX": str(settings.index_dir),
        "CITA_BUILD_PRECISION": settings.build_precision,
        "CITA_BUILD_WORKERS": str(settings.build_workers),
    }
    return {**os.environ, **own}


def test_a_build_indexes_every_report(built: IndexerSettings) -> None:
    index = open_index(built.index_dir)

    assert names(built) == ["housing", "transport"]
    assert index.manifest.n_passages == index.n_passages == len(index._nearest)
    assert index.manifest.recall_at_10 == 1.0
    assert dict(index.manifest.took_s).keys() == {"extract", "cut", "embed", "write", "pack"}


def test_what_is_embedded_is_what_the_encoder_gives(built: IndexerSettings) -> None:
    index = open_index(built.index_dir)
    document = index.document("housing")
    entry = index.entry("housing")

    sentence = next(s for s in index.sentences(entry) if "4,500" in s.span.of(document.text))

    assert sentence.span.of(document.text).startswith("Some 4,500 households")
    vectors = index.sentence_vectors(np.arange(index.n_sentences))
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_an_unchanged_corpus_is_not_indexed_again(built: IndexerSettings) -> None:
    before = current_generation(built.index_dir)

    result = build(built)

    assert not result.is_new
    assert result.n_embedded == 0
    assert current_generation(built.index_dir) == before


def test_a_large_index_is_compact_and_finds_every_sentence_by_its_words(
    built: IndexerSettings,
) -> None:
    result = build(built.model_copy(update={"build_exact_below": 1}))

    index = open_index(built.index_dir)
    encoder = QueryEncoder(index.folder / ENCODER, max_pieces=254)
    assert (result.is_new, result.n_embedded) == (True, 0)
    assert all(index.vectors_of(entry).pieces.is_compact for entry in index.documents)
    for row in range(index.n_sentences):
        question = encoder.encode_whole(index.sentence_text(row))
        found = index.match(question, np.arange(index.n_passages))
        assert int(found.sentences[np.argmax(found.scores)]) == row


def test_only_the_changed_report_is_read_and_embedded(built: IndexerSettings) -> None:
    (built.corpus / "water.md").write_text("# Water\n\nThe pipes reach 900 homes.\n", "utf-8")

    result = build(built)

    assert result.n_extracted == 1
    assert result.n_embedded == 3  # the heading, the sentence, the passage
    assert names(built) == ["housing", "transport", "water"]


def test_new_metadata_needs_no_new_embedding(built: IndexerSettings) -> None:
    (built.corpus / "catalogue.toml").write_text(
        '[[document]]\nfile = "housing.md"\npublisher = "Housing Office"\n', "utf-8"
    )

    result = build(built)

    assert result.is_new
    assert result.n_embedded == 0
    index = open_index(built.index_dir)
    assert index.entry("housing").info.publisher == "Housing Office"


def test_in_steps_or_at_once_gives_the_same_fingerprint(built: IndexerSettings) -> None:
    water = "# Water\n\nThe pipes reach 900 homes.\n"
    (built.corpus / "water.md").write_text(water, "utf-8")
    in_steps = build(built).manifest.fingerprint
    shutil.rmtree(built.index_dir)

    at_once = build(built).manifest.fingerprint

    assert at_once == in_steps


def test_a_removed_report_leaves_no_trace(built: IndexerSettings) -> None:
    (built.corpus / "transport.txt").unlink()

    build(built.model_copy(update={"build_keep": 1}))

    assert names(built) == ["housing"]
    held = index_content(built.index_dir)
    assert b"tram line" not in held
    assert b"4,500 households" in held


def test_copies_are_one_document_with_a_note(built: IndexerSettings) -> None:
    (built.corpus / "more").mkdir()
    shutil.copy(built.corpus / "housing.md", built.corpus / "more" / "again.md")

    result = build(built)

    assert result.manifest.n_documents == 2
    assert any("copy of" in problem for problem in result.manifest.problems)


def test_one_name_in_two_folders_is_two_documents(built: IndexerSettings) -> None:
    for folder in ("north", "south"):
        (built.corpus / folder).mkdir()
        (built.corpus / folder / "plan.md").write_text(f"# Plan\n\nIn the {folder}.\n", "utf-8")

    build(built)

    plans = [name for name in names(built) if name.startswith("plan")]
    assert len(set(plans)) == 2
    assert "plan" in plans


@pytest.mark.parametrize("name", ["año ñandú.md", "two words.md", "تقرير.md"])
def test_names_of_any_script_work(built: IndexerSettings, name: str) -> None:
    (built.corpus / name).write_text("# A report\n\nIt names 12 towns.\n", "utf-8")

    build(built)

    index = open_index(built.index_dir)
    entry = next(entry for entry in index.documents if entry.file == name)
    assert "12 towns" in index.document(entry.doc_id).text


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        pytest.param("empty.pdf", b"", Reason.EMPTY, id="zero bytes"),
        pytest.param("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<", Reason.DAMAGED, id="truncated"),
        pytest.param("photo.pdf", b"\x89PNG\r\n\x1a\n", Reason.MISLABELLED, id="mislabelled"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_build_goes_on(
    built: IndexerSettings, name: str, data: bytes, reason: Reason
) -> None:
    (built.corpus / name).write_bytes(data)

    result = build(built)

    assert [(file.file, file.reason) for file in result.manifest.unread] == [(name, reason)]
    assert result.manifest.unread[0].detail
    assert names(built) == ["housing", "transport"]


def test_a_file_that_failed_is_not_tried_again_until_it_changes(built: IndexerSettings) -> None:
    (built.corpus / "empty.pdf").write_bytes(b"")
    build(built)

    again = build(built)

    assert not again.is_new
    assert again.n_extracted == 0


def test_a_slow_file_costs_only_its_own_time(built: IndexerSettings) -> None:
    (built.corpus / "slow.md").write_text("# Slow\n\n" + "word " * 50_000, "utf-8")

    result = build(built.model_copy(update={"build_timeout_s": 1e-6}))

    assert [file.reason for file in result.manifest.unread] == [Reason.TIMEOUT]
    assert names(built) == ["housing", "transport"]


def test_a_hungry_file_costs_only_its_own_memory(built: IndexerSettings) -> None:
    (built.corpus / "hungry.txt").write_bytes(b"word and word. " * 40_000_000)

    result = build(built.model_copy(update={"build_memory_mb": 256}))

    assert [file.reason for file in result.manifest.unread] == [Reason.OUT_OF_MEMORY]


@pytest.mark.parametrize("content", [None, b""], ids=["no file", "nothing readable"])
def test_a_corpus_without_a_report_is_refused_and_the_index_stays(
    built: IndexerSettings, content: bytes | None
) -> None:
    before = current_generation(built.index_dir)
    for path in built.corpus.iterdir():
        path.unlink()
    if content is not None:
        (built.corpus / "a.pdf").write_bytes(content)

    with pytest.raises(CorpusError, match=str(built.corpus)):
        build(built)

    assert current_generation(built.index_dir) == before
    assert names(built) == ["housing", "transport"]


def test_rollback_brings_the_last_generation_back(built: IndexerSettings) -> None:
    (built.corpus / "transport.txt").unlink()
    build(built)

    rollback(built.index_dir)

    assert names(built) == ["housing", "transport"]


def test_old_generations_are_pruned(built: IndexerSettings) -> None:
    for number in range(4):
        (built.corpus / "water.md").write_text(f"# Water\n\nIt is {number}.\n", "utf-8")
        build(built.model_copy(update={"build_keep": 2}))

    assert len(generations(built.index_dir)) == 2


def test_two_builders_do_not_meet(built: IndexerSettings) -> None:
    with locked(built.index_dir), pytest.raises(IndexBusyError, match="wait"):
        build(built)


def test_a_damaged_index_is_built_anew(built: IndexerSettings) -> None:
    generation = built.index_dir / "generations" / str(current_generation(built.index_dir))
    (generation / "passages.npy").write_bytes(b"\0")

    result = build(built)

    assert result.is_new
    assert names(built) == ["housing", "transport"]


@pytest.mark.parametrize("is_stage", ["extract", "embed", "write"])
def test_a_killed_build_leaves_the_index_whole(built: IndexerSettings, is_stage: str) -> None:
    before = current_generation(built.index_dir)
    (built.corpus / "water.md").write_text("# Water\n\nThe pipes reach 900 homes.\n", "utf-8")
    moments: dict[str, Callable[[], bool]] = {
        "extract": lambda: True,
        "embed": lambda: False,
        "write": lambda: any((built.index_dir / "generations").glob(".partial-*")),
    }
    builder = subprocess.Popen(
        [sys.executable, "-m", "indexer", "build", "--quiet"],
        cwd=ROOT,
        env=environ_of(built),
        stdout=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + (3 if is_stage == "embed" else 30)
    while time.monotonic() < deadline and builder.poll() is None and not moments[is_stage]():
        time.sleep(0.002)
    builder.send_signal(signal.SIGKILL)
    builder.wait()

    assert current_generation(built.index_dir) is not None
    assert len(open_index(built.index_dir).documents) in {2, 3}
    assert build(built).manifest.n_documents == 3
    assert not list((built.index_dir / "generations").glob(".partial-*"))
    assert before in generations(built.index_dir)


def test_a_full_disk_leaves_the_index_whole(built: IndexerSettings) -> None:
    before = current_generation(built.index_dir)
    (built.corpus / "water.md").write_text("# Water\n\nThe pipes reach 900 homes.\n", "utf-8")
    script = (
        "import resource, sys; from indexer.__main__ import main; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000)); sys.exit(main(['build']))"
    )

    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); {script}",
        ],
        cwd=ROOT,
        env=environ_of(built),
        capture_output=True,
        check=False,
    )

    assert done.returncode == 2
    assert b"make room" in done.stderr
    assert b"Traceback" not in done.stderr
    assert current_generation(built.index_dir) == before
    assert build(built).manifest.n_documents == 3


class StoppedError(Exception):
    """Ends a build in the middle."""


@pytest.fixture
def stopped(built: IndexerSettings, monkeypatch: pytest.MonkeyPatch) -> IndexerSettings:
    """Settings of an index whose last build embedded one of two new reports and was stopped."""
    for name in ("parks", "water"):
        text = f"# On {name}\n\nThe city counts 900 {name}.\n"
        (built.corpus / f"{name}.md").write_text(text, "utf-8")
    n_groups = itertools.count()

    def embed(*arguments: Any, **options: Any) -> list[DocumentVectors] | None:
        if next(n_groups):
            raise StoppedError
        return embed_group(*arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(document_vectors, "_TEXTS_TOGETHER", 1)  # a group for each report
        patched.setattr(local_workers, "embed_group", embed)
        with pytest.raises(StoppedError):
            build(built)
    assert len(list(unfinished(built))) == 1
    return built


def unfinished(settings: IndexerSettings) -> list[Path]:
    """Return the files of vectors that wait for a generation."""
    return list((settings.index_dir / ".unfinished").glob("*"))


def test_a_build_embeds_only_what_one_that_was_stopped_had_not(stopped: IndexerSettings) -> None:
    result = build(stopped)

    assert result.n_embedded == 3  # the heading, the sentence, the passage
    assert names(stopped) == ["housing", "parks", "transport", "water"]
    assert unfinished(stopped) == []
    in_steps = result.manifest.fingerprint
    shutil.rmtree(stopped.index_dir)
    assert build(stopped).manifest.fingerprint == in_steps


def test_vectors_of_reports_that_were_taken_out_again_do_not_stay(
    stopped: IndexerSettings,
) -> None:
    for name in ("parks", "water"):
        (stopped.corpus / f"{name}.md").unlink()

    result = build(stopped)

    assert not result.is_new
    assert unfinished(stopped) == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # in a gc callback
@pytest.mark.parametrize("stage", ["cut", "embed"])
def test_a_report_that_takes_too_long_to_cut_or_embed_is_left_out_and_named(
    built: IndexerSettings, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    text = " ".join(f"House {n} has {n} rooms and a garden." for n in range(4000))
    (built.corpus / "huge.txt").write_text(text, "utf-8")
    monkeypatch.setattr(document_vectors, "_MANY_TEXTS", 1000)
    limit = "build_timeout_s" if stage == "cut" else "build_embed_timeout_s"
    hasty = built.model_copy(update={limit: 0.1})
    if stage == "cut":  # extracting has the same limit, and takes a process of its own
        monkeypatch.setattr(Bounds, "of", lambda _: Bounds(60, 2048, 1))

    result = build(hasty)
    again = build(hasty)

    assert names(built) == ["housing", "transport"]
    assert [(file.file, file.reason) for file in result.manifest.unread] == [
        ("huge.txt", Reason.TIMEOUT)
    ]
    assert not again.is_new
    assert again.n_extracted == 0
