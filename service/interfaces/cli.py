"""One question on the command line: the answer that the API would give, without a server."""

import time
from collections.abc import Mapping

from pydantic import ValidationError

from service.errors import ArgumentError
from service.interfaces.api.problems import trouble_of_fields
from service.interfaces.api.requests import options_of, question_of
from service.interfaces.api.responses import Presenter
from service.interfaces.api.schemas.answers import AskRequest
from service.library import open_edition
from service.presentation.links import Links
from service.presentation.wording import Wording
from service.records import Answer
from service.settings import Settings


def ask_once(
    settings: Settings, request: Mapping[str, object], *, as_json: bool
) -> tuple[str, bool]:
    """Ask the current index.

    Args:
        settings: Where the index is, and the defaults of an answer.
        request: Fields of `AskRequest`.
        as_json: Whether to say it as ``POST /v1/ask`` does, else as plain text.

    Returns:
        What to print, and whether the reports answered.

    Raises:
        ArgumentError: A field is out of bounds.
        IndexerError: There is no index that can be used.
        ServiceError: The question cannot be understood.
    """
    try:
        asked = AskRequest.model_validate(dict(request))
    except ValidationError as error:
        raise ArgumentError(trouble_of_fields(error)) from error
    edition = open_edition(settings, generation="current")
    wording, links = Wording(), Links(settings.public_url, serve_files=settings.serve_files)
    options = options_of(asked, settings)
    question = question_of(asked.question, asked.filters, edition)
    started = time.perf_counter()
    outcome = edition.answerer.answer(question, options)
    took_ms = (time.perf_counter() - started) * 1e3
    answered = isinstance(outcome, Answer)
    if as_json:
        presenter = Presenter(edition, links, wording)
        response = presenter.asked(outcome, options, took_ms=took_ms)
        return response.model_dump_json(indent=2), answered
    if isinstance(outcome, Answer):
        return wording.answer(outcome, links, template="answer.txt.j2"), answered
    return wording.refusal(outcome, edition.coverage), answered
