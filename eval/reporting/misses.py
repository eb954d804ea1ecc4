"""Missed questions of a run, with everything that helps to see why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.measures.question_judging import gold_rank
from eval.measures.quote_measures import covers, holds_all
from eval.records import (
    Cause,
    GoldSpan,
    JudgedQuestion,
    QuestionScores,
    RankedPassage,
    RunQuote,
    RunRow,
)

_N_PASSAGES = 10
_BEGINNING_CHARS = 140


@dataclass(frozen=True, slots=True)
class ShownGold:
    """What should have been quoted, and where it stands."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote, cut around its highlight; ``marked`` is empty where it has none."""

    before: str
    marked: str
    after: str
    place: str
    is_gold: bool


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A retrieved passage with its beginning."""

    rank: int
    score: str
    place: str
    text: str
    is_gold: bool


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that was missed.

    Attributes:
        qid: Its id.
        question: What was asked.
        language: In which language.
        tags: What is known of it, and of what the pipeline did.
        answer_strings: What a right answer holds.
        gold: What should have been quoted.
        ranks: Where among the retrieved passages the gold is, in words.
        note: Why there is no answer, where there is none.
        quotes_title: Whether the quotes were shown or held back.
        quotes: Of the forced answer.
        passages: The best ones retrieved.
    """

    qid: str
    question: str
    language: str
    tags: tuple[str, ...]
    answer_strings: tuple[str, ...]
    gold: tuple[ShownGold, ...]
    ranks: str
    note: str
    quotes_title: str
    quotes: tuple[ShownQuote, ...]
    passages: tuple[ShownPassage, ...]


def missed(
    scores: Sequence[QuestionScores], rows: Sequence[RunRow], questions: Sequence[JudgedQuestion]
) -> Mapping[Cause, Sequence[Miss]]:
    """Return the missed questions by cause; all three arguments in the order of the set."""
    misses: dict[Cause, list[Miss]] = {}
    for scored, row, question in zip(scores, rows, questions, strict=True):
        if scored.cause is not None:
            misses.setdefault(scored.cause, []).append(_miss(question, row))
    return misses


def _miss(question: JudgedQuestion, row: RunRow) -> Miss:
    return Miss(
        qid=question.qid,
        question=question.text,
        language=question.language,
        tags=tuple(_tags(question, row)),
        answer_strings=question.answer_strings,
        gold=tuple(ShownGold(*_gold(gold)) for gold in question.gold),
        ranks=_ranks(question, row),
        note=_why_unanswerable(question),
        quotes_title="Quoted" if row.answered else "Would have been quoted",
        quotes=tuple(_quote(quote, question) for quote in row.quotes),
        passages=tuple(_passage(passage, question) for passage in row.passages[:_N_PASSAGES]),
    )


def _tags(question: JudgedQuestion, row: RunRow) -> Iterator[str]:
    known = (question.language, question.kind, question.difficulty, question.theme)
    yield from (tag for tag in (*known, *question.countries) if tag)
    yield f"confidence {row.confidence:.2f}"
    yield "answered" if row.answered else f"refused: {row.refusal_code}"
    if question.why_hard:
        yield f"hard because: {question.why_hard}"


def _gold(gold: GoldSpan) -> tuple[str, str]:
    text = gold.quote or (f"Section “{gold.section}”" if gold.section else "The whole document")
    also = " (either will do)" if gold.is_alternative else ""
    return text, _place(gold.doc_id, gold.page) + also


def _ranks(question: JudgedQuestion, row: RunRow) -> str:
    rank = gold_rank(question, row)
    if rank is None:
        return f"Not among the {len(row.passages)} best passages."
    all_of_it = "All of it is" if question.needs_every_gold else "It is"
    return f"{all_of_it} retrieved at rank {rank}."


def _why_unanswerable(question: JudgedQuestion) -> str:
    if question.is_answerable:
        return ""
    absent = ", ".join(question.absent_terms)
    return question.note or (f"The reports do not mention {absent}." if absent else "")


def _quote(quote: RunQuote, question: JudgedQuestion) -> ShownQuote:
    start, end = quote.highlight or (len(quote.text), len(quote.text))
    return ShownQuote(
        before=quote.text[:start],
        marked=quote.text[start:end],
        after=quote.text[end:],
        place=_place(quote.doc, quote.page),
        is_gold=_has_gold(quote.doc, quote.text, question)
        or any(covers(gold.quote or "", quote.text) for gold in question.gold if gold.quote),
    )


def _passage(passage: RankedPassage, question: JudgedQuestion) -> ShownPassage:
    line = " ".join(passage.text.split())
    is_cut = len(line) > _BEGINNING_CHARS
    return ShownPassage(
        rank=passage.rank,
        score=f"{passage.score:.3f}",
        place=_place(passage.doc, passage.page),
        text=f"{line[:_BEGINNING_CHARS]}…" if is_cut else line,
        is_gold=_has_gold(passage.doc, passage.text, question),
    )


def _has_gold(doc_id: str, text: str, question: JudgedQuestion) -> bool:
    """Tell whether a text of a document has a gold quote or, of a section, the answer strings."""
    return any(
        covers(text, gold.quote) if gold.quote else holds_all([text], question.answer_strings)
        for gold in question.gold
        if gold.doc_id == doc_id
    )


def _place(doc_id: str, page: int | None) -> str:
    return doc_id if page is None else f"{doc_id}, p.\u00a0{page}"
