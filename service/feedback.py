"""Feedback on answers, in one SQLite file: nothing about the person, no time of day.

The question, its filters and the quoted places are stored only with the person's permission. A row
without it has the verdict, the comment, the day and the index.
"""

import csv
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TextIO

FILE = "feedback.sqlite"
MAX_COMMENT_CHARS = 2000

_SCHEMA = """
create table if not exists feedback (
    id integer primary key,
    day text not null,          -- ISO 8601, UTC
    verdict text not null,
    comment text not null,
    language text not null,     -- of the interface
    fingerprint text not null,  -- of the index that answered
    question text,              -- null unless the person allowed it to be kept
    filters text,               -- JSON, as the address names them
    places text                 -- JSON: document, start, end of each quote
)
"""


class Verdict(StrEnum):
    """A person's judgement of an answer."""

    USEFUL = "useful"
    WRONG = "wrong"
    NOT_IN_REPORT = "not_in_report"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question and what was quoted for it; stored only with the person's permission.

    Attributes:
        question: As it was typed.
        filters: Field and value of each filter.
        places: Document id, start and end of each quote; empty for a refusal.
    """

    question: str
    filters: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's feedback on one answer.

    Attributes:
        verdict: What was ticked.
        comment: What was written, at most `MAX_COMMENT_CHARS`.
        language: Of the interface.
        fingerprint: Of the index that answered.
        kept: Question and quotes, or ``None`` without permission to store them.
    """

    verdict: Verdict
    comment: str = ""
    language: str = "en"
    fingerprint: str = ""
    kept: KeptQuestion | None = None


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One row of the export, in the order of its columns.

    Attributes:
        day: ISO 8601, UTC.
        verdict: One of `Verdict`.
        comment: As it was written.
        language: Of the interface.
        fingerprint: Of the index that answered.
        question: Empty unless it might be kept.
        filters: JSON list of ``[field, value]``, empty unless the question might be kept.
        places: JSON list of ``[document, start, end]``, likewise.
    """

    day: str
    verdict: str
    comment: str = ""
    language: str = ""
    fingerprint: str = ""
    question: str = ""
    filters: str = ""
    places: str = ""


class FeedbackStore:
    """The file, made when the first row is written; safe from several threads and processes."""

    def __init__(self, state_dir: Path) -> None:
        self._path = state_dir / FILE

    def add(self, feedback: Feedback, *, now: datetime | None = None) -> None:
        """Store one row.

        Args:
            feedback: What to store.
            now: Of which the day is kept; by default this moment.

        Raises:
            OSError: The folder cannot be written.
            sqlite3.Error: The file cannot be written, or is no database.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        day = (now or datetime.now(UTC)).astimezone(UTC).date().isoformat()
        kept = feedback.kept
        row = (
            day,
            feedback.verdict,
            feedback.comment[:MAX_COMMENT_CHARS],
            feedback.language,
            feedback.fingerprint,
            kept.question if kept else None,
            json.dumps(kept.filters, ensure_ascii=False) if kept else None,
            json.dumps(kept.places, ensure_ascii=False) if kept else None,
        )
        names = ", ".join(field.name for field in fields(FeedbackRow))
        with closing(sqlite3.connect(self._path, timeout=5.0)) as database, database:
            database.execute(_SCHEMA)
            # The names are our own fields; the values are bound.
            database.execute(
                f"insert into feedback ({names}) values ({', '.join('?' * len(row))})",  # noqa: S608
                row,
            )

    def rows(self) -> Iterator[FeedbackRow]:
        """Yield what was stored, oldest first; none if there is no file."""
        if not self._path.is_file():
            return
        names = ", ".join(field.name for field in fields(FeedbackRow))
        with closing(sqlite3.connect(f"file:{self._path}?mode=ro", uri=True)) as database:
            for row in database.execute(f"select {names} from feedback order by id"):  # noqa: S608
                yield FeedbackRow(*(value or "" for value in row))


def export_feedback(state_dir: Path, target: TextIO) -> int:
    """Write what was stored to ``target`` as CSV with a header; return the number of rows.

    Cells that a spreadsheet would take for a formula get an apostrophe in front.
    """
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(field.name for field in fields(FeedbackRow))
    n_rows = 0
    for row in FeedbackStore(state_dir).rows():
        writer.writerow(plain_cell(value) for value in astuple(row))
        n_rows += 1
    return n_rows


def plain_cell(value: str) -> str:
    """Return ``value`` so that no spreadsheet takes it for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
