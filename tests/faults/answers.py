"""What an index says: every document and passage, and answers to questions of each kind."""

from collections.abc import Sequence

from indexer.store.records import DocumentEntry
from service.answer_options import AnswerOptions
from service.pipeline.answering import Answerer
from service.pipeline.question import parse_question

QUESTIONS = (
    "How many rented rooms does the harbour of town 1 have?",
    "What do tenants pay a month?",
    "¿Cuántas habitaciones de alquiler tiene el puerto?",
    "Who rules the moon?",
)


def _rows(entries: Sequence[DocumentEntry]) -> range:
    return range(sum(entry.n_passages for entry in entries))


def answers_of(answerer: Answerer) -> list[str]:
    """Return all that an index says, in a fixed order; equal where two say the same."""
    index = answerer.index
    said = [repr(index.document(entry.doc_id)) for entry in index.documents]
    said += [repr(index.passage(row)) for row in _rows(index.documents)]
    options = AnswerOptions()
    return said + [repr(answerer.answer(parse_question(text), options)) for text in QUESTIONS]
