"""An outcome in Block Kit: quotes, sources, notices, and buttons for a verdict.

Quotes are rich text, in which nothing is markup, so a report's words stay as they are.
"""

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.feedback import Verdict
from service.interfaces.api.responses import Presenter
from service.interfaces.api.schemas.answers import Answered, Refused
from service.interfaces.chat.slack.payloads import ACTION_PREFIX
from service.outcomes import Outcome
from service.presentation.wording import Nearest, Source, WordPassages
from service.records import Answer, Quote

Block = dict[str, Any]
MAX_TEXT = 3000
"""Characters of a text outside of rich text at most: Slack refuses a message with a longer one."""


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """A message.

    Attributes:
        text: What a notification shows, without markup.
        blocks: What the message shows.
    """

    text: str
    blocks: Sequence[Block] = ()


def slack_message(
    outcome: Outcome, presenter: Presenter, *, collects_feedback: bool
) -> SlackMessage:
    """Put an outcome into a message, with buttons where verdicts are collected."""
    body = presenter.outcome(outcome, text_format="text")
    words = presenter.wording.words(body.answer_language)
    above, below = presenter.wording.notices(outcome)
    blocks = [
        *map(_note, above),
        *_content(outcome, body, presenter),
        *map(_note, below),
        *([_buttons(body, words)] if collects_feedback else []),
    ]
    text = body.answer.text if isinstance(body, Answered) else body.refusal.message
    return SlackMessage(_escaped(text), blocks)


def plain_message(text: str) -> SlackMessage:
    """Return a message of plain words."""
    return SlackMessage(_escaped(text), [_plain(text)])


def _content(outcome: Outcome, body: Answered | Refused, presenter: Presenter) -> Iterator[Block]:
    wording, result = presenter.wording, outcome.result
    words = wording.words(body.answer_language)
    if isinstance(result, Answer):
        sources = wording.sources(result, presenter.links)
        yield _rich_text(_answer_parts(result.quotes, sources, words))
        yield _note(wording.support(outcome.support, body.answer_language))
    else:
        yield _plain(wording.refusal(result, outcome.coverage))
        if passages := wording.word_passages(result, presenter.links):
            yield _rich_text(_passages_parts(passages, words))
        nearest = wording.nearest(result, presenter.index, presenter.links)
        if nearest.lines:
            yield _rich_text(_nearest_parts(nearest, words))


def _answer_parts(
    quotes: Sequence[Quote], sources: Sequence[Source], words: Mapping[str, str]
) -> Iterator[Block]:
    yield _section(_text(words["lead"]))
    for quote in quotes:
        mark = _text(f" [{quote.citation}]")
        yield {"type": "rich_text_quote", "elements": [*_quoted(quote), mark]}
    yield _section(_text(words["sources"], bold=True))
    for source in sources:
        yield _section(_text(f"[{source.number}] "), *_cited(source))


def _cited(source: Source) -> Iterator[Block]:
    """Yield the citation; the title of what the quote stands in, which is the last, is the link."""
    titles = [part for part in source.parts if part.title_language]
    for part in source.parts:
        yield _link(part.text, source.href) if part is titles[-1] else _text(part.text)


def _passages_parts(passages: Sequence[WordPassages], words: Mapping[str, str]) -> Iterator[Block]:
    """Yield the words of a refused question, each with a link to its passages."""
    parts = [_text(f"{words['passages_with']} ")]
    for word in passages:
        parts += [_link(f"{word.text} – {word.n_passages}", word.href), _text(", ")]
    yield _section(*parts[:-1])


def _nearest_parts(nearest: Nearest, words: Mapping[str, str]) -> Iterator[Block]:
    yield _section(_text(nearest.lead))
    for line in nearest.lines:
        sentence = f"“{line.sentence}” " if line.sentence else ""
        if line.columns:
            sentence += f"({words['columns']} {' | '.join(line.columns)}) "
        yield _section(_text(f"• {sentence}"), *_cited(line.source))


def _quoted(quote: Quote) -> Iterator[Block]:
    """Yield a quote, what answers in bold; a table's row cell by cell under its headings."""
    table = quote.table
    if table and table.is_aligned:
        for column, cell in zip(table.columns, table.cells, strict=True):
            yield _text(f"{column}: ", bold=True)
            yield _text(f"{cell or '–'}\n")
        return
    start, end = (quote.highlight.start, quote.highlight.end) if quote.highlight else (0, 0)
    parts = ((quote.text[:start], False), (quote.text[start:end], True), (quote.text[end:], False))
    for text, is_bold in parts:
        if text:  # Slack refuses an empty one
            yield _text(text, bold=is_bold)


def _buttons(body: Answered | Refused, words: Mapping[str, str]) -> Block:
    verdicts = (
        (Verdict.USEFUL, Verdict.WRONG, Verdict.NOT_IN_REPORT)
        if isinstance(body, Answered)
        else (Verdict.USEFUL, Verdict.MISSING)
    )
    return {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": f"{ACTION_PREFIX}{verdict}",
                "text": {"type": "plain_text", "text": words[f"verdict_{verdict}"]},
                "value": f"{body.answer_language} {body.index.fingerprint}",
            }
            for verdict in verdicts
        ],
    }


def _rich_text(parts: Iterator[Block]) -> Block:
    return {"type": "rich_text", "elements": list(parts)}


def _section(*elements: Block) -> Block:
    return {"type": "rich_text_section", "elements": [*elements, _text("\n")]}


def _text(text: str, *, bold: bool = False) -> Block:
    return {"type": "text", "text": text, **({"style": {"bold": True}} if bold else {})}


def _link(text: str, url: str) -> Block:
    return {"type": "link", "text": text, "url": url}


def _plain(text: str) -> Block:
    return {"type": "section", "text": {"type": "plain_text", "text": text[:MAX_TEXT]}}


def _note(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "plain_text", "text": text[:MAX_TEXT]}]}


def _escaped(text: str) -> str:
    """Return ``text`` so that Slack finds no markup of addresses or mentions in it."""
    return html.escape(text, quote=False)[:MAX_TEXT]
