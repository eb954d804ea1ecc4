"""An index says what was written, or it is refused with what to do."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.build import build
from indexer.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from indexer.records import Block, BlockKind, Span
from indexer.settings import IndexerSettings
from indexer.store import index as artefact
from indexer.store import manifest as manifest_module
from indexer.store.block_json import blocks_from_json, blocks_to_json
from indexer.store.byte_vectors import from_bytes
from indexer.store.generations import current_generation, generations, open_index
from indexer.store.index import Index
from indexer.store.manifest import MANIFEST, Manifest, read_manifest
from indexer.store.writing.generation_lifecycle import checksums

FILES = [
    artefact.DATABASE,
    artefact.PASSAGES,
    artefact.SENTENCES,
    artefact.SENTENCE_VECTORS,
    artefact.FAISS,
    f"{artefact.LEXICAL}/meta.json",
]


@pytest.fixture
def index(built: IndexerSettings) -> Index:
    return open_index(built.index_dir)


@pytest.fixture
def generation(built: IndexerSettings) -> Path:
    """The folder of the current generation."""
    return built.index_dir / "generations" / str(current_generation(built.index_dir))


@contextmanager
def rewritten(folder: Path) -> Iterator[None]:
    """Change a generation and let its manifest fit the change: no checksum can tell."""
    manifest = read_manifest(folder)
    (folder / MANIFEST).unlink()
    yield
    fitting = replace(manifest, files=checksums(folder))
    (folder / MANIFEST).write_text(fitting.to_json(), "utf-8")


def flip_a_bit(path: Path) -> None:
    """Change the last byte of a file, as a failing disk does: its times stay."""
    status = path.stat()
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_every_text_hash_is_that_of_the_text_and_every_file_hash_that_of_the_file(
    built: IndexerSettings, index: Index
) -> None:
    for entry in index.documents:
        document = index.document(entry.doc_id)

        assert sha256(document.text.encode()).hexdigest() == entry.text_sha256
        assert len(document.text) == entry.n_characters
        assert sha256((built.corpus / entry.file).read_bytes()).hexdigest() == entry.sha256


def test_every_passage_holds_its_own_sentences(index: Index) -> None:
    for row in range(index.n_passages):
        passage = index.passage(row)
        sentences = index.sentences(index.entry(passage.doc_id))
        held = sentences[passage.first_sentence : passage.last_sentence + 1]

        assert passage.span == Span(held[0].span.start, held[-1].span.end)


def test_the_passages_of_some_sentences_are_those_that_hold_them(index: Index) -> None:
    entries = [index.entry(index.passage(row).doc_id) for row in range(index.n_passages)]
    held = [
        range(
            entry.first_sentence + index.passage(row).first_sentence,
            entry.first_sentence + index.passage(row).last_sentence + 1,
        )
        for row, entry in enumerate(entries)
    ]
    for start in range(index.n_sentences):
        for run in (range(start, start + 1), range(start, start + 5)):
            holding = [row for row, rows in enumerate(held) if set(rows) & set(run)]

            assert index.passages_at([run]).tolist() == holding
    assert (
        index.passages_at([range(2), range(1)]).tolist() == index.passages_at([range(2)]).tolist()
    )


def test_every_sentence_lies_in_its_block(index: Index) -> None:
    for entry in index.documents:
        document = index.document(entry.doc_id)
        for sentence in index.sentences(entry):
            block = document.blocks[sentence.block].span

            assert block.start <= sentence.span.start < sentence.span.end <= block.end


def test_every_passage_is_found_by_its_id(index: Index) -> None:
    rows = range(index.n_passages)

    assert [index.row_of(index.passage(row).passage_id) for row in rows] == list(rows)


@pytest.mark.parametrize(
    "passage_id",
    [
        "",
        ":",
        "housing",
        "housing:",
        "housing:0",
        "housing:0-",
        "housing:-1-5",
        "housing:0-5",
        "housing:٠-٥",
        "housing:²-5",
        "housing:0-5-9",
        "nowhere:0-5",
        "housing:0.0-5",
        "housing:" + "9" * 9999 + "-" + "9" * 9999,
        "housing:99999999999-99999999999",
        "housing:0-5\n",
        "\0",
    ],
)
def test_what_is_no_passage_id_has_no_row(index: Index, passage_id: str) -> None:
    assert index.row_of(passage_id) is None


@given(st.text(max_size=20) | st.just("housing"), st.text("0123456789-", max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # it is only read
def test_no_text_at_all_breaks_the_search_for_a_passage(index: Index, name: str, span: str) -> None:
    found = index.row_of(f"{name}:{span}")

    assert found is None or index.passage(found).passage_id == f"{name}:{span}"


def test_an_unknown_document_has_no_position_and_no_entry(index: Index) -> None:
    assert index.position("nowhere") is None
    with pytest.raises(KeyError):
        index.entry("nowhere")
    with pytest.raises(KeyError):
        index.document("nowhere")


def test_a_document_is_read_back_with_its_metadata(index: Index) -> None:
    entry, document = index.entry("housing"), index.document("housing")

    assert document.info == entry.info
    assert (document.info.year, document.info.countries) == (2021, ("CL",))
    assert document.page_at(0) is None
    assert index.unread == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(BlockKind),
            st.integers(0, 99),
            st.lists(st.text(max_size=3), max_size=3),
            st.none() | st.integers(0, 99),
        ),
        max_size=6,
    )
)
def test_blocks_read_back_as_they_were_written(
    rows: list[tuple[BlockKind, int, list[str], int | None]],
) -> None:
    blocks = tuple(
        Block(kind, Span(at, at + 1), tuple(path), None if lead is None else Span(lead, lead + 2))
        for kind, at, path, lead in rows
    )

    assert blocks_from_json(blocks_to_json(blocks)) == blocks


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named_with_what_to_do(
    built: IndexerSettings, generation: Path, name: str
) -> None:
    (generation / name).unlink()

    with pytest.raises(
        IndexDamagedError, match=rf"{name} is missing; rebuild it with `make index`"
    ):
        open_index(built.index_dir, verify=False)


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_named_with_what_to_do(
    built: IndexerSettings, generation: Path, name: str
) -> None:
    data = bytearray((generation / name).read_bytes())
    data[-1] ^= 1
    (generation / name).write_bytes(data)

    with pytest.raises(IndexDamagedError, match=rf"{name} does not fit its checksum; rebuild"):
        open_index(built.index_dir)


def test_damage_in_a_large_file_that_is_hashed_later_is_told(
    built: IndexerSettings, generation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest_module, "LARGE_BYTES", 0)
    path = generation / artefact.SENTENCE_VECTORS
    index = open_index(built.index_dir, at_once=False)
    assert index.changed_part() is None
    flip_a_bit(path)

    index.check_rest()

    assert index.changed_part() == str(path)


def test_a_damaged_block_of_a_large_file_is_not_read(
    built: IndexerSettings, generation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest_module, "LARGE_BYTES", 0)
    monkeypatch.setattr(Index, "check_rest", lambda _: None)
    path = generation / artefact.SENTENCE_VECTORS
    flip_a_bit(path)

    with pytest.raises(IndexDamagedError, match="does not fit its checksum"):
        open_index(built.index_dir, at_once=False).sentence_vectors(np.arange(1))


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_none_of_ours_is_refused_even_with_a_fitting_checksum(
    built: IndexerSettings, generation: Path, name: str
) -> None:
    with rewritten(generation):
        (generation / name).write_bytes(b"none of ours")

    with pytest.raises(IndexDamagedError, match="rebuild"):
        open_index(built.index_dir)


def test_an_index_of_another_format_is_refused(built: IndexerSettings, generation: Path) -> None:
    other = replace(read_manifest(generation), format=2_000)
    (generation / MANIFEST).write_text(other.to_json(), "utf-8")

    with pytest.raises(IndexMismatchError, match="format 2000"):
        open_index(built.index_dir)


def test_without_an_index_the_message_says_how_to_build_one(tmp_path: Path) -> None:
    assert current_generation(tmp_path) is None
    assert generations(tmp_path) == ()
    with pytest.raises(IndexMissingError, match=r"no index in .*`python -m indexer build`"):
        open_index(tmp_path)


def test_a_current_generation_that_is_gone_is_missing(
    built: IndexerSettings, generation: Path
) -> None:
    shutil.rmtree(generation)

    with pytest.raises(IndexMissingError, match="rebuild"):
        open_index(built.index_dir)


def test_other_folders_among_the_generations_are_nobodys_generation(
    built: IndexerSettings, generation: Path
) -> None:
    for name in ("backup", "lost+found", ".partial-7", "000001", f"{generation.name}.bak"):
        (generation.parent / name).mkdir()
    (built.corpus / "transport.txt").unlink()

    result = build(built)

    assert generations(built.index_dir) == (generation.name, result.generation)
    assert result.generation.startswith("000002-")


def test_an_earlier_generation_can_be_opened_by_name(
    built: IndexerSettings, generation: Path
) -> None:
    (built.corpus / "transport.txt").unlink()
    build(built)

    earlier = open_index(built.index_dir, generation=generation.name)

    assert len(earlier.documents) == 2
    assert len(open_index(built.index_dir).documents) == 1


def test_an_index_stays_usable_after_its_generation_was_pruned(
    built: IndexerSettings, generation: Path, index: Index
) -> None:
    whole = open_index(built.index_dir)
    texts = {entry.doc_id: whole.document(entry.doc_id).text for entry in whole.documents}
    passages = [whole.passage(row) for row in range(whole.n_passages)]
    vector = from_bytes(whole._nearest.stored(np.arange(1)))[0]

    shutil.rmtree(generation)

    assert {entry.doc_id: index.document(entry.doc_id).text for entry in index.documents} == texts
    assert [index.passage(row) for row in range(index.n_passages)] == passages
    assert index._nearest.search(vector, top_k=1).tolist() == [0]
    assert index._lexical.search("tram", top_k=5)
    assert index._lexical.unknown(["Harbour", "Lagos"]) == ("Lagos",)
    assert np.isfinite(index.sentence_vectors(np.arange(index.n_sentences))).all()


def test_threads_may_share_an_index(index: Index) -> None:
    rows = list(range(index.n_passages)) * 20
    alone = [index.passage(row) for row in rows]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(index.passage, rows))

    assert together == alone


def test_an_open_index_cannot_be_written(index: Index) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        index._database._connection.execute("DELETE FROM document")
    with pytest.raises(ValueError, match="read-only"):
        index._sentence_vectors.between(0, 1)[0, 0] = 0


def test_the_manifest_lists_every_file_of_the_generation(generation: Path) -> None:
    manifest: Manifest = read_manifest(generation)

    found = {path.relative_to(generation).as_posix() for path in generation.rglob("*.*")}

    assert {name for name, _, _ in manifest.files} == {
        name for name in found if name != MANIFEST and not name.endswith(".lock")
    }
