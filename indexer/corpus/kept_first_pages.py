"""First pages that were read, or why they could not be, kept from build to build.

A build calls a file by those of all others, so it wants those of unchanged files, too.
"""

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from indexer.code_hash import extraction_sha256
from indexer.errors import IndexWriteError, Reason, UnreadableError
from indexer.extraction.layout.lines import Gap, Line, PageLines
from indexer.extraction.pdf.front_pages import FrontPages
from indexer.extraction.sandbox import Bounds

_ASIDE = "aside"
"""File that is being written: one builder at a time, so the next one takes its place."""


@dataclass(frozen=True, slots=True)
class KeptFirstPages:
    """A file of JSON for each PDF, by the hashes of its bytes and of the code that reads it.

    Attributes:
        folder: Where they lie; made when there is something to keep.
        bounds: Limits on reading one file; other ones may read what these could not.
    """

    folder: Path
    bounds: Bounds

    def find(self, sha256: str) -> FrontPages | UnreadableError | None:
        """Return what reading the file of a hash gave, or ``None`` if that is not kept whole."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            return _front(json.loads(self._of_pages(sha256).read_text("utf-8")))
        with suppress(OSError, ValueError, KeyError, TypeError):
            failure = json.loads(self._of_failure(sha256).read_text("utf-8"))
            return UnreadableError(Reason(failure["reason"]), failure["detail"])
        return None

    def keep(self, sha256: str, outcome: FrontPages | UnreadableError) -> None:
        """Write what reading the file of a hash gave.

        Raises:
            IndexWriteError: It cannot be written.
        """
        if isinstance(outcome, FrontPages):
            path, content = self._of_pages(sha256), asdict(outcome)
        else:
            path = self._of_failure(sha256)
            content = {"reason": outcome.reason.value, "detail": outcome.detail}
        aside = self.folder / _ASIDE
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            aside.write_text(json.dumps(content), "utf-8")
            aside.replace(path)
        except OSError as error:
            with suppress(OSError):
                aside.unlink()
            raise IndexWriteError(
                f"first pages could not be written to {self.folder}: {error}; make room there, "
                "then build again; the previous index still serves"
            ) from error

    def keep_only(self, hashes: Collection[str]) -> None:
        """Remove what is of files with other hashes, or was read by other code.

        What cannot be removed stays: a folder, or somebody else's file.
        """
        wanted = {path for sha256 in hashes for path in self._paths(sha256)}
        for path in self.folder.glob("*"):
            if path not in wanted:
                with suppress(OSError):
                    path.unlink()

    def _paths(self, sha256: str) -> tuple[Path, Path]:
        return self._of_pages(sha256), self._of_failure(sha256)

    def _of_pages(self, sha256: str) -> Path:
        return self.folder / f"{_key(sha256)}.json"

    def _of_failure(self, sha256: str) -> Path:
        return self.folder / f"{_key(sha256, self.bounds.timeout_s, self.bounds.memory_mb)}.json"


def _key(*decides: object) -> str:
    return sha256(json.dumps([*decides, extraction_sha256()]).encode()).hexdigest()


def _front(content: Mapping[str, Any]) -> FrontPages:
    pages = (
        PageLines(page["number"], page["width"], page["height"], tuple(map(_line, page["lines"])))
        for page in content["pages"]
    )
    return FrontPages(**{**content, "pages": tuple(pages)})


def _line(content: Mapping[str, Any]) -> Line:
    gaps = (Gap(**gap) for gap in content["gaps"])
    return Line(**{**content, "gaps": tuple(gaps)})
