"""What an answer leaves out is asked again, and what stays unanswered is named."""

from dataclasses import replace

import pytest

from indexer.records import Span
from service.answer_options import AnswerOptions
from service.pipeline.part_answers import complete_answer
from service.records import (
    Answer,
    Question,
    Refusal,
    RefusalCode,
)
from tests.fakes import answer, refusal

SILENT = refusal(RefusalCode.NOT_ANSWERED_BY_REPORTS)


def quoting(text: str, *, at: int, confidence: float = 0.9) -> Answer:
    """Return an answer of one quote that stands at ``at``."""
    quoted = answer(text)
    citation = replace(quoted.citations[0], span=Span(at, at + len(text)))
    return replace(quoted, citations=(citation,), confidence=confidence)


def completed(
    result: Answer | Refusal, question: str, found: dict[str, Answer]
) -> tuple[Answer | Refusal, list[str]]:
    """Return the completed result, and what was asked for it."""
    whole = replace(result, question=Question(question))
    questions: list[str] = []

    def ask(text: str) -> Answer | Refusal:
        questions.append(text)
        return found.get(text, SILENT)

    return complete_answer(whole, question, ask, AnswerOptions()), questions


def test_a_plain_question_is_asked_once() -> None:
    result, questions = completed(answer("Rents rose."), "Did rents rise?", {})

    assert questions == []
    assert isinstance(result, Answer)
    assert result.quotes[0].text == "Rents rose."


def test_a_side_that_no_quote_names_is_asked_alone_and_quoted() -> None:
    whole = quoting("Chile pays 10.", at=0)
    peru = quoting("Peru pays 20.", at=50, confidence=0.7)

    result, questions = completed(whole, "What do Chile and Peru pay?", {"What do Peru pay?": peru})

    assert questions == ["What do Peru pay?"]
    assert isinstance(result, Answer)
    assert [quote.text for quote in result.quotes] == ["Chile pays 10.", "Peru pays 20."]
    assert [quote.citation for quote in result.quotes] == [1, 2]
    assert [citation.number for citation in result.citations] == [1, 2]
    assert (result.confidence, result.missing_sides) == (0.7, ())


def test_a_side_that_the_reports_do_not_have_is_named() -> None:
    whole = quoting("Chile pays 10.", at=0)

    result, _ = completed(
        whole, "What do Chile and Peru pay?", {"What do Peru pay?": quoting("It rains.", at=9)}
    )

    assert isinstance(result, Answer)
    assert len(result.quotes) == 1
    assert result.missing_sides == ("Peru",)


@pytest.mark.parametrize(
    ("code", "is_answered"),
    [
        pytest.param(RefusalCode.OUTSIDE_CORPUS, True, id="the other side is unknown"),
        pytest.param(RefusalCode.NOT_ANSWERED_BY_REPORTS, False, id="it is known and not said"),
        pytest.param(RefusalCode.QUESTION_UNCLEAR, False, id="nothing to ask"),
    ],
)
def test_one_side_answers_a_refused_comparison_if_the_other_is_not_in_the_reports(
    code: RefusalCode, *, is_answered: bool
) -> None:
    chile = {"What do Chile pay?": quoting("Chile pays 10.", at=0)}

    result, _ = completed(refusal(code), "What do Chile and Peru pay?", chile)

    assert isinstance(result, Answer) == is_answered


@pytest.mark.parametrize(
    ("second", "asked"),
    [
        pytest.param("Who pays the rent?", "Who pays the rent?", id="stands alone"),
        pytest.param(
            "Who pays for them?",
            "Who visits the shelters? – Who pays for them?",
            id="leans on the first",
        ),
    ],
)
def test_two_questions_in_one_are_both_answered_and_the_silent_one_is_named(
    second: str, asked: str
) -> None:
    first = "Who visits the shelters?"
    visits = {first: quoting("An ombudsperson visits.", at=0)}
    pays = {asked: quoting("The province pays.", at=50)}

    both, _ = completed(SILENT, f"{first} {second}", visits | pays)
    one, _ = completed(SILENT, f"{first} {second}", visits)

    assert isinstance(both, Answer)
    assert [q.text for q in both.quotes] == ["An ombudsperson visits.", "The province pays."]
    assert both.missing_questions == ()
    assert isinstance(one, Answer)
    assert one.missing_questions == (second,)


def test_a_refused_yes_or_no_question_is_asked_the_other_way_round() -> None:
    admitted = {"Are pets admitted?": quoting("Pets are admitted.", at=0)}

    result, _ = completed(SILENT, "Are pets forbidden?", admitted)

    assert isinstance(result, Answer)
    assert result.question.text == "Are pets forbidden?"


def test_the_same_sentence_is_quoted_once_and_limits_hold() -> None:
    whole = answer("One.", "Two.", "Three.", "Four.")
    spans = [Span(10 * n, 10 * n + 5) for n in range(4)]
    cited = tuple(
        replace(citation, span=span) for citation, span in zip(whole.citations, spans, strict=True)
    )
    whole = replace(whole, citations=cited)
    chile = quoting("Chile pays.", at=90)

    result, _ = completed(
        whole,
        "What do Chile and Peru pay?",
        {"What do Chile pay?": chile, "What do Peru pay?": quoting("Peru, One.", at=0)},
    )

    assert isinstance(result, Answer)
    assert [quote.text for quote in result.quotes] == ["One.", "Chile pays.", "Two.", "Three."]
