"""The reader's lessons from policy papers and pages: our own questions, half of them near misses.

    questions.jsonl + the papers' texts ─▶ sentences of each excerpt ─▶ groups

The questions ship in ``policy_questions/`` and name their evidence by offsets alone. Pages that we
invented for them ship too, in ``pages.jsonl``; no sentence of a paper is in this repository. The
papers' texts are those that the offsets count in: see ``policy_questions/README.md``.
"""

import hashlib
import json
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from indexer.errors import EncoderError
from indexer.reader.building.training_data import Group, roughened
from indexer.reader.sentence_reader import ReadingItem
from indexer.records import Span
from indexer.segmentation.sentences import sentence_spans

FOLDER = Path(__file__).with_name("policy_questions")

PAGES = "pages.jsonl"
"""File of the invented pages, beside the questions."""

Split = Literal["train", "validation", "apart", "spare"]
"""Papers to train on, to choose by, that nothing is ever fitted on, and for lessons to come."""

_N_HARD = 4
"""Negatives of the excerpt that are likest to the question; the others are drawn."""
_N_FAR = 12
_SHARE_WITHOUT_HEADING = 0.25
_SHARE_ROUGHENED = 0.5
_MAX_HEADING_WORDS = 14

_PARAGRAPH = re.compile(r"[^\n](?:(?!\n\n).)*", re.DOTALL)
_STATEMENT_END = re.compile(r"[.;,:?!]\s*$")
_WORD = re.compile(r"[^\W_]{3,}")


@dataclass(frozen=True, slots=True)
class PaperSentence:
    """A sentence of a paper as the reader sees it.

    Attributes:
        span: Where it stands in the paper's text.
        item: Its words, the sentence before it in its paragraph, the heading above it.
        words: Its distinct longer words, lower-case.
    """

    span: Span
    item: ReadingItem
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class PolicyQuestion:
    """A question on an excerpt of a paper.

    Attributes:
        qid: Its id; the questions of a pair share `pair`.
        pair: Of an answerable question and a near miss in much the same words.
        text: In English; Spanish and Portuguese ones as Cita translates them.
        document: Name of the paper.
        about: The excerpt.
        evidence: What answers; ``None`` for a near miss.
        answer: The shortest part of it that answers, where it is one.
        near: What a careless reader would quote for a near miss.
    """

    qid: str
    pair: str
    text: str
    document: str
    about: Span
    evidence: Span | None
    answer: Span | None
    near: Span | None


