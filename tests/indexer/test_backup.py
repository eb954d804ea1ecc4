"""All that was backed up comes back, on an empty disk or a used one, or nothing is touched."""

import os
import sqlite3
import stat
import tarfile
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import pytest

from indexer.backup import back_up, restore
from indexer.errors import BackupError
from indexer.settings import IndexerSettings
from indexer.store.generations import current_generation, open_index


@pytest.fixture
def backed_up(built: IndexerSettings, tmp_path: Path) -> tuple[IndexerSettings, Path]:
    """Settings with state, and the backup of all."""
    settings = built.model_copy(update={"state": tmp_path / "state"})
    settings.state.mkdir()
    with closing(sqlite3.connect(settings.state / "feedback.sqlite")) as database, database:
        database.execute("create table said (word text)")
        database.execute("insert into said values ('useful')")
    back_up(settings, tmp_path / "all.tar")
    return settings, tmp_path / "all.tar"


def words(settings: IndexerSettings) -> list[tuple[str]]:
    with closing(sqlite3.connect(settings.state / "feedback.sqlite")) as database:
        return database.execute("select word from said").fetchall()


def test_a_backup_comes_back_on_an_empty_disk(
    backed_up: tuple[IndexerSettings, Path], tmp_path: Path
) -> None:
    settings, file = backed_up
    new = IndexerSettings(
        corpus=tmp_path / "new" / "corpus",
        index=tmp_path / "new" / "index",
        state=tmp_path / "new" / "state",
    )

    summary = restore(new, file)

    texts = {
        entry.doc_id: open_index(new.index_dir).document(entry.doc_id).text
        for entry in open_index(new.index_dir).documents
    }
    assert list(texts) == ["housing", "transport"]
    assert sorted(path.name for path in new.corpus.iterdir()) == ["housing.md", "transport.txt"]
    assert words(new) == [("useful",)]
    assert summary.generation == current_generation(settings.index_dir)
    assert list(new.index_dir.glob(".restore-*")) == []


