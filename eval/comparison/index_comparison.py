"""Compares two indexes of the same reports: what they hold, what they answer, how long it takes.

Documents are compared by id, text by text and vector by vector; answers, refusals, quotes and the
ten first passages question by question, asked of both in turn.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from indexer.store.late_interaction import DocumentPieces
from indexer.store.protocol import StoredIndex
from indexer.store.records import DocumentEntry
from service.answer_options import AnswerOptions
from service.pipeline.answering import Answerer
from service.pipeline.question import parse_question
from service.records import Answer, Refusal

_TOP_K = 10
_N_SHOWN = 10


@dataclass(slots=True)
class Differences:
    """Where two indexes differ.

    Attributes:
        compared: How many were compared, by what was compared.
        different: Which of them differ, likewise.
    """

    compared: dict[str, int] = field(default_factory=dict)
    different: dict[str, list[str]] = field(default_factory=dict)

    def add(self, what: str, name: str, *, is_same: bool) -> None:
        """Note that ``what`` of ``name`` was compared."""
        self.compared[what] = self.compared.get(what, 0) + 1
        if not is_same:
            self.different.setdefault(what, []).append(name)

    @property
    def are_none(self) -> bool:
        """Tell whether all is the same."""
        return not self.different

    def lines(self) -> Iterator[str]:
        """Yield a line for each thing that was compared."""
        for what, n_compared in self.compared.items():
            names = self.different.get(what, [])
            shown = "; ".join(names[:_N_SHOWN])
            yield f"{what}: {n_compared - len(names)} of {n_compared} the same" + (
                f"; not those of {shown}" if names else ""
            )


def compare_contents(index: StoredIndex, other: StoredIndex) -> Differences:
    """Return the documents that are not the same in both, or stand in one alone."""
    differences = Differences()
    entries, others = ({entry.doc_id: entry for entry in i.documents} for i in (index, other))
    for doc_id in sorted(entries.keys() | others.keys()):
        in_both = doc_id in entries and doc_id in others
        differences.add("documents in both", doc_id, is_same=in_both)
        if in_both:
            for what, is_same in _same_parts(index, entries[doc_id], other, others[doc_id]):
                differences.add(what, doc_id, is_same=is_same)
    return differences


def _same_parts(
    index: StoredIndex, entry: DocumentEntry, other: StoredIndex, other_entry: DocumentEntry
) -> Iterator[tuple[str, bool]]:
    """Yield for each part of a document whether it is the same in both indexes."""
    yield "texts", index.document(entry.doc_id) == other.document(entry.doc_id)
    yield "sentences", index.sentences(entry) == other.sentences(other_entry)
    yield "passages", _passages(index, entry) == _passages(other, other_entry)
    ours, theirs = index.vectors_of(entry), other.vectors_of(other_entry)
    yield "sentences' vectors", np.array_equal(ours.sentences, theirs.sentences)
    yield "passages' vectors", np.array_equal(ours.passages, theirs.passages)
    yield "word-pieces", _is_same_pieces(ours.pieces, theirs.pieces)


def _is_same_pieces(pieces: DocumentPieces, others: DocumentPieces) -> bool:
    """Tell whether each passage has the same pieces, stored once or with every passage."""
    return (
        np.array_equal(pieces.counts, others.counts)
        and len(pieces.starts) == len(others.starts)
        and all(
            np.array_equal(own, other)
            for number in range(len(pieces.starts) - 1)
            for own, other in zip(pieces.of_passage(number), others.of_passage(number), strict=True)
        )
    )


def _passages(index: StoredIndex, entry: DocumentEntry) -> list[object]:
    rows = range(entry.first_passage, entry.first_passage + entry.n_passages)
    return [index.passage(row) for row in rows]


@dataclass(slots=True)
class Timings:
    """How long one index took.

    Attributes:
        search_s: Seconds of each search.
        answer_s: Seconds of each answer or refusal.
    """

    search_s: list[float] = field(default_factory=list)
    answer_s: list[float] = field(default_factory=list)

    def line(self, place: str) -> str:
        """Return both in one line."""
        search, answer = (
            " and ".join(f"{took_s * 1e3:.0f}" for took_s in np.percentile(all_s, [50, 99]))
            for all_s in (self.search_s, self.answer_s)
        )
        return f"{place}: search p50 and p99 {search} ms, answer {answer} ms"


def compare_answers(
    answerers: Sequence[Answerer], questions: Sequence[str], timings: Sequence[Timings]
) -> Differences:
    """Ask two answerers in turn, the first one first every other time; return what differs.

    Args:
        answerers: Two.
        questions: As they are typed.
        timings: Gets the seconds of both.
    """
    differences = Differences()
    order = [0, 1]
    for text in questions:
        asked = {i: _ask(answerers[i], text, timings[i]) for i in order}
        (rows, result), (other_rows, other_result) = asked[0], asked[1]
        differences.add("first ten passages", text, is_same=rows == other_rows)
        is_same = _quotes(result) == _quotes(other_result)
        differences.add("quotes and their order", text, is_same=is_same)
        differences.add("answers to the last digit", text, is_same=result == other_result)
        order.reverse()
    return differences


def _ask(answerer: Answerer, text: str, timings: Timings) -> tuple[list[str], Answer | Refusal]:
    """Return the ids of the first passages, and the answer."""
    question = parse_question(text)
    began = time.perf_counter()
    passages = answerer.search(question, top_k=_TOP_K)
    searched = time.perf_counter()
    result = answerer.answer(question, AnswerOptions())
    timings.search_s.append(searched - began)
    timings.answer_s.append(time.perf_counter() - searched)
    return [scored.passage.passage_id for scored in passages], result


def _quotes(result: Answer | Refusal) -> list[object]:
    """Return the quotes of an answer with where they stand, or why there is none."""
    if isinstance(result, Refusal):
        return [result.code]
    return [(quote.text, result.citations[quote.citation - 1]) for quote in result.quotes]
