"""Splits text into sentences without changing a character of it.

The splitting is `sentencex`'s (Wikimedia); this module only hides footnote markers from it, which
stand between a full stop and the next sentence (``policy.27 The``), and mends abbreviations that
it does not know.

Source:
    https://github.com/wikimedia/sentencex
"""

import re
from collections.abc import Iterator

import sentencex

from indexer.records import BlockKind, Document, Sentence, Span

_WHOLE_KINDS = frozenset({BlockKind.HEADING, BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW})

_OPENERS = (
    "However|Moreover|Furthermore|Although|While|The|This|These|Those|There|They|It|In|As|At|By|For|"
    "On|With|Such|Since|Thus|El|La|Los|Las|En|Este|Esta|Estos|Estas|Sin|Además|Por|Os|Em|Esse|Essa"
)
_FOOTNOTE_MARKER = re.compile(
    r"""
    (?: (?<=[^\W\d]) | (?<=[)\]”"’'%]) | (?<=(?:19|20)\d\d)  # after a word or a year,
        | (?<=\d) (?= [.!?] [”"’')\]]{0,4} [¹²³⁰⁴-⁹] ) )  # or a figure, if the note is raised,
    [.!?]? [”"’')\]]{0,4} (?<=[.!?”"’')\]])  # it ends; no bound would be quadratic,
    (?P<marker>
        [¹²³⁰⁴-⁹]+ (?:[,–⁻-][¹²³⁰⁴-⁹]+)*
        | (?<=[.!?”"’')\]]) \d{1,3} (?:[,–-]\d{1,3})*  # and a note is called at once
        | (?<=[.!?][”"]) \s \d{1,3}  # or, behind a quotation, after a gap,
        | (?<=[.!?]) \s \d{1,3} (?= \s (?:OPENERS) [\s,] )  # or before what opens a sentence
    )
    (?= \s+ ["“‘'(\[¿¡]* [^\W\d_a-zß-ÿ] | \s*$ )  # before a capital or the end
    """.replace("OPENERS", _OPENERS),
    re.VERBOSE,
)
_ABBREVIATION_END = re.compile(
    r"(?:^|[\s(])(?:EE|EE\. ?UU|Sra?s?|Dra?s?|Ud?s?|núm|art|arts|pág|págs|vol|cap|aprox|ed|eds|nro|"
    r"No|Nos|para|paras|fig|figs|sec|approx|Exma?|Ilma?|Profa?|Mrs?|Ms|Messrs|Hon|Rev|Gen|Col|Lt|Sgt|"
    r"Capt)\.\s*$",
    re.IGNORECASE,
)

_ABBREVIATION_CHARS = 80
"""Characters before a full stop in which an abbreviation is looked for."""


def split_sentences(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences of ``document`` in reading order.

    A heading and a table row is one sentence each. Together the sentences hold all text but white
    space.
    """
    return tuple(_sentences(document))


def sentence_spans(text: str, *, language: str) -> tuple[Span, ...]:
    """Return the sentences of a paragraph, trimmed of white space, in order.

    A footnote marker belongs to the sentence that it closes. Blank text has none.

    Args:
        text: One paragraph or list item.
        language: ISO 639-1 code; languages that sentencex does not know fall back to its defaults.
    """
    spans: list[Span] = []
    start = end = 0
    last = len(text.rstrip())
    has_letters = False
    for piece in sentencex.segment(language, _without_markers(text)):
        end += len(piece)
        has_letters = has_letters or any(letter.isalpha() for letter in piece)
        if end >= last or not has_letters or text[end].islower():
            continue
        if _ABBREVIATION_END.search(text[max(start, end - _ABBREVIATION_CHARS) : end]):
            continue
        spans += _trimmed(text, start, end)
        start, has_letters = end, False
    spans += _trimmed(text, start, len(text))
    return tuple(spans)


def _sentences(document: Document) -> Iterator[Sentence]:
    for position, block in enumerate(document.blocks):
        if block.kind in _WHOLE_KINDS:
            yield Sentence(block.span, position)
            continue
        text = block.span.of(document.text)
        for span in sentence_spans(text, language=document.info.language):
            start = block.span.start + span.start
            yield Sentence(Span(start, start + len(span.of(text))), position)


def _without_markers(text: str) -> str:
    """Return ``text`` with footnote markers blanked and line breaks as spaces: same length."""
    blanked = _FOOTNOTE_MARKER.sub(
        lambda match: (
            match[0][: match.start("marker") - match.start()] + " " * len(match["marker"])
        ),
        text,
    )
    return blanked.replace("\n", " ")


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return [Span(start + left, start + right)] if left < right else []
