"""Training data of the reader: questions with sentences that answer them, or only nearly.

    corpus.jsonl + questions.jsonl ─▶ sentences ─▶ cosine and BM25 over them ─▶ groups

A group is a question, at most one sentence that answers it, and others that do not: sentences that
the service's views would retrieve beside it and that lack the answer's words.
"""

import hashlib
import json
import random
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from indexer.reader.sentence_reader import ReadingItem
from indexer.records import Span, Vectors
from indexer.segmentation.sentences import sentence_spans
from indexer.store.lexical_index import LexicalIndex

_WEIGHTS = {"squad2-dev-10-articles": 1.0, "squadshifts-new-wiki": 1.0}
_OTHER_WEIGHT = 0.25
"""Weight of a question when groups are drawn: encyclopaedias read more like reports than chat."""

_N_NEAR = 24
_N_HARDEST = 8
_BM25_WEIGHT = 0.3
"""Of a sentence's share of the best BM25 score, added to its cosine: much as views retrieve."""

_SHARE_WITHOUT_ANSWER = 0.35
_SHARE_WITHOUT_MARK = 0.3
_SHARE_WITH_TYPO = 0.1
_SHARE_OF_KEYWORDS = 0.1
_SHARE_WITH_SUBJECT = 0.1
_SHARE_WITHOUT_HEADING = 0.2
_MIN_TYPO_LETTERS = 5
_FUNCTION_WORDS_TEXT = (
    "a an and are as at be been by can did do does for from had has have how in is it its of on or "
    "that the their there these they this to was were what when where which who why will with would"
)
_FUNCTION_WORDS = frozenset(_FUNCTION_WORDS_TEXT.split())
_COMMENTS = "Filtered_Reddit_Comments"
_UNTITLED = re.compile(rf"{_COMMENTS}$|Amazon_Reviews_\d+$")
"""Titles that say nothing of the text."""


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences read together for one question.

    Attributes:
        question: Its words, perhaps with a typo.
        items: The sentences.
        answer: Position of the one that answers; ``None`` if none does.
        span: The answer in that sentence's text.
    """

    question: str
    items: tuple[ReadingItem, ...]
    answer: int | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question of a data set.

    Attributes:
        text: Its words.
        number: Its position in its data set.
        article: What it is about; training and held-out questions share none.
        rows: The sentences of its paragraph, ``[start, end)`` in the set's sentences.
        answer: Row of the sentence that answers; ``None`` if none does.
        span: The answer in that sentence.
        accepted: Every accepted answer, lower-case.
    """

    text: str
    number: int
    article: str
    rows: Span
    answer: int | None
    span: Span | None
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataSet:
    """One folder of training data, split into sentences."""

    name: str
    sentences: tuple[ReadingItem, ...]
    questions: tuple[TrainingQuestion, ...]


Encode = Callable[[Sequence[str]], Vectors]
"""Texts to unit vectors, shape ``(n_texts, dimension)``."""


