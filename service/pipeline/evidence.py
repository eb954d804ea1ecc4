"""Gathers the evidence for and against an answer."""

from collections.abc import Iterable
from dataclasses import replace

from service.pipeline.confidence import Evidence, pooled_log_odds
from service.pipeline.named_things import NamedThings
from service.pipeline.question import known_acronyms, names_in
from service.pipeline.retrieval import Retrieved
from service.pipeline.searchable_texts import SearchableTexts
from service.pipeline.translation.translator import Translator
from service.records import Question


def gather_evidence(
    question: Question,
    english: str,
    log_odds: Iterable[float | None],
    *,
    retrieved: Retrieved,
    texts: SearchableTexts,
    translator: Translator,
) -> Evidence:
    """Return the evidence for a question.

    Args:
        question: In its own language.
        english: Its text in the language of the texts.
        log_odds: Of each sentence that was read, ``None`` for others.
        retrieved: What was retrieved for it.
        texts: The texts it was retrieved from.
        translator: Translates names.
    """
    return Evidence(
        best_dense=retrieved.best_dense,
        reader_log_odds=pooled_log_odds(log_odds),
        unknown=unknown_names(question, english, texts, translator),
        known=known_acronyms(english, [scored.text for scored in retrieved.passages]),
    )


def with_named(evidence: Evidence, named: NamedThings) -> Evidence:
    """Return ``evidence`` with what it says that things named with a number were found, or not."""
    return replace(
        evidence,
        missing=named.missing,
        is_named=bool(named.places),
        is_named_thing=named.asks_itself,
    )


def unknown_names(
    question: Question, english: str, texts: SearchableTexts, translator: Translator
) -> tuple[str, ...]:
    """Return the names of a question that stand nowhere, neither as they are nor in English."""
    names = texts.unknown(names_in(english))
    if english == question.text:
        return names
    translated = [translator.name_in_english(name, question.language) for name in names]
    unknown = texts.unknown(translated)
    return tuple(name for name, other in zip(names, translated, strict=True) if other in unknown)
