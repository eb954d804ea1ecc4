"""Turns records of the service into bodies of the API, for HTTP and for the command line."""

import hashlib
from dataclasses import dataclass
from typing import Any

from indexer.records import Document, Passage, Span
from indexer.store.protocol import StoredIndex
from indexer.store.records import DocumentEntry
from service import records
from service.answer_options import AnswerOptions
from service.interfaces.api.schemas import documents, passages, places
from service.interfaces.api.schemas.answers import (
    Answer,
    Answered,
    Citation,
    LikelySentence,
    Missing,
    NearPassage,
    Notice,
    QuestionWords,
    Quote,
    QuotedTable,
    Refusal,
    Refused,
    RestatedSection,
    TextFormat,
    WordPassages,
)
from service.interfaces.api.schemas.documents import DocumentDetail, OutlineEntry, Page
from service.interfaces.api.schemas.index import IndexInfo
from service.interfaces.api.schemas.verify import VerifyResponse
from service.library import Edition
from service.outcomes import Outcome
from service.pipeline.facets import Coverage
from service.presentation.contents import contents_of
from service.presentation.links import Links
from service.presentation.wording import ANSWER_TEMPLATES, Wording
from service.records import CitedDocument


@dataclass(frozen=True, slots=True)
class Presenter:
    """Turns records of one edition into bodies of the API.

    Attributes:
        edition: The edition they come from.
        links: Makes the links, relative or absolute.
        wording: Puts answers and refusals into words.
    """

    edition: Edition
    links: Links
    wording: Wording

    @property
    def index(self) -> StoredIndex:
        """Return the index of the edition."""
        return self.edition.index

    def index_info(self) -> IndexInfo:
        """Describe the index that answered."""
        return IndexInfo.model_validate(self.index.manifest)

    def outcome(
        self, outcome: Outcome, *, text_format: TextFormat = "markdown"
    ) -> Answered | Refused:
        """Present an answer, its text in ``text_format``, or a refusal."""
        result = outcome.result
        common: dict[str, Any] = {
            "id": _answer_id(self.index.manifest.fingerprint, result.question, outcome.options),
            "question": outcome.typed or result.question.text,
            "understood_as": outcome.understood_as,
            "question_language": result.question.language,
            "answer_language": result.language,
            "confidence": result.confidence,
            "notices": self.notices(outcome),
            "index": self.index_info(),
            "took_ms": round(outcome.took_ms, 1),
        }
        if isinstance(result, records.Answer):
            return Answered(
                **common,
                answer=self._answer(result, text_format),
                citations=[self._citation(citation) for citation in result.citations],
            )
        return Refused(
            **common,
            refusal=self._refusal(result, outcome.coverage),
            nearest=[self._near_passage(scored) for scored in result.nearest],
        )

    def notices(self, outcome: Outcome) -> list[Notice]:
        """Present what a reader must know beside the quotes."""
        titles = self.edition.titles
        return [
            Notice(
                code=notice.code,
                text=self.wording.notice(notice, outcome.result.language, titles=titles),
                citations=list(notice.citations),
            )
            for notice in outcome.notices
        ]

    def passage(self, passage: Passage, *, score: float | None = None) -> passages.Passage:
        """Present a passage, with its place and its document."""
        document = self.index.document(passage.doc_id)
        cited_document = self._cited_document(document)
        page = document.page_at(passage.span.start)
        return passages.Passage(
            passage_id=passage.passage_id,
            score=score,
            text=passage.span.of(document.text),
            document=_cited_document_body(cited_document),
            page=page,
            page_end=document.page_at(passage.span.end - 1),
            page_label=document.page_label(page),
            headings=list(passage.headings),
            start=passage.span.start,
            end=passage.span.end,
            href=self.links.quote(cited_document, passage.span),
        )

    def document(self, entry: DocumentEntry) -> documents.Document:
        """Present a report's metadata."""
        info = entry.info
        return documents.Document(
            id=entry.doc_id,
            title=info.title,
            subtitle=info.subtitle,
            publisher=info.publisher,
            authors=list(info.authors),
            year=info.year,
            language=info.language,
            kind=info.kind,
            countries=list(info.countries),
            named_countries=list(info.named_countries),
            regions=list(info.regions),
            themes=list(info.themes),
            licence=info.licence,
            url=info.url,
            identifier=info.identifier,
            supersedes=list(info.supersedes),
            superseded_by=list(entry.superseded_by),
            file=entry.file,
            sha256=entry.sha256,
            n_pages=entry.n_pages,
            n_passages=entry.n_passages,
            n_characters=entry.n_characters,
            notes=list(entry.notes),
            href=self.links.document(entry.doc_id),
            file_href=self.links.original(entry.doc_id, entry.file),
        )

    def document_detail(self, entry: DocumentEntry) -> DocumentDetail:
        """Present a report's metadata, pages and outline."""
        document = self.index.document(entry.doc_id)
        return DocumentDetail(
            **self.document(entry).model_dump(),
            pages=pages_of(document, entry.n_pages),
            outline=outline_of(document),
        )

    def verified(self, document: Document, span: Span, quote: str) -> VerifyResponse:
        """Compare a quote with the text of the document at ``span``, character by character."""
        text = span.of(document.text)
        is_inside = bool(text)
        page = document.page_at(span.start) if is_inside else None
        return VerifyResponse(
            verbatim=text == quote,
            text=text,
            page=page,
            page_end=document.page_at(span.start + len(text) - 1) if is_inside else None,
            page_label=document.page_label(page),
            document=_cited_document_body(self._cited_document(document)),
        )

    def _cited_document(self, document: Document) -> CitedDocument:
        replaced_by = self.index.entry(document.doc_id).superseded_by
        return CitedDocument(document.doc_id, document.info, document.sha256, replaced_by)

    def _answer(self, answer: records.Answer, text_format: TextFormat) -> Answer:
        template = ANSWER_TEMPLATES[text_format]
        return Answer(
            text=self.wording.answer(answer, self.links, template=template),
            format=text_format,
            quotes=[
                Quote(
                    text=quote.text,
                    citation=quote.citation,
                    confidence=round(quote.confidence, 4),
                    highlight=(quote.highlight.start, quote.highlight.end)
                    if quote.highlight
                    else None,
                    table=QuotedTable.model_validate(quote.table) if quote.table else None,
                )
                for quote in answer.quotes
            ],
        )

    def _refusal(self, refusal: records.Refusal, coverage: Coverage) -> Refusal:
        facts = refusal.missing
        return Refusal(
            code=refusal.code,
            message=self.wording.refusal(refusal, coverage),
            may_answer=refusal.may_answer,
            missing=Missing(kind=facts.kind, words=list(facts.words)) if facts else None,
            words=QuestionWords(
                nowhere=list(refusal.words.nowhere),
                found=[
                    WordPassages.model_validate(word)
                    for word in self.wording.word_passages(refusal, self.links)
                ],
            ),
        )

    def _near_passage(self, scored: records.ScoredPassage) -> NearPassage:
        document = self.index.document(scored.passage.doc_id)
        passage = self.passage(scored.passage, score=scored.score)
        likeliest = [self._likely_sentence(document, span) for span in scored.likeliest]
        return NearPassage(**dict(passage), likeliest=likeliest)

    def _likely_sentence(self, document: Document, span: Span) -> LikelySentence:
        page = document.page_at(span.start)
        return LikelySentence(
            text=span.of(document.text),
            page=page,
            page_end=document.page_at(span.end - 1),
            page_label=document.page_label(page),
            start=span.start,
            end=span.end,
            href=self.links.quote(self._cited_document(document), span),
        )

    def _citation(self, citation: records.Citation) -> Citation:
        return Citation(
            number=citation.number,
            passage_id=citation.passage_id,
            document=_cited_document_body(citation.document),
            page=citation.page,
            page_end=citation.page_end,
            page_label=citation.page_label,
            headings=list(citation.headings),
            start=citation.span.start,
            end=citation.span.end,
            quote=citation.quote,
            restates=[RestatedSection.model_validate(restated) for restated in citation.restated],
            href=self.links.quote(citation.document, citation.span),
        )


