"""Decides between an answer and a refusal."""

from dataclasses import dataclass, replace

from indexer.store.lexical_index import content_words
from indexer.store.protocol import SearchIndex
from service.pipeline.citing import citations_of, nearest_passages
from service.pipeline.confidence import Calibration, Evidence, pooled_log_odds
from service.pipeline.quoting import QuotedSpan
from service.pipeline.retrieval import Retrieved
from service.records import Answer, AnswerOptions, Question, Quote, Refusal, RefusalCode


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found for a question, before it is decided whether to answer.

    Attributes:
        retrieved: The passages and sentences that were searched.
        quotes: What would be quoted, best first.
        evidence: What speaks for and against answering with it.
    """

    retrieved: Retrieved
    quotes: tuple[QuotedSpan, ...]
    evidence: Evidence


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
    is_sure = confidence >= calibration.required(options.min_confidence)
    language = options.language or question.language
    code = _refusal_code(question, findings.evidence, is_sure=is_sure)
    if findings.quotes and (code is None or options.min_confidence == 0):
        citations = citations_of(findings.quotes, findings.retrieved.passages, index)
        quotes = tuple(
            Quote(
                text=citation.quote,
                citation=citation.number,
                confidence=quote_confidence(quote, findings.evidence, calibration),
                highlight=quote.highlight,
            )
            for citation, quote in zip(citations, findings.quotes, strict=True)
        )
        return Answer(question, language, confidence, quotes, citations)
    return Refusal(
        question=question,
        language=language,
        confidence=confidence,
        code=code or RefusalCode.NOTHING_RELEVANT,
        unknown=findings.evidence.missing or findings.evidence.unknown,
        nearest=nearest_passages(findings.retrieved.passages),
    )


def quote_confidence(quote: QuotedSpan, evidence: Evidence, calibration: Calibration) -> float:
    """Return the probability that one quote answers by itself, in [0, 1]."""
    alone = replace(evidence, reader_log_odds=pooled_log_odds([quote.best.log_odds]))
    return calibration.confidence(alone)


def _refusal_code(question: Question, evidence: Evidence, *, is_sure: bool) -> RefusalCode | None:
    """Return why a question is refused, or ``None`` if it is answered."""
    if not content_words(question.text, language=question.language):
        return RefusalCode.QUESTION_UNCLEAR
    if evidence.missing:
        return RefusalCode.OUTSIDE_CORPUS
    if is_sure:
        return None
    if evidence.is_off_subject:
        return RefusalCode.NOTHING_RELEVANT
    return RefusalCode.OUTSIDE_CORPUS if evidence.unknown else RefusalCode.NOT_ANSWERED_BY_REPORTS
