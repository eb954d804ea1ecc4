"""Tells what belongs to the book and not to what the book says, so that it is never quoted.

That is: a table of contents, a bibliography and its single references, an imprint with its
disclaimers, and rows of signs. Each is known by its own marks; where those are missing, a block
counts as text.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from indexer.folding import folded
from indexer.records import BlockKind, TextBlock

_CONTENTS = re.compile(
    r"(?:table of )?contents|list of (?:figures|tables|boxes|annexes|maps)|"
    r"(?:tabla de )?contenidos?|"
    r"índice(?: general| de (?:figuras|cuadros|tablas|gráficos|recuadros))?|sum[áa]rio|conteúdo",
    re.IGNORECASE,
)
_BIBLIOGRAPHY = re.compile(
    r"(?:\d+\.? )?(?:(?:list of )?references(?: and notes| cited)?|(?:selected )?bibliography|"
    r"works cited|endnotes|literature cited|(?:lista de )?referencias(?: bibliográficas)?|"
    r"bibliograf[íi]a|(?:lista de )?referências(?: bibliográficas)?|obras citadas|notas finales)",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"(?P<title>.*?\w.*?)(?P<gap>[\s.·…_|]*(?:\|[\s.]*|[.·…_]{3,}\s*|\s\.\s?))"
    r"(?P<page>\d{1,4}|[ivxl]{1,6})\.?"
)
_ENTRY_END = re.compile(r"[\s|.·…_](?:\d{1,4}|[ivxl]{1,6})\.?\Z")
"""What every entry ends in; few other texts do, so this comes first."""
_MAX_ENTRY_LENGTH = 300
"""Characters of an entry of a table of contents at most."""

_LEADER = re.compile(r"[.·…_]{3,}|(?:\. ){3,}")
_NEAR = 3
"""Blocks between two entries of a table of contents that belong to it, too."""

_MARK = r"[\W_]* (?: \d{1,3}\s | \^\{?\w+\}?\s? | [¹²³⁰⁴-⁹]+\s? | [ivx]+\s )"
_AUTHORS = (  # each word ends in one way only, or a long list of names would take for ever
    r"(?:(?:[A-ZÀ-Þ&][\w’'.&/-]*|and|et|al\.?|of|for|the|on|in|de|del|do|da|y|e|la|van|von|te|para)"
    r"[,;]?\s+){1,24}"
)
_REFERENCE = re.compile(
    rf"""{_MARK}
    (?: (?i:(?:for\ (?:example|instance|more\ information),\ )? (?:see|cited\ in|ver|véase|cf\.)\b)
      | (?i:ibid | op\.\ ?cit | idem)
      | {_AUTHORS} \( (?: (?:19|20)\d\d[a-z]? | undated | n\.?d\.? | s\.?f\.? ) \)
    )""",
    re.VERBOSE,
)
_MARKED = re.compile(_MARK, re.VERBOSE)
_CITED_WORK = re.compile(r"[\W_]*(?:\d{1,3}\s|\^\{?\w+\}?\s?|[¹²³⁰⁴-⁹]+\s?).*, (?:19|20)\d\d\.?")
_MAX_REFERENCE_WORDS = 60
_MIN_NOTE_WORDS = 15
"""Words from which on a note among references says something; twice as many without a mark."""

_LEADING_LETTERS = 40

_IMPRINT = re.compile(
    r"""^(?: copyright\b | © | \(c\)\s(?:19|20)\d\d | isbn\b | issn\b | all\ rights\ reserved
      | printed\ (?:in|at|by|on)\b | (?:cover|front)\ (?:photo|page|image)\b
      | (?:graphic\ )?design\ and\ layout\b | layout\ and\ design\b | suggested\ citation\b
      | todos\ los\ derechos | todos\ os\ direitos | impreso\ en | impresso\ em
      | diseño\ y\ (?:diagramación|maquetación) | projeto\ gráfico | cita\ sugerida )
    | the\ designations\ employed\ (?:and|in)\b | las\ denominaciones\ empleadas
    | as\ (?:designações|denominações)\ (?:empregadas|utilizadas)
    | \bdo(?:es)?\ not\ necessarily\ (?:reflect|represent)\ the\ (?:official\ )?(?:view|opinion)
    | no\ (?:reflejan|representan)\ necesariamente\ (?:las\ opiniones|los\ puntos|la\ posición)
    | não\ (?:refletem|representam)\ necessariamente\ (?:as|a|os|o)\ (?:opini|posiç|ponto)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SIGNS = re.compile(r"[\s|]*(?:[\u25a0-\u25ff\u2700-\u27bf\u2190-\u21ff][\s|]*){2,}")
