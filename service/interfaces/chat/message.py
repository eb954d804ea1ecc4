"""An outcome as one message of a chat: Markdown whose ``[1]`` marks are known by their places."""

import re
from dataclasses import dataclass

from service.interfaces.api.responses import Presenter
from service.interfaces.api.schemas.answers import Answered, Citation, Refused, TextFormat
from service.outcomes import Outcome
from service.records import Answer, Refusal

_MARK = re.compile(r"(?<!\\)\[(?P<number>\d+)\](?!\()", re.ASCII)
"""Only the template writes one: brackets of a report are escaped, and links begin with a word."""


@dataclass(frozen=True, slots=True)
class CitationMark:
    """Where a message marks a citation.

    Attributes:
        start: Index of the ``[`` in the message's text, in code points.
        end: One past the ``]``.
        citation: What is cited.
        found_in_words: Words before a document that restates what is cited.
    """

    start: int
    end: int
    citation: Citation
    found_in_words: str

    @property
    def title(self) -> str:
        """Return the title of what is cited, with the page where there are pages.

        Where the quote restates sections of other reports, they are cited, as in the text, and
        then the document whose words are quoted.
        """
        citation = self.citation
        own = (citation.document.title, citation.page)
        cited = [(f"{each.title}, {each.section}", each.page) for each in citation.restates]
        titles = [title if page is None else f"{title}, p. {page}" for title, page in (*cited, own)]
        works = "; ".join(titles[:-1])
        return f"{works}. {self.found_in_words} {titles[-1]}" if works else titles[-1]


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
    wording, result = presenter.wording, outcome.result
    if isinstance(result, Refusal):
        text = wording.whole_refusal(
            outcome, result, presenter.links, template="chat_refusal.md.j2"
        )
        return ChatMessage(text, (), body)
    above, below = wording.notices(outcome)
    text = wording.chat_answer(
        _markdown_of(body, result, presenter),
        understood=above,
        support=wording.support(outcome.support, body.answer_language),
        notices=below,
    )
    found_in_words = wording.words(body.answer_language)["found_in"]
    citations = {citation.number: citation for citation in body.citations}
    marks = tuple(
        CitationMark(match.start(), match.end(), citations[int(match["number"])], found_in_words)
        for match in _MARK.finditer(text)
    )
    return ChatMessage(text, marks, body)


def _markdown_of(body: Answered | Refused, answer: Answer, presenter: Presenter) -> str:
    """Return the answer in Markdown; made once more only where the body has another format."""
    if isinstance(body, Answered) and body.answer.format == "markdown":
        return body.answer.text
    return presenter.wording.answer(answer, presenter.links)
