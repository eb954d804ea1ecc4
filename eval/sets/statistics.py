"""Statistics of a question set: counts, lengths, words shared with the gold."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean, pstdev

from eval.records import GoldSpan, JudgedQuestion
from eval.sets.corpus_texts import GoldTexts
from eval.word_matching import holds, overlap, words
from indexer.segmentation.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long answerable and unanswerable questions are.

    Attributes:
        answerable: Words of each answerable question.
        unanswerable: Words of each unanswerable one.
    """

    answerable: tuple[int, ...]
    unanswerable: tuple[int, ...]

    @property
    def auroc(self) -> float:
        """Probability that an unanswerable question is longer than an answerable one, in [0, 1].

        Mann and Whitney's U over its largest value; equal lengths count half. 0.5 for nothing to
        compare. Source: Hanley and McNeil (1982), doi:10.1148/radiology.143.1.7063747.
        """
        pairs = [(a, u) for a in self.answerable for u in self.unanswerable]
        wins = sum((u > a) + (u == a) / 2 for a, u in pairs)
        return wins / len(pairs) if pairs else 0.5

    @property
    def difference(self) -> float:
        """By how much the mean lengths differ, as a share of the answerable ones' mean."""
        if not self.answerable or not self.unanswerable:
            return 0.0
        mean = fmean(self.answerable)
        return abs(fmean(self.unanswerable) - mean) / mean


def lengths(questions: Sequence[JudgedQuestion]) -> Lengths:
    """Return the lengths of questions, split by answerability."""
    return Lengths(
        tuple(len(q.text.split()) for q in questions if q.is_answerable),
        tuple(len(q.text.split()) for q in questions if not q.is_answerable),
    )


def question_overlap(question: JudgedQuestion, gold_texts: GoldTexts) -> float | None:
    """Return the share of a question's content words that its gold has, in [0, 1].

    All gold together where each is needed, else the one that has most. ``None`` where there is no
    gold or its text is not at hand.
    """
    texts = [text for gold in question.gold if (text := gold_text(gold, question, gold_texts))]
    if question.needs_every_gold:
        texts = [" ".join(texts)] if texts else []
    return max(
        (overlap(question.text, text, language=question.language) for text in texts), default=None
    )


def gold_text(gold: GoldSpan, question: JudgedQuestion, gold_texts: GoldTexts) -> str:
    """Return the quote or, of a section, the sentences that answer; "" if the text is not at hand.

    Those are, for each answer string, the sentence holding it that has most of the question's
    words: the worst case.
    """
    if gold.quote is not None:
        return gold.quote
    section = gold_texts.section_text(gold) or ""
    sentences = _sentences(section)
    chosen = []
    for answer_string in question.answer_strings:
        holding = [s for s in sentences if holds(words(s), answer_string)]
        if holding:
            chosen.append(
                max(holding, key=lambda s: overlap(question.text, s, language=question.language))
            )
    return " ".join(dict.fromkeys(chosen))


@cache
def _sentences(text: str) -> tuple[str, ...]:
    paragraphs = filter(None, (" ".join(part.split()) for part in text.split("\n\n")))
    return tuple(
        span.of(paragraph)
        for paragraph in paragraphs
        for span in sentence_spans(paragraph, language="en")
    )


def set_summary(questions: Sequence[JudgedQuestion], gold_texts: GoldTexts) -> Iterator[str]:
    """Yield the statistics of a question set, a line each."""
    yield f"  {'questions':<13} {len(questions)}"
    for name, counter in _counts(questions):
        yield f"  {name:<13} {' · '.join(f'{value} {n}' for value, n in counter.most_common())}"
    yield f"  {'length':<13} {_length_summary(lengths(questions))}"
    yield f"  {'overlap':<13} {overlap_summary(questions, gold_texts)}"


def _counts(questions: Sequence[JudgedQuestion]) -> Iterator[tuple[str, Counter[str]]]:
    yield "answerable", Counter(q.language for q in questions if q.is_answerable)
    yield "unanswerable", Counter(q.language for q in questions if not q.is_answerable)
    yield "refusal code", Counter(q.refusal_code for q in questions if q.refusal_code)
    yield "type", Counter(q.kind or "?" for q in questions)
    yield "difficulty", Counter(q.difficulty or "?" for q in questions)
    yield "theme", Counter(q.theme for q in questions if q.theme)


def _length_summary(lengths_of_set: Lengths) -> str:
    parts = [
        f"{name} {fmean(counted):.1f} ± {pstdev(counted):.1f} words"
        for name, counted in (
            ("answerable", lengths_of_set.answerable),
            ("unanswerable", lengths_of_set.unanswerable),
        )
        if counted
    ]
    return " · ".join([*parts, f"AUROC {lengths_of_set.auroc:.2f}"])


def overlap_summary(questions: Sequence[JudgedQuestion], gold_texts: GoldTexts) -> str:
    """Return mean and largest overlap with the gold for each language, in words."""
    shares_by_language: dict[str, list[float]] = {}
    for question in questions:
        share = question_overlap(question, gold_texts)
        if share is not None:
            shares_by_language.setdefault(question.language, []).append(share)
    parts = (
        f"{language} mean {fmean(shares):.2f}, largest {max(shares):.2f} ({len(shares)})"
        for language, shares in shares_by_language.items()
    )
    return " · ".join(parts) or "nothing to compare with"
