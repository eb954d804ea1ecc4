"""What the adapter learns from: our own questions on policy papers, and where they are answered.

Each lesson is a question with a passage that answers it and one of the same paper that does not,
and with the answering sentence and two of the same excerpt that do not.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.encoder.building.text_encoder import Encoder
from indexer.reader.building.policy_data import (
    PaperSentence,
    PolicyPapers,
    PolicyQuestion,
    Split,
)
from indexer.records import Span

_PASSAGE_PIECES = 238
"""Of a passage, the encoder's room less that for its heading."""

_LEAST_PIECES = 90
"""A passage of fewer goes on under the next heading."""

_N_LIKEST = 6
"""Passages of a paper from which the one that does not answer is drawn: the likest ones."""

_N_OTHERS = 2


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question with what answers it and what does not.

    Attributes:
        question: In English.
        passage: Holds what answers; of varying length.
        evidence: A sentence that answers.
        near: A passage of the same paper that does not answer, if it has one.
        others: Sentences of the excerpt that do not answer.
    """

    question: str
    passage: str
    evidence: str
    near: str | None
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Passage:
    span: Span
    heading: str
    text: str


class Lessons:
    """Draws lessons on papers; each time a question comes its passages are cut anew."""

    def __init__(
        self,
        questions: Sequence[PolicyQuestion],
        papers: PolicyPapers,
        encoder: Encoder,
        *,
        split: Split,
        words: int,
    ) -> None:
        """Find the likest passages that do not answer; a question without evidence is left out.

        Args:
            questions: What is asked.
            papers: What it is asked of.
            encoder: Tells which passages are alike.
            split: Part of the papers.
            words: Words of a passage in a lesson; from half to half as many again are drawn.
        """
        self._papers, self._words = papers, words
        self.questions = [
            question
            for question in questions
            if question.evidence is not None
            and papers.split(question.document) == split
            and not papers.is_invented(question.document)  # it was not trained on these
        ]
        names = sorted({question.document for question in self.questions})
        self._passages = {
            name: [
                passage
                for first_pieces in (_PASSAGE_PIECES, _PASSAGE_PIECES // 2)
                for passage in _cut(papers.sentences(name), encoder, first_pieces)
            ]
            for name in names
        }
        self._near = self._likest(encoder)

    def passage_texts(self) -> list[str]:
        """Return the texts of all passages of the papers."""
        return [
            _with_heading(passage.heading, passage.text)
            for passages in self._passages.values()
            for passage in passages
        ]

    def draw(self, question: PolicyQuestion, rng: random.Random) -> Lesson:
        """Return a lesson on one of `questions`."""
        sentences = self._papers.sentences(question.document)
        assert question.evidence is not None  # noqa: S101  (those without are left out)
        evidence = [s for s in sentences if s.span.overlaps(question.evidence)]
        excerpt = [
            s.item.text
            for s in sentences
            if question.about.start <= s.span.start and s.span.end <= question.about.end + 1
            and s not in evidence
        ]  # fmt: skip
        near = self._near[question.qid]
        return Lesson(
            question.text,
            self._around(sentences, question.evidence, rng),
            rng.choice(evidence).item.text,
            self._part(rng.choice(near), rng) if near else None,
            tuple(rng.sample(excerpt, min(_N_OTHERS, len(excerpt)))),
        )

    def _likest(self, encoder: Encoder) -> dict[str, list[_Passage]]:
        """Return the passages of each question's paper likest to it that have no evidence."""
        vectors = {
            name: encoder.encode([f"{p.heading}\n{p.text}" for p in passages])
            for name, passages in self._passages.items()
        }
        asked = encoder.encode([question.text for question in self.questions])
        likest = {}
        for question, vector in zip(self.questions, asked, strict=True):
            assert question.evidence is not None  # noqa: S101
            passages = self._passages[question.document]
            order = np.argsort(-(vectors[question.document] @ vector), kind="stable")
            without = [at for at in order if not passages[at].span.overlaps(question.evidence)]
            likest[question.qid] = [passages[at] for at in without[:_N_LIKEST]]
        return likest

    def _around(
        self, sentences: Sequence[PaperSentence], evidence: Span, rng: random.Random
    ) -> str:
        """Return the evidence with sentences before and after it under the same heading."""
        rows = [row for row, s in enumerate(sentences) if s.span.overlaps(evidence)]
        first, last = rows[0], rows[-1]
        wanted = rng.randint(self._words // 2, self._words * 3 // 2)
        while _n_words(sentences[first : last + 1]) < wanted:
            heading = sentences[first].item.heading
            ways = [
                row
                for row in (first - 1, last + 1)
                if 0 <= row < len(sentences) and sentences[row].item.heading == heading
            ]
            if not ways:
                break
            row = rng.choice(ways)
            first, last = min(first, row), max(last, row)
        text = " ".join(s.item.text for s in sentences[first : last + 1])
        return _with_heading(sentences[first].item.heading, text)

    def _part(self, passage: _Passage, rng: random.Random) -> str:
        """Return some words of a passage that follow each other."""
        words = passage.text.split()
        wanted = rng.randint(self._words // 2, self._words * 3 // 2)
        start = rng.randint(0, max(0, len(words) - wanted))
        return _with_heading(passage.heading, " ".join(words[start : start + wanted]))


def _cut(
    sentences: Sequence[PaperSentence], encoder: Encoder, first_pieces: int
) -> Iterator[_Passage]:
    """Yield passages one after the other, about as the indexer cuts them; the first one shorter."""
    pieces = encoder.count_pieces([sentence.item.text for sentence in sentences])
    first, room = 0, first_pieces
    while first < len(sentences):
        end, total = first, 0
        while end < len(sentences) and (
            end == first
            or (
                total + pieces[end] <= room
                and (
                    total < _LEAST_PIECES
                    or sentences[end].item.heading == sentences[first].item.heading
                )
            )
        ):
            total += pieces[end]
            end += 1
        yield _Passage(
            Span(sentences[first].span.start, sentences[end - 1].span.end),
            sentences[first].item.heading,
            " ".join(sentence.item.text for sentence in sentences[first:end]),
        )
        first, room = end, _PASSAGE_PIECES


def _with_heading(heading: str, text: str) -> str:
    return f"{heading}\n{text}" if heading else text


def _n_words(sentences: Sequence[PaperSentence]) -> int:
    return sum(len(sentence.item.text.split()) for sentence in sentences)
