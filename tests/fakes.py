"""Stand-ins that obey the shapes of the real things, for tests of what stands above a model."""

from dataclasses import dataclass, field
from typing import cast

from starlette.requests import Request

from indexer.records import Block, BlockKind, Document, DocumentInfo, PageStart, Passage, Span
from indexer.store.protocol import StoredIndex
from indexer.store.records import DocumentEntry
from service.answer_options import AnswerOptions
from service.library import Edition
from service.pipeline.answering import Answerer
from service.pipeline.facets import coverage_of
from service.pipeline.word_search import WordSearch
from service.records import (
    Answer,
    Citation,
    CitedDocument,
    Question,
    Quote,
    Refusal,
    RefusalCode,
    ScoredPassage,
)


def request(path: str = "/", *, language: str = "en") -> Request:
    """Return a browser's request for ``path``."""
    headers = [(b"host", b"testserver"), (b"accept-language", language.encode())]
    return Request(
        {
            "type": "http",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "query_string": b"",
            "headers": headers,
        }
    )


def entry(
    doc_id: str, info: DocumentInfo | None = None, *, file: str | None = None
) -> DocumentEntry:
    """Return an entry of which only the id, the metadata and the file matter."""
    return DocumentEntry(
        doc_id=doc_id,
        info=info or DocumentInfo(title=doc_id.title()),
        file=file or f"{doc_id}.md",
        sha256="ab" * 32,
        text_sha256="cd" * 32,
        content_key="",
        vector_key="",
        superseded_by=(),
        n_pages=None,
        n_characters=10,
        first_passage=0,
        n_passages=1,
        first_sentence=0,
        n_sentences=1,
    )


def document(
    *blocks: tuple[BlockKind, str],
    headings: tuple[str, ...] = ("Findings",),
    turns: tuple[PageStart, ...] = (),
    labels: tuple[str | None, ...] | None = None,
) -> Document:
    """Return a document whose text is ``blocks`` joined by line breaks."""
    placed, at = [], 0
    for kind, text in blocks:
        placed.append(Block(kind, Span(at, at + len(text)), headings))
        at += len(text) + 1
    return Document(
        doc_id="report",
        info=DocumentInfo(title="A report", publisher="A publisher", year=2021),
        file="report.pdf",
        sha256="ab" * 32,
        text="\n".join(text for _, text in blocks),
        blocks=tuple(placed),
        page_starts=turns,
        page_labels=labels,
    )


def citation(quote: str = "Rents rose.", *, number: int = 1, page: int | None = 3) -> Citation:
    """Return a citation of ``quote`` at the beginning of a report."""
    return Citation(
        number=number,
        passage_id="report:0-11",
        document=CitedDocument(
            "report", DocumentInfo(title="A report", publisher="A publisher", year=2021), "ab" * 32
        ),
        span=Span(0, len(quote)),
        quote=quote,
        page=page,
        page_end=page,
        page_label=None,
        headings=("Findings",),
    )


def answer(*quotes: str, language: str = "en", page: int | None = 3) -> Answer:
    """Return an answer of ``quotes``."""
    citations = tuple(
        citation(text, number=number, page=page) for number, text in enumerate(quotes, start=1)
    )
    return Answer(
        question=Question("Did rents rise?", language),
        language=language,
        confidence=0.9,
        quotes=tuple(Quote(each.quote, each.number, 0.9) for each in citations),
        citations=citations,
    )


def refusal(code: RefusalCode, *, language: str = "en", unknown: tuple[str, ...] = ()) -> Refusal:
    """Return a refusal without near passages."""
    return Refusal(Question("Lagos in 2024?", language), language, 0.1, code, unknown)


@dataclass
class FakeManifest:
    """What a manifest says of itself."""

    fingerprint: str = "f00d"
    built_at: str = "2026-01-01T00:00:00+00:00"
    encoder: str = "none"
    n_documents: int = 1
    n_passages: int = 1


class FakeIndex:
    """One report of one passage, in memory."""

    def __init__(self) -> None:
        self.manifest = FakeManifest()
        self.documents: tuple[DocumentEntry, ...] = (entry("report", file="report.pdf"),)
        self.unread = ()
        self._document = document((BlockKind.PARAGRAPH, "Rents rose."))

    def changed_part(self) -> None:
        return None

    def entry(self, doc_id: str) -> DocumentEntry:
        return {each.doc_id: each for each in self.documents}[doc_id]

    def document(self, doc_id: str) -> Document:
        return {"report": self._document}[doc_id]

    def passage(self, row: int) -> Passage:
        return (Passage("report", Span(0, 11), ("Findings",), 0, 0),)[row]

    def passage_spans(self, _: DocumentEntry) -> tuple[Span, ...]:
        return (Span(0, 11),)

    def row_of(self, passage_id: str) -> int | None:
        return 0 if passage_id == "report:0-11" else None


@dataclass
class FakeAnswerer:
    """Gives one answer to everything, or raises.

    Attributes:
        fails: Whether answering raises what nobody foresaw.
        answered: Questions so far.
    """

    fails: bool = False
    index: FakeIndex = field(default_factory=FakeIndex)
    answered: list[str] = field(default_factory=list)

    def answer(self, question: Question, options: AnswerOptions) -> Answer | Refusal:
        if self.fails:
            raise RuntimeError(f"a secret about {question.text}")
        self.answered.append(question.text)
        return answer("Rents rose.", language=options.language or question.language)

    def search(self, question: Question, *, top_k: int) -> tuple[ScoredPassage, ...]:
        self.answered.append(question.text)
        return (ScoredPassage(0, self.index.passage(0), "Rents rose.", 0.5),)[:top_k]


def edition(generation: str = "000001-f00d", *, fails: bool = False) -> Edition:
    """Return an edition that answers with `FakeAnswerer`."""
    answerer = FakeAnswerer(fails=fails)
    index = answerer.index
    words = WordSearch(cast("StoredIndex", index))
    return Edition(generation, cast("Answerer", answerer), coverage_of(index.documents), words)
