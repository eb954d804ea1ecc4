"""Asks one question on the command line, without a server; answers like the API."""

from collections.abc import Mapping

from pydantic import ValidationError

from service.errors import ArgumentError
from service.interfaces.api.problems import validation_message
from service.interfaces.api.requests import ask_service
from service.interfaces.api.responses import Presenter
from service.interfaces.api.schemas.answers import AskRequest
from service.library import Library, open_edition
from service.presentation.links import Links
from service.presentation.wording import Wording
from service.qa_service import QAService
from service.records import Answer
from service.settings import Settings


def ask_once(
    settings: Settings, fields: Mapping[str, object], *, as_json: bool
) -> tuple[str, bool]:
    """Ask the current index.

    Args:
        settings: Where the index is, and the defaults of an answer.
        fields: Of `AskRequest`.
        as_json: Whether to answer as ``POST /v1/ask`` does; otherwise in plain text.

    Returns:
        The text to print, and whether it is an answer.

    Raises:
        ArgumentError: A field is out of bounds.
        IndexerError: There is no index that can be used.
        ServiceError: The question cannot be asked.
    """
    try:
        request = AskRequest.model_validate(dict(fields))
    except ValidationError as error:
        raise ArgumentError(validation_message(error)) from error
    library = Library(settings, load=open_edition)
    library.load()
    outcome = ask_service(request, QAService(settings, library))
    wording, links = Wording(), Links(settings.public_url, serve_files=settings.serve_files)
    result = outcome.result
    is_answer = isinstance(result, Answer)
    if as_json:
        presenter = Presenter(outcome.edition, links, wording)
        response = presenter.outcome(outcome, text_format=request.format)
        return response.model_dump_json(indent=2), is_answer
    if isinstance(result, Answer):
        above, below = wording.notices(outcome)
        text = wording.answer(result, links, template="answer.txt.j2")
        return "\n\n".join([*above, *below, text]), is_answer
    return wording.whole_refusal(outcome, result, links, template="refusal.txt.j2"), is_answer
