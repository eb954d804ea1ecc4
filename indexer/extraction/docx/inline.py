"""The text of one DOCX paragraph as Word shows it, with the boxes and notes that hang on it."""

from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from indexer.extraction.docx.package import attribute, children, is_on, name, value
from indexer.extraction.docx.run_looks import RunLooks
from indexer.extraction.docx.styles import NUMBER_STYLES
from indexer.extraction.list_markers import numeral
from indexer.superscripts import superscript

UNREAD = frozenset({"del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "Fallback"})
"""Elements that hold no text of the document, or text that was deleted."""

PROPERTIES = frozenset({"pPr", "rPr", "tblPr", "tcPr", "trPr", "sdtPr"})
"""Elements that say how others are set."""

_SPELT = {"tab": "\t", "ptab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_NOTE_REFERENCES = {"footnoteReference": "footnotePr", "endnoteReference": "endnotePr"}
_TAKEN = frozenset({"t", "txbxContent", "ddList", *_SPELT, *_NOTE_REFERENCES})
_DEFAULT_STYLES = {"footnotePr": "1", "endnotePr": "i"}


@dataclass(slots=True)
class Inline:
    """Parts of a paragraph.

    Attributes:
        pieces: Its text in pieces, each with whether it is raised.
        boxes: Text boxes anchored in it.
        footnotes: Ids of the footnotes that it calls.
        n_unseen: Words of it that nobody sees, and that are left out.
    """

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    n_unseen: int = 0

    @property
    def text(self) -> str:
        """Return the text, what is raised in superscript signs."""
        runs = groupby(self.pieces, key=lambda piece: piece[1])
        texts = ((raised, "".join(text for text, _ in pieces)) for raised, pieces in runs)
        return "".join(superscript(text) if raised else text for raised, text in texts)


class NoteNumbers:
    """Numbers the notes in the order in which the document calls them, as Word does."""

    def __init__(self, document: etree._Element) -> None:
        """Take from ``document`` where numbers start and in which style they are written."""
        self._styles = dict(_DEFAULT_STYLES)
        self._numbers = dict.fromkeys(_DEFAULT_STYLES, 0)
        for kind in _DEFAULT_STYLES:
            for properties in document.iter(f"{{*}}{kind}"):
                written = value(properties, "numFmt")
                start = value(properties, "numStart") or "1"
                self._styles[kind] = NUMBER_STYLES.get(written or "", self._styles[kind])
                self._numbers[kind] = int(start) - 1 if start.isdecimal() else 0

    def next_mark(self, reference: etree._Element) -> str:
        """Return the number of the note that ``reference`` calls; empty if a sign stands for it."""
        if attribute(reference, "customMarkFollows") in {"1", "true", "on"}:
            return ""
        kind = _NOTE_REFERENCES[name(reference)]
        self._numbers[kind] += 1
        return numeral(self._numbers[kind], self._styles[kind])


def inline_of(paragraph: etree._Element, *, looks: RunLooks, notes: NoteNumbers) -> Inline:
    """Gather the text of a paragraph in order, and what hangs on it.

    Args:
        paragraph: Its element.
        looks: Tells how runs look.
        notes: Counts the notes of the document.
    """
    inline = Inline()
    pending = [(element, False) for element in reversed(paragraph)]
    while pending:
        element, raised = pending.pop()
        key = name(element)
        if key in UNREAD | PROPERTIES or _is_placeholder(element, key):
            continue
        if key == "r":
            look = looks.of(element, paragraph)
            if look.is_unseen:
                inline.n_unseen += sum(len((t.text or "").split()) for t in children(element, "t"))
                continue
            raised = raised or look.is_raised
        _take(element, key, inline, notes, raised=raised)
        if key not in _TAKEN:
            is_exponent = key == "sup"  # of a formula
            pending.extend((inner, raised or is_exponent) for inner in reversed(element))
    return inline


def _take(
    element: etree._Element, key: str, inline: Inline, notes: NoteNumbers, *, raised: bool
) -> None:
    """Take what ``element`` itself adds to the paragraph."""
    if key == "t":
        inline.pieces.append((element.text or "", raised))
    elif key in _SPELT:
        inline.pieces.append((_SPELT[key], raised))
    elif key == "txbxContent":
        inline.boxes.append(element)
    elif key == "ddList":
        inline.pieces.append((_chosen(element), raised))
    elif key in _NOTE_REFERENCES:
        inline.pieces.append((superscript(notes.next_mark(element)), False))
        if key == "footnoteReference":
            inline.footnotes.append(attribute(element, "id") or "")


def _chosen(drop_down: etree._Element) -> str:
    """Return the entry that is chosen in a form's list."""
    entries = [attribute(entry, "val") or "" for entry in children(drop_down, "listEntry")]
    written = value(drop_down, "result") or value(drop_down, "default") or "0"
    at = int(written) if written.isdecimal() else 0
    return entries[at] if at < len(entries) else ""


def _is_placeholder(element: etree._Element, key: str) -> bool:
    return key == "sdt" and is_on(element, "sdtPr", "showingPlcHdr")