def pages_of(document: Document, n_pages: int | None) -> list[Page] | None:
    """List every physical page with the parts of the text on it; ``None`` without pages.

    A page has several parts if a footnote was moved behind the paragraph that it interrupts.
    """
    if n_pages is None:
        return None
    spans: dict[int, list[tuple[int, int]]] = {}
    ends = [page_start.start for page_start in document.page_starts[1:]] + [len(document.text)]
    for page_start, end in zip(document.page_starts, ends, strict=True):
        spans.setdefault(page_start.page, []).append((page_start.start, end))
    return [
        Page(
            number=number,
            label=document.page_label(number),
            start=spans[number][0][0] if number in spans else None,
            spans=spans.get(number, []),
        )
        for number in range(1, n_pages + 1)
    ]


def outline_of(document: Document) -> list[OutlineEntry]:
    """List the headings of the contents, in reading order."""
    return [
        OutlineEntry(
            title=entry.title,
            level=entry.level,
            start=entry.start,
            page=document.page_at(entry.start),
        )
        for entry in contents_of(document)
    ]


def _cited_document_body(document: CitedDocument) -> places.CitedDocument:
    info = document.info
    return places.CitedDocument(
        id=document.doc_id,
        title=info.title,
        publisher=info.publisher,
        year=info.year,
        language=info.language,
        sha256=document.sha256,
        url=info.url,
        superseded_by=list(document.superseded_by),
    )


def _answer_id(fingerprint: str, question: records.Question, options: AnswerOptions) -> str:
    """Hash what decides an answer: the same question gives the same id."""
    return hashlib.sha256(repr((fingerprint, question, options)).encode()).hexdigest()[:16]
