"""One-line descriptions of measures, for readers of reports; definitions stand with the code.

The order is that of every table.
"""

from collections.abc import Iterable, Mapping

from eval.records import Cause

MEANINGS: Mapping[str, str] = {
    "exact": "answerable questions whose quotes hold every answer string",
    "answer": "share of the answer strings that stand in the quotes",
    "answered": "answerable questions that were answered, not refused",
    "false answer": "unanswerable questions that were answered all the same; lower is better",
    "gold@1": "the best passage holds the gold",
    "gold@5": "the first 5 passages hold the gold",
    "gold@10": "the first 10 passages hold the gold",
    "gold@20": "the first 20 passages hold the gold",
    "complete@5": "the first 5 passages together hold every answer string",
    "nDCG@10": "ranking of the first 10 passages, the relevant ones first being 1",
    "RR": "1 / rank of the first relevant passage",
    "R@1": "share of the relevant passages that come first",
    "R@5": "share of the relevant passages among the first 5",
    "R@10": "share of the relevant passages among the first 10",
    "R@20": "share of the relevant passages among the first 20",
    "AP": "average precision of the first 20 passages",
    "quote precision": "share of the quoted words that are gold",
    "quote recall": "share of the gold words that were quoted",
    "quote F1": "harmonic mean of quote precision and recall",
    "page": "a quote stands on a page of the gold; documents with pages only",
    "verbatim": "quotes that are the document's words, character by character",
    "cited": "quotes whose citation names document and page",
    "citation recall": "answer strings that stand in a quote with a true citation",
    "citation precision": "citations that are true and needed",
    "highlight EM": "factoid questions: a highlight is exactly the answer (SQuAD)",
    "highlight F1": "factoid questions: words that a highlight shares with the answer (SQuAD)",
    "SQuAD EM": "the official SQuAD 2.0 exact match, refusals counted",
    "SQuAD F1": "the official SQuAD 2.0 F1, refusals counted",
    "AUROC": "an answerable question has more confidence than an unanswerable one; 0.5 is chance",
    "AURC": "area under the risk–coverage curve; lower is better",
    "coverage@20": "answerable questions above the confidence that lets 20 % of the others through",
    "false answers@50": "unanswerable questions let through with 50 % of the answerable ones",
    "false answers@80": "unanswerable questions let through with 80 % of the answerable ones",
    "false answers@90": "unanswerable questions let through with 90 % of the answerable ones",
    "ECE": "mean gap of confidence and how often it was right; lower is better",
    "Brier": "mean squared gap of confidence and rightness; lower is better",
    "p50 ms": "median response time in milliseconds",
    "p95 ms": "response time in milliseconds that 95 % of the questions keep",
}
"""One line a measure, the most telling ones first."""

DECISIVE = ("exact", "answer", "answered", "false answer", "gold@5", "quote F1", "page")
"""Measures that single questions are won and lost by, and that a gate looks at."""

IN_MILLISECONDS = frozenset({"p50 ms", "p95 ms"})

CAUSE_MEANINGS: Mapping[Cause, str] = {
    Cause.NOT_EXTRACTED: "The gold does not stand in the index: the file was not read in full.",
    Cause.NOT_RETRIEVED: "No passage with the gold is among those that were read.",
    Cause.NOT_CHOSEN: "A passage with the gold was read, but nothing of the gold was quoted.",
    Cause.CUT: "Part of the gold was quoted, but not all that an answer needs.",
    Cause.WRONGLY_REFUSED: "The quotes were right, but confidence was too low to show them.",
    Cause.WRONGLY_ANSWERED: "The reports do not answer it, yet quotes were shown.",
}


def in_order(measures: Iterable[str]) -> list[str]:
    """Return measures in the order of `MEANINGS`, unknown ones last as they come."""
    places = {name: at for at, name in enumerate(MEANINGS)}
    return sorted(measures, key=lambda name: places.get(name, len(places)))
