"""A message marks its citations, and only they are marks."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.records import Span
from service.answer_options import AnswerOptions
from service.interfaces.api.responses import Presenter
from service.interfaces.chat.message import chat_message
from service.interfaces.chat.slack.blocks import slack_message
from service.outcomes import Outcome
from service.pipeline.confidence import support_of
from service.pipeline.notices import Notice, NoticeCode
from service.presentation.links import Links
from service.presentation.wording import Wording
from service.records import Answer, Refusal, RefusalCode, ScoredPassage
from tests.fakes import answer, edition, refusal

WORDING = Wording()


def outcome(result: Answer | Refusal, *notices: Notice) -> Outcome:
    return Outcome(
        result=result,
        options=AnswerOptions(),
        edition=edition(),
        support=support_of(result.confidence),
        notices=notices,
        comparison=None,
        took_ms=1.0,
    )


def presenter() -> Presenter:
    return Presenter(edition(), Links("https://cita.example"), WORDING)


@given(st.lists(st.text(alphabet="a[]1()\\\\*`>! \n", min_size=1), min_size=1, max_size=4))
def test_each_quote_has_one_mark_whatever_it_says(quotes: list[str]) -> None:
    message = chat_message(outcome(answer(*quotes)), presenter())

    marks = [message.text[mark.start : mark.end] for mark in message.marks]
    assert marks == [f"[{number}]" for number in range(1, len(quotes) + 1)]
    assert [mark.citation.number for mark in message.marks] == list(range(1, len(quotes) + 1))


def test_notices_come_after_the_answer() -> None:
    notice = Notice(NoticeCode.SIDE_MISSING, countries=("PE",))

    message = chat_message(outcome(answer("Rents rose."), notice), presenter())

    assert message.text.startswith("The reports say:")
    assert message.text.endswith(
        "*Well supported. These sentences very likely answer the question.*\n\nNo quote names Peru."
    )


def test_how_a_follow_up_was_understood_comes_before_the_answer() -> None:
    notice = Notice(NoticeCode.UNDERSTOOD_AS, question="Did rents rise in [1]?")

    message = chat_message(outcome(answer("Rents rose."), notice), presenter())

    assert message.text.startswith("Understood as: Did rents rise in \\[1\\]?\n\nThe reports say:")
    assert len(message.marks) == 1


def test_a_refusal_has_no_marks_and_a_name_in_it_is_no_markup() -> None:
    refused = refusal(RefusalCode.OUTSIDE_CORPUS, unknown=("[1](http://evil.example)",))

    message = chat_message(outcome(refused), presenter())

    assert message.marks == ()
    assert message.body.status == "refused"
    assert re.search(r"(?<!\\)\[1", message.text) is None


@pytest.mark.parametrize("n_sentences", [0, 1])
def test_what_comes_nearest_is_announced_where_it_follows(n_sentences: int) -> None:
    held = edition()
    near = ScoredPassage(
        0, held.index.passage(0), "Rents rose.", 0.5, likeliest=(Span(0, 11),) * n_sentences
    )
    without = refusal(RefusalCode.NOT_ANSWERED_BY_REPORTS)
    refused = outcome(replace(without, nearest=(near,), may_answer=True))

    chat = chat_message(refused, presenter()).text
    slack = str(slack_message(refused, presenter(), collects_feedback=False).blocks)

    for said in (chat, slack):
        assert said.count("These passages come nearest.") == n_sentences
        assert said.count("“Rents rose.” ") == n_sentences
