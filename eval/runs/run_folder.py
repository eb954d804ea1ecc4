"""Run folders: ``run.json``, ``run.jsonl`` and ``scores.json``, read and written."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from eval.errors import RunFormatError
from eval.records import RunInfo, RunRow, Scores

INFO, ROWS, SCORES, SUMMARY = "run.json", "run.jsonl", "scores.json", "summary.md"
"""Files of a run folder."""

_Record = TypeVar("_Record", RunInfo, RunRow, Scores)


def to_json(record: RunInfo | RunRow | Scores, *, indent: int | None = None) -> str:
    """Return a record as JSON, in one line unless ``indent`` is given."""
    return _adapters()[type(record)].dump_json(record, indent=indent).decode()


def from_json(kind: type[_Record], text: str) -> _Record:
    """Read what `to_json` wrote.

    Raises:
        RunFormatError: The text is no JSON, or has other fields.
    """
    try:
        record: _Record = _adapters()[kind].validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        raise RunFormatError(f"no {kind.__name__}: {place}: {first['msg']}") from error
    return record


def load_info(folder: Path) -> RunInfo:
    """Read ``run.json``.

    Raises:
        RunFormatError: It is missing or damaged.
    """
    return from_json(RunInfo, _text(folder / INFO))


def load_rows(folder: Path) -> tuple[RunRow, ...]:
    """Read ``run.jsonl``, in its order; a last line that was cut short is passed over.

    Raises:
        RunFormatError: It is missing or damaged.
    """
    *whole, _ = _text(folder / ROWS).split("\n")
    return tuple(from_json(RunRow, line) for line in whole)


def load_scores(folder: Path) -> Scores:
    """Read ``scores.json``.

    Raises:
        RunFormatError: It is missing or damaged.
    """
    return from_json(Scores, _text(folder / SCORES))


def save_info(folder: Path, info: RunInfo) -> None:
    """Write ``run.json``."""
    _write(folder / INFO, to_json(info, indent=2))


def save_rows(folder: Path, rows: Iterable[RunRow]) -> None:
    """Write ``run.jsonl``, one row a line."""
    (folder / ROWS).write_text("".join(f"{to_json(row)}\n" for row in rows), encoding="utf-8")


def save_scores(folder: Path, scores: Scores) -> None:
    """Write ``scores.json``."""
    _write(folder / SCORES, to_json(scores, indent=1))


def _write(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise RunFormatError(
            f"there is no {path}; make the run with `python -m eval run --out {path.parent}`"
        ) from None


@cache
def _adapters() -> Mapping[type, TypeAdapter[Any]]:
    return {kind: TypeAdapter(kind) for kind in (RunInfo, RunRow, Scores)}
