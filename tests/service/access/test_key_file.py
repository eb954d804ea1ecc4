"""Keys are kept as hashes, renewed without a gap, and never lost into openness."""

import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.access.key_file import KeyFile, KeyRing
from service.access.keys import Scope
from service.errors import KeyFileError, KeyLabelError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where keys are kept."""
    return tmp_path / "state" / "keys.json"


def test_a_key_is_kept_as_a_hash(path: Path) -> None:
    secret = KeyFile(path).add("lab", [Scope.ASK])

    assert secret not in path.read_text("utf-8")
    assert secret.removeprefix("cita_") not in path.read_text("utf-8")
    assert KeyRing(path).find(secret) == KeyFile(path).read()[0]


def test_only_its_owner_reads_the_file(path: Path) -> None:
    KeyFile(path).add("lab", [Scope.ASK])

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="root alone changes files of others")
def test_root_takes_no_keys_from_the_user_of_the_service(path: Path) -> None:
    path.parent.mkdir()
    os.chown(path.parent, 10001, 10002)

    for label in ("lab", "portal"):
        KeyFile(path).add(label, [Scope.ASK])
        assert (path.stat().st_uid, path.stat().st_gid) == (10001, 10002)
        os.chown(path.parent, 0, 0)  # from then on the file itself says whose it is


def test_a_change_is_on_the_disk_before_it_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[tuple[bool, bool]] = []

    def flush(descriptor: int) -> None:
        flushed.append((stat.S_ISDIR(os.fstat(descriptor).st_mode), path.exists()))

    monkeypatch.setattr(os, "fsync", flush)
    KeyFile(path).add("lab", [Scope.ASK])

    assert flushed == [(False, False), (True, True)]  # the file, its new name


def test_keys_that_are_made_at_the_same_time_are_all_kept(path: Path) -> None:
    labels = [f"portal-{number}" for number in range(8)]

    with ThreadPoolExecutor(len(labels)) as operators:
        secrets = list(operators.map(lambda label: KeyFile(path).add(label, [Scope.ASK]), labels))

    assert sorted(key.label for key in KeyFile(path).read()) == labels
    assert all(KeyRing(path).find(secret) for secret in secrets)


@pytest.mark.parametrize(
    "change",
    [lambda keys: keys.revoke("lab"), lambda keys: keys.rotate("lab", hours=1)],
    ids=["revoke", "rotate"],
)
def test_an_unknown_label_makes_no_folder(path: Path, change: Callable[[KeyFile], object]) -> None:
    with pytest.raises(KeyLabelError, match=rf"no key 'lab' in {path}; known are none"):
        change(KeyFile(path))

    assert not path.parent.exists()


def test_a_key_for_no_days_opens_nothing(path: Path) -> None:
    secret = KeyFile(path).add("lab", [Scope.ASK], days=0)

    assert KeyRing(path).find(secret) is None


def test_the_old_key_works_on_for_some_hours_after_a_new_one_is_made(path: Path) -> None:
    old = KeyFile(path).add("lab", [Scope.SEARCH], days=30)
    new = KeyFile(path).rotate("lab", hours=1)
    ring = KeyRing(path)

    for secret in (old, new):
        key = ring.find(secret)
        assert key is not None
        assert key.scopes == {Scope.SEARCH}
    first, second = KeyFile(path).read()
    assert first.expires_at is not None
    assert second.expires_at is not None
    assert first.expires_at < second.expires_at
    KeyFile(path).rotate("lab", hours=0)
    assert ring.find(old) is None
    assert ring.find(new) is None


def test_a_running_service_follows_what_the_operator_does(path: Path) -> None:
    assert not KeyRing(path).is_closed
    ring = KeyRing(path)
    secret = KeyFile(path).add("lab", [Scope.ASK])
    assert ring.find(secret) is not None

    KeyFile(path).revoke("lab")
    assert ring.find(secret) is None
    assert KeyRing(path).is_closed


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text("[{")])
def test_a_file_that_is_lost_or_damaged_lets_nobody_in(path: Path, damage: object) -> None:
    ring = KeyRing(path)
    secret = KeyFile(path).add("lab", [Scope.ASK])
    assert ring.is_closed

    assert callable(damage)
    damage(path)

    assert ring.is_closed
    assert ring.find(secret) is None


def test_what_the_operator_mistypes_is_told(path: Path) -> None:
    keys = KeyFile(path)
    keys.add("lab", [Scope.ASK])

    with pytest.raises(KeyLabelError, match="already"):
        keys.add("lab", [Scope.ASK])
    with pytest.raises(KeyLabelError, match="known are lab"):
        keys.rotate("lib", hours=1)
    with pytest.raises(KeyLabelError, match="known are lab"):
        keys.revoke("lib")
    with pytest.raises(KeyLabelError, match="letters"):
        keys.add("two words", [Scope.ASK])
    path.write_text("{}", "utf-8")
    with pytest.raises(KeyFileError, match="restore it"):
        keys.read()
