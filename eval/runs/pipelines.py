"""Pipelines to ask: in this process, or of a server with our API; both look the same."""

import http.client
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from eval.errors import AskError
from eval.records import JudgedQuestion, RankedPassage, RunQuote, RunRow
from eval.served_documents import ServedDocument, served_document
from indexer.records import PageStart
from indexer.store.protocol import StoredIndex
from service.answer_options import AnswerWishes
from service.errors import QuestionError
from service.pipeline.answering import Answerer
from service.pipeline.confidence import SHIPPED_PATH, Evidence
from service.pipeline.question import parse_question, question_text
from service.pipeline.retrieval import ViewWeights
from service.records import (
    Answer,
    Question,
    Refusal,
    ScoredPassage,
)
from service.settings import Settings

N_RANKED = 20
"""Passages kept of each ranking."""

_TIMEOUT_S = 120
_PAGE = 200
"""Documents listed at a time."""
_KNOBS = ("top_k", "max_quotes", "max_words", "min_confidence", "threads")
"""Settings of the service that decide answers, and the time they take."""

Knobs = Mapping[str, str | int | float | bool | None]


class Pipeline(Protocol):
    """Something that answers questions, and knows the documents it answers from."""

    @property
    def name(self) -> str:
        """``"in process"``, or an address."""

    @property
    def fingerprint(self) -> str:
        """Fingerprint of the index that answers."""

    @property
    def index_place(self) -> str | None:
        """Its folder, where that is known."""

    @property
    def knobs(self) -> Knobs:
        """Every knob that decides answers, where they are known."""

    def ask(self, question: JudgedQuestion) -> RunRow:
        """Ask one question: forced, at the pipeline's own threshold, and for passages.

        Raises:
            AskError: It cannot be asked.
        """

    def document(self, doc_id: str) -> ServedDocument | None:
        """Return a document, or ``None`` if there is none of this id."""


class InProcess:
    """`Answerer` on an opened index.

    Attributes:
        name: As in `Pipeline`.
        index_place: As in `Pipeline`.
        fingerprint: As in `Pipeline`.
        doc_ids: Ids of all documents of the index.
        knobs: As in `Pipeline`.
    """

    def __init__(
        self, index: StoredIndex, settings: Settings, *, weights: ViewWeights | None = None
    ) -> None:
        """Load the question encoder of ``index``; ``weights`` are the fitted ones by default."""
        self.name = "in process"
        self.index_place: str | None = index.place
        self.fingerprint = index.manifest.fingerprint
        self.doc_ids: Sequence[str] = tuple(entry.doc_id for entry in index.documents)
        knobs = {knob: getattr(settings, knob) for knob in _KNOBS}
        self._answerer = Answerer(
            index,
            threads=settings.threads or 2,
            weights=weights,
            calibration=settings.calibration or SHIPPED_PATH,
        )
        knobs["min_confidence"] = self._answerer.models.calibration.required(
            settings.min_confidence
        )
        self.knobs: Knobs = {**knobs, **asdict(weights or ViewWeights())}
        self._settings = settings
        self._forced = settings.answer_options(AnswerWishes(min_confidence=0.0))
        self.document = lru_cache(maxsize=None)(self._document)

    def ask(self, question: JudgedQuestion) -> RunRow:
        """Ask one question, as `QAService.ask` does; passages are searched for as it is typed.

        Raises:
            AskError: The service does not take it: it is blank or too long.
        """
        started = time.perf_counter()
        try:
            parsed = self._understood(question)
        except QuestionError as error:
            raise AskError(f"{question.qid} cannot be asked: {error}") from error
        forced = self._answerer.answer(parsed, self._forced)
        took_ms = (time.perf_counter() - started) * 1e3
        own = self._answerer.answer(parsed, self._settings.answer_options())
        passages = self._answerer.search(parse_question(question.text), top_k=N_RANKED)
        return RunRow(
            qid=question.qid,
            question=question.text,
            lang=question.language,
            confidence=forced.confidence,
            answered=isinstance(own, Answer),
            refusal_code=own.code.value if isinstance(own, Refusal) else None,
            took_ms=round(took_ms, 3),
            passages=tuple(
                self._ranked(rank, scored) for rank, scored in enumerate(passages, start=1)
            ),
            quotes=_quotes(forced) if isinstance(forced, Answer) else (),
        )

    def evidence(self, question: JudgedQuestion) -> Evidence:
        """Return what speaks for and against answering a question."""
        return self._answerer.find(self._understood(question), self._forced).evidence

    def _understood(self, question: JudgedQuestion) -> Question:
        return parse_question(self._answerer.with_spaces_mended(question_text(question.text)))

    def _ranked(self, rank: int, scored: ScoredPassage) -> RankedPassage:
        passage = scored.passage
        document = self.document(passage.doc_id)
        return RankedPassage(
            rank=rank,
            passage_id=passage.passage_id,
            score=scored.score,
            doc=passage.doc_id,
            start=passage.span.start,
            end=passage.span.end,
            page=document.page_at(passage.span.start) if document else None,
            text=scored.text,
        )

    def _document(self, doc_id: str) -> ServedDocument | None:
        return served_document(self._answerer.index, doc_id)


