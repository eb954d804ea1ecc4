"""Records of the evaluation: judged questions, runs and scores.

question file ─▶ JudgedQuestion ─▶ run.jsonl (RunRow) + run.json (RunInfo) ─▶ scores.json (Scores)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

_FEWEST_QUESTIONS = 10


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A place that answers a question, as its judge wrote it down; no offsets of any index.

    Attributes:
        doc_id: Id of the document.
        quote: Words that stand there exactly once, white space folded; ``None`` where the text
            is not ours to repeat.
        section: Name of the section, where there is no quote.
        start: Offset of the quote in the document that the set came with, in code points.
        page: Physical page (1-based) that its judge named.
        is_alternative: Whether it answers the question as well as another gold span does.
    """

    doc_id: str
    quote: str | None = None
    section: str | None = None
    start: int | None = None
    is_alternative: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question with its judged answer, or with the reason why there is none.

    Sets from elsewhere have no more than the first five fields; the rest is empty there.

    Attributes:
        qid: Unique in its set.
        text: What is asked.
        language: ISO 639-1.
        is_answerable: Whether the corpus answers it.
        gold: Where; empty where it is not answerable.
        answer_strings: Short strings that a right answer holds, each of them; ``a|b`` means either.
        needs_every_gold: Whether one gold span alone does not do (``multi``).
        kind: What sort of question it is (``type``).
        difficulty: How hard its judge thinks it is.
        why_hard: What makes it so.
        countries: ISO 3166-1 alpha-2 codes of the places it is about.
        theme: The corpus's theme it belongs to.
        tags: Free marks for breaking results down.
        refusal_code: The refusal it deserves, where it is not answerable.
        absent_terms: Strings whose absence from the corpus shows that it is not answerable.
        note: Its judge's remark.
    """

    qid: str
    text: str
    language: str
    is_answerable: bool
    gold: tuple[GoldSpan, ...] = ()
    answer_strings: tuple[str, ...] = ()
    needs_every_gold: bool = False
    kind: str | None = None
    difficulty: str | None = None
    why_hard: str = ""
    countries: tuple[str, ...] = ()
    theme: str | None = None
    tags: tuple[str, ...] = ()
    refusal_code: str | None = None
    absent_terms: tuple[str, ...] = ()
    note: str = ""


# ── a run ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class RunInfo:
    """Questions, pipeline and settings of a run: all of ``run.json``.

    Attributes:
        name: Name of the run's folder.
        questions_path: The question file, as it was named.
        questions_sha256: Of its bytes.
        n_questions: How many it holds.
        pipeline: ``"in process"``, or the address of a server.
        index_fingerprint: Of the index that answered.
        index_dir: Its folder; ``None`` over HTTP.
        settings: Every knob that decides answers, by name; empty over HTTP.
        git_revision: Of the checkout, with ``+`` where files were changed; ``None`` outside one.
        cita_version: Version of the program that judged.
        started_at: ISO 8601, UTC.
    """

    name: str
    questions_path: str
    questions_sha256: str
    n_questions: int
    pipeline: str
    index_fingerprint: str
    index_dir: str | None
    settings: Mapping[str, str | int | float | bool | None]
    git_revision: str | None
    cita_version: str
    started_at: str


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """One retrieved passage; ``rank`` counts from 1, ``start`` and ``end`` in code points."""

    rank: int
    passage_id: str
    score: float
    doc: str
    start: int
    end: int
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class RunQuote:
    """One quote of a forced answer.

    Attributes:
        text: As it was quoted.
        doc: Id of the document that its citation names.
        start: First character of the cited span.
        end: One past its last.
        page: Physical page that the citation names, ``None`` where there are no pages.
        highlight: Span of ``text`` that answers, or ``None``.
        citation: Number of its citation.
    """

    text: str
    doc: str
    start: int
    end: int
    page: int | None
    highlight: tuple[int, int] | None
    citation: int


@dataclass(frozen=True, slots=True)
class RunRow:
    """Answer of the pipeline to one question: a row of ``run.jsonl``.

    Attributes:
        qid: Its question.
        question: What was asked.
        lang: Language the set says it is in.
        confidence: In [0, 1].
        answered: Whether the pipeline answers at its own threshold.
        refusal_code: Why not, where it does not.
        took_ms: Wall time of the forced answer.
        passages: The 20 best, best first.
        quotes: Of the forced answer (``min_confidence`` 0), in its order.
    """

    qid: str
    question: str
    lang: str
    confidence: float
    answered: bool
    refusal_code: str | None
    took_ms: float
    passages: tuple[RankedPassage, ...]
    quotes: tuple[RunQuote, ...]


# ── scores ──────────────────────────────────────────────────────────────────────────────────────


class Cause(StrEnum):
    """Why a question was missed."""

    NOT_EXTRACTED = "not extracted"
    NOT_RETRIEVED = "not retrieved"
    NOT_CHOSEN = "not chosen"
    CUT = "cut"
    WRONGLY_REFUSED = "wrongly refused"
    WRONGLY_ANSWERED = "wrongly answered"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure over questions, with the bounds of its 95 % bootstrap interval.

    Attributes:
        mean: The measure; a mean, or a statistic of the whole set.
        low: Lower bound.
        high: Upper bound.
        n: Questions it rests on.
    """

    mean: float
    low: float
    high: float
    n: int

    @property
    def is_apart(self) -> bool:
        """Tell whether a difference is clear: its interval leaves out 0, on 10 questions or more.

        On fewer the bootstrap draws the same few questions again and again, and is too sure.
        """
        return self.n >= _FEWEST_QUESTIONS and not self.low <= 0 <= self.high


@dataclass(frozen=True, slots=True)
class QuestionScores:
    """Scores of one question.

    Attributes:
        qid: The question.
        scores: Value of each measure that applies to it.
        cause: Why it was missed; ``None`` where it was not.
    """

    qid: str
    scores: Mapping[str, float]
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Questions of like confidence: their mean confidence and the share that was right."""

    confidence: float
    accuracy: float
    n: int


@dataclass(frozen=True, slots=True)
class Curves:
    """Curves that a report plots.

    Attributes:
        risk_coverage: ``(coverage, risk)`` at every confidence, coverage ascending; risk is the
            share of answers that are wrong.
        reliability: Ten bins of equal mass, confidence ascending.
    """

    risk_coverage: tuple[tuple[float, float], ...] = ()
    reliability: tuple[ReliabilityBin, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """All of ``scores.json``.

    Attributes:
        measures: Over the whole set.
        groups: By dimension (``"language"``), group (``"en"``), measure.
        equity: By measure and region: the region's mean minus that of the whole set.
        curves: Of the whole set.
        questions: One a question, in the order of the set.
        run: What was judged.
    """

    measures: Mapping[str, Estimate]
    groups: Mapping[str, Mapping[str, Mapping[str, Estimate]]]
    questions: tuple[QuestionScores, ...]
    run: RunInfo
    equity: Mapping[str, Mapping[str, Estimate]] = field(default_factory=dict)
    curves: Curves = field(default_factory=Curves)
