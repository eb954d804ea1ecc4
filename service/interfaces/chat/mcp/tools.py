"""The tools: each checks its arguments, asks the service, and presents what comes back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from indexer.records import Span
from service.errors import UnknownDocumentError
from service.interfaces.api.requests import ask_service, question_in
from service.interfaces.api.responses import Presenter
from service.interfaces.api.schemas.answers import AskRequest, OutcomeBody
from service.interfaces.api.schemas.passages import Passage
from service.interfaces.api.schemas.verify import VerifyRequest, VerifyResponse
from service.interfaces.chat.mcp.schemas import (
    FetchArguments,
    FetchedText,
    FoundPassage,
    FoundPassages,
    SearchArguments,
)
from service.interfaces.chat.message import chat_message
from service.library import Edition
from service.presentation.links import Links
from service.presentation.wording import Wording
from service.qa_service import QAService


@dataclass(frozen=True, slots=True)
class ToolContext:
    """What a tool works with.

    Attributes:
        service: Answers.
        wording: Puts outcomes into words.
        links: Absolute, for the client at hand.
    """

    service: QAService
    wording: Wording
    links: Links

    def presenter(self, edition: Edition) -> Presenter:
        """Return the presenter of an edition."""
        return Presenter(edition, self.links, self.wording)


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool gives, twice: for a model to read, and for a program."""

    text: str
    structured: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ToolDefinition:
    """One tool.

    Attributes:
        name: Its name.
        title: For people.
        description: Tells a model when to use it.
        arguments: Shape of what it takes.
        result: Shape of what it gives.
        call: Runs it, with an object of ``arguments``.
    """

    name: str
    title: str
    description: str
    arguments: type[BaseModel]
    result: type[BaseModel]
    call: Callable[[Any, ToolContext], ToolResult]


def ask(arguments: AskRequest, context: ToolContext) -> ToolResult:
    """Answer a question with quotes, or refuse."""
    outcome = ask_service(arguments, context.service)
    presenter = context.presenter(outcome.edition)
    message = chat_message(outcome, presenter, text_format=arguments.format)
    return ToolResult(message.text, message.body.model_dump(mode="json"))


def search(arguments: SearchArguments, context: ToolContext) -> ToolResult:
    """Find passages."""
    with question_in("query", arguments.query):
        outcome = context.service.search(arguments.query)
    presenter = context.presenter(outcome.edition)
    passages = [presenter.passage(scored.passage) for scored in outcome.passages]
    results = [
        FoundPassage(id=passage.passage_id, title=_title_of(passage), url=passage.href)
        for passage in passages
    ]
    return _as_json(FoundPassages(results=results))


def fetch(arguments: FetchArguments, context: ToolContext) -> ToolResult:
    """Return the text of a passage or of a whole report."""
    edition = context.service.edition()
    try:
        document = edition.document(arguments.id)
    except UnknownDocumentError:
        presenter = context.presenter(edition)
        return _as_json(_fetched_passage(presenter.passage(edition.passage(arguments.id))))
    info = document.info
    metadata = {"document": document.doc_id, "publisher": info.publisher, "year": info.year}
    return _as_json(
        FetchedText(
            id=document.doc_id,
            title=info.title,
            text=document.text,
            url=context.links.document(document.doc_id),
            metadata=_known({**metadata, "sha256": document.sha256}),
        )
    )


def verify(arguments: VerifyRequest, context: ToolContext) -> ToolResult:
    """Compare a quote with what stands in its report."""
    presenter = context.presenter(context.service.edition())
    document = presenter.edition.document(arguments.document)
    span = Span(arguments.start, arguments.end)
    return _as_json(presenter.verified(document, span, arguments.quote))


TOOLS = (
    ToolDefinition(
        name="ask",
        title="Ask the reports",
        description="Answer a question about migration and cities with sentences quoted verbatim "
        "from reports, each with its report, page and link, or say that no answer was found. "
        "Repeat the quotes word for word and keep their links.",
        arguments=AskRequest,
        result=OutcomeBody,
        call=ask,
    ),
    ToolDefinition(
        name="search",
        title="Search the reports",
        description="Find the passages of the reports that come nearest to a query, best first. "
        "Use fetch to read one.",
        arguments=SearchArguments,
        result=FoundPassages,
        call=search,
    ),
    ToolDefinition(
        name="fetch",
        title="Read a passage or a report",
        description="Return the text of a search result, or of a whole report, with its link.",
        arguments=FetchArguments,
        result=FetchedText,
        call=fetch,
    ),
    ToolDefinition(
        name="verify",
        title="Verify a quote",
        description="Tell whether a quote stands word for word where its citation says.",
        arguments=VerifyRequest,
        result=VerifyResponse,
        call=verify,
    ),
)


def _fetched_passage(passage: Passage) -> FetchedText:
    document = passage.document
    return FetchedText(
        id=passage.passage_id,
        title=_title_of(passage),
        text=passage.text,
        url=passage.href,
        metadata=_known(
            {
                "document": document.id,
                "publisher": document.publisher,
                "year": document.year,
                "page": passage.page,
                "page_label": passage.page_label,
                "headings": " › ".join(passage.headings) or None,
                "start": passage.start,
                "end": passage.end,
                "sha256": document.sha256,
            }
        ),
    )


def _title_of(passage: Passage) -> str:
    place = passage.headings[-1] if passage.headings else None
    if passage.page is not None:
        place = f"p. {passage.page}"
    title = passage.document.title
    return f"{title}, {place}" if place and place != title else title


def _known(fields: dict[str, str | int | None]) -> dict[str, str | int]:
    return {name: value for name, value in fields.items() if value is not None}


def _as_json(result: BaseModel) -> ToolResult:
    """Give the structure as text, too: ChatGPT reads ``search`` and ``fetch`` from there."""
    return ToolResult(result.model_dump_json(), result.model_dump(mode="json"))