def _quotes(answer: Answer) -> tuple[RunQuote, ...]:
    citations = {citation.number: citation for citation in answer.citations}
    return tuple(
        RunQuote(
            text=quoted.text,
            doc=cited.document.doc_id,
            start=cited.span.start,
            end=cited.span.end,
            page=cited.page,
            highlight=(quoted.highlight.start, quoted.highlight.end) if quoted.highlight else None,
            citation=quoted.citation,
        )
        for quoted in answer.quotes
        for cited in (citations[quoted.citation],)
    )


class OverHttp:
    """Any server with our API, one request at a time, each on a connection of its own.

    Attributes:
        name: As in `Pipeline`.
        index_place: As in `Pipeline`.
        fingerprint: As in `Pipeline`.
        doc_ids: Ids of all documents of the index.
        knobs: As in `Pipeline`.
    """

    def __init__(self, url: str) -> None:
        """Ask the server which index it has.

        Raises:
            AskError: It cannot be reached, or is no server of our API.
        """
        self.name = url.rstrip("/")
        self.index_place: str | None = None
        self.knobs: Knobs = {}
        self.fingerprint = ""
        listed = self._call("GET", "/v1/documents?limit=1")
        self.fingerprint = str(_field(listed, "index", "fingerprint"))
        self.doc_ids: Sequence[str] = tuple(self._listed(_field(listed, "total")))
        self.document = lru_cache(maxsize=None)(self._document)

    def ask(self, question: JudgedQuestion) -> RunRow:
        """Ask one question.

        Raises:
            AskError: The server does not take it or does not answer, or its index was changed.
        """
        body: dict[str, object] = {"question": question.text}
        started = time.perf_counter()
        forced = self._call("POST", "/v1/ask", {**body, "min_confidence": 0.0})
        took_ms = (time.perf_counter() - started) * 1e3
        own = self._call("POST", "/v1/ask", body)
        retrieved = self._call("POST", "/v1/search", {"query": question.text, "top_k": N_RANKED})
        if _field(retrieved, "index", "fingerprint") != self.fingerprint:
            raise AskError(f"{self.name} changed its index during the run; start again")
        citations = {cited["number"]: cited for cited in forced["citations"]}
        quotes = (forced["answer"] or {"quotes": []})["quotes"]
        return RunRow(
            qid=question.qid,
            question=question.text,
            lang=question.language,
            confidence=float(forced["confidence"]),
            answered=own["status"] == "answered",
            refusal_code=own["refusal"]["code"] if own["refusal"] else None,
            took_ms=round(took_ms, 3),
            passages=tuple(
                _passage(rank, result) for rank, result in enumerate(retrieved["results"], 1)
            ),
            quotes=tuple(_quote(quoted, citations[quoted["citation"]]) for quoted in quotes),
        )

    def _listed(self, total: int) -> Iterator[str]:
        for offset in range(0, total, _PAGE):
            page = self._call("GET", f"/v1/documents?limit={_PAGE}&offset={offset}")
            yield from (document["id"] for document in page["documents"])

    def _document(self, doc_id: str) -> ServedDocument | None:
        path = f"/v1/documents/{quote(doc_id, safe='')}"
        status, body = self._request("GET", path)
        if status == HTTPStatus.NOT_FOUND:
            return None
        detail = json.loads(body)
        _, text = self._request("GET", f"{path}/text")
        spans = ((s, page["number"]) for page in detail["pages"] or () for s, _ in page["spans"])
        return ServedDocument(
            doc_id=doc_id,
            text=text,
            publisher=detail["publisher"],
            countries=tuple(detail["countries"]),
            regions=tuple(detail["regions"]),
            themes=tuple(detail["themes"]),
            page_starts=tuple(PageStart(start, page) for start, page in sorted(spans)),
        )

    def _call(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        status, text = self._request(method, path, body)
        if status != HTTPStatus.OK:
            raise AskError(f"{self.name}{path} said {status}: {text[:300]}")
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            raise AskError(f"{self.name}{path} sent no JSON: {text[:100]!r}") from error

    def _request(
        self, method: str, path: str, body: Mapping[str, object] | None = None
    ) -> tuple[int, str]:
        parts = urlsplit(self.name)
        connect = http.client.HTTPSConnection if parts.scheme == "https" else None
        connection = (connect or http.client.HTTPConnection)(parts.netloc, timeout=_TIMEOUT_S)
        sent = None if body is None else json.dumps(body)
        try:
            connection.request(
                method, parts.path + path, sent, {"Content-Type": "application/json"}
            )
            response = connection.getresponse()
            return response.status, response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise AskError(f"{self.name} cannot be asked: {error}; is it running?") from error
        finally:
            connection.close()


def _field(body: Any, *names: str) -> Any:
    for name in names:
        if not isinstance(body, dict) or name not in body:
            raise AskError(f"the server's answer has no {'.'.join(names)}; want Cita's API v1")
        body = body[name]
    return body


def _passage(rank: int, result: Mapping[str, Any]) -> RankedPassage:
    return RankedPassage(
        rank=rank,
        passage_id=result["passage_id"],
        score=result["score"],
        doc=result["document"]["id"],
        start=result["start"],
        end=result["end"],
        page=result["page"],
        text=result["text"],
    )


def _quote(quoted: Mapping[str, Any], cited: Mapping[str, Any]) -> RunQuote:
    highlight = quoted["highlight"]
    return RunQuote(
        text=quoted["text"],
        doc=cited["document"]["id"],
        start=cited["start"],
        end=cited["end"],
        page=cited["page"],
        highlight=(highlight[0], highlight[1]) if highlight else None,
        citation=quoted["citation"],
    )
