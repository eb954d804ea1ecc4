"""Exports an answer as a file: Word, Markdown, references."""

from collections.abc import Sequence
from dataclasses import replace

from service.interfaces.web.answer_context import AnswerContext
from service.interfaces.web.answer_permalink import export_links_of
from service.interfaces.web.localisation import Interface
from service.pipeline.notices import Notice
from service.presentation.bibliography import FORMATS, Reference
from service.presentation.memo import MEDIA_TYPE, Memo, MemoQuote, MemoSource, docx_bytes
from service.presentation.wording import (
    escape_markdown,
    escape_markdown_line,
    without_list_marker,
)
from service.records import Answer, Citation


class AnswerExport:
    """Writes one answer as a file of citation kind, in the language of the interface."""

    def __init__(
        self,
        answer: Answer,
        context: AnswerContext,
        interface: Interface,
        *,
        notices: Sequence[Notice] = (),
    ) -> None:
        self._answer = replace(answer, language=context.language)
        self._wording = context.wording
        # Absolute: a file is opened elsewhere.
        self._links = replace(context.links, public_url=context.base_url)
        self._words = interface.words
        self._notices = tuple(
            context.wording.notice(notice, context.language, titles=context.edition.titles)
            for notice in notices
        )
        self._export_links = export_links_of(answer, context)
        self._day = interface.date(self._export_links.built_at)

    def file(self, kind: str) -> tuple[bytes, str]:
        """Return the bytes and their media type."""
        if kind == "docx":
            return docx_bytes(self._memo()), MEDIA_TYPE
        if kind == "md":
            return self._markdown().encode(), "text/markdown; charset=utf-8"
        write, media_type = FORMATS[kind]
        return write(self._references()).encode(), f"{media_type}; charset=utf-8"

    def _note(self) -> str:
        form = self._words.gettext("Quoted by Cita from its index of %(day)s (%(fingerprint)s).")
        return form % {"day": self._day, "fingerprint": self._export_links.fingerprint}

    def _markdown(self) -> str:
        text = self._wording.answer(self._answer, self._links)
        title = escape_markdown(self._answer.question.text)
        link = f"[{self._words.gettext('Permanent link')}]({self._export_links.permalink})"
        notices = [escape_markdown_line(notice) for notice in self._notices]
        return "\n\n".join([f"# {title}", *notices, text, self._note(), link]) + "\n"

    def _memo(self) -> Memo:
        gettext = self._words.gettext
        citations = self._answer.citations
        return Memo(
            question=self._answer.question.text,
            language=self._answer.language,
            notices=self._notices,
            lead=gettext("The reports say:"),
            quotes=tuple(
                MemoQuote(
                    citation.number,
                    without_list_marker(citation.quote),
                    citation.document.info.language,
                    quote.table,
                )
                for quote, citation in zip(self._answer.quotes, citations, strict=True)
            ),
            sources_title=gettext("Sources"),
            sources=tuple(
                MemoSource(
                    citation.number,
                    self._source(citation),
                    self._links.quote(citation.document, citation.span),
                )
                for citation in citations
            ),
            open_words=gettext("Open in the report"),
            note=self._note(),
            permalink_words=gettext("Permanent link"),
            permalink=self._export_links.permalink,
        )

    def _source(self, citation: Citation) -> str:
        info = citation.document.info
        year = str(info.year) if info.year else self._words.gettext("no date")
        parts = [info.title, info.publisher, year, self._page(citation)]
        return ", ".join(part for part in parts if part)

    def _page(self, citation: Citation) -> str:
        if citation.page is None:
            return ""
        if citation.page_end and citation.page_end > citation.page:
            numbers = {"first": citation.page, "last": citation.page_end}
            page = self._words.gettext("pp. %(first)s–%(last)s") % numbers
        else:
            page = self._words.gettext("p. %(page)s") % {"page": citation.page}
        if citation.page_label is None:
            return page
        printed = self._words.gettext("(printed %(label)s)") % {"label": citation.page_label}
        return f"{page} {printed}"

    def _references(self) -> tuple[Reference, ...]:
        """Return one reference for each report, with the pages that are quoted."""
        pages: dict[str, list[str]] = {}
        documents = {}
        for citation in self._answer.citations:
            documents[citation.document.doc_id] = citation.document
            page = self._page(citation)
            document_pages = pages.setdefault(citation.document.doc_id, [])
            if page and page not in document_pages:
                document_pages.append(page)
        return tuple(
            Reference(
                doc_id=doc_id,
                info=document.info,
                url=self._links.document(doc_id),
                note="; ".join(pages[doc_id]),
            )
            for doc_id, document in documents.items()
        )