class Miner:
    """Makes groups from a data set; cosine and BM25 find the near sentences.

    In comments and reviews, near sentences come from the question's own paragraph only: "the bag"
    is in any of them.

    Attributes:
        data: The data set.
    """

    def __init__(self, data: DataSet, folder: Path, encode: Encode) -> None:
        """Index and embed the sentences of ``data``; ``folder`` must exist."""
        self.data = data
        self._is_searched = data.name in _WEIGHTS
        if self._is_searched:
            entries = ((row, "en", item.text) for row, item in enumerate(data.sentences))
            self._lexical = LexicalIndex.build(folder, entries, languages=["en"])
            self._sentences = encode([item.text for item in data.sentences])
            self._questions = encode([question.text for question in data.questions])

    def group(
        self,
        question: TrainingQuestion,
        rng: random.Random,
        *,
        n_negatives: int,
        answered: bool = True,
    ) -> Group:
        """Return a group for training.

        Args:
            question: The question.
            rng: Chooses among the negatives, and what is mistyped.
            n_negatives: Sentences that do not answer, at most.
            answered: Whether the answer, where there is one, is among the sentences.
        """
        near = self._negatives(question)
        if question.answer is not None and not answered:
            near = [row for row in near if row != question.answer + 1]  # its context is the answer
        # Half of them the likeliest to mislead, half any: an easy one teaches a little too.
        n_hard = min((n_negatives + 1) // 2, len(near[:_N_HARDEST]))
        chosen = rng.sample(near[:_N_HARDEST], n_hard)
        rest = [row for row in near if row not in chosen]
        chosen += rng.sample(rest, min(n_negatives - n_hard, len(rest)))
        if question.answer is not None and answered:
            chosen.insert(0, question.answer)
        items = tuple(self.data.sentences[row] for row in chosen)
        text = roughened(question.text, rng, subject=items[0].heading if items else "")
        if rng.random() < _SHARE_WITHOUT_HEADING:
            items = tuple(ReadingItem(item.text, item.context) for item in items)
        is_answered = question.answer is not None and answered
        return Group(text, items, *((0, question.span) if is_answered else (None, None)))

    def whole_paragraph(self, question: TrainingQuestion, *, n_apart: int) -> Group:
        """Return the whole paragraph and ``n_apart`` near sentences, as measuring needs it."""
        inside = range(question.rows.start, question.rows.end)
        apart = [row for row in self._negatives(question) if row not in inside]
        rows = [*inside, *apart[:n_apart]]
        answer = None if question.answer is None else rows.index(question.answer)
        items = tuple(self.data.sentences[row] for row in rows)
        return Group(question.text, items, answer, question.span)

    def _negatives(self, question: TrainingQuestion) -> list[int]:
        """Return rows that do not answer, likeliest to mislead first."""
        inside = range(question.rows.start, question.rows.end)
        if not self._is_searched:
            return self._lacking(question, inside)
        scores = self._sentences @ self._questions[question.number]  # (n_sentences,)
        bm25 = self._lexical.search(question.text, top_k=_N_NEAR)
        best = max(bm25.values(), default=1.0)
        for row, score in bm25.items():
            scores[row] += _BM25_WEIGHT * score / best
        near = np.argsort(-scores, kind="stable")[:_N_NEAR].tolist()
        return self._lacking(question, dict.fromkeys([*near, *inside]))

    def _lacking(self, question: TrainingQuestion, rows: Iterable[int]) -> list[int]:
        """Return those of ``rows`` that do not hold any accepted answer."""
        return [
            row
            for row in rows
            if row != question.answer
            and not any(
                answer in self.data.sentences[row].text.lower() for answer in question.accepted
            )
        ]


def read_data_sets(folder: Path) -> tuple[DataSet, ...]:
    """Read every data set below ``folder``, by name."""
    return tuple(_data_set(path) for path in sorted(folder.iterdir()) if path.is_dir())


def file_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below ``folder``, by relative path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.jsonl"))
    }


def held_out(data: DataSet, *, n_questions: int, seed: int) -> frozenset[str]:
    """Return articles that have about ``n_questions``: at least, unless the set has fewer."""
    sizes = Counter(question.article for question in data.questions)
    articles = sorted(sizes, key=lambda name: hashlib.sha256(f"{seed}/{name}".encode()).digest())
    chosen: list[str] = []
    while articles and sum(sizes[name] for name in chosen) < n_questions:
        chosen.append(articles.pop(0))
    return frozenset(chosen)


def training_groups(
    miners: Sequence[Miner],
    kept_apart: frozenset[str],
    *,
    n_groups: int,
    n_negatives: int,
    n_passes: int,
    seed: int,
) -> tuple[Group, ...]:
    """Return ``n_passes`` times ``n_groups`` groups, about 35 % of them without an answer.

    In each pass questions are drawn without putting back, those of sets written like reports more
    often; what stands beside the answer is drawn anew.

    Source:
        Efraimidis and Spirakis (2006), doi:10.1016/j.ipl.2005.11.003.
    """
    rng = random.Random(seed)  # noqa: S311  (sampling, not secrets)
    groups = []
    for _ in range(n_passes):
        chosen = _chosen(miners, kept_apart, n_groups, rng)
        n_unanswered = sum(question.answer is None for _, question in chosen)
        n_to_strip = max(0.0, _SHARE_WITHOUT_ANSWER * len(chosen) - n_unanswered)
        share = n_to_strip / max(1, len(chosen) - n_unanswered)
        for miner, question in chosen:
            group = miner.group(
                question, rng, n_negatives=n_negatives, answered=rng.random() >= share
            )
            if group.items:
                groups.append(group)
    return tuple(groups)


def measuring_groups(miners: Sequence[Miner], kept_apart: frozenset[str]) -> tuple[Group, ...]:
    """Return one group for each question of the articles kept apart."""
    return tuple(
        miner.whole_paragraph(question, n_apart=5)
        for miner in miners
        for question in miner.data.questions
        if question.article in kept_apart
    )


def miners(data_sets: Sequence[DataSet], folder: Path, encode: Encode) -> tuple[Miner, ...]:
    """Return a miner for each data set; their indexes go into ``folder``, which must exist."""
    for data in data_sets:
        (folder / data.name).mkdir()
    return tuple(Miner(data, folder / data.name, encode) for data in data_sets)


