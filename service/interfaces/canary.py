"""``python -m service canary``: asks a running service known questions and compares the quotes.

A file has one JSON object a line: ``question``, and ``quotes``, the texts of the quotes in their
order; none for a question that must be refused.
"""

import json
import urllib.request
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError

from service.errors import CanaryError

TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question and what is quoted for it.

    Attributes:
        question: As a user types it.
        quotes: Texts of the quotes; empty for a refusal.
    """

    question: str
    quotes: tuple[str, ...]


def record(questions: Sequence[str], url: str, *, key: str | None = None) -> str:
    """Ask a running service and return the lines of a file of known questions.

    Raises:
        CanaryError: The service does not answer.
    """
    known = [KnownQuestion(question, _quotes(question, url, key)) for question in questions]
    return "".join(f"{json.dumps(asdict(each), ensure_ascii=False)}\n" for each in known)


def compare(path: Path, url: str, *, key: str | None = None) -> tuple[str, ...]:
    """Ask a running service the questions of ``path`` and return what differs, a line each.

    Raises:
        CanaryError: The file cannot be used, or the service does not answer.
    """
    differences = []
    for known in _read(path):
        quotes = _quotes(known.question, url, key)
        if quotes != known.quotes:
            differences.append(
                f"{known.question}\n  wanted: {_shown(known.quotes)}\n  got: {_shown(quotes)}"
            )
    return tuple(differences)


def _shown(quotes: Sequence[str]) -> str:
    return " / ".join(quotes) or "a refusal"


def _read(path: Path) -> tuple[KnownQuestion, ...]:
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        known = tuple(KnownQuestion(row["question"], tuple(row["quotes"])) for row in rows)
    except (ValueError, KeyError, TypeError) as error:
        raise CanaryError(
            f"{path} has a line that is no known question ({error}); make it by --record"
        ) from error
    if not known:
        raise CanaryError(f"{path} has no questions; make it by --record")
    return known


def _quotes(question: str, url: str, key: str | None) -> tuple[str, ...]:
    """Return the quotes that a running service gives."""
    headers = {"Content-Type": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(  # noqa: S310  (the operator names the service)
        f"{url.rstrip('/')}/v1/ask", json.dumps({"question": question}).encode(), headers
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:  # noqa: S310
            answer = json.load(response)
        return tuple(quote["text"] for quote in (answer["answer"] or {"quotes": ()})["quotes"])
    except HTTPError as error:
        detail = error.read(500).decode("utf-8", "replace")
        raise CanaryError(f"{url} answered {error.code}: {detail}") from error
    except (URLError, OSError, ValueError, KeyError, TypeError) as error:
        raise CanaryError(f"{url} does not answer as Cita does: {error}") from error
