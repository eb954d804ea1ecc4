"""A client of Cita's API in one file, for Python 3.11 and newer; it needs no other package.

Copy it beside your program. `docs/integrations/python-client.md` shows it in use; a test holds its
shapes to the API's own description.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any, Literal, NotRequired, TypedDict, cast


class CitaError(Exception):
    """The service did not do what it was asked.

    Attributes:
        status: HTTP status; 0 where the service was not reached.
        detail: What was wanted, what came, and what to do.
        request_id: Names the request in the operator's log; may be empty.
    """

    def __init__(self, status: int, detail: str, request_id: str = "") -> None:
        self.status = status
        self.detail = detail
        self.request_id = request_id
        super().__init__(f"{status}: {detail}" if status else detail)


class Filters(TypedDict, total=False):
    """Which reports may answer: OR within a field, AND between fields."""

    document: Sequence[str]
    publisher: Sequence[str]
    country: Sequence[str]
    theme: Sequence[str]
    language: Sequence[str]
    year_from: int
    year_to: int


class CitedDocument(TypedDict):
    """A report."""

    id: str
    title: str
    publisher: str | None
    year: int | None
    language: str
    sha256: str
    url: str | None
    superseded_by: list[str]


class Place(TypedDict):
    """A place in a report; offsets count code points of its text, as Python does."""

    passage_id: str
    document: CitedDocument
    page: int | None
    page_end: int | None
    page_label: str | None
    headings: list[str]
    start: int
    end: int
    href: str


class RestatedSection(TypedDict):
    """A section of a report that a quote restates: what to cite; the brief is where it stood."""

    report: str
    title: str
    publisher: str | None
    year: int | None
    section: str
    page: int | None
    page_label: str | None


class Citation(Place):
    """Where a quote stands, and what it restates; mostly nothing."""

    number: int
    quote: str
    restates: list[RestatedSection]


class Passage(Place):
    """A passage; ``score`` is null where nothing was searched."""

    score: float | None
    text: str


class LikelySentence(TypedDict):
    """A sentence that may answer a refused question, with its place in its document."""

    text: str
    page: int | None
    page_end: int | None
    page_label: str | None
    start: int
    end: int
    href: str


class NearPassage(Passage):
    """A passage near a refused question, with the sentences of it that most likely answer."""

    likeliest: list[LikelySentence]


class QuotedTable(TypedDict):
    """The row of a table, with its headings."""

    columns: list[str]
    cells: list[str]
    caption: str | None
    group: str | None


class Quote(TypedDict):
    """A verbatim sentence, list item or table row; ``highlight`` is the part that answers."""

    text: str
    citation: int
    confidence: float
    highlight: list[int] | None
    table: QuotedTable | None


class Answer(TypedDict):
    """The quotes, best first, and the quotes put into words."""

    text: str
    format: Literal["markdown", "text", "html"]
    quotes: list[Quote]


class Missing(TypedDict):
    """What was asked for and was not found."""

    kind: Literal["share", "sum", "date"] | None
    words: list[str]


class WordPassages(TypedDict):
    """A word of a refused question and the passages that have it; ``href`` shows them."""

    text: str
    n_passages: int
    href: str


class QuestionWords(TypedDict):
    """The words of a refused question: those that no report has, and the others."""

    nowhere: list[str]
    found: list[WordPassages]


class Refusal(TypedDict):
    """Why there is no answer; ``may_answer`` where the first of ``nearest`` may be one."""

    code: str
    message: str
    may_answer: bool
    missing: Missing | None
    words: QuestionWords


class Notice(TypedDict):
    """Something that a reader must know beside the quotes."""

    code: str
    text: str
    citations: list[int]


class IndexInfo(TypedDict):
    """Which index answered."""

    fingerprint: str
    built_at: str
    documents: int
    passages: int


class _Outcome(TypedDict):
    id: str
    question: str
    understood_as: str | None
    question_language: str
    answer_language: str
    confidence: float
    citations: list[Citation]
    nearest: list[NearPassage]
    notices: list[Notice]
    index: IndexInfo
    took_ms: float


class Answered(_Outcome):
    """The reports answer."""

    status: Literal["answered"]
    answer: Answer
    refusal: None


class Refused(_Outcome):
    """No answer was found in the reports."""

    status: Literal["refused"]
    answer: None
    refusal: Refusal


Outcome = Answered | Refused
"""``status`` tells which of both it is."""


class Verified(TypedDict):
    """Whether a quote stands where its citation says, and what does."""

    verbatim: bool
    text: str
    page: int | None
    page_end: int | None
    page_label: str | None
    document: CitedDocument


class AskOptions(TypedDict):
    """How an answer is wanted; what is not named is left to the service."""

    turns: NotRequired[Sequence[str]]
    top_k: NotRequired[int]
    filters: NotRequired[Filters]
    answer_language: NotRequired[Literal["en", "es", "pt"]]
    min_confidence: NotRequired[float]
    max_quotes: NotRequired[int]
    format: NotRequired[Literal["markdown", "text", "html"]]


class CitaClient:
    """Asks one service; safe to use from several threads."""

    def __init__(
        self, url: str = "http://localhost:8000", *, api_key: str = "", timeout: float = 30.0
    ) -> None:
        """Name the service.

        Args:
            url: Its address, without a path.
            api_key: Sent as a bearer token, where the service asks for one.
            timeout: Seconds to wait for an answer.
        """
        self._url = url.rstrip("/")
        self._headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if api_key:
            self._headers["Authorization"] = f"Bearer {api_key}"
        self._timeout = timeout

    def ask(self, question: str, options: AskOptions | None = None) -> Outcome:
        """Answer a question with quotes, or refuse.

        Args:
            question: In English, Spanish or Portuguese; 1 to 1000 characters.
            options: As ``POST /v1/ask`` takes them; ``turns`` are the questions before this one.

        Raises:
            CitaError: The question cannot be asked, or the service was not reached.
        """
        body = {"question": question, **(options or {})}
        return cast("Outcome", self._post("/v1/ask", body))

    def search(
        self, query: str, *, top_k: int | None = None, filters: Filters | None = None
    ) -> list[Passage]:
        """Return passages, best first.

        Raises:
            CitaError: As for `ask`.
        """
        body: dict[str, Any] = {"query": query, "filters": filters or {}}
        if top_k is not None:
            body["top_k"] = top_k
        return cast("list[Passage]", self._post("/v1/search", body)["results"])

    def verify(self, citation: Citation) -> Verified:
        """Tell whether a quote still stands where its citation says.

        Raises:
            CitaError: As for `ask`.
        """
        body = {
            "document": citation["document"]["id"],
            "start": citation["start"],
            "end": citation["end"],
            "quote": citation["quote"],
        }
        return cast("Verified", self._post("/v1/verify", body))

    def _post(self, path: str, body: object) -> Any:
        data = json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data, self._headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as response:  # noqa: S310
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise _error_of(error) from error
        except OSError as error:
            raise CitaError(0, f"{self._url} was not reached: {error}") from error


def _error_of(error: urllib.error.HTTPError) -> CitaError:
    """Read the problem details (RFC 9457) of a response."""
    try:
        problem = json.load(error)
        return CitaError(error.code, str(problem["detail"]), str(problem.get("request_id", "")))
    except (ValueError, KeyError, TypeError, AttributeError):
        return CitaError(error.code, error.reason)
