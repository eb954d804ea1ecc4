"""Exports all passages with some words as a file: a table, Word, references."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby, islice

from starlette.responses import Response

from indexer.records import BlockKind, Document, Passage, Span
from service.feedback import plain_cell
from service.interfaces.web.block_layout import TABLE_KINDS, Marks, typeset_span
from service.interfaces.web.file_names import attachment
from service.interfaces.web.localisation import Interface
from service.interfaces.web.references import CitedPlace, cited_places, pages_of, references_of
from service.interfaces.web.view_models.text_blocks import TextRun
from service.library import Edition
from service.outcomes import WordsOutcome
from service.pipeline.citing import citation_of
from service.pipeline.found_words import FoundPassage, FoundReport
from service.presentation.bibliography import FORMATS
from service.presentation.citation_words import pages_of_span
from service.presentation.copied_words import (
    marks_without_note_calls,
    parts_without_note_calls,
    without_note_calls,
)
from service.presentation.links import Links
from service.presentation.memo import (
    MarkedText,
    Memo,
    MemoQuote,
    MemoSection,
    MemoSource,
    MemoTable,
)
from service.presentation.wording import source_of
from service.records import Citation, Filters, RestatedSection

EXPORTS = ("csv", "docx", "bib", "ris", "csl.json")
"""Kinds of files that passages can be exported as, in the order of the page."""

MAX_IN_WORD = 500
"""Passages in a Word file at most; the table has all of them."""


class PassagesExport:
    """Writes the passages as a file, in the language of the interface."""

    def __init__(
        self,
        outcome: WordsOutcome,
        *,
        words: str,
        filters: Filters,
        links: Links,
        interface: Interface,
        address: str,
    ) -> None:
        """Export ``outcome``.

        Args:
            outcome: What was found.
            words: As typed.
            filters: Which reports were looked at.
            links: Absolute: a file is opened elsewhere.
            interface: Language of the words around the passages.
            address: Of the page that shows the same.
        """
        self._found = outcome.found
        self._edition: Edition = outcome.edition
        self._words = words
        self._filters = filters
        self._links = links
        self._interface = interface
        self._address = address

    def response(self, kind: str) -> Response:
        """Return the file as a download; ``kind`` is one of `EXPORTS`."""
        body, media_type = self._file(kind)
        headers = attachment(self._words, kind, otherwise="passages", filters=self._filters)
        return Response(body, media_type=media_type, headers=headers)

    def _file(self, kind: str) -> tuple[bytes, str]:
        if kind == "csv":
            return self._csv(), "text/csv; charset=utf-8"
        if kind == "docx":
            from service.presentation.word_memo import word_file  # noqa: PLC0415  (no start needs it)

            return word_file(self._memo())
        write, media_type = FORMATS[kind]
        references = references_of(self._cited(), words=self._interface.citation_words)
        return write(references).encode(), f"{media_type}; charset=utf-8"

    def _passages(self) -> Iterator[tuple[FoundReport, FoundPassage, Passage, Document]]:
        for report in self._found.reports:
            document = self._edition.document(report.entry.doc_id)
            for found in report.passages:
                yield report, found, self._edition.index.passage(found.row), document

    def _csv(self) -> bytes:
        """Return a table for spreadsheets, in UTF-8 with the mark by which Excel knows it."""
        gettext = self._interface.words.gettext
        target = io.StringIO()
        writer = csv.writer(target)
        writer.writerow(
            [
                gettext("Report"),
                gettext("Publisher"),
                gettext("Year"),
                gettext("Page"),
                gettext("Printed page"),
                gettext("Section"),
                gettext("Summarised in"),
                gettext("Summarised on page"),
                gettext("Passage"),
                gettext("Places of the words, each counted once"),
                gettext("Link"),
            ]
        )
        for report, found, passage, document in self._passages():
            citation = self._citation(report, found, passage, document)
            restated = citation.restated
            cells = (
                *(_restated_cells(restated) or _own_cells(citation, document)),
                *(
                    found_in_cells(document, citation.span, words=self._interface.citation_words)
                    if restated
                    else ("", "")
                ),
                without_note_calls(citation.quote),
                len(found.new_matches),
                self._links.quote(citation.document, citation.span),
            )
            writer.writerow([plain_cell(str(cell)) for cell in cells])
        return b"\xef\xbb\xbf" + target.getvalue().encode()

    def _citation(
        self, report: FoundReport, found: FoundPassage, passage: Passage, document: Document
    ) -> Citation:
        """Cite the part of a passage that none before it has, as a quote of an answer is cited."""
        span, index = found.new_span(document.text), self._edition.index
        return citation_of(span, passage, entry=report.entry, index=index, number=1)

    def _memo(self) -> Memo:
        gettext, ngettext = self._interface.words.gettext, self._interface.words.ngettext
        n_passages = self._found.n_passages
        lead = ngettext(
            "%(num)d passage has these words:", "%(num)d passages have these words:", n_passages
        ) % {"num": n_passages}
        manifest = self._edition.index.manifest
        note = gettext("Found by Cita in its index of %(day)s (%(fingerprint)s).") % {
            "day": self._interface.date(manifest.built_at),
            "fingerprint": manifest.fingerprint[:8],
        }
        left_out = gettext("Only the first %(n)s passages are in this file; the table has all.")
        is_cut = n_passages > MAX_IN_WORD
        return Memo(
            title=self._words,
            title_language=self._interface.language,
            language=self._interface.language,
            notices=(left_out % {"n": MAX_IN_WORD},) if is_cut else (),
            lead=lead,
            sections=tuple(self._sections()),
            open_words=gettext("Open in the report"),
            as_note_words=gettext("As note"),
            note=note,
            permalink_words=gettext("The same on the page"),
            permalink=self._address,
        )

    def _sections(self) -> Iterator[MemoSection]:
        """Yield a heading for each report, then its passages under their own headings."""
        shown = islice(self._passages(), MAX_IN_WORD)
        for _, of_report in groupby(shown, key=lambda each: each[0].entry.doc_id):
            by_heading = groupby(of_report, key=lambda each: each[2].headings)
            for number, (path, under) in enumerate(by_heading):
                passages = list(under)
                info = passages[0][0].entry.info
                if number == 0:
                    yield MemoSection((), info.title, info.language)
                quotes = [self._quotes(*of_passage) for of_passage in passages]
                yield MemoSection(
                    tuple(chain.from_iterable(quotes)), " › ".join(path), info.language, level=3
                )

    def _quotes(
        self, report: FoundReport, found: FoundPassage, passage: Passage, document: Document
    ) -> Iterator[MemoQuote]:
        """Yield the parts of a passage, text and tables; the last one has the source."""
        words = self._interface.citation_words
        citation = self._citation(report, found, passage, document)
        shown, cited = citation.span, source_of(citation, words, self._links)
        source = MemoSource(cited.works, cited.href, cited.found_in, words["found_in"])
        # The headings that a passage begins with stand above it already.
        start = _start_of_text(document, shown, passage.headings)
        parts = _text_and_tables(document, Span(start, shown.end))
        for number, (span, is_table) in enumerate(parts, start=1):
            text = span.of(document.text)
            marks = [
                Span(at.start - span.start, at.end - span.start)
                for at in found.new_matches
                if span.start <= at.start and at.end <= span.end
            ]
            yield MemoQuote(
                text=without_note_calls(text),
                language=document.info.language,
                source=source if number == len(parts) else None,
                table=_table(document, span, found.new_matches) if is_table else None,
                marks=marks_without_note_calls(text, marks),
            )

    def _cited(self) -> Iterator[CitedPlace]:
        """Yield the reports that the passages restate, or their own, and where."""
        words = self._interface.citation_words
        for report, found, passage, document in self._passages():
            citation = self._citation(report, found, passage, document)
            yield from cited_places(citation, document, self._links, words=words)


def found_in_cells(document: Document, span: Span, *, words: Mapping[str, str]) -> tuple[str, str]:
    """Return the title of a document that restates another, and the page there, as pages say it."""
    return document.info.title, pages_of_span(document, span, words=words)


def _own_cells(citation: Citation, document: Document) -> tuple[object, ...]:
    """Return title, publisher, year, page, printed page and section of a passage."""
    info, pages = document.info, pages_of(document, citation.span) or ()
    return (
        info.title,
        info.publisher or "",
        info.year or "",
        _first_to_last(pages),
        _first_to_last([document.page_label(page) for page in pages]),
        " › ".join(citation.headings),
    )


def _first_to_last(pages: Sequence[object]) -> str:
    """Return one page, or the first and the last of several: ``2–3``."""
    return "–".join(dict.fromkeys(str(page) for page in pages if page))


def _restated_cells(restated: Sequence[RestatedSection]) -> tuple[object, ...]:
    """Return the same of the sections that a passage restates, each once; nothing without any."""
    rows = [
        (
            section.report.title,
            section.report.publisher,
            section.report.year,
            section.page,
            section.page_label,
            section.section,
        )
        for section in restated
    ]
    columns = (dict.fromkeys(filter(None, column)) for column in zip(*rows, strict=True))
    return tuple("; ".join(map(str, column)) for column in columns)


def _text_and_tables(document: Document, span: Span) -> list[tuple[Span, bool]]:
    """Return the parts of ``span`` in order, each with whether it is rows of a table."""
    blocks = [
        block
        for block in document.blocks
        if block.span.start < span.end and block.span.end > span.start
    ]
    parts = []
    for is_table, of_part in groupby(blocks, key=lambda block: block.kind in TABLE_KINDS):
        together = list(of_part)
        start, end = together[0].span.start, together[-1].span.end
        parts.append((Span(max(start, span.start), min(end, span.end)), is_table))
    return parts


def _table(document: Document, span: Span, matches: tuple[Span, ...]) -> MemoTable:
    groups = typeset_span(document, span, marks=Marks(matches))
    rows = [block for group in groups for block in group.blocks]
    return MemoTable(
        tuple(tuple(map(_without_note_calls, row.cells)) for row in rows),
        has_header=rows[0].is_header,
    )


def _without_note_calls(cell: Sequence[TextRun]) -> MarkedText:
    bare = parts_without_note_calls([run.text for run in cell])
    return tuple((text, run.marked) for text, run in zip(bare, cell, strict=True))


def _start_of_text(document: Document, span: Span, headings: tuple[str, ...]) -> int:
    """Return where ``span`` goes on after the headings that it begins with, if it does."""
    blocks = (block for block in document.blocks if span.start <= block.span.start < span.end)
    for block in blocks:
        if block.kind is not BlockKind.HEADING or block.span.of(document.text) not in headings:
            return block.span.start if block.span.start > span.start else span.start
    return span.start
