"""Finds gold in the index that answered: spans of its documents, and its relevant passages.

gold span ─┬─ quote ──▶ where it stands, or most of its words ─▶ span ─▶ passages that overlap it
           ├─ section ▶ passages of the document that hold the answer strings
           └─ neither ▶ the whole document
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from eval.measures.quote_measures import COVERED
from eval.records import GoldSpan, JudgedQuestion, RankedPassage
from eval.served_documents import ServedDocument
from eval.word_matching import holds, occurrences, words
from indexer.records import Span

Documents = Callable[[str], ServedDocument | None]
"""The document of an id, or ``None``."""

_HALF = 0.5
_SLACK = 1.5
"""A quote's words may stand in so many times as many: other columns' lines come between them."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class LocatedGold:
    """Where a question's gold stands in one index.

    Attributes:
        spans: Document and span of each gold span with a quote that was found.
        qrels: Relevance of every relevant passage, or document, by id: 1. Gold that no known
            passage has stands there under an id that nothing retrieved can have.
        twins: Further relevant passages, each with the one in ``qrels`` that it overlaps and that
            is relevant to the same gold: who finds either has it, so they are judged as one.
        is_by_document: Whether whole documents are judged, as in BEIR.
        is_extracted: Whether any of the gold stands in the index.
    """

    spans: tuple[tuple[str, Span], ...]
    qrels: dict[str, int]
    twins: dict[str, str]
    is_by_document: bool
    is_extracted: bool

    def judged_as(self, passage: RankedPassage) -> str:
        """Return the id under which a retrieved passage is judged."""
        if self.is_by_document:
            return passage.doc
        return self.twins.get(passage.passage_id, passage.passage_id)


def locate_gold(
    question: JudgedQuestion, ranked: Sequence[RankedPassage], documents: Documents
) -> LocatedGold:
    """Return where the gold of an answerable question stands.

    A passage is relevant to a gold span if it holds half of it, or lies half inside it. All
    passages of the index are judged; over HTTP only those ``ranked``, since no one lists the
    others.

    Args:
        question: Judged.
        ranked: What was retrieved.
        documents: Of the index.
    """
    spans: list[tuple[str, Span]] = []
    passages: dict[tuple[str, Span], set[int]] = {}
    others: list[str] = []
    for at, gold in enumerate(question.gold):
        document = documents(gold.doc_id)
        if document is not None and is_document(gold):
            others.append(gold.doc_id)
            continue
        relevant_here = _relevant(gold, question, ranked, document, spans)
        for passage in relevant_here:
            passages.setdefault((gold.doc_id, passage), set()).add(at)
        if not relevant_here and question.needs_every_gold and not gold.is_alternative:
            others.append(f"unknown:{at}")
    if not question.gold:
        passages = {
            (passage.doc, Span(passage.start, passage.end)): set()
            for passage in ranked
            if _holds_all(passage.text, question)
        }
    twins = _twins(passages)
    relevant = [*others, *(_passage_id(*passage) for passage in sorted(passages))]
    return LocatedGold(
        spans=tuple(spans),
        qrels=dict.fromkeys((name for name in relevant if name not in twins), 1) or {"unknown:": 1},
        twins=twins,
        is_by_document=bool(question.gold) and all(map(is_document, question.gold)),
        is_extracted=bool(spans) or any(not name.startswith("unknown:") for name in relevant),
    )


def is_document(gold: GoldSpan) -> bool:
    """Tell whether gold is a document as a whole."""
    return gold.quote is None and gold.section is None


def locate(gold: GoldSpan, document: ServedDocument) -> Span | None:
    """Return where a gold quote stands in a document, or ``None``.

    Of several places the one nearest to ``gold.start``, or the first. A quote that stands nowhere
    word for word (cut by a column, hyphenated otherwise) is where most of its distinct words
    stand, if those are `COVERED` of them.
    """
    if gold.quote is None:
        return None
    exact = occurrences(document.text, gold.quote)
    if exact:
        near = gold.start
        return exact[0] if near is None else min(exact, key=lambda span: abs(span.start - near))
    return _nearest_window(gold.quote, document.text)


def _relevant(
    gold: GoldSpan,
    question: JudgedQuestion,
    ranked: Sequence[RankedPassage],
    document: ServedDocument | None,
    spans: list[tuple[str, Span]],
) -> list[Span]:
    """Return the passages relevant to one gold span; append its place to ``spans``."""
    if document is None:
        return []
    passages = _passages(gold.doc_id, ranked, document)
    if gold.quote is None:
        texts = {span: span.of(document.text) for span in passages}
        holding = [span for span, text in texts.items() if _holds_all(text, question)]
        return holding or [span for span, text in texts.items() if _holds_any(text, question)]
    span = locate(gold, document)
    if span is None:
        return []
    spans.append((gold.doc_id, span))
    return [passage for passage in passages if _is_relevant(passage, span)]


