"""Damage in a file is found where it is read, and nowhere else."""

from pathlib import Path

import numpy as np
import pytest

from indexer.errors import IndexDamagedError
from indexer.store.checked_rows import BLOCK_BYTES, CheckedRows
from indexer.store.writing.rows_writer import RowsWriter

WIDTH = 100
N_ROWS = 1000
PER_BLOCK = BLOCK_BYTES // WIDTH


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of seven blocks, whose row ``i`` is all ``i`` modulo 100."""
    with RowsWriter(tmp_path / "rows.npy", dtype=np.int8, width=WIDTH, has_sums=True) as writer:
        for first in range(0, N_ROWS, 300):
            rows = np.arange(first, min(first + 300, N_ROWS)) % 100
            writer.append(np.repeat(rows[:, None], WIDTH, axis=1))
    return tmp_path / "rows.npy"


def damage(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 4]))


def test_rows_come_back_as_they_were_written(path: Path) -> None:
    rows = CheckedRows(path)

    assert rows.n_rows == N_ROWS
    assert rows.take(np.asarray([999, 0, 301]))[:, 7].tolist() == [99, 0, 1]
    assert rows.between(298, 302)[:, -1].tolist() == [98, 99, 0, 1]
    assert np.array_equal(np.load(path), rows.between(0, N_ROWS))


def test_only_rows_of_a_damaged_block_are_refused(path: Path) -> None:
    damage(path, 3 * BLOCK_BYTES + 5)
    rows = CheckedRows(path)
    before, inside, behind = (int((part * BLOCK_BYTES) / WIDTH) for part in (2.5, 3.5, 4.5))

    assert len(rows.take(np.asarray([0, before, behind]))) == 3
    with pytest.raises(IndexDamagedError, match=r"block 3\); rebuild it with"):
        rows.take(np.asarray([before, inside]))
    with pytest.raises(IndexDamagedError, match="does not fit its checksum"):
        rows.between(before, behind)


def test_a_row_that_reaches_into_a_damaged_block_is_refused(path: Path) -> None:
    last = (BLOCK_BYTES - 128) // WIDTH  # begins in block 0 and ends in block 1
    damage(path, BLOCK_BYTES)
    rows = CheckedRows(path)

    assert len(rows.between(last - 1, last)) == 1
    with pytest.raises(IndexDamagedError):
        rows.between(last, last + 1)
    with pytest.raises(IndexDamagedError):
        rows.take(np.asarray([last]))


def test_a_damaged_header_is_refused_at_once(path: Path) -> None:
    damage(path, 100)

    with pytest.raises((IndexDamagedError, ValueError)):
        CheckedRows(path)


def test_checksums_of_another_file_are_refused(path: Path) -> None:
    np.save(path.with_name("rows.sums.npy"), np.zeros(3, dtype=np.uint32))

    with pytest.raises(ValueError, match="is of another file"):
        CheckedRows(path)


def test_a_file_without_rows_can_be_opened(tmp_path: Path) -> None:
    with RowsWriter(tmp_path / "none.npy", dtype=np.uint16, has_sums=True):
        pass

    rows = CheckedRows(tmp_path / "none.npy")

    assert rows.n_rows == len(rows.between(0, 0)) == len(rows.take(np.asarray([], dtype=int))) == 0


def stretches(rows: CheckedRows, *bounds: tuple[int, int]) -> list[int]:
    """Return the first component of each row of some stretches."""
    starts, stops = np.asarray(bounds).T
    components: list[int] = rows.stretches(starts, stops)[:, 0].tolist()
    return components


def test_stretches_stand_one_after_the_other(path: Path) -> None:
    rows = CheckedRows(path)

    assert stretches(rows, (500, 502), (502, 503), (3, 5), (999, 1000)) == [0, 1, 2, 3, 4, 99]
    assert stretches(rows, (500, 502), (7, 7)) == [0, 1]  # its blocks were checked before
    assert stretches(rows, (0, N_ROWS)) == (np.arange(N_ROWS) % 100).tolist()


def test_a_stretch_of_a_damaged_block_is_refused(path: Path) -> None:
    damage(path, 3 * BLOCK_BYTES + 5)
    rows = CheckedRows(path)
    before, inside, behind = (int((part * BLOCK_BYTES) / WIDTH) for part in (2.5, 3.5, 4.5))

    assert len(stretches(rows, (before, before + 2), (behind, behind + 1))) == 3
    with pytest.raises(IndexDamagedError, match=r"block 3\); rebuild it with"):
        stretches(rows, (before, before + 2), (inside, inside + 1))
    assert rows.damaged == path


def test_a_stretch_of_a_file_that_was_cut_off_is_refused(path: Path) -> None:
    rows = CheckedRows(path)
    assert stretches(rows, (995, 1000)) == [95, 96, 97, 98, 99]
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - WIDTH)

    with pytest.raises(IndexDamagedError):
        stretches(rows, (995, 1000))