def test_a_report_that_changes_meanwhile_comes_back_as_it_was_or_as_it_is(
    built: IndexerSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = built.corpus / "housing.md"
    before = report.read_text("utf-8")
    (built.corpus / "twin.md").hardlink_to(report)
    add = tarfile.TarFile.addfile

    def add_and_change(
        archive: tarfile.TarFile, member: tarfile.TarInfo, file: BinaryIO | None = None
    ) -> None:
        add(archive, member, file)
        if member.name.endswith("housing.md"):
            report.write_text("# Changed", "utf-8")

    monkeypatch.setattr(tarfile.TarFile, "addfile", add_and_change)
    back_up(built, tmp_path / "all.tar")
    new = IndexerSettings(
        corpus=tmp_path / "corpus", index=tmp_path / "index", state=tmp_path / "restored"
    )

    restore(new, tmp_path / "all.tar")

    assert (new.corpus / "housing.md").read_text("utf-8") == before
    assert (new.corpus / "twin.md").read_text("utf-8") == "# Changed"


def test_a_backup_inside_of_what_it_holds_comes_back_without_itself(
    backed_up: tuple[IndexerSettings, Path], tmp_path: Path
) -> None:
    settings, _ = backed_up
    (settings.state / "backup.json").write_text("{}", "utf-8")  # called as the list of contents is
    inside = settings.state / "all.tar"
    for _ in range(2):
        back_up(settings, inside)
    new = IndexerSettings(
        corpus=tmp_path / "corpus", index=tmp_path / "index", state=tmp_path / "restored"
    )

    restore(new, inside)

    assert sorted(path.name for path in new.state.iterdir()) == ["backup.json", "feedback.sqlite"]


def test_what_is_restored_is_on_the_disk_before_its_index_is_current(
    backed_up: tuple[IndexerSettings, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, file = backed_up
    place = tmp_path / "new"
    new = IndexerSettings(
        corpus=place / "corpus", index=place / "index", state=place / "how" / "deep" / "state"
    )
    flushed: set[int] = set()

    def flush(descriptor: int) -> None:
        if current_generation(new.index_dir) is None:
            flushed.add(os.fstat(descriptor).st_ino)

    monkeypatch.setattr(os, "fsync", flush)
    restore(new, file)

    restored = [*new.corpus.rglob("*"), *new.state.rglob("*"), new.corpus, new.state]
    assert len(restored) == 5
    restored += [*new.state.parents][:3]  # the folders that hold their names
    assert {path for path in restored if path.stat().st_ino not in flushed} == set()


def test_what_cannot_be_moved_aside_is_told_before_anything_is_touched(
    backed_up: tuple[IndexerSettings, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, file = backed_up
    held = tmp_path / "held"
    (held / "corpus").mkdir(parents=True)
    new = IndexerSettings(
        corpus=held / "corpus", index=tmp_path / "new" / "index", state=tmp_path / "new" / "state"
    )
    # The tests may run as root, who may write everywhere.
    monkeypatch.setattr(os, "access", lambda path, _: path != held)

    with pytest.raises(BackupError, match="held may not be written to"):
        restore(new, file)

    assert not new.state.exists()
    assert current_generation(new.index_dir) is None


def test_a_backup_is_told_when_its_name_is_on_the_disk(
    built: IndexerSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "all.tar"
    flushed: list[tuple[int, bool]] = []

    def flush(descriptor: int) -> None:
        flushed.append((os.fstat(descriptor).st_ino, file.exists()))

    monkeypatch.setattr(os, "fsync", flush)
    back_up(built, file)

    assert flushed == [(file.stat().st_ino, False), (tmp_path.stat().st_ino, True)]


def test_a_restore_is_not_stopped_by_what_a_killed_build_left(
    backed_up: tuple[IndexerSettings, Path],
) -> None:
    settings, file = backed_up
    left = settings.index_dir / "generations" / f".partial-{os.getpid()}"
    left.mkdir()
    (left / "manifest.json").write_text("{}", "utf-8")

    restore(settings, file)

    assert open_index(settings.index_dir).manifest.n_documents == 2


def test_what_is_there_is_moved_aside(backed_up: tuple[IndexerSettings, Path]) -> None:
    settings, file = backed_up
    (settings.corpus / "housing.md").write_text("Spoilt.", "utf-8")

    restore(settings, file)

    (aside,) = settings.corpus.parent.glob("corpus.before-restore-*")
    assert (aside / "housing.md").read_text("utf-8") == "Spoilt."
    assert "rental subsidy" in (settings.corpus / "housing.md").read_text("utf-8")
    assert str(current_generation(settings.index_dir)).startswith("000002-")


def test_its_owner_alone_reads_a_backup(backed_up: tuple[IndexerSettings, Path]) -> None:
    assert stat.S_IMODE(backed_up[1].stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param("corpus/../../evil", tarfile.REGTYPE, id="leaves its folder"),
        pytest.param("/tmp/evil", tarfile.REGTYPE, id="names a place"),  # noqa: S108
        pytest.param("corpus/evil", tarfile.SYMTYPE, id="link"),
    ],
)
def test_a_backup_with_what_we_do_not_write_touches_nothing(
    built: IndexerSettings, tmp_path: Path, name: str, kind: bytes
) -> None:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, "/etc/passwd"
    with tarfile.open(tmp_path / "all.tar", "w") as archive:
        archive.addfile(member)

    with pytest.raises(BackupError, match=r"evil.* is no file of a backup; nothing was touched"):
        restore(built, tmp_path / "all.tar")

    assert list(built.index_dir.rglob("*evil*")) == []


@pytest.mark.parametrize("part", [0.3, 0.6, 0.999])
def test_a_backup_that_is_cut_short_or_changed_touches_nothing(
    backed_up: tuple[IndexerSettings, Path], part: float
) -> None:
    settings, file = backed_up
    whole = file.read_bytes()
    before = current_generation(settings.index_dir)
    middle = int(len(whole) * 0.5)
    damaged = [
        whole[: int(len(whole) * part)],
        whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
    ]

    for content in damaged:
        file.write_bytes(content)
        with pytest.raises(BackupError, match="nothing was touched"):
            restore(settings, file)

    assert current_generation(settings.index_dir) == before
    assert list(settings.corpus.parent.glob("*.before-restore-*")) == []
    assert list(settings.index_dir.glob(".restore-*")) == []
