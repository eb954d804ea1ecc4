"""The file of API keys: written by the operator's commands, read by the running service."""

import fcntl
import json
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from indexer.store.disk_flush import flush
from service.access.keys import ApiKey, Scope, digest_of, is_label, matching_key, new_secret
from service.errors import KeyFileError, KeyLabelError

_log = logging.getLogger(__name__)
_GONE = (0, 0, 0)
_KEYS = TypeAdapter(tuple[ApiKey, ...])


class KeyFile:
    """The keys of one service, in a file that only its owner reads."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> tuple[ApiKey, ...]:
        """Return all keys, oldest first, those that have expired too.

        Raises:
            KeyFileError: The file is damaged or cannot be read.
        """
        try:
            return _KEYS.validate_json(self._path.read_bytes())
        except FileNotFoundError:
            return ()
        except (OSError, ValidationError) as error:
            raise KeyFileError(self._path, str(error).splitlines()[0]) from error

    def add(self, label: str, scopes: Sequence[Scope], *, days: int | None = None) -> str:
        """Make a key and return it; it is kept nowhere.

        Raises:
            KeyFileError: The file cannot be read or written.
            KeyLabelError: The label is none, or is in use.
        """
        if not is_label(label):
            raise KeyLabelError(f"{label!r} is no label; want 1 to 40 letters, digits, . _ or -")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KeyFileError(self._path, str(error)) from error
        with self._locked(label) as keys:
            if self._labelled(label, keys):
                raise KeyLabelError(f"there is a key {label!r} already; `keys rotate` renews it")
            expires_at = None if days is None else _now() + timedelta(days=days)
            return self._append(keys, ApiKey(label, frozenset(scopes), "", _now(), expires_at))

    def rotate(self, label: str, *, hours: int) -> str:
        """Make a new key under the label; the old one opens for ``hours`` more.

        Raises:
            KeyFileError: The file cannot be read or written.
            KeyLabelError: No valid key has the label.
        """
        with self._locked(label) as keys:
            old = self._labelled(label, keys)
            if not old:
                raise KeyLabelError(self._no_such(label, keys))
            end = _now() + timedelta(hours=hours)
            kept = tuple(
                replace(key, expires_at=min(end, key.expires_at or end)) if key in old else key
                for key in keys
            )
            lifetime = old[-1].expires_at and old[-1].expires_at - old[-1].created_at
            expires_at = _now() + lifetime if lifetime else None
            return self._append(kept, ApiKey(label, old[-1].scopes, "", _now(), expires_at))

    def revoke(self, label: str) -> None:
        """Take away all keys of the label, at once.

        Raises:
            KeyFileError: The file cannot be read or written.
            KeyLabelError: No key has the label.
        """
        with self._locked(label) as keys:
            kept = tuple(key for key in keys if key.label != label)
            if len(kept) == len(keys):
                raise KeyLabelError(self._no_such(label, keys))
            self._write(kept)

    @contextmanager
    def _locked(self, label: str) -> Iterator[tuple[ApiKey, ...]]:
        """Keep others from changing the keys; the system frees the lock if this process dies.

        The folder is locked, since the file is replaced with every change. Gives all keys.

        Raises:
            KeyFileError: The folder or the file cannot be opened.
            KeyLabelError: There is no folder, and so no key has the ``label``.
        """
        with ExitStack() as opened:
            try:
                folder = os.open(self._path.parent, os.O_RDONLY)
                opened.callback(os.close, folder)
                fcntl.flock(folder, fcntl.LOCK_EX)
            except FileNotFoundError as error:
                raise KeyLabelError(self._no_such(label, ())) from error
            except OSError as error:
                raise KeyFileError(self._path, str(error)) from error
            yield self.read()

    def _labelled(self, label: str, keys: Sequence[ApiKey]) -> list[ApiKey]:
        return [key for key in keys if key.label == label and not key.is_expired(_now())]

    def _no_such(self, label: str, keys: Sequence[ApiKey]) -> str:
        known = ", ".join(sorted({key.label for key in keys})) or "none"
        return f"there is no key {label!r} in {self._path}; known are {known}"

    def _append(self, keys: tuple[ApiKey, ...], key: ApiKey) -> str:
        secret = new_secret()
        kept = tuple(old for old in keys if not old.is_expired(_now()))
        self._write((*kept, replace(key, sha256=digest_of(secret))))
        return secret

    def _write(self, keys: tuple[ApiKey, ...]) -> None:
        """Replace the file in one step; a running service never sees half of it."""
        beside = self._path.with_suffix(".new")
        text = json.dumps(_KEYS.dump_python(keys, mode="json"), indent=1)
        try:
            beside.unlink(missing_ok=True)
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                self._keep_owner(descriptor)
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
            flush(self._path.parent)  # a key that is revoked stays so after a power cut
        except OSError as error:
            raise KeyFileError(self._path, str(error)) from error

    def _keep_owner(self, descriptor: int) -> None:
        """Let the service's user read its keys also after root has changed them."""
        if os.geteuid() == 0:
            place = self._path if self._path.exists() else self._path.parent
            os.fchown(descriptor, place.stat().st_uid, place.stat().st_gid)


class KeyRing:
    """The keys as the running service knows them; it follows the file without a restart.

    Once it has seen the file, keys are wanted for good: a file that is damaged, emptied or removed
    lets nobody in who was not let in before.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._keys: tuple[ApiKey, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Tell whether a key is wanted."""
        self._refresh()
        return self._seen is not None

    def find(self, secret: str) -> ApiKey | None:
        """Return the valid key that ``secret`` is, if it is one."""
        self._refresh()
        return matching_key(secret, self._keys, now=_now())

    def _refresh(self) -> None:
        try:
            status = self._path.stat()
        except OSError:
            self._keys, self._seen = (), self._seen and _GONE
            return
        seen = (status.st_mtime_ns, status.st_size, status.st_ino)
        if seen == self._seen:
            return
        self._seen = seen
        try:
            self._keys = KeyFile(self._path).read()
        except KeyFileError:
            _log.exception("no key is valid until the file is mended")
            self._keys = ()


def _now() -> datetime:
    return datetime.now(UTC)