def _chosen(
    miners: Sequence[Miner], kept_apart: frozenset[str], n_groups: int, rng: random.Random
) -> list[tuple[Miner, TrainingQuestion]]:
    weighted = [
        (rng.random() ** (1 / _WEIGHTS.get(miner.data.name, _OTHER_WEIGHT)), miner, question)
        for miner in miners
        for question in miner.data.questions
        if question.article not in kept_apart
    ]
    weighted.sort(key=lambda entry: -entry[0])
    chosen = [(miner, question) for _, miner, question in weighted[:n_groups]]
    rng.shuffle(chosen)
    return chosen


def _data_set(folder: Path) -> DataSet:
    documents = {row["doc_id"]: row for row in _rows(folder / "corpus.jsonl")}
    sentences: list[ReadingItem] = []
    paragraphs: dict[tuple[str, int, int], tuple[Span, list[Span]]] = {}
    questions: list[TrainingQuestion] = []
    for row in _rows(folder / "questions.jsonl"):
        place = _place(row, documents)
        if place not in paragraphs:
            paragraphs[place] = _split(documents[place[0]], place, sentences)
        rows, spans = paragraphs[place]
        article = f"{folder.name}/{_article(documents[place[0]])}"
        questions.append(_question(row, (len(questions), article), rows, spans))
    return DataSet(folder.name, tuple(sentences), tuple(questions))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _place(row: dict[str, Any], documents: dict[str, dict[str, Any]]) -> tuple[str, int, int]:
    """Return the paragraph that a question is about: document, start, end."""
    about = row["about"]
    if isinstance(about, str):
        return about, 0, len(documents[about]["text"])
    return about["doc_id"], about["start"], about["end"]


def _article(document: dict[str, Any]) -> str:
    """Return the article's title; comments share one, so each is its own article."""
    title = str(document["title"])
    return str(document["doc_id"]) if title == _COMMENTS else title


def _split(
    document: dict[str, Any], place: tuple[str, int, int], sentences: list[ReadingItem]
) -> tuple[Span, list[Span]]:
    """Add a paragraph's sentences to ``sentences``; return their rows, and spans in the document.

    Their heading is the article's title.
    """
    _, start, end = place
    text = document["text"][start:end]
    title = str(document["title"])
    heading = "" if _UNTITLED.match(title) else title.replace("_", " ")
    context = ""
    first = len(sentences)
    spans = []
    for span in sentence_spans(text, language="en"):
        sentences.append(ReadingItem(span.of(text), context, heading))
        spans.append(Span(start + span.start, start + span.end))
        context = span.of(text)
    return Span(first, len(sentences)), spans


def _question(
    row: dict[str, Any], where: tuple[int, str], rows: Span, spans: Sequence[Span]
) -> TrainingQuestion:
    """Return a question, ``where`` being its number and article.

    Its answer is in the sentence that holds most of the data set's answers.
    """
    starts = [span.start for span in spans]
    places: list[tuple[int, Span]] = []
    for answer in row["answers"]:
        at = max(0, bisect_right(starts, answer["start"]) - 1)
        start = max(answer["start"], starts[at])
        end = min(answer["start"] + len(answer["text"]), spans[at].end)
        if start < end:
            places.append((at, Span(start - starts[at], end - starts[at])))
    best = [place for place, _ in Counter(at for at, _ in places).most_common(1)]
    return TrainingQuestion(
        text=row["question"],
        number=where[0],
        article=where[1],
        rows=rows,
        answer=rows.start + best[0] if best else None,
        span=next((span for place, span in places if place in best), None),
        accepted=tuple({answer["text"].lower() for answer in row["answers"]}),
    )


def roughened(question: str, rng: random.Random, *, subject: str) -> str:
    """Return a question as people type it: no mark, keywords, its subject in front, or a typo."""
    if rng.random() < _SHARE_WITHOUT_MARK:
        question = question.rstrip("? ")
    if rng.random() < _SHARE_OF_KEYWORDS:
        kept = [word for word in question.split() if word.lower() not in _FUNCTION_WORDS]
        question = " ".join(kept) or question
    if subject and rng.random() < _SHARE_WITH_SUBJECT:
        question = f"{subject}: {question}"
    if rng.random() < _SHARE_WITH_TYPO:
        question = _mistyped(question, rng)
    return question


def _mistyped(question: str, rng: random.Random) -> str:
    """Return ``question`` with two letters of a long word swapped, or one left out."""
    words = question.split(" ")
    long = [at for at, word in enumerate(words) if len(word) >= _MIN_TYPO_LETTERS]
    if long:
        at = rng.choice(long)
        slip = rng.randrange(1, len(words[at]) - 1)
        before, letters, after = words[at][:slip], words[at][slip : slip + 2], words[at][slip + 2 :]
        words[at] = before + (letters[::-1] if rng.random() < 0.5 else letters[:1]) + after  # noqa: PLR2004
    return " ".join(words)
