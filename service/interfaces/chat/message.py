"""An outcome as one message of a chat: Markdown whose ``[1]`` marks are known by their places."""

import re
from dataclasses import dataclass

from service.interfaces.api.near_lines import near_lines
from service.interfaces.api.responses import Presenter
from service.interfaces.api.schemas.answers import Answered, Citation, Refused, TextFormat
from service.outcomes import Outcome
from service.records import Answer

_MARK = re.compile(r"(?<!\\)\[(?P<number>\d+)\](?!\()", re.ASCII)
"""Only the template writes one: brackets of a report are escaped, and links begin with a word."""


@dataclass(frozen=True, slots=True)
class CitationMark:
    """Where a message marks a citation.

    Attributes:
        start: Index of the ``[`` in the message's text, in code points.
        end: One past the ``]``.
        citation: What is cited.
    """

    start: int
    end: int
    citation: Citation

    @property
    def title(self) -> str:
        """Return the title of what is cited, with the page where there are pages.

        Where the quote restates sections of other reports, they are cited, as in the text.
        """
        citation = self.citation
        cited = [(f"{each.title}, {each.section}", each.page) for each in citation.restates]
        return "; ".join(
            title if page is None else f"{title}, p. {page}"
            for title, page in cited or [(citation.document.title, citation.page)]
        )


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message.

    Attributes:
        text: Markdown: the quotes, their sources, notices; or a refusal and the nearest passages.
        marks: The citations, in the order of the text.
        body: The same outcome as the API gives it.
    """

    text: str
    marks: tuple[CitationMark, ...]
    body: Answered | Refused


def chat_message(
    outcome: Outcome, presenter: Presenter, *, text_format: TextFormat = "markdown"
) -> ChatMessage:
    """Put an outcome into a message; ``text_format`` is that of the API's body beside it."""
    body = presenter.outcome(outcome, text_format=text_format)
    wording = presenter.wording
    above, below = wording.notices(outcome)
    if isinstance(body, Refused):
        text = wording.chat_refusal(
            body.refusal.message,
            body.answer_language,
            notices=[*above, *below],
            nearest=list(near_lines(body, wording.words(body.answer_language))),
        )
        return ChatMessage(text, (), body)
    text = wording.chat_answer(
        _markdown_of(body, outcome, presenter),
        understood=above,
        support=wording.support(outcome.support, body.answer_language),
        notices=below,
    )
    citations = {citation.number: citation for citation in body.citations}
    marks = tuple(
        CitationMark(match.start(), match.end(), citations[int(match["number"])])
        for match in _MARK.finditer(text)
    )
    return ChatMessage(text, marks, body)


def _markdown_of(body: Answered, outcome: Outcome, presenter: Presenter) -> str:
    """Return the answer in Markdown; made once more only where the body has another format."""
    result = outcome.result
    if body.answer.format == "markdown" or not isinstance(result, Answer):
        return body.answer.text
    return presenter.wording.answer(result, presenter.links)
