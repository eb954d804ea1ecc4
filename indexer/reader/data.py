"""What the reader learns from: questions with sentences that answer them, or only nearly.

    corpus.jsonl + questions.jsonl ─▶ sentences ─▶ BM25 over them ─▶ groups

A group is a question, at most one sentence that answers it and others that do not: of the same
paragraph, and BM25-near ones of other paragraphs that lack the answer's words.
"""

import hashlib
import json
import random
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from indexer.lexical import LexicalIndex
from indexer.records import Span
from indexer.sentence_reader import ReadingItem
from indexer.sentences import sentence_spans

_WEIGHTS = {"squad2-dev-10-articles": 1.0, "squadshifts-new-wiki": 1.0}
_OTHER_WEIGHT = 0.25
"""Weight of a question when groups are drawn: encyclopaedias read more like reports than chat."""

_N_NEAR = 24
_SHARE_WITHOUT_MARK = 0.3
_SHARE_WITH_TYPO = 0.1
_MIN_TYPO_LETTERS = 5
_COMMENTS = "Filtered_Reddit_Comments"
_UNTITLED = re.compile(rf"{_COMMENTS}$|Amazon_Reviews_\d+$")
"""Titles that say nothing of the text."""


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences read together for one question.

    Attributes:
        question: As asked, perhaps with a typo.
        items: The sentences.
        answer: Position of the one that answers; ``None`` if none does.
        span: The answer in that sentence's text.
    """

    question: str
    items: tuple[ReadingItem, ...]
    answer: int | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a data set.

    Attributes:
        question: Its words.
        article: What it is about; training and held-out questions share none.
        rows: The sentences of its paragraph, ``[start, end)`` in the set's sentences.
        answer: Row of the sentence that answers; ``None`` if none does.
        span: The answer in that sentence.
        strings: Every accepted answer, lower-case.
    """

    question: str
    article: str
    rows: Span
    answer: int | None
    span: Span | None
    strings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataSet:
    """One folder of training data, split into sentences."""

    name: str
    sentences: tuple[ReadingItem, ...]
    questions: tuple[Asked, ...]


class Miner:
    """Makes groups from a data set, near sentences found by BM25."""

    def __init__(self, data: DataSet, folder: Path) -> None:
        """Index the sentences of ``data`` into ``folder``, which must exist."""
        self._data = data
        entries = ((row, "en", item.text) for row, item in enumerate(data.sentences))
        self._lexical = LexicalIndex.build(folder, entries, languages=["en"])

    def group(
        self, asked: Asked, rng: random.Random, *, n_negatives: int, answered: bool = True
    ) -> Group:
        """Return a group for training.

        Args:
            asked: The question.
            rng: Chooses among the negatives, and what is mistyped.
            n_negatives: Sentences that do not answer, at most.
            answered: Whether the answer, where there is one, is among the sentences.
        """
        near, apart = self._negatives(asked)
        if asked.answer is not None and not answered:
            near = [row for row in near if row != asked.answer + 1]  # its context is the answer
        n_near = min(len(near), max(rng.choice((2, 3)), n_negatives - len(apart)))
        # Half of them the likeliest to mislead, half any: an easy one teaches a little too.
        chosen = near[: n_near // 2] + rng.sample(near[n_near // 2 :], n_near - n_near // 2)
        rest = n_negatives - len(chosen)
        chosen += rng.sample(apart[: 2 * rest], min(rest, len(apart[: 2 * rest])))
        question = _roughened(asked.question, rng)
        items = tuple(self._data.sentences[row] for row in chosen)
        if asked.answer is None or not answered:
            return Group(question, items, answer=None, span=None)
        return Group(question, (self._data.sentences[asked.answer], *items), 0, asked.span)

    def whole(self, asked: Asked, *, n_apart: int) -> Group:
        """Return the whole paragraph and ``n_apart`` near sentences, as measuring needs it."""
        _, apart = self._negatives(asked)
        rows = [*range(asked.rows.start, asked.rows.end), *apart[:n_apart]]
        answer = None if asked.answer is None else rows.index(asked.answer)
        items = tuple(self._data.sentences[row] for row in rows)
        return Group(asked.question, items, answer, asked.span)

    def _negatives(self, asked: Asked) -> tuple[list[int], list[int]]:
        """Return rows that do not answer, likeliest to mislead first: near by, and elsewhere."""
        found = list(self._lexical.search(asked.question, top_k=_N_NEAR))
        lacking = [row for row in found if not self._answers(asked, row)]
        inside = range(asked.rows.start, asked.rows.end)
        rest = [row for row in inside if row not in found and not self._answers(asked, row)]
        rest.sort(key=lambda row: abs(row - (asked.answer or row)))
        return (
            [row for row in lacking if row in inside] + rest,
            [row for row in lacking if row not in inside],
        )

    def _answers(self, asked: Asked, row: int) -> bool:
        text = self._data.sentences[row].text.lower()
        return row == asked.answer or any(answer in text for answer in asked.strings)


def read_data_sets(folder: Path) -> tuple[DataSet, ...]:
    """Read every data set below ``folder``, by name."""
    return tuple(_read(path) for path in sorted(folder.iterdir()) if path.is_dir())


def file_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below ``folder``, by relative path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.jsonl"))
    }


