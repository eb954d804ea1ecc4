"""An answer as a Word document, to be pasted into a memo: the quotes and their sources."""

from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from service.records import QuotedTable

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class MemoQuote:
    """One quote.

    Attributes:
        number: Of its source.
        text: Verbatim.
        language: ISO 639-1 code, for the spelling checker.
        table: Its headings and cells, if it is a table row.
    """

    number: int
    text: str
    language: str
    table: QuotedTable | None = None


@dataclass(frozen=True, slots=True)
class MemoSource:
    """The source of one quote.

    Attributes:
        number: Of its quote.
        text: Title, publisher, year, page.
        href: Opens the report there.
    """

    number: int
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Memo:
    """The content of the file.

    Attributes:
        question: The title.
        language: Of the words around the quotes.
        notices: What must be known beside the quotes.
        lead: Line above the quotes.
        quotes: Best first.
        sources_title: Heading of the sources.
        sources: One for each quote.
        open_words: Text of the links into the reports.
        note: Names the index that answered.
        permalink_words: Text of the permanent link.
        permalink: Asks again and tells whether the answer is the same.
    """

    question: str
    language: str
    notices: tuple[str, ...]
    lead: str
    quotes: tuple[MemoQuote, ...]
    sources_title: str
    sources: tuple[MemoSource, ...]
    open_words: str
    note: str
    permalink_words: str
    permalink: str


def docx_bytes(memo: Memo) -> bytes:
    """Return the file, in Word's built-in styles, so that pasted text takes on the memo's own."""
    word = Document()
    word.core_properties.title = memo.question
    word.core_properties.language = memo.language
    word.core_properties.author = "Cita"
    word.core_properties.comments = ""
    word.add_heading(_printable(memo.question), level=1)
    for notice in memo.notices:
        word.add_paragraph(_printable(notice))
    word.add_paragraph(memo.lead)
    for quote in memo.quotes:
        if quote.table and quote.table.is_aligned:
            _add_table(word, quote.table, quote.language)
            word.add_paragraph(f"[{quote.number}]", style="Quote")
            continue
        paragraph = word.add_paragraph(style="Quote")
        _set_language(paragraph.add_run(f"“{_printable(quote.text)}”"), quote.language)
        paragraph.add_run(f" [{quote.number}]")
    word.add_heading(memo.sources_title, level=2)
    for source in memo.sources:
        paragraph = word.add_paragraph(f"[{source.number}] {_printable(source.text)}. ")
        _add_link(word, paragraph, memo.open_words, source.href)
    word.add_paragraph(memo.note)
    _add_link(word, word.add_paragraph(), memo.permalink_words, memo.permalink)
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def _add_table(word: WordDocument, quoted: QuotedTable, language: str) -> None:
    """Add a table row under its header, the table's caption above."""
    if quoted.title:
        _set_language(
            word.add_paragraph(style="Caption").add_run(_printable(quoted.title)), language
        )
    table = word.add_table(rows=2, cols=len(quoted.columns), style="Table Grid")
    for row, texts in zip(table.rows, (quoted.columns, quoted.cells), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _set_language(cell.paragraphs[0].add_run(_printable(text)), language)


def _printable(text: str) -> str:
    """Remove the characters that XML forbids."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")


def _set_language(run: Run, language: str) -> None:
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), language)
    run._r.get_or_add_rPr().append(element)  # noqa: SLF001 - python-docx has no API for it


def _add_link(word: WordDocument, paragraph: Paragraph, text: str, href: str) -> None:
    """Add a link, for which python-docx has no API."""
    relation = word.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(text)
    run.underline = True
    link.append(run._r)  # noqa: SLF001 - as above
    paragraph._p.append(link)  # noqa: SLF001 - as above
