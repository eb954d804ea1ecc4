"""A file with any name is indexed under a name that can be shown, and is found again by it."""

import os
from pathlib import Path

import pytest

from indexer.corpus.catalogue import document_ids, open_corpus
from indexer.report_file_names import find_file


@pytest.mark.parametrize(
    ("on_disk", "shown", "doc_id"),
    [
        pytest.param(b"plain.txt", "plain.txt", "plain", id="plain"),
        pytest.param(b"two words.txt", "two words.txt", "two-words", id="a space"),
        pytest.param("Bogotá.txt".encode(), "Bogotá.txt", "bogota", id="one letter"),
        pytest.param("Bogota\u0301.txt".encode(), "Bogotá.txt", "bogota", id="letter and accent"),
        pytest.param(b"bogot\xe1.txt", "bogot\\xe1.txt", "bogot-xe1", id="bytes that are no UTF-8"),
        pytest.param("تقرير.txt".encode(), "تقرير.txt", "document-74d6e2cc", id="right to left"),
    ],
)
def test_a_file_of_any_name_is_found_by_the_name_shown(
    tmp_path: Path, on_disk: bytes, shown: str, doc_id: str
) -> None:
    folder = tmp_path / os.fsdecode("mi\u0301o".encode())
    folder.mkdir()
    (folder / os.fsdecode(on_disk)).write_text("Text.", encoding="utf-8")

    (file,) = open_corpus(tmp_path).files

    assert file.file == f"mío/{shown}"
    assert document_ids([file]) == (doc_id,)
    assert find_file(tmp_path, file.file) == file.path


def test_a_file_that_is_not_there_is_looked_for_under_its_own_name(tmp_path: Path) -> None:
    assert find_file(tmp_path, "gone/bogotá.txt") == tmp_path / "gone" / "bogotá.txt"
