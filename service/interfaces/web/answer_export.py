"""Exports an answer as a file: Word, Markdown, references."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.records import Document
from service.interfaces.web.answer_context import AnswerContext
from service.interfaces.web.answer_permalink import export_links_of
from service.interfaces.web.localisation import Interface
from service.interfaces.web.references import cited_places, references_of
from service.presentation.bibliography import FORMATS, Reference
from service.presentation.copied_words import copied_quote
from service.presentation.memo import Memo, MemoQuote, MemoSection, MemoSource, MemoTable
from service.presentation.wording import escape_markdown, escape_markdown_line
from service.records import Answer, Citation


class AnswerExport:
    """Writes one answer as a file of citation kind, in the language of the interface."""

    def __init__(
        self,
        answer: Answer,
        context: AnswerContext,
        interface: Interface,
        *,
        support: str,
        notices: Iterable[str] = (),
    ) -> None:
        """Export ``answer``.

        Args:
            answer: The answer.
            context: As of its page.
            interface: Language of the words around the quotes.
            support: How well it is supported, in words.
            notices: What must be known beside the quotes.
        """
        quotes = tuple(map(copied_quote, answer.quotes))
        self._answer = replace(answer, quotes=quotes)
        self._wording = context.wording
        self._edition = context.edition
        # Absolute: a file is opened elsewhere.
        self._links = replace(context.links, public_url=context.base_url)
        self._words = interface.words
        self._citation_words = interface.citation_words
        self._notices = (support, *notices)
        self._export_links = export_links_of(answer, context)
        self._day = interface.date(self._export_links.built_at)

    def file(self, kind: str) -> tuple[bytes, str]:
        """Return the bytes and their media type."""
        if kind == "docx":
            from service.presentation.word_memo import word_file  # noqa: PLC0415  (no start needs it)

            return word_file(self._memo())
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
        question = self._answer.question
        return Memo(
            title=question.text,
            title_language=question.language,
            language=self._answer.language,
            notices=self._notices,
            lead=gettext("The reports say:"),
            sections=(MemoSection(tuple(self._quotes())),),
            open_words=gettext("Open in the report"),
            as_note_words=gettext("As note"),
            note=self._note(),
            permalink_words=gettext("Permanent link"),
            permalink=self._export_links.permalink,
        )

    def _quotes(self) -> Iterator[MemoQuote]:
        sources = self._wording.sources(self._answer, self._links)
        for quote, citation, source in zip(
            self._answer.quotes, self._answer.citations, sources, strict=True
        ):
            row = quote.table
            table = MemoTable.of_row(row) if row and row.is_aligned else None
            found_in_words = self._citation_words["found_in"]
            cited = MemoSource(source.works, source.href, source.found_in, found_in_words)
            yield MemoQuote(quote.text, citation.document.info.language, cited, table)

    def _document(self, citation: Citation) -> Document:
        return self._edition.document(citation.document.doc_id)

    def _references(self) -> tuple[Reference, ...]:
        """Return one reference for each report that is cited, with its pages and sections."""
        words = self._citation_words
        places = (
            place
            for citation in self._answer.citations
            for place in cited_places(citation, self._document(citation), self._links, words=words)
        )
        return references_of(places, words=words)
