"""Writes a memo as a Word document: quotes to be pasted, each with its source in a footnote."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from indexer.records import Span
from service.presentation.cited_works import CitationPart, CitedWork
from service.presentation.memo import Memo, MemoQuote, MemoSource, MemoTable
from service.presentation.punctuation import full_stop
from service.presentation.word_footnotes import Footnotes

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_LOCALES = {"en": "en-GB", "es": "es-ES", "pt": "pt-BR"}
"""What Word calls the languages of the interface; others go by their code."""

_FORBIDDEN = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def word_file(memo: Memo) -> tuple[bytes, str]:
    """Return the file and its media type.

    It is in Word's built-in styles, so that pasted text takes on the memo's own.
    """
    writer = _MemoWriter(memo)
    writer.write()
    buffer = BytesIO()
    writer.word.save(buffer)
    return buffer.getvalue(), _MEDIA_TYPE


class _MemoWriter:
    """Writes one memo; every run of text has its language."""

    def __init__(self, memo: Memo) -> None:
        self.word: WordDocument = Document()
        self._memo = memo
        self._footnotes = Footnotes(self.word)
        self._full_notes: dict[tuple[tuple[str, str, str], ...], tuple[int, MemoSource]] = {}

    def write(self) -> None:
        """Write the whole memo."""
        memo, word = self._memo, self.word
        word.core_properties.title = _printable(memo.title)
        word.core_properties.language = _locale(memo.language)
        word.core_properties.author = "Cita"
        word.core_properties.comments = ""
        word.core_properties.created = word.core_properties.modified = datetime.now(UTC)
        _set_default_language(word, memo.language)
        _add_text(word.add_heading(level=1), memo.title, memo.title_language)
        for text in (*memo.notices, memo.lead):
            _add_text(word.add_paragraph(), text, memo.language)
        for section in memo.sections:
            if section.heading:
                _add_text(word.add_heading(level=section.level), section.heading, section.language)
            for quote in section.quotes:
                self._add_quote(quote)
        _add_text(word.add_paragraph(), memo.note, memo.language)
        # Its address fills several lines: it stands under the words alone.
        _add_link(word.add_paragraph(), memo.permalink_words, memo.permalink, memo.language)

    def _add_quote(self, quote: MemoQuote) -> None:
        if quote.table:
            paragraph = _add_table(self.word, quote.table, quote.language)
        else:
            paragraph = self.word.add_paragraph(style="Quote")
            _add_text(paragraph, "“", quote.language)
            for text, is_marked in _runs(quote.text, quote.marks):
                _add_text(paragraph, text, quote.language).bold = is_marked or None
            _add_text(paragraph, "”", quote.language)
        if quote.source:
            self._add_note(paragraph, quote.source)

    def _add_note(self, paragraph: Paragraph, source: MemoSource) -> None:
        earlier = self._full_notes.get(source.cited)
        if earlier and source.may_refer_to(earlier[1]):
            self._footnotes.add(paragraph, lambda note: self._refer(note, source, *earlier))
            return
        number = self._footnotes.add(paragraph, lambda note: self._fill(note, source))
        self._full_notes.setdefault(source.cited, (number, source))

    def _fill(self, note: Paragraph, source: MemoSource) -> None:
        language = self._memo.language
        _add_text(note, " ", language)
        for part in source.parts:
            text = _add_text(note, part.text, part.title_language or language)
            text.italic = part.title_language is not None or None
        _add_text(note, " ", language)
        _add_link(note, self._memo.open_words, source.href, language)

    def _refer(self, note: Paragraph, source: MemoSource, number: int, earlier: MemoSource) -> None:
        """Write a note on what an earlier one cites: its number, and each place that is another."""
        language = self._memo.language
        _add_text(note, f" {self._memo.as_note_words} ", language)
        self._footnotes.refer(note, number, lambda at: _add_text(at, str(number), language))
        parts = list(_other_places(source, earlier))
        for part in parts:
            text = _add_text(note, part.text, part.title_language or language)
            text.italic = part.title_language is not None or None
        _add_text(note, f"{full_stop(''.join(part.text for part in parts))} ", language)
        _add_link(note, self._memo.open_words, source.href, language)


def _other_places(source: MemoSource, earlier: MemoSource) -> Iterator[CitationPart]:
    """Yield what an earlier note on the same reports does not say of the places in them.

    A page alone of the document that restates a work stands behind that document's title, or by
    itself where it cannot be the work's.
    """
    place = _other_place(source.works[0], earlier.works[0])
    if place:
        yield CitationPart(place)
    restating = source.found_in
    if not restating or not earlier.found_in:
        return
    found_at = _other_place(restating, earlier.found_in)
    is_page = found_at == f", {restating.page}"
    if is_page and not place and not source.works[0].page:
        yield CitationPart(found_at)
    elif found_at:
        yield CitationPart(f"{full_stop(place)} {source.found_in_words} ")
        if is_page:
            yield CitationPart(restating.title, restating.language)
        yield CitationPart(found_at if is_page else found_at.removeprefix(", "))


def _other_place(work: CitedWork, earlier: CitedWork) -> str:
    """Return what an earlier note on the same report does not say of the place in it."""
    section = work.section if work.section != earlier.section else ""
    page = work.page if section or work.page != earlier.page else ""
    return "".join(f", {part}" for part in (section, page) if part)


def _add_table(word: WordDocument, quoted: MemoTable, language: str) -> Paragraph:
    """Add a table with its title above; return its last paragraph."""
    if quoted.title:
        _add_text(word.add_paragraph(style="Caption"), quoted.title, language)
    n_columns = max(map(len, quoted.rows))
    table = word.add_table(rows=len(quoted.rows), cols=n_columns, style="Table Grid")
    for number, (row, texts) in enumerate(zip(table.rows, quoted.rows, strict=True)):
        is_header = quoted.has_header and number == 0
        for cell, marked in zip(row.cells, texts, strict=False):  # a row may have fewer cells
            for text, is_bold in marked:
                _add_text(cell.paragraphs[0], text, language).bold = is_bold or is_header or None
    word.add_paragraph()  # room between two tables
    last: Paragraph = table.rows[-1].cells[-1].paragraphs[-1]
    return last


def _runs(text: str, marks: tuple[Span, ...]) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text, each with whether it is marked."""
    edges = {0, len(text), *(edge for mark in marks for edge in (mark.start, mark.end))}
    starts = {mark.start for mark in marks}
    for start, end in pairwise(sorted(edges)):
        yield text[start:end], start in starts


def _add_text(paragraph: Paragraph, text: str, language: str) -> Run:
    run: Run = paragraph.add_run(_printable(text))
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), _locale(language))
    run._r.get_or_add_rPr().append(element)  # noqa: SLF001 - python-docx has no API for it
    return run


def _set_default_language(word: WordDocument, language: str) -> None:
    """Set the language of what has none, such as what is typed into the memo later."""
    for element in word.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), _locale(language))


def _locale(language: str) -> str:
    return _LOCALES.get(language, language)


def _printable(text: str) -> str:
    """Remove the characters that XML 1.0 forbids: https://www.w3.org/TR/xml/#charsets."""
    return _FORBIDDEN.sub("", text)


def _add_link(paragraph: Paragraph, text: str, href: str, language: str) -> None:
    """Add a link, for which python-docx has no API."""
    relation = paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = _add_text(paragraph, text, language)
    run.underline = True
    link.append(run._r)  # noqa: SLF001 - as above
    paragraph._p.append(link)  # noqa: SLF001 - as above
