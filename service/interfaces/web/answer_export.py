"""An answer as a file to take away: Word, Markdown, references."""

from dataclasses import replace

from service.interfaces.web.answer_page import Around, take_away
from service.interfaces.web.localisation import Interface
from service.presentation.bibliography import FORMATS, Reference
from service.presentation.memo import MEDIA_TYPE, Memo, MemoQuote, MemoSource, docx_bytes
from service.presentation.wording import escape_markdown, without_list_marker
from service.records import Answer, Citation


class AnswerExport:
    """Writes one answer as a file of citation kind, in the language of the interface."""

    def __init__(self, answer: Answer, around: Around, interface: Interface) -> None:
        self._answer = replace(answer, language=around.language)
        self._wording = around.wording
        # What is taken away must lead back here.
        self._links = replace(around.links, public_url=around.base)
        self._words = interface.words
        self._taken = take_away(answer, around)
        self._day = interface.date(self._taken.built_at)

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
        return form % {"day": self._day, "fingerprint": self._taken.fingerprint}

    def _markdown(self) -> str:
        text = self._wording.answer(self._answer, self._links)
        title = escape_markdown(self._answer.question.text)
        link = f"[{self._words.gettext('Permanent link')}]({self._taken.permalink})"
        return "\n\n".join([f"# {title}", text, self._note(), link]) + "\n"

    def _memo(self) -> Memo:
        gettext = self._words.gettext
        citations = self._answer.citations
        return Memo(
            question=self._answer.question.text,
            language=self._answer.language,
            lead=gettext("The reports say:"),
            quotes=tuple(
                MemoQuote(
                    citation.number,
                    without_list_marker(citation.quote),
                    citation.document.info.language,
                )
                for citation in citations
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
            permalink=self._taken.permalink,
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
            both = {"first": citation.page, "last": citation.page_end}
            page = self._words.gettext("pp. %(first)s–%(last)s") % both
        else:
            page = self._words.gettext("p. %(page)s") % {"page": citation.page}
        if citation.page_label is None:
            return page
        printed = self._words.gettext("(printed %(label)s)") % {"label": citation.page_label}
        return f"{page} {printed}"

    def _references(self) -> tuple[Reference, ...]:
        """Return one reference a report, with the pages that are quoted."""
        pages: dict[str, list[str]] = {}
        cited = {}
        for citation in self._answer.citations:
            cited[citation.document.doc_id] = citation.document
            page = self._page(citation)
            noted = pages.setdefault(citation.document.doc_id, [])
            if page and page not in noted:
                noted.append(page)
        return tuple(
            Reference(
                doc_id=doc_id,
                info=document.info,
                url=self._links.document(doc_id),
                note="; ".join(pages[doc_id]),
            )
            for doc_id, document in cited.items()
        )