def _twins(passages: Mapping[tuple[str, Span], set[int]]) -> dict[str, str]:
    """Return the ids of passages that are twins, each with that of an earlier passage.

    Args:
        passages: Relevant ones, each with the positions of the gold that it is relevant to.
    """
    twins: dict[str, str] = {}
    kept: tuple[str, Span] | None = None
    for passage in sorted(passages):
        if kept and _overlap(kept, passage) and passages[kept] == passages[passage]:
            twins[_passage_id(*passage)] = _passage_id(*kept)
        else:
            kept = passage
    return twins


def _overlap(first: tuple[str, Span], second: tuple[str, Span]) -> bool:
    return first[0] == second[0] and first[1].overlaps(second[1])


def _passages(
    doc_id: str, ranked: Sequence[RankedPassage], document: ServedDocument
) -> Sequence[Span]:
    if document.passages is not None:
        return document.passages
    return [Span(passage.start, passage.end) for passage in ranked if passage.doc == doc_id]


def _passage_id(doc_id: str, span: Span) -> str:
    return f"{doc_id}:{span.start}-{span.end}"


def _is_relevant(passage: Span, gold: Span) -> bool:
    common = min(passage.end, gold.end) - max(passage.start, gold.start)
    return common >= _HALF * min(gold.end - gold.start, passage.end - passage.start)


def _holds_all(text: str, question: JudgedQuestion) -> bool:
    text_words = words(text)
    return all(holds(text_words, string) for string in question.answer_strings)


def _holds_any(text: str, question: JudgedQuestion) -> bool:
    text_words = words(text)
    return any(holds(text_words, string) for string in question.answer_strings)


# ── most of a quote's words ─────────────────────────────────────────────────────────────────────


def _nearest_window(quote: str, text: str) -> Span | None:
    """Return the stretch that holds most of a quote's distinct words, cut to those words."""
    wanted = frozenset(word for word, _ in _tokens(quote))
    tokens = _tokens(text)
    length = int(_SLACK * len(_tokens(quote))) + 1
    best, end = max(_windows(tokens, wanted, length), default=(0, 0))
    if not wanted or best < COVERED * len(wanted):
        return None
    window = tokens[max(end - length, 0) : end]
    inside = _tightest(window, wanted)
    return Span(inside[0][1].start, inside[-1][1].end)


def _windows(
    tokens: Sequence[tuple[str, Span]], wanted: frozenset[str], length: int
) -> Iterator[tuple[int, int]]:
    """Yield ``(distinct wanted words, end)`` of every window of ``length`` tokens."""
    counted: Counter[str] = Counter()
    n_distinct = 0
    for end, (word, _) in enumerate(tokens, start=1):
        if word in wanted:
            counted[word] += 1
            n_distinct += counted[word] == 1
        out = tokens[end - length - 1][0] if end > length else None
        if out in wanted:
            counted[str(out)] -= 1
            n_distinct -= counted[str(out)] == 0
        yield n_distinct, end


def _tightest(
    window: Sequence[tuple[str, Span]], wanted: frozenset[str]
) -> Sequence[tuple[str, Span]]:
    """Cut tokens off both ends as long as no distinct wanted word is lost."""
    counted = Counter(word for word, _ in window if word in wanted)
    first, last = 0, len(window)
    for step in (1, -1):
        while True:
            word = window[first if step == 1 else last - 1][0]
            if word in wanted and counted[word] == 1:
                break
            counted[word] -= word in wanted
            first, last = (first + 1, last) if step == 1 else (first, last - 1)
    return window[first:last]


@lru_cache(maxsize=256)
def _tokens(text: str) -> tuple[tuple[str, Span], ...]:
    """Return the words of a text, folded, with their places."""
    return tuple(
        (unicodedata.normalize("NFKC", match[0]).casefold(), Span(*match.span()))
        for match in _WORD.finditer(text)
    )


def word_places(
    spans: Iterable[tuple[str, Span]], documents: Documents
) -> frozenset[tuple[str, int]]:
    """Return the words inside spans of documents, each as document and offset."""
    places = set()
    for doc_id, span in spans:
        document = documents(doc_id)
        text = span.of(document.text) if document else ""
        places |= {(doc_id, span.start + match.start()) for match in _WORD.finditer(text)}
    return frozenset(places)
