"""Footnotes of a Word document, for which python-docx has no API."""

from collections.abc import Callable
from typing import cast

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.run import CT_R
from docx.parts.story import StoryPart
from docx.shared import Pt
from docx.text.paragraph import Paragraph

_SEPARATORS = (
    f"<w:footnotes {nsdecls('w', 'r')}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r>'
    "</w:p></w:footnote></w:footnotes>"
)
"""What a footnotes part begins with: the line above the notes, on the first and on later pages."""


class Footnotes:
    """Adds footnotes to a document; they are numbered in the order of their calls."""

    def __init__(self, word: WordDocument) -> None:
        self._word = word
        self._part: XmlPart | None = None
        self._n_notes = 0
        self._calls: dict[int, CT_R] = {}
        self._named: set[int] = set()
        self._text_style, self._reference_style = _styles(word)

    def add(self, call: Paragraph, fill: Callable[[Paragraph], None]) -> int:
        """Put the raised number of a new footnote at the end of ``call``; return the number.

        Args:
            call: Where the number stands.
            fill: Writes the note into the paragraph that it gets.
        """
        if self._part is None:
            self._part = self._new_part()
        self._n_notes += 1
        number = str(self._n_notes)
        note = OxmlElement("w:footnote")
        note.set(qn("w:id"), number)
        self._part.element.append(note)
        own = cast("CT_P", OxmlElement("w:p"))
        own.style = self._text_style
        note.append(own)
        # Its part is that of the notes, so that its links are relations of this part.
        paragraph = Paragraph(own, _Owner(self._part))
        self._add_sign(paragraph, "w:footnoteRef")
        fill(paragraph)
        self._calls[self._n_notes] = self._add_sign(call, "w:footnoteReference", number)
        return self._n_notes

    def refer(self, note: Paragraph, number: int, write: Callable[[Paragraph], object]) -> None:
        """Put another footnote's number into ``note``, which Word keeps right when notes move.

        Args:
            note: In the footnotes.
            number: Of the other footnote, which has been added.
            write: Writes the number as it is now.
        """
        name = f"_RefCita{number}"
        if number not in self._named:
            self._named.add(number)
            self._name_call(number, name)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), f" NOTEREF {name} \\h ")
        n_runs = len(note.runs)
        write(note)
        for run in note.runs[n_runs:]:
            field.append(run._r)  # noqa: SLF001 - python-docx has no API for it
        note._p.append(field)  # noqa: SLF001 - as above

    def _name_call(self, number: int, name: str) -> None:
        """Set a bookmark around a footnote's number in the text."""
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(number))
        start.set(qn("w:name"), name)
        call = self._calls[number]
        call.addprevious(start)
        call.addnext(end)

    def _add_sign(self, paragraph: Paragraph, tag: str, number: str | None = None) -> CT_R:
        sign = OxmlElement(tag)
        if number is not None:
            sign.set(qn("w:id"), number)
        element = paragraph.add_run()._r  # noqa: SLF001 - python-docx has no API for it
        element.style = self._reference_style
        element.append(sign)
        return element

    def _new_part(self) -> XmlPart:
        package = self._word.part.package
        part = XmlPart(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE.WML_FOOTNOTES,
            parse_xml(_SEPARATORS),
            package,
        )
        self._word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        return part


class _Owner:
    """What a paragraph outside of the body asks for its part."""

    def __init__(self, part: XmlPart) -> None:
        self.part = cast("StoryPart", part)  # for its relations alone


def _styles(word: WordDocument) -> tuple[str, str]:
    """Add the styles of notes and of their numbers, under Word's own names; return their ids."""
    text = word.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style = word.styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(2)
    reference = word.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    reference.font.superscript = True
    return text.style_id, reference.style_id