def held_out(data: DataSet, *, n_questions: int, seed: int) -> frozenset[str]:
    """Return articles that have about ``n_questions``: at least, unless the set has fewer."""
    sizes = Counter(asked.article for asked in data.questions)
    articles = sorted(sizes, key=lambda name: hashlib.sha256(f"{seed}/{name}".encode()).digest())
    chosen: list[str] = []
    while articles and sum(sizes[name] for name in chosen) < n_questions:
        chosen.append(articles.pop(0))
    return frozenset(chosen)


def training_groups(
    data_sets: Sequence[DataSet],
    kept_apart: frozenset[str],
    *,
    n_groups: int,
    n_negatives: int,
    seed: int,
) -> tuple[Group, ...]:
    """Return ``n_groups`` groups, shuffled, about 30 % of them without an answer.

    Questions are drawn without putting back, those of sets written like reports more often.

    Source:
        Efraimidis and Spirakis (2006), doi:10.1016/j.ipl.2005.11.003.
    """
    rng = random.Random(seed)  # noqa: S311  (sampling, not secrets)
    chosen = _chosen(data_sets, kept_apart, n_groups, rng)
    n_silent = sum(asked.answer is None for _, asked in chosen)
    share = max(0.0, 0.3 * len(chosen) - n_silent) / max(1, len(chosen) - n_silent)
    groups = []
    with TemporaryDirectory() as folder:
        miners = {data.name: _miner(data, Path(folder)) for data in data_sets}
        for name, asked in chosen:
            group = miners[name].group(
                asked, rng, n_negatives=n_negatives, answered=rng.random() >= share
            )
            if group.items:
                groups.append(group)
    return tuple(groups)


def measuring_groups(data_sets: Sequence[DataSet], kept_apart: frozenset[str]) -> tuple[Group, ...]:
    """Return one group for each question of the articles kept apart."""
    groups = []
    with TemporaryDirectory() as folder:
        for data in data_sets:
            miner = _miner(data, Path(folder))
            groups += [
                miner.whole(asked, n_apart=5)
                for asked in data.questions
                if asked.article in kept_apart
            ]
    return tuple(groups)


def _miner(data: DataSet, folder: Path) -> Miner:
    (folder / data.name).mkdir()
    return Miner(data, folder / data.name)


def _chosen(
    data_sets: Sequence[DataSet], kept_apart: frozenset[str], n_groups: int, rng: random.Random
) -> list[tuple[str, Asked]]:
    weighted = [
        (rng.random() ** (1 / _WEIGHTS.get(data.name, _OTHER_WEIGHT)), data.name, asked)
        for data in data_sets
        for asked in data.questions
        if asked.article not in kept_apart
    ]
    weighted.sort(key=lambda entry: -entry[0])
    chosen = [(name, asked) for _, name, asked in weighted[:n_groups]]
    rng.shuffle(chosen)
    return chosen


def _read(folder: Path) -> DataSet:
    documents = {row["doc_id"]: row for row in _rows(folder / "corpus.jsonl")}
    sentences: list[ReadingItem] = []
    paragraphs: dict[tuple[str, int, int], tuple[Span, list[Span]]] = {}
    questions = []
    for row in _rows(folder / "questions.jsonl"):
        place = _place(row, documents)
        if place not in paragraphs:
            paragraphs[place] = _split(documents[place[0]], place, sentences)
        rows, spans = paragraphs[place]
        article = f"{folder.name}/{_article(documents[place[0]])}"
        questions.append(_asked(row, article, rows, spans))
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

    The first sentence's context is the article's title, as a report's would be its heading.
    """
    _, start, end = place
    text = document["text"][start:end]
    title = str(document["title"])
    context = "" if _UNTITLED.match(title) else title.replace("_", " ")
    first = len(sentences)
    spans = []
    for span in sentence_spans(text, language="en"):
        sentences.append(ReadingItem(span.of(text), context))
        spans.append(Span(start + span.start, start + span.end))
        context = span.of(text)
    return Span(first, len(sentences)), spans


def _asked(row: dict[str, Any], article: str, rows: Span, spans: Sequence[Span]) -> Asked:
    """Return a question; its answer stands in the sentence that most of the answers given do."""
    starts = [span.start for span in spans]
    places: list[tuple[int, Span]] = []
    for answer in row["answers"]:
        at = max(0, bisect_right(starts, answer["start"]) - 1)
        start = max(answer["start"], starts[at])
        end = min(answer["start"] + len(answer["text"]), spans[at].end)
        if start < end:
            places.append((at, Span(start - starts[at], end - starts[at])))
    best = [place for place, _ in Counter(at for at, _ in places).most_common(1)]
    return Asked(
        question=row["question"],
        article=article,
        rows=rows,
        answer=rows.start + best[0] if best else None,
        span=next((span for place, span in places if place in best), None),
        strings=tuple({answer["text"].lower() for answer in row["answers"]}),
    )


def _roughened(question: str, rng: random.Random) -> str:
    """Return a question as people type it: sometimes unmarked, sometimes with a slip."""
    if rng.random() < _SHARE_WITHOUT_MARK:
        question = question.rstrip("? ")
    words = question.split(" ")
    long = [at for at, word in enumerate(words) if len(word) >= _MIN_TYPO_LETTERS]
    if long and rng.random() < _SHARE_WITH_TYPO:
        at = rng.choice(long)
        slip = rng.randrange(1, len(words[at]) - 1)
        before, letters, after = words[at][:slip], words[at][slip : slip + 2], words[at][slip + 2 :]
        words[at] = before + (letters[::-1] if rng.random() < 0.5 else letters[:1]) + after  # noqa: PLR2004
    return " ".join(words)
