"""A small index in memory and rows that a run of it might bring, to be judged by hand."""

from dataclasses import replace
from pathlib import Path

import pytrec_eval

from eval.records import GoldSpan, JudgedQuestion, RankedPassage, RunInfo, RunQuote, RunRow
from eval.served_documents import ServedDocument
from indexer.records import PageStart, Span

ALTA = (
    "Alta pays half of the rent for two years. Tenants apply at the town hall. Rooms stand empty."
)
BASSA = "The port trains forty cooks each spring."
FIRST, SECOND, THIRD = Span(0, 41), Span(42, 73), Span(74, 92)
"""Sentences of `ALTA`, each a passage."""

DOCUMENTS = {
    "alta": ServedDocument(
        doc_id="alta",
        text=ALTA,
        publisher="Alta City",
        countries=("CL",),
        themes=("housing",),
        page_starts=(PageStart(0, 1), PageStart(42, 2)),
        passages=(FIRST, SECOND, THIRD),
    ),
    "bassa": ServedDocument(
        doc_id="bassa", text=BASSA, countries=("KE", "UG"), passages=(Span(0, 40),)
    ),
}

INFO = RunInfo(
    name="first",
    questions_path="set.jsonl",
    questions_sha256="ab" * 32,
    n_questions=2,
    pipeline="in process",
    index_fingerprint="cd" * 32,
    index_dir="index",
    settings={"top_k": 2},
    git_revision="ef" * 20,
    cita_version="0.1.0",
    started_at="2026-01-01T00:00:00+00:00",
)

QUESTION = JudgedQuestion(
    qid="q1",
    text="How long does Alta help?",
    language="en",
    is_answerable=True,
    gold=(GoldSpan("alta", quote="Alta pays half of the rent for two years."),),
    answer_strings=("two years|24 months",),
    kind="factoid",
    difficulty="easy",
    countries=("CL",),
    theme="housing",
)
UNANSWERABLE = JudgedQuestion(
    qid="q2", text="What does a tram cost?", language="en", is_answerable=False
)


def passage(rank: int, doc: str, span: Span) -> RankedPassage:
    """Return a retrieved passage of `DOCUMENTS`."""
    document = DOCUMENTS[doc]
    return RankedPassage(
        rank=rank,
        passage_id=f"{doc}:{span.start}-{span.end}",
        score=1 / rank,
        doc=doc,
        start=span.start,
        end=span.end,
        page=document.page_at(span.start),
        text=span.of(document.text),
    )


def quote(doc: str, span: Span, *, highlight: tuple[int, int] | None = None) -> RunQuote:
    """Return a true quote of `DOCUMENTS`."""
    document = DOCUMENTS[doc]
    return RunQuote(
        text=span.of(document.text),
        doc=doc,
        start=span.start,
        end=span.end,
        page=document.page_at(span.start),
        highlight=highlight,
        citation=1,
    )


ROW = RunRow(
    qid="q1",
    question=QUESTION.text,
    lang="en",
    confidence=0.9,
    answered=True,
    refusal_code=None,
    took_ms=12.5,
    passages=(
        passage(1, "bassa", Span(0, 40)),
        passage(2, "alta", FIRST),
        passage(3, "alta", SECOND),
    ),
    quotes=(quote("alta", FIRST, highlight=(31, 40)), quote("alta", SECOND)),
)
"""Right at rank 2: it quotes the gold, with “two years” highlighted, and a sentence more."""

REFUSED = replace(
    ROW, qid="q2", confidence=0.2, answered=False, refusal_code="nothing_relevant", quotes=()
)


def load_trec_run(path: Path) -> dict[str, dict[str, float]]:
    """Read a TREC run as `trec_eval` does: score by question and passage."""
    with path.open(encoding="utf-8") as file:
        run: dict[str, dict[str, float]] = pytrec_eval.parse_run(file)
    return run
