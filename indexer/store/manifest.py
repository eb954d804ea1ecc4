"""The manifest of an index: what made it, what is in it, and the checksum of every file."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from indexer.errors import IndexDamagedError, IndexMismatchError, IndexMissingError, Reason
from indexer.store.checked_rows import sums_path

FORMAT = 9
"""Version of the layout above; another one is refused."""

MANIFEST = "manifest.json"

LARGE_BYTES = 64 << 20
"""Of files that are hashed in the background, if their blocks have checksums of their own."""

_N_THREADS = 2
_BLOCK_BYTES = 16 << 20
REBUILD = "rebuild it with `make index` or `python -m indexer build`"


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file of the corpus that is not in the index, and why.

    Attributes:
        file: Path inside the corpus folder, with forward slashes.
        reason: For counting.
        detail: What was found and what to do.
        content_key: What decided this outcome; with an equal key it is not tried again.
    """

    file: str
    reason: Reason
    detail: str
    content_key: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The record of what made an index and what is in it.

    Attributes:
        format: `FORMAT` of the program that wrote it.
        fingerprint: Hash of all that decides answers; equal for equal corpora and settings.
        built_at: ISO 8601 in UTC.
        encoder: Name of the encoder.
        encoder_sha256: Hash of the encoder's files.
        multilingual_encoder: Name of the encoder of reports that are not in English; ``None`` where
            there are none, or one encoder is for all.
        multilingual_sha256: Hash of what made it.
        extraction_sha256: Hash of the code that turns files into passages.
        reader: Name of the sentence reader.
        reader_sha256: Hash of what made the sentence reader.
        precision: Arithmetic in which the encoder ran, ``"bf16"`` or ``"fp32"``.
        dimension: Length of a vector.
        max_pieces: Word-pieces that the encoder reads, special tokens not counted.
        max_words: Words of a passage at most.
        n_documents: Documents.
        n_passages: Passages.
        n_sentences: Sentences, headings and table rows included.
        languages: Of the documents, sorted.
        vector_index: Kind of the vector index, ``"exact"`` or ``"ivf"``.
        recall_at_10: Recall of the vector index against exact search, in [0, 1].
        libraries: Versions of what decided the index, as ``name==version``.
        unread: Files that could not be read.
        problems: What is wrong with the catalogue or the corpus, one sentence each.
        took_s: Seconds of the build by stage, as ``(stage, seconds)``.
        files: Every other file of the generation as ``(path, bytes, sha256)``.
    """

    format: int
    fingerprint: str
    built_at: str
    encoder: str
    encoder_sha256: str
    multilingual_encoder: str | None
    multilingual_sha256: str | None
    extraction_sha256: str
    reader: str
    reader_sha256: str
    precision: str
    dimension: int
    max_pieces: int
    max_words: int
    n_documents: int
    n_passages: int
    n_sentences: int
    languages: tuple[str, ...]
    vector_index: str
    recall_at_10: float
    libraries: tuple[str, ...]
    unread: tuple[UnreadFile, ...]
    problems: tuple[str, ...]
    took_s: tuple[tuple[str, float], ...]
    files: tuple[tuple[str, int, str], ...]

    def to_json(self) -> str:
        """Return the manifest as JSON with a checksum of itself."""
        content = asdict(self)
        return json.dumps({"checksum": _checksum(content), **content}, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str, *, path: Path) -> "Manifest":
        """Read what `to_json` wrote.

        Raises:
            IndexMismatchError: It has another format.
            IndexDamagedError: It is cut short or was changed.
        """
        try:
            content: dict[str, Any] = json.loads(text)
            checksum = content.pop("checksum")
            format_ = content["format"]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexDamagedError(f"{path} is not a manifest: {error}; {REBUILD}") from error
        if format_ != FORMAT:
            raise IndexMismatchError(
                f"{path} has index format {format_}, this program reads {FORMAT}; {REBUILD}"
            )
        if checksum != _checksum(content) or set(content) != {field.name for field in fields(cls)}:
            raise IndexDamagedError(f"{path} was changed after it was written; {REBUILD}")
        content["unread"] = tuple(
            UnreadFile(**{**row, "reason": Reason(row["reason"])}) for row in content["unread"]
        )
        return cls(**{name: frozen(value) for name, value in content.items()})


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of one generation.

    Raises:
        IndexMissingError: There is none.
        IndexDamagedError: It is cut short or was changed.
        IndexMismatchError: It has another format.
    """
    path = folder / MANIFEST
    try:
        text = path.read_text(encoding="utf-8", errors="replace")  # damage shows in its checksum
    except OSError as error:
        raise IndexMissingError(f"no manifest in {folder}; {REBUILD}") from error
    return Manifest.from_json(text, path=path)


def check_files(
    folder: Path, manifest: Manifest, *, verify: bool, at_once: bool = True
) -> list[str]:
    """Return what is wrong with the files of a generation, one phrase each; empty if nothing is.

    Args:
        folder: Of the generation.
        manifest: Its manifest.
        verify: Whether checksums are recomputed; sizes are compared anyway.
        at_once: Whether so are those of large files, which can also be compared block by block when
            they are first read (`indexer.store.checked_rows`).
    """
    later = () if at_once else checked_later(manifest)

    def problem(file: tuple[str, int, str]) -> str | None:
        name, n_bytes, sha256 = file
        is_hashed = verify and file not in later
        return problem_of_file(folder / name, n_bytes, sha256 if is_hashed else None)

    with ThreadPoolExecutor(_N_THREADS) as pool:  # hashing leaves Python's lock
        problems = list(pool.map(problem, manifest.files))
    return [
        f"{name} {problem}"
        for (name, _, _), problem in zip(manifest.files, problems, strict=True)
        if problem
    ]


def checked_later(manifest: Manifest) -> tuple[tuple[str, int, str], ...]:
    """Return the large files whose blocks have checksums of their own, as `Manifest.files` does."""
    names = {name for name, _, _ in manifest.files}
    return tuple(
        file
        for file in manifest.files
        if file[1] > LARGE_BYTES and sums_path(Path(file[0])).as_posix() in names
    )


def problem_of_file(path: Path, n_bytes: int, sha256: str | None) -> str | None:
    """Return what is wrong with a file, or ``None``; it may be taken away while it is read."""
    try:
        if path.stat().st_size != n_bytes:
            return f"has {path.stat().st_size} bytes, wanted {n_bytes}"
        if sha256 is not None and hash_file(path) != sha256:
            return "does not fit its checksum"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return None


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file in lower-case hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        # Long blocks, as after each one Python's lock is waited for.
        while block := file.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def frozen(value: Any) -> Any:
    """Return JSON's lists as the tuples that records have, however deep."""
    return tuple(frozen(item) for item in value) if isinstance(value, list) else value


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
