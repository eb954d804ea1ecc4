"""Finds where the things that have a name with a number stand in a document.

A thing stands where its name opens a heading, a box, a caption, a paragraph or a list item, or
fills a cell of a table; what it says goes on to the next heading, caption or thing of its kind. A
heading or paragraph with a number alone (``2.1 Housing``, ``14. The Council``) is known by that
number, and as what the heading above it announces: ``9.`` under "Recommendations" is Recommendation
9. A sentence that has a name elsewhere mentions it.

So is a term where it is defined: an entry of a glossary stands for it, a sentence that says what it
means mentions it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.records import BlockKind, Document, Sentence
from indexer.segmentation.definitions import MARKERS, definition_in
from indexer.segmentation.numbered_names import (
    NUMBERED_HEADING,
    TITLED,
    kinds_of,
    leading_name,
    leading_number,
    numbered_names,
    title_key,
)
from indexer.segmentation.table_cells import cells_of

_MOST_SENTENCES = 200
_PARAGRAPH_SENTENCES = 12
_ENTRY_SENTENCES = 3
"""Sentences that a thing has at most under a heading, as a paragraph and as a glossary's entry."""

_TABLE = frozenset({BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW})
_TITLES = frozenset({BlockKind.HEADING, BlockKind.CAPTION})
_STOPS = (".", ":", "–", "—", "-", ")", "|", "°", "º")


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A thing with a number or a term, or a sentence that mentions it.

    Attributes:
        key: Its kind and number, as in `NumberedName`, or that of a term.
        first_sentence: Position of its first sentence, which has the name.
        last_sentence: Position of its last one, included.
        is_mention: Whether the sentence only mentions it.
    """

    key: str
    first_sentence: int
    last_sentence: int
    is_mention: bool = False


def named_things(document: Document, sentences: Sequence[Sentence]) -> tuple[NamedThing, ...]:
    """Return the things and terms that stand in ``document``, and those that it mentions."""
    outline = _Outline(document, sentences)
    things = [thing for position in range(len(document.blocks)) for thing in outline.at(position)]
    openings = {(thing.key, thing.first_sentence) for thing in things}
    mentions = [
        NamedThing(key, position, position, is_mention=True)
        for position, sentence in enumerate(sentences)
        if not document.blocks[sentence.block].is_apparatus
        for key in _mentioned(sentence.span.of(document.text))
        if (key, position) not in openings
    ]
    return (*things, *mentions, *_defined(document, sentences))


def _defined(document: Document, sentences: Sequence[Sentence]) -> Iterator[NamedThing]:
    """Yield the terms that a document defines."""
    for position, sentence in enumerate(sentences):
        definition = definition_in(sentence.span.of(document.text), document.blocks[sentence.block])
        if definition is None:
            continue
        of_block = [
            at
            for at in range(position, min(position + _ENTRY_SENTENCES, len(sentences)))
            if sentences[at].block == sentence.block
        ]
        is_first = position == 0 or sentences[position - 1].block != sentence.block
        is_entry = definition.is_entry and is_first
        last = of_block[-1] if is_entry else position
        for key in sorted(definition.keys):
            yield NamedThing(key, position, last, is_mention=not is_entry)


def _mentioned(text: str) -> list[str]:
    keys = [sorted(name.keys) for name in numbered_names(text)]
    return list(dict.fromkeys(key for several in keys for key in several))


class _Outline:
    """The blocks of a document with their sentences and the names that open them."""

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        self._text = document.text
        self._blocks = document.blocks
        self._firsts: dict[int, int] = {}
        self._lasts: dict[int, int] = {}
        for position, sentence in enumerate(sentences):
            self._firsts.setdefault(sentence.block, position)
            self._lasts[sentence.block] = position
        self._keys = [self._opening_keys(position) for position in range(len(self._blocks))]

    def at(self, position: int) -> Iterator[NamedThing]:
        """Yield the things that a block opens; a row of a table may have several."""
        first = self._firsts.get(position)
        if first is None or not self._keys[position]:
            return
        last = self._lasts[self._last_block(position)]
        most = _MOST_SENTENCES if self._blocks[position].kind in _TITLES else _PARAGRAPH_SENTENCES
        for key in sorted(self._keys[position]):
            yield NamedThing(key, first, min(last, first + most - 1))

    def _opening_keys(self, position: int) -> frozenset[str]:
        """Return the keys of the things that a block opens."""
        block = self._blocks[position]
        text = block.span.of(self._text).strip()
        if block.is_apparatus or block.kind is BlockKind.TABLE_HEADER:
            return frozenset()
        if block.kind is BlockKind.TABLE_ROW:
            cells = cells_of(text)
            return frozenset().union(*(_whole_name(cell) for cell in cells), _titled(cells[0]))
        text = text.lstrip(MARKERS)
        if block.kind in _TITLES:
            name = leading_name(text)
            is_name = name is not None and (name.is_known_kind or _titled(text))
            keys = name.keys if name and is_name else self._numbered(position, text)
            title = title_key(text) if block.kind is BlockKind.HEADING else None
            return keys | {title} if title else keys
        return _titled(text) or self._numbered(position, text)

    def _numbered(self, position: int, text: str) -> frozenset[str]:
        """Return the keys of a heading or paragraph that begins with a number alone."""
        block = self._blocks[position]
        leading = leading_number(text)
        is_heading = block.kind is BlockKind.HEADING
        if leading is None or block.kind is BlockKind.CAPTION:
            return frozenset()
        if not is_heading and not text[: leading[1]].rstrip().endswith((".", ")")):
            return frozenset()  # a note or a reference
        kind = NUMBERED_HEADING if is_heading else "paragraph"
        above = block.headings[:-1] if is_heading else block.headings
        announced = _announced_kinds(above[-1]) if above else frozenset()
        return frozenset(f"{kind} {leading[0]}" for kind in {kind} | announced)

    def _last_block(self, opening: int) -> int:
        """Return the position of the last block of what the block at ``opening`` opens."""
        end = opening
        while end + 1 < len(self._blocks) and self._goes_on(opening, end + 1):
            end += 1
        is_bare = self._blocks[opening].kind is BlockKind.HEADING and not self._has_text(
            opening, end
        )
        return self._through_next_text(end) if is_bare else end

    def _goes_on(self, opening: int, position: int) -> bool:
        """Tell whether a block still belongs to what the block at ``opening`` opens."""
        opener, block = self._blocks[opening], self._blocks[position]
        if opener.kind is BlockKind.TABLE_ROW:
            return False
        if opener.kind is BlockKind.CAPTION:
            is_next = position == opening + 1 and block.kind is not BlockKind.HEADING
            return block.kind in _TABLE or (is_next and self._is_bare(opening))
        if any(
            _is_next(key, of=own) for key in self._keys[position] for own in self._keys[opening]
        ):
            return False
        if opener.kind is BlockKind.HEADING:
            return block.headings[: len(opener.headings)] == opener.headings
        return block.kind not in _TITLES

    def _is_bare(self, position: int) -> bool:
        """Tell whether a caption is nothing but a name: its title stands below it."""
        return bool(_whole_name(self._blocks[position].span.of(self._text).strip()))

    def _has_text(self, first: int, last: int) -> bool:
        return any(self._is_text(position) for position in range(first, last + 1))

    def _is_text(self, position: int) -> bool:
        block = self._blocks[position]
        return block.kind not in _TITLES and not block.is_apparatus and position in self._firsts

    def _through_next_text(self, position: int) -> int:
        """Return the last block before the heading that ends the next text, for want of any."""
        end = position
        while end + 1 < len(self._blocks):
            is_title = self._blocks[end + 1].kind in _TITLES
            if is_title and self._has_text(position, end):
                break
            end += 1
        return end if self._has_text(position, end) else position


def _kind(key: str) -> str:
    return key.split(" ", 1)[0]


def _is_next(key: str, *, of: str) -> bool:
    """Tell whether a thing is of another's kind and no part of it, as Section 2.1 is of 2.

    Titles have no order.
    """
    if _kind(key) == TITLED:
        return False
    return _kind(key) == _kind(of) and not key.startswith((f"{of}.", f"{of}/"))


def _whole_name(cell: str) -> frozenset[str]:
    """Return the keys of the name that fills a cell."""
    name = leading_name(cell)
    return name.keys if name and not cell[name.span.end :].strip(".: ") else frozenset()


def _titled(text: str) -> frozenset[str]:
    """Return the keys of the name that opens a text and is set off from what follows."""
    name = leading_name(text)
    rest = text[name.span.end :].lstrip() if name else ""
    return name.keys if name and (not rest or rest.startswith(_STOPS)) else frozenset()


def _announced_kinds(heading: str) -> frozenset[str]:
    """Return the kinds that a heading has in the plural: of ``Recommendations``, one."""
    plurals = (word for word in heading.split() if word.casefold().strip(".,:").endswith("s"))
    return frozenset().union(*(kinds_of(word.strip(".,:")) for word in plurals))