_QUOTABLE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.FOOTNOTE})


def apparatus_positions(blocks: Sequence[TextBlock]) -> frozenset[int]:
    """Return the positions of the blocks that are a document's apparatus."""
    return frozenset(
        {*_contents(blocks), *_bibliographies(blocks)}
        | {position for position, block in enumerate(blocks) if _is_apparatus(block)}
    )


def _is_apparatus(block: TextBlock) -> bool:
    """Tell whether a block is a reference, an imprint or signs, by itself."""
    text = block.text.strip()
    if block.kind is BlockKind.HEADING:
        return False
    if _SIGNS.match(text) is not None or _IMPRINT.search(text) is not None:
        return True
    return block.kind in _QUOTABLE and _is_reference(block, text)


def _is_reference(block: TextBlock, text: str) -> bool:
    is_work = block.kind is BlockKind.FOOTNOTE and _CITED_WORK.fullmatch(text) is not None
    is_short = len(text.split()) <= _MAX_REFERENCE_WORDS
    return is_short and (is_work or _REFERENCE.match(text) is not None)


def _contents(blocks: Sequence[TextBlock]) -> Iterator[int]:
    """Yield the blocks of tables of contents: their title, their entries and what is between.

    An entry ends in a page number, and either dots lead to that or its title is a heading of the
    document; under the title of a contents page, without page numbers, too.
    """
    headings = {_plain(block.text) for block in blocks if block.kind is BlockKind.HEADING}
    last: int | None = None
    is_under_title = False
    for position, block in enumerate(blocks):
        is_title = _CONTENTS.fullmatch(block.text.strip(" .:|")) is not None
        is_under_title = is_title or (is_under_title and block.kind is not BlockKind.HEADING)
        is_entry = is_title or _is_entry(block, headings, under_title=is_under_title)
        if is_entry and last is not None:
            yield from range(last + 1, position)
        if is_entry and (not is_title or _entries_follow(blocks, position, headings)):
            yield position
            last = position
        elif last is not None and position - last >= _NEAR:
            last = None


def _entries_follow(blocks: Sequence[TextBlock], title: int, headings: set[str]) -> bool:
    after = blocks[title + 1 : title + 1 + _NEAR]
    return any(_is_entry(block, headings, under_title=True) for block in after)


def _is_entry(block: TextBlock, headings: set[str], *, under_title: bool) -> bool:
    if block.kind is BlockKind.HEADING:
        return False
    text = block.text.strip()
    may_be = len(text) <= _MAX_ENTRY_LENGTH and _ENTRY_END.search(text) is not None
    entry = _ENTRY.fullmatch(text) if may_be else None
    if entry is None:
        return under_title and _plain(text) in headings
    return _LEADER.search(entry["gap"]) is not None or _plain(entry["title"]) in headings


def _plain(text: str) -> str:
    """Return nothing but the letters and digits of a text, in lower case and without accents."""
    return "".join(filter(str.isalnum, folded(text)))


def _bibliographies(blocks: Sequence[TextBlock]) -> Iterator[int]:
    """Yield the blocks under the title of a bibliography, up to the next heading or long text."""
    for position, block in enumerate(blocks):
        if _BIBLIOGRAPHY.fullmatch(block.text.strip(" .:")):
            after = takewhile(_is_listed, blocks[position + 1 :])
            end = position + 1 + len([*after])
            yield from (at for at in range(position + 1, end) if not _is_prose(blocks[at].text))


def _is_prose(text: str) -> bool:
    """Tell whether a block under the title of a bibliography is a note that states something."""
    n_words = len(text.split())
    if n_words > _MAX_REFERENCE_WORDS:
        return True  # a reference with a remark behind it
    if _REFERENCE.match(text) or "://" in text[:_LEADING_LETTERS]:
        return False
    if _MARKED.match(text):
        return n_words >= _MIN_NOTE_WORDS
    return n_words >= 2 * _MIN_NOTE_WORDS and not re.search(r"\b(?:19|20)\d\d\b", text)


def _is_listed(block: TextBlock) -> bool:
    """Tell whether a block under the title of a bibliography may be one of its references."""
    if block.kind is BlockKind.HEADING:
        return False
    is_short = len(block.text.split()) <= _MAX_REFERENCE_WORDS
    return is_short or re.search(r"://|www\.|\((?:19|20)\d\d", block.text) is not None
