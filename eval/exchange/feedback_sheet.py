"""Feedback on answers → a question sheet, for a judge to complete and import.

feedback with its question kept ─▶ row; "useful" ─▶ with the first quote as the answer to check
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.store.protocol import StoredIndex
from service.feedback import FeedbackRow, Verdict

OPEN = "?"
"""An answer that a judge has yet to fill in; `import` leaves such a row out and says so."""

COLUMNS = ("qid", "question", "answer", "document", "note")


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A row of the sheet, in the order of `COLUMNS`.

    Attributes:
        qid: Counts what was stored, so that it stays the same in later exports.
        question: As it was asked.
        answer: The first quote where somebody found it useful; else `OPEN`, since an empty cell
            would say that the reports do not answer.
        document: Id of its report, else empty.
        note: The verdict, its day, and what was written.
    """

    qid: str
    question: str
    answer: str
    document: str
    note: str


def feedback_rows(rows: Iterable[FeedbackRow], index: StoredIndex) -> Iterator[QuestionRow]:
    """Yield a row for each piece of feedback whose question may be kept.

    A quote is taken only from the index that answered: offsets mean nothing in another one.
    """
    for number, row in enumerate(rows, start=1):
        if not row.question:
            continue
        places = json.loads(row.places or "[]")
        is_known = row.fingerprint == index.manifest.fingerprint
        answer = document = ""
        if row.verdict == Verdict.USEFUL and places and is_known:
            document, start, end = places[0]
            answer = _words(index, document, start, end)
        note = f"{row.verdict}, {row.day}, to be judged. {row.comment}".strip()
        yield QuestionRow(
            f"said{number}", row.question, answer or OPEN, document if answer else "", note
        )


def _words(index: StoredIndex, doc_id: str, start: int, end: int) -> str:
    try:
        text = index.document(doc_id).text
    except KeyError:
        return ""
    return " ".join(text[start:end].split())