class PolicyPapers:
    """The papers' texts, cut into sentences when first needed."""

    def __init__(self, corpus: Path, folder: Path = FOLDER) -> None:
        """Read ``corpus``, a file of ``{doc_id, text}`` lines, and the invented pages.

        Raises:
            EncoderError: A text is not the one that the questions' offsets count in.
        """
        self._known: dict[str, dict[str, str]] = json.loads(
            (folder / "documents.json").read_text("utf-8")
        )
        self._texts: dict[str, str] = {
            row["doc_id"]: row["text"]
            for path in (corpus, *folder.glob(PAGES))
            for row in _lines(path)
            if row["doc_id"] in self._known
        }
        for name, paper in self._known.items():
            digest = hashlib.sha256(self._texts.get(name, "").encode()).hexdigest()
            if digest != paper["text_sha256"]:
                raise EncoderError(
                    f"{corpus} has no text of {name} with SHA-256 {paper['text_sha256']}, found "
                    f"{digest}; use the texts that the questions were written on"
                )
        self._sentences: dict[str, tuple[PaperSentence, ...]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the papers' names."""
        return tuple(self._known)

    def split(self, name: str) -> Split:
        """Return which part of the data a paper belongs to."""
        split: Split = self._known[name]["split"]  # type: ignore[assignment]
        return split

    def is_invented(self, name: str) -> bool:
        """Tell whether it is none of the papers, but pages that we invented."""
        return self._known[name].get("file") == PAGES

    def text(self, name: str) -> str:
        """Return a paper's text."""
        return self._texts[name]

    def sentences(self, name: str) -> tuple[PaperSentence, ...]:
        """Return a paper's sentences in order."""
        if name not in self._sentences:
            self._sentences[name] = tuple(_sentences(self._texts[name]))
        return self._sentences[name]


def load_policy_questions(folder: Path = FOLDER) -> tuple[PolicyQuestion, ...]:
    """Return the questions that ship, on English papers and on pages."""
    languages = json.loads((folder / "documents.json").read_text("utf-8"))
    return tuple(
        _question(row)
        for row in _lines(folder / "questions.jsonl")
        if languages[row["document"]]["language"] == "en"
    )


def policy_groups(
    questions: Sequence[PolicyQuestion],
    papers: PolicyPapers,
    rng: random.Random,
    *,
    n_negatives: int,
    rough: bool = True,
) -> tuple[Group, ...]:
    """Return a group for each question: what answers, if anything does, and what comes near.

    Negatives are of the excerpt and, for an answerable question, of the rest of the paper; a near
    miss may be answered elsewhere in it.

    Args:
        questions: What is asked.
        papers: The texts.
        rng: Chooses among the negatives, and what is mistyped.
        n_negatives: Sentences that do not answer, at most.
        rough: Whether questions are mistyped now and then, and headings left out.
    """
    weights = _rarities(papers, {question.document for question in questions})
    groups = []
    for question in questions:
        rows, answer = _rows(question, papers, weights, rng, n_negatives)
        if not rows:
            continue
        sentences = papers.sentences(question.document)
        items = tuple(sentences[row].item for row in rows)
        text = question.text
        if rough:
            if rng.random() < _SHARE_WITHOUT_HEADING:
                items = tuple(ReadingItem(item.text, item.context) for item in items)
            if rng.random() < _SHARE_ROUGHENED:
                text = roughened(text, rng, subject="")
        span = None
        if answer is not None:
            span = _answer_in(sentences[rows[answer]], question, papers.text(question.document))
        groups.append(Group(text, items, answer, span))
    return tuple(groups)


def _rows(
    question: PolicyQuestion,
    papers: PolicyPapers,
    weights: Mapping[str, float],
    rng: random.Random,
    n_negatives: int,
) -> tuple[list[int], int | None]:
    """Return the rows of a group's sentences, and the position of the one that answers."""
    sentences = papers.sentences(question.document)
    words = _words(question.text)
    likest = sorted(
        range(len(sentences)), key=lambda row: -_likeness(words, sentences[row].words, weights)
    )
    inside = [row for row in likest if _within(sentences[row].span, question.about)]
    if question.evidence is None:
        near = [row for row in inside if _touches(sentences[row].span, question.near)]
        return [*near, *(row for row in inside if row not in near)][: n_negatives + 1], None
    evidence = [row for row in inside if _touches(sentences[row].span, question.evidence)]
    if not evidence:
        return [], None
    answering = next(
        (row for row in evidence if _touches(sentences[row].span, question.answer)), evidence[0]
    )
    others = [row for row in inside if row not in evidence and row != answering + 1]
    answer = question.answer.of(papers.text(question.document)).lower() if question.answer else None
    far = [
        row
        for row in likest[: _N_FAR + len(inside)]
        if row not in inside and (answer is None or answer not in sentences[row].item.text.lower())
    ]
    drawn = [*others[_N_HARD:], *far]
    rng.shuffle(drawn)
    return [answering, *[*others[:_N_HARD], *drawn][:n_negatives]], 0


def _answer_in(sentence: PaperSentence, question: PolicyQuestion, text: str) -> Span | None:
    """Return the answer as a span of the sentence's words, white space folded."""
    if question.answer is None or not question.answer.overlaps(sentence.span):
        return None
    start = max(question.answer.start, sentence.span.start)
    end = min(question.answer.end, sentence.span.end)
    words = " ".join(text[start:end].split())
    before = len(" ".join(text[sentence.span.start : start].split()))
    at = sentence.item.text.find(words, max(0, before - 1))
    return Span(at, at + len(words)) if words and at >= 0 else None


def _sentences(text: str) -> Iterator[PaperSentence]:
    heading = ""
    for paragraph in _PARAGRAPH.finditer(text):
        words = paragraph[0].split()
        if len(words) <= _MAX_HEADING_WORDS and not _STATEMENT_END.search(paragraph[0]):
            heading = " ".join(words)
        context = ""
        for span in sentence_spans(paragraph[0], language="en"):
            place = Span(paragraph.start() + span.start, paragraph.start() + span.end)
            sentence = " ".join(place.of(text).split())
            yield PaperSentence(place, ReadingItem(sentence, context, heading), _words(sentence))
            context = sentence


def _rarities(papers: PolicyPapers, names: set[str]) -> dict[str, float]:
    """Return the inverse document frequency of each word, sentences being the documents."""
    bags = [sentence.words for name in names for sentence in papers.sentences(name)]
    counts = Counter(word for bag in bags for word in bag)
    return {word: math.log(len(bags) / (1 + n)) for word, n in counts.items()}


def _likeness(
    question: frozenset[str], sentence: frozenset[str], weights: Mapping[str, float]
) -> float:
    """Return how alike two bags of words are: rare words that they share, less in a long one."""
    return sum(weights[word] for word in question & sentence) / math.sqrt(4 + len(sentence))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _within(span: Span, excerpt: Span) -> bool:
    return excerpt.start <= span.start and span.end <= excerpt.end + 1


def _touches(span: Span, other: Span | None) -> bool:
    return other is not None and span.overlaps(other)


def _question(row: Mapping[str, Any]) -> PolicyQuestion:
    def span(name: str) -> Span | None:
        return Span(*row[name]) if name in row else None

    return PolicyQuestion(
        qid=row["qid"],
        pair=row.get("pair", row["qid"]),
        text=row.get("english", row["question"]),
        document=row["document"],
        about=Span(*row["about"]),
        evidence=span("evidence"),
        answer=span("answer"),
        near=span("near"),
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
