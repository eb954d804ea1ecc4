"""Completes an answer that speaks of a part of the question only; asks again about the rest.

first answer ─▶ two questions in one? each is asked
             ─▶ sides of a comparison? each that no quote names is asked alone
             ─▶ refused yes-or-no question? it is asked the other way round
             ─▶ quotes put together, and the parts named that none answers

A plain question is answered in one pass; only these ones take a second or third.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from service.answer_options import AnswerOptions
from service.pipeline.asked_before import goes_on
from service.pipeline.compared_sides import compared_sides, missing_sides, names_side
from service.pipeline.joined_questions import joined_questions, leans
from service.pipeline.opposite_question import opposite_question
from service.records import (
    Answer,
    Citation,
    Question,
    Quote,
    Refusal,
    RefusalCode,
    count_words,
)

Ask = Callable[[str], Answer | Refusal]
"""Answers a question in English, with the filters and options of the whole one."""

_COMPLETED = {RefusalCode.NOT_ANSWERED_BY_REPORTS, RefusalCode.OUTSIDE_CORPUS}
"""Refusals that a part of the question may escape."""

_Quoted = tuple[Quote, Citation]


@dataclass(frozen=True, slots=True)
class _Parts:
    """What was found for the parts of a question.

    Attributes:
        answers: Of those that are answered.
        sides: Names of the sides that are not.
        questions: Those of several in one that are not.
    """

    answers: tuple[Answer, ...] = ()
    sides: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


def complete_answer(
    result: Answer | Refusal, english: str, ask: Ask, options: AnswerOptions
) -> Answer | Refusal:
    """Return ``result`` with quotes for the parts that it leaves out, or an answer in its place.

    Args:
        result: Of the whole question.
        english: The question in English.
        ask: Answers a part.
        options: How many quotes and words there may be.
    """
    if isinstance(result, Refusal) and result.code not in _COMPLETED:
        return result
    whole = [result] if isinstance(result, Answer) else []
    parts = _of_questions(english, result.question.text, ask)
    if parts is not None:  # what answers both comes behind what answers each
        answers = [*parts.answers, *whole]
    else:
        parts = _of_sides(result, english, ask)
        if parts is None and isinstance(result, Refusal):
            parts = _of_opposite(english, ask)
        answers = [*whole, *(parts.answers if parts else ())]
    if parts is None or not answers:
        return result
    return _merged(result.question, result.language, answers, parts, options)


def _of_questions(english: str, typed: str, ask: Ask) -> _Parts | None:
    questions = joined_questions(english)
    if not questions:
        return None
    results = [ask(question) for question in questions]
    answers = tuple(result for result in results if isinstance(result, Answer))
    # A part behind "and" may be short of words that the other one has: it may be answered there.
    as_typed = [part.strip() for part in re.findall(r"[^?]+\?", typed)]
    missing = tuple(
        name
        for name, question, result in zip(as_typed, questions, results, strict=False)
        if isinstance(result, Refusal) and (goes_on(question) or not leans(question))
    )
    is_told = len(as_typed) == len(questions) and answers
    return _Parts(answers, questions=missing if is_told else ())


def _of_sides(result: Answer | Refusal, english: str, ask: Ask) -> _Parts | None:
    sides = compared_sides(english)
    citations = result.citations if isinstance(result, Answer) else ()
    left_out = missing_sides(sides, citations)
    if not left_out:
        return None
    found = {side.name: _about(side.name, ask(side.question)) for side in left_out}
    answers = tuple(answer for answer in found.values() if answer)
    missing = tuple(name for name, answer in found.items() if answer is None)
    is_silent = isinstance(result, Refusal) and result.code is RefusalCode.NOT_ANSWERED_BY_REPORTS
    if is_silent and missing:  # what no sentence says of both is seldom said of one
        return None
    return _Parts(answers, missing if len(missing) < len(sides) else ())


def _about(side: str, result: Answer | Refusal) -> Answer | None:
    """Return an answer with the first quote alone that names a side, if there is one."""
    if isinstance(result, Refusal):
        return None
    pairs = zip(result.quotes, result.citations, strict=True)
    named = [pair for pair in pairs if names_side(side, pair[1])]
    return _with(result, named[:1]) if named else None


def _of_opposite(english: str, ask: Ask) -> _Parts | None:
    opposite = opposite_question(english)
    result = ask(opposite) if opposite else None
    return _Parts((result,)) if isinstance(result, Answer) else None


def _merged(
    question: Question,
    language: str,
    answers: Sequence[Answer],
    parts: _Parts,
    options: AnswerOptions,
) -> Answer:
    """Put answers together: the best quote of each before the others, each sentence once."""
    by_answer = [list(zip(answer.quotes, answer.citations, strict=True)) for answer in answers]
    ranked = [quoted[0] for quoted in by_answer] + [
        pair for quoted in by_answer for pair in quoted[1:]
    ]
    chosen: list[_Quoted] = []
    for pair in ranked:
        is_new = not any(_overlap(pair[1], other) for _, other in chosen)
        if is_new and (not chosen or _fits([*chosen, pair], options)):
            chosen.append(pair)
    merged = replace(
        answers[0],
        question=question,
        language=language,
        confidence=min(answer.confidence for answer in answers),
        missing_sides=parts.sides,
        missing_questions=parts.questions,
    )
    return _with(merged, chosen)


def _with(answer: Answer, quoted: Sequence[_Quoted]) -> Answer:
    numbered = list(enumerate(quoted, start=1))
    return replace(
        answer,
        quotes=tuple(replace(quote, citation=number) for number, (quote, _) in numbered),
        citations=tuple(replace(citation, number=number) for number, (_, citation) in numbered),
    )


def _overlap(citation: Citation, other: Citation) -> bool:
    is_same = citation.document.doc_id == other.document.doc_id
    return is_same and citation.span.overlaps(other.span)


def _fits(quoted: Sequence[_Quoted], options: AnswerOptions) -> bool:
    n_words = count_words(quote.text for quote, _ in quoted)
    return options.allow(n_quotes=len(quoted), n_words=n_words)
