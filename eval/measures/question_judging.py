"""Judges one question: every measure of its quotes and passages, and why it was missed.

question + row + documents ─▶ gold located ─▶ scores, right or not, cause
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.measures import quote_measures as measures
from eval.measures.gold import Documents, LocatedGold, is_document, locate_gold, word_places
from eval.records import Cause, JudgedQuestion, RunInfo, RunQuote, RunRow
from indexer.records import Span

DEPTHS = (1, 5, 10, 20)
_READ_BY_DEFAULT = 10
_SHORT = (None, "factoid")
"""Kinds of questions that a short string answers; sets from elsewhere name no kinds."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One question, judged but for its ranking.

    Attributes:
        question: The question.
        row: What it brought.
        gold: Where its gold stands.
        scores: Of each measure that applies.
        is_right: Whether the forced answer answers it.
        cause: Why it was missed, if it was.
        n_true: Quotes that are verbatim, and quotes whose citation names its place.
    """

    question: JudgedQuestion
    row: RunRow
    gold: LocatedGold
    scores: Mapping[str, float]
    is_right: bool
    cause: Cause | None
    n_true: tuple[int, int]


def judge_question(
    question: JudgedQuestion, row: RunRow, documents: Documents, info: RunInfo
) -> Judged:
    """Judge one question by all that needs no other question."""
    verbatim = [_is_verbatim(quote, documents) for quote in row.quotes]
    cited = [_is_cited(quote, documents) for quote in row.quotes]
    scores: dict[str, float | None] = {
        "verbatim": float(np.mean(verbatim)) if verbatim else None,
        "cited": float(np.mean(cited)) if cited else None,
        "answered" if question.is_answerable else "false answer": float(row.answered),
        **_squad(question, row),
    }
    gold = LocatedGold((), {}, {}, is_by_document=False, is_extracted=False)
    if question.is_answerable:
        gold = locate_gold(question, row.passages, documents)
        scores |= _of_ranking(question, row)
        scores |= _of_quotes(question, row, gold, documents)
        scores |= _of_citations(question, row, verbatim, gold)
        scores |= _highlights(question, row)
    return Judged(
        question=question,
        row=row,
        gold=gold,
        scores={name: value for name, value in scores.items() if value is not None},
        is_right=is_right(question, row, gold),
        cause=cause_of(question, row, gold, top_k=_top_k(info)),
        n_true=(sum(verbatim), sum(cited)),
    )


def is_right(question: JudgedQuestion, row: RunRow, gold: LocatedGold) -> bool:
    """Tell whether quotes answer a question: they hold every answer string.

    Of a set without answer strings (BEIR, TREC), whether any of them is from the gold.
    """
    if not question.is_answerable:
        return False
    if question.answer_strings:
        share = measures.answer_share([quote.text for quote in row.quotes], question.answer_strings)
        return share == 1
    return any(_touches(quote, gold) or quote.doc in gold.qrels for quote in row.quotes)


def cause_of(
    question: JudgedQuestion, row: RunRow, gold: LocatedGold, *, top_k: int
) -> Cause | None:
    """Return why a question was missed, or ``None`` where it was not.

    The first that holds, for an answerable question: right but refused; its gold is not in the
    index; no relevant passage among those read; a part of it was quoted; none was.

    Args:
        question: Judged.
        row: What it brought.
        gold: Where its gold stands.
        top_k: Passages that the pipeline reads.
    """
    if not question.is_answerable:
        return Cause.WRONGLY_ANSWERED if row.answered else None
    if is_right(question, row, gold):
        return None if row.answered else Cause.WRONGLY_REFUSED
    if not gold.is_extracted:
        return Cause.NOT_EXTRACTED
    read = {name for p in row.passages[:top_k] for name in (gold.judged_as(p), p.doc)}
    if read.isdisjoint(gold.qrels):
        return Cause.NOT_RETRIEVED
    is_part_quoted = any(_touches(quote, gold) for quote in row.quotes) or bool(
        measures.answer_share([q.text for q in row.quotes], question.answer_strings)
    )
    return Cause.CUT if is_part_quoted else Cause.NOT_CHOSEN


def _of_ranking(question: JudgedQuestion, row: RunRow) -> dict[str, float | None]:
    rank = gold_rank(question, row)
    five = [passage.text for passage in row.passages[:5]]
    return {
        **{f"gold@{k}": float(rank is not None and rank <= k) for k in DEPTHS},
        "complete@5": float(measures.holds_all(five, question.answer_strings))
        if question.answer_strings
        else None,
    }


def gold_rank(question: JudgedQuestion, row: RunRow) -> int | None:
    """Return the rank at which the gold is complete, or ``None`` where it never is.

    A passage has a gold quote if it covers it (`eval.measures.quote_measures.covers`); of a set
    without quotes, if it holds every answer string; without those either, if it is from a gold
    document. A question that needs every gold has the rank of the last.
    """
    if not question.answer_strings and all(map(is_document, question.gold)):
        doc_ids = {gold.doc_id for gold in question.gold}
        return next((passage.rank for passage in row.passages if passage.doc in doc_ids), None)
    texts = [passage.text for passage in row.passages]
    quotes = [(gold.quote, gold.is_alternative) for gold in question.gold if gold.quote]
    if not quotes:
        holding = (measures.holds_all([text], question.answer_strings) for text in texts)
        return next((rank for rank, does in enumerate(holding, start=1) if does), None)
    ranks = [
        (next((r for r, t in enumerate(texts, start=1) if measures.covers(t, quote)), None), is_alt)
        for quote, is_alt in quotes
    ]
    reached = [rank for rank, _ in ranks if rank is not None]
    if not question.needs_every_gold:
        return min(reached, default=None)
    needed = [rank for rank, is_alt in ranks if not is_alt] or [rank for rank, _ in ranks]
    return None if None in needed else max(rank for rank in needed if rank is not None)


def _of_quotes(
    question: JudgedQuestion, row: RunRow, gold: LocatedGold, documents: Documents
) -> dict[str, float | None]:
    share = measures.answer_share([quote.text for quote in row.quotes], question.answer_strings)
    scores: dict[str, float | None] = {
        "answer": share,
        "exact": None if share is None else float(share == 1),
    }
    if not gold.spans:
        return scores
    quoted = word_places(((q.doc, Span(q.start, q.end)) for q in row.quotes), documents)
    wanted = [word_places([place], documents) for place in gold.spans]
    precision = measures.quote_precision(quoted, frozenset().union(*wanted))
    recall = measures.quote_recall(quoted, wanted, needs_every=question.needs_every_gold)
    cited_pages = [(quote.doc, quote.page) for quote in row.quotes if quote.page]
    return scores | {
        "quote precision": precision,
        "quote recall": recall,
        "quote F1": measures.f1(precision, recall),
        "page": measures.on_gold_page(cited_pages, _gold_pages(question, gold, documents)),
    }


def _gold_pages(
    question: JudgedQuestion, gold: LocatedGold, documents: Documents
) -> set[tuple[str, int]]:
    named = {(gold_span.doc_id, gold_span.page) for gold_span in question.gold if gold_span.page}
    if named:
        return named
    located = ((doc_id, span, documents(doc_id)) for doc_id, span in gold.spans)
    pages = (
        (doc_id, document.page_at(span.start)) for doc_id, span, document in located if document
    )
    return {(doc_id, page) for doc_id, page in pages if page}


def _of_citations(
    question: JudgedQuestion, row: RunRow, verbatim: Sequence[bool], gold: LocatedGold
) -> dict[str, float | None]:
    supported = [q.text for q, is_true in zip(row.quotes, verbatim, strict=True) if is_true]
    needed = [
        _touches(quote, gold)
        or any(measures.holds_all([quote.text], [string]) for string in question.answer_strings)
        for quote in row.quotes
    ]
    return {
        "citation recall": measures.citation_recall(supported, question.answer_strings),
        "citation precision": measures.citation_precision(verbatim, needed),
    }


def _highlights(question: JudgedQuestion, row: RunRow) -> dict[str, float | None]:
    answers = list(measures.forms(question.answer_strings))
    if question.kind not in _SHORT or not answers:
        return {}
    highlights = [
        _highlighted(quote) for quote in row.quotes[: measures.MAX_QUOTES] if quote.highlight
    ]
    return {
        "highlight EM": max(
            (measures.exact_match(highlight, answers) for highlight in highlights), default=0.0
        ),
        "highlight F1": max(
            (measures.token_f1(highlight, answers) for highlight in highlights), default=0.0
        ),
    }


def _squad(question: JudgedQuestion, row: RunRow) -> dict[str, float | None]:
    if question.is_answerable and question.kind not in _SHORT:
        return {}
    answers = list(measures.forms(question.answer_strings))
    prediction = squad_prediction(row) if row.answered else ""
    return {
        "SQuAD EM": measures.exact_match(prediction, answers),
        "SQuAD F1": measures.token_f1(prediction, answers),
    }


def squad_prediction(row: RunRow) -> str:
    """Return the one string that a row answers with: its first highlight, else its first quote."""
    highlighted = [_highlighted(quote) for quote in row.quotes if quote.highlight]
    return next(iter([*highlighted, *(quote.text for quote in row.quotes)]), "")


def _highlighted(quote: RunQuote) -> str:
    return quote.text[slice(*quote.highlight)] if quote.highlight else ""


def _is_verbatim(quote: RunQuote, documents: Documents) -> bool:
    """Tell whether a quote is its document's text from start to end, character by character.

    ``verbatim`` is the share of quotes that are, in [0, 1], as ``cited`` is of the next. Source of
    both: the project's own scorer, which names them so.
    """
    document = documents(quote.doc)
    return document is not None and document.text[quote.start : quote.end] == quote.text


def _is_cited(quote: RunQuote, documents: Documents) -> bool:
    """Tell whether a citation names a document, and a page where the document has pages."""
    document = documents(quote.doc)
    return document is not None and (not document.page_starts or quote.page is not None)


def _touches(quote: RunQuote, gold: LocatedGold) -> bool:
    return any(
        doc_id == quote.doc and quote.start < span.end and span.start < quote.end
        for doc_id, span in gold.spans
    )


def _top_k(info: RunInfo) -> int:
    top_k = info.settings.get("top_k")
    return int(top_k) if top_k else _READ_BY_DEFAULT
