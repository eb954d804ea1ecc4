"""Finds the table cell that a question asks for by the names of its row and its column.

A row answers with the cell under the heading that is asked for. It does not answer where that cell
is empty, nor where the question names another row of the same table.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from indexer.records import BlockKind, Span
from indexer.segmentation.table_cells import cell_spans, cells_of, is_figure
from indexer.store.lexical_index import content_words
from indexer.store.protocol import Sentences
from service.pipeline.table_rows import header_row
from service.records import WORD

_MAX_ROWS = 400
"""Rows of a table that are looked through for the names in a question."""

_NAMED_SHARE = 0.5
"""Share of a heading's words that a question has at least which asks for its column."""


class Match(Enum):
    """How a table row stands to a question."""

    UNTOLD = auto()
    """The question does not name its row and a column."""
    FOUND = auto()
    """Its row and a column are named, and the cell there is filled."""
    EMPTY = auto()
    """Its row and a column are named, and the cell there is empty."""
    OTHER_ROW = auto()
    """The question names another row of the table."""
    NO_COLUMN = auto()
    """Its row is named, and none of its columns by a word of its heading."""


@dataclass(frozen=True, slots=True)
class AskedCell:
    """What a question asks of a table row.

    Attributes:
        match: How the row stands to the question.
        span: The cell asked for, as a span of the row's text; ``None`` unless it is one cell.
        rest: The question without the names of the row, where none of its columns is named.
        headings: Of the columns then.
    """

    match: Match
    span: Span | None = None
    rest: str = ""
    headings: tuple[str, ...] = ()


_UNTOLD = AskedCell(Match.UNTOLD)


class AskedCells:
    """What one question asks of the tables in some texts."""

    def __init__(self, question: str, sentences: Sentences, *, asked: str | None = None) -> None:
        """Take a question and the texts it is about.

        Args:
            question: In the language of the texts; it names rows.
            sentences: The texts' sentences.
            asked: What names columns; by default all of the question. What was asked before a
                follow-up may name its row, never its column.
        """
        self._question = question
        self._asked = question if asked is None else asked
        self._sentences = sentences
        self._named: dict[int, list[frozenset[str]]] = {}

    def of(self, row: int) -> AskedCell:
        """Return what is asked of the sentence at ``row``; nothing is of what is no table row."""
        header = header_row(row, self._sentences)
        if header is None:
            return _UNTOLD
        columns = cells_of(self._sentences.sentence_text(header))
        text = self._sentences.sentence_text(row)
        cells = cells_of(text)
        if len(columns) != len(cells) or len(cells) == 1:
            return _UNTOLD
        named = self._named_values(header, len(columns))
        keys = [at for at, values in enumerate(named) if values]
        if any(cells[at].casefold() not in named[at] for at in keys):
            return AskedCell(Match.OTHER_ROW)
        label = next((at for at, cell in enumerate(cells) if cell and not is_figure(cell)), None)
        return self._cell_of(text, columns, keys) if label in keys else _UNTOLD

    def _cell_of(self, text: str, columns: tuple[str, ...], keys: Sequence[int]) -> AskedCell:
        """Return what is asked of the row that the cells at ``keys`` name."""
        asked = self._asked_columns(columns, [at for at in range(len(columns)) if at not in keys])
        if not asked:
            cells = cells_of(text)
            names = {word for at in keys for word in WORD.findall(cells[at].casefold())}
            headings = tuple(name for at, name in enumerate(columns) if at not in keys and name)
            return AskedCell(Match.NO_COLUMN, rest=self._without(names), headings=headings)
        spans = [span for at, span in enumerate(cell_spans(text)) if at in asked and span]
        if not spans:
            return AskedCell(Match.EMPTY)
        return AskedCell(Match.FOUND, spans[0] if len(spans) == 1 else None)

    def _without(self, names: AbstractSet[str]) -> str:
        words = WORD.findall(self._question)
        return " ".join(word for word in words if word.casefold() not in names)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(WORD.findall(self._question.casefold()))

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(content_words(self._asked, language="en"))

    def _named_values(self, header: int, n_columns: int) -> list[frozenset[str]]:
        """Return, for each column, which of its cells that are no figures the question names."""
        if header not in self._named:
            named: list[set[str]] = [set() for _ in range(n_columns)]
            for cells in self._rows(header):
                for values, cell in zip(named, cells, strict=False):
                    words = WORD.findall(cell.casefold())
                    if words and self._words.issuperset(words) and not is_figure(cell):
                        values.add(cell.casefold())
            self._named[header] = [frozenset(values) for values in named]
        return self._named[header]

    def _rows(self, header: int) -> list[tuple[str, ...]]:
        last = min(self._sentences.n_sentences, header + 1 + _MAX_ROWS)
        rows = []
        for row in range(header + 1, last):
            block = self._sentences.sentence_block(row)
            if block.kind is BlockKind.TABLE_ROW and self._sentences.lead_row(row) == header:
                rows.append(cells_of(self._sentences.sentence_text(row)))
            elif block.kind is not BlockKind.FOOTNOTE:
                break
        return rows

    def _asked_columns(self, columns: tuple[str, ...], among: list[int]) -> frozenset[int]:
        """Return the columns whose headings the question names best."""
        shares = {at: self._named_share(columns[at]) for at in among}
        best = max(shares.values(), default=0.0)
        if best < _NAMED_SHARE:
            return frozenset()
        return frozenset(at for at, share in shares.items() if share == best)

    def _named_share(self, heading: str) -> float:
        stems = set(content_words(heading, language="en"))
        return len(stems & self._stems) / len(stems) if stems else 0.0
