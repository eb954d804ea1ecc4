"""Decides between an answer and a refusal."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.store.lexical_index import content_words
from indexer.store.protocol import SearchIndex
from service.answer_options import AnswerOptions
from service.pipeline.candidates import CandidateSentence
from service.pipeline.citing import citations_of, nearest_passages
from service.pipeline.confidence import MAY_ANSWER_FROM, Calibration, Evidence, pooled_log_odds
from service.pipeline.facets import admits
from service.pipeline.known_names import has_known_name
from service.pipeline.missing_facts import missing_facts
from service.pipeline.quoting import QuotedSpan
from service.pipeline.retrieval import Retrieved
from service.pipeline.table_rows import table_of
from service.records import (
    LANGUAGES,
    Answer,
    Filters,
    MissingFacts,
    Question,
    Quote,
    Refusal,
    RefusalCode,
    ScoredPassage,
)

_UNSEARCHED = {RefusalCode.NO_REPORT_PASSES_FILTERS, RefusalCode.LANGUAGE_NOT_SUPPORTED}
"""Where nothing has to be understood or searched, nothing is near."""

_TELLS_MISSING = {RefusalCode.NOT_ANSWERED_BY_REPORTS, RefusalCode.OUTSIDE_CORPUS}
"""Refusals that say what else is missing."""

_N_LIKELIEST = 2
"""Sentences shown of a passage near a refused question at most: with the second it is 52 of the 62
that are answered near by, with one 49."""

_AS_LIKELY_AS_NOT = math.log(2)
"""Pooled log-odds of one sentence that the reader takes for an answer as likely as not."""

_NO_EVIDENCE = Evidence(best_dense=-1.0, reader_log_odds=0.0, unknown=(), known=())
"""What nothing that was searched for says."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found for a question, before it is decided whether to answer.

    Attributes:
        english: The question in the language of the texts.
        retrieved: The passages and sentences that were searched.
        candidates: The sentences that might answer, best first.
        quotes: What would be quoted, best first.
        evidence: What speaks for and against answering with it.
        undefined: The term whose meaning is asked for and that no report tells, or ``None``.
    """

    english: str
    retrieved: Retrieved
    candidates: Sequence[CandidateSentence]
    quotes: tuple[QuotedSpan, ...]
    evidence: Evidence
    undefined: str | None = None


def refuse_unsearched(
    question: Question, options: AnswerOptions, *, calibration: Calibration, index: SearchIndex
) -> Refusal | None:
    """Refuse a question that needs no search for that; ``None`` if it has to be searched for.

    At ``min_confidence`` 0 what is found is quoted in any language.
    """
    code = _unsearched(question, index)
    if code is None or (options.min_confidence == 0 and _is_any_admitted(question.filters, index)):
        return None
    return Refusal(
        question=question,
        language=_language(question, options),
        confidence=calibration.confidence(_NO_EVIDENCE),
        code=code,
        required=calibration.required(options.min_confidence),
    )


def decide(
    question: Question,
    findings: Findings,
    options: AnswerOptions,
    *,
    calibration: Calibration,
    index: SearchIndex,
) -> Answer | Refusal:
    """Answer with what was found, or refuse; costs next to nothing.

    At ``min_confidence`` 0 whatever would be quoted is quoted.
    """
    confidence = calibration.confidence(findings.evidence)
    language = _language(question, options)
    code = _refusal_code(question, findings, options, calibration=calibration, index=index)
    if findings.quotes and (code is None or options.min_confidence == 0):
        citations = citations_of(findings.quotes, findings.retrieved.passages, index)
        quotes = tuple(
            Quote(
                text=citation.quote,
                citation=citation.number,
                confidence=min(quote_confidence(quote, findings.evidence, calibration), confidence),
                highlight=quote.highlight,
                table=table_of(quote.best.row, index),
            )
            for citation, quote in zip(citations, findings.quotes, strict=True)
        )
        undefined = findings.undefined
        return Answer(question, language, confidence, quotes, citations, undefined=undefined)
    missing = _missing_facts(question, findings, code, index)
    may_answer = (
        code is RefusalCode.NOT_ANSWERED_BY_REPORTS
        and confidence >= MAY_ANSWER_FROM
        and missing.kind is None
    )
    return Refusal(
        question=question,
        language=language,
        confidence=confidence,
        code=code or RefusalCode.NOTHING_RELEVANT,
        unknown=findings.evidence.missing or findings.evidence.unknown,
        nearest=_nearest(findings, index, by_sentence=may_answer)
        if code not in _UNSEARCHED
        else (),
        may_answer=may_answer,
        missing=missing,
        required=calibration.required(options.min_confidence),
    )


def quote_confidence(quote: QuotedSpan, evidence: Evidence, calibration: Calibration) -> float:
    """Return the probability that one quote answers by itself, in [0, 1]."""
    alone = replace(evidence, reader_log_odds=pooled_log_odds([quote.best.log_odds]))
    return calibration.confidence(alone)


def _refusal_code(
    question: Question,
    findings: Findings,
    options: AnswerOptions,
    *,
    calibration: Calibration,
    index: SearchIndex,
) -> RefusalCode | None:
    """Return why a question is refused, or ``None`` if it is answered."""
    unsearched = _unsearched(question, index)
    if unsearched is not None:
        return unsearched
    evidence, confidence = findings.evidence, calibration.confidence(findings.evidence)
    if _has_no_content(question):
        return RefusalCode.QUESTION_UNCLEAR
    if evidence.missing:
        return RefusalCode.OUTSIDE_CORPUS
    if confidence >= calibration.required(options.min_confidence):
        return None
    if confidence >= calibration.threshold:
        return RefusalCode.BELOW_MIN_CONFIDENCE
    return _why_not(findings, confidence)


def _why_not(findings: Findings, confidence: float) -> RefusalCode:
    """Return why no answer was found in what was searched."""
    if _is_off_subject(findings, confidence):
        return RefusalCode.NOTHING_RELEVANT
    if findings.evidence.unknown:
        return RefusalCode.OUTSIDE_CORPUS
    return RefusalCode.NOT_ANSWERED_BY_REPORTS


def _is_off_subject(findings: Findings, confidence: float) -> bool:
    """Tell whether the reports do not deal with a question: nothing is near, no name is theirs."""
    evidence = findings.evidence
    if (
        not evidence.is_off_subject
        or confidence >= MAY_ANSWER_FROM
        or evidence.reader_log_odds >= _AS_LIKELY_AS_NOT
    ):
        return False
    passages = [scored.text for scored in findings.retrieved.passages]
    return not has_known_name(findings.english, passages, unknown=evidence.unknown)


def _unsearched(question: Question, index: SearchIndex) -> RefusalCode | None:
    """Return why a question is refused whatever might be found, or ``None``."""
    if not _is_any_admitted(question.filters, index):
        return RefusalCode.NO_REPORT_PASSES_FILTERS
    return None if question.language in LANGUAGES else RefusalCode.LANGUAGE_NOT_SUPPORTED


def _language(question: Question, options: AnswerOptions) -> str:
    """Return the language of the words around quotes, or of a refusal."""
    return options.language or (question.language if question.language in LANGUAGES else "en")


def _nearest(
    findings: Findings, index: SearchIndex, *, by_sentence: bool
) -> tuple[ScoredPassage, ...]:
    """Return the nearest passages in which a sentence may be quoted, with their likeliest ones.

    The others are a bibliography, a contents page or captions: shown only where nothing else is.

    Args:
        findings: What was found.
        index: Where it stands.
        by_sentence: Whether those with the likeliest sentences come first, not the nearest.
    """
    passages = findings.retrieved.passages
    rows: dict[int, list[int]] = {}
    for candidate in findings.candidates:
        is_read = candidate.log_odds is not None
        likeliest = rows.setdefault(candidate.passage, [])
        if not likeliest or (is_read and len(likeliest) < _N_LIKELIEST):
            likeliest.append(candidate.row)
    quotable = [
        replace(passages[at], likeliest=tuple(map(index.sentence_span, rows[at])))
        for at in (rows if by_sentence else sorted(rows))
    ]
    return nearest_passages(quotable or passages)


def _has_no_content(question: Question) -> bool:
    return not content_words(question.text, language=question.language)


def _is_any_admitted(filters: Filters, index: SearchIndex) -> bool:
    return filters == Filters() or any(admits(filters, entry) for entry in index.documents)


def _missing_facts(
    question: Question, findings: Findings, code: RefusalCode | None, index: SearchIndex
) -> MissingFacts:
    if code not in _TELLS_MISSING:
        return MissingFacts()
    read = [candidate for candidate in findings.candidates if candidate.log_odds is not None]
    facts = missing_facts(
        question.text,
        findings.english,
        sentences=[index.sentence_text(candidate.row) for candidate in read],
        passages=[scored.text for scored in findings.retrieved.passages],
    )
    return facts if code is RefusalCode.NOT_ANSWERED_BY_REPORTS else replace(facts, kind=None)
