"""Texts that a caller brings, made searchable: split, embedded and scored without an index.

texts ─▶ blocks ─▶ sentences ─▶ vectors ─▶ scored by views
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.country_names import NamingText, is_written_out, names_place
from indexer.encoder.query_encoder import QueryEncoder
from indexer.records import (
    Block,
    BlockKind,
    DocumentInfo,
    EncodedText,
    Passage,
    Rows,
    Scores,
    Span,
    Vectors,
)
from indexer.segmentation.definitions import definition_in
from indexer.segmentation.numbered_names import numbered_names
from indexer.segmentation.sentences import sentence_spans
from indexer.store.protocol import SearchIndex, Sentences
from indexer.store.records import NamedRows, SentenceRuns
from indexer.store.window_vectors import window_sums
from indexer.superscripts import without_superscripts
from service.pipeline.encoded_question import EncodedQuestion
from service.pipeline.question_language import language_of
from service.pipeline.retrieval import Retrieved, ScoredSentences, cosines
from service.pipeline.role_labels import RoleLabels, labels_in, rows_of_report
from service.records import Filters, ScoredPassage

_BLOCK = re.compile(r"(?:(?!(?>\r\n?|\n)[ \t]*(?:[\r\n]|[-•–*][ \t])).)+", re.DOTALL)
"""A paragraph or list item: up to a blank line or to the line of the next item.

Lines end as on any system; both characters of one end are taken at once, or it were a blank line.
"""

_ITEM = re.compile(r"\s*[-•–*][ \t]")

_NO_INFO = DocumentInfo(title="")
_LANGUAGE_CHARS = 2000
"""Enough of the texts to tell their language."""


@dataclass(frozen=True, slots=True)
class CallerText:
    """A text that a caller brings.

    Attributes:
        text_id: The caller's own name for it.
        text: Its words; spans of quotes index it.
    """

    text_id: str
    text: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: int
    span: Span
    block: int


class CallerTexts:
    """Texts of a caller as `SearchableTexts`, and their sentences as `Sentences`.

    Attributes:
        texts: In the caller's order.
    """

    def __init__(
        self, texts: Sequence[CallerText], *, encoder: QueryEncoder, index: SearchIndex
    ) -> None:
        """Split and embed ``texts``.

        Args:
            texts: At least one.
            encoder: Embeds their sentences.
            index: Knows which word-pieces are rare.
        """
        self.texts = tuple(texts)
        self._language = language_of("\n".join(text.text for text in texts)[:_LANGUAGE_CHARS])
        self._index = index
        self._blocks: list[Block] = []
        self._sentences = tuple(self._split())
        self._encoded = tuple(
            encoder.encode_whole(without_superscripts(self.sentence_text(row)))
            for row in range(self.n_sentences)
        )
        self._vectors: Vectors = np.asarray(
            [encoded.vector for encoded in self._encoded], dtype=np.float32
        )

    # ── SearchableTexts ───────────────────────────────────────────────────────────────────────────

    @property
    def sentences(self) -> Sentences:
        """Return the sentences of the texts."""
        return self

    def languages(self, filters: Filters) -> frozenset[str]:
        """Return the one language that the texts are taken to be in."""
        del filters
        return frozenset({self._language})

    def named(self, keys: Sequence[str], filters: Filters) -> tuple[NamedRows, ...]:
        """Return the sentences that have a name with a number, or define a term."""
        del filters
        wanted = frozenset(keys)
        return tuple(
            NamedRows(key, row, row, is_mention=True)
            for row in range(self.n_sentences)
            for key in sorted(self._keys(row) & wanted)
        )

    def _keys(self, row: int) -> frozenset[str]:
        text = self.sentence_text(row)
        definition = definition_in(text, self.sentence_block(row))
        names = (name.keys for name in numbered_names(text))
        return frozenset().union(*names, definition.keys if definition else ())

    def numbers_of(self, kind: str, filters: Filters) -> tuple[NamedRows, ...]:
        """Return nothing: a caller's texts are not listed by their headings."""
        del kind, filters
        return ()

    def role_labels(self, document: int) -> RoleLabels:
        """Return where those who play a part are listed in a text, by role."""
        rows = (row for row in range(self.n_sentences) if self.sentence_document(row) == document)
        first = next(rows, None)
        return labels_in(rows_of_report(first, self), self) if first is not None else {}

    def to_read(self, rows: Sequence[int]) -> Sentences:
        """Return the sentences as they are, in whichever language.

        For English texts the question is put into English; otherwise it is not translated either,
        and an English question is held against Spanish sentences as it stands.
        """
        del rows
        return self

    def retrieve(
        self,
        question: EncodedQuestion,
        *,
        filters: Filters,
        top_k: int,
        named: Sequence[range] = (),
    ) -> Retrieved:
        """Return all texts as passages, scored by their best sentence, and all sentences."""
        del filters, top_k, named
        scored = self._scored(question.query)
        scores = np.zeros(len(self.texts))
        likeness = (scored.own + scored.window + 2 * scored.matching) / 4
        np.maximum.at(scores, scored.passages, likeness)
        return Retrieved(
            passages=tuple(self._passage(i, score) for i, score in enumerate(scores.tolist())),
            sentences=scored,
            best_dense=float(max(scored.own.max(initial=-1.0), scored.window.max(initial=-1.0))),
        )

    def unknown(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return those of ``names`` that stand in none of the texts, and are not written out."""
        texts = [NamingText.of(text.text) for text in self.texts] if names else []
        return tuple(
            name
            for name in dict.fromkeys(names)
            if not is_written_out(name) and not any(names_place(text, name) for text in texts)
        )

    # ── Sentences ───────────────────────────────────────────────────────────────────────────────

    @property
    def n_sentences(self) -> int:
        """Return how many sentences the texts have."""
        return len(self._sentences)

    def sentence_document(self, row: int) -> int:
        """Return the position of the text that holds the sentence at ``row``."""
        return self._sentences[row].text

    def sentence_span(self, row: int) -> Span:
        """Return where the sentence at ``row`` stands in its text."""
        return self._sentences[row].span

    def sentence_text(self, row: int) -> str:
        """Return the text of the sentence at ``row``."""
        return self.sentence_span(row).of(self.texts[self.sentence_document(row)].text)

    def sentence_block(self, row: int) -> Block:
        """Return the block that holds the sentence at ``row``."""
        return self._blocks[self._sentences[row].block]

    def sentence_vectors(self, rows: Rows) -> Vectors:
        """Return the embeddings of the sentences at ``rows``."""
        return self._vectors[rows]

    def is_same_block(self, row: int, other: int) -> bool:
        """Tell whether two sentences stand in one block."""
        return self._sentences[row].block == self._sentences[other].block

    def lead_row(self, row: int) -> int | None:
        """Return the row of the sentence before a list item's list, where there is one."""
        text = self.sentence_document(row)
        if self.sentence_block(row).kind is not BlockKind.LIST_ITEM:
            return None
        while row > 0 and self.sentence_document(row - 1) == text:
            row -= 1
            if self.sentence_block(row).kind is not BlockKind.LIST_ITEM:
                return row
        return None

    def info_of(self, row: int) -> DocumentInfo:
        """Return nothing: a caller's texts have no title, year or place."""
        del row
        return _NO_INFO

    def is_superseded(self, row: int) -> bool:
        """Tell that no newer edition replaces a caller's text."""
        del row
        return False

    def _passage(self, position: int, score: float) -> ScoredPassage:
        text = self.texts[position]
        passage = Passage(text.text_id, Span(0, max(len(text.text), 1)), (), 0, 0)
        return ScoredPassage(position, passage, text.text, score)

    def _scored(self, query: EncodedText) -> ScoredSentences:
        """Return all sentences with their likeness to a question."""
        rows = np.arange(self.n_sentences)
        texts = np.asarray([sentence.text for sentence in self._sentences], dtype=np.int64)
        if not len(rows):
            nothing: Scores = np.zeros(0, dtype=np.float32)
            return ScoredSentences(rows, nothing, nothing, nothing, texts)
        windows = window_sums(rows, texts, self.sentence_vectors)
        own, window = cosines(
            SentenceRuns(rows, texts, firsts=rows, vectors=self._vectors, windows=windows),
            query.vector,
        )
        matching = self._index.match_texts(query, self._encoded)
        return ScoredSentences(rows, own, window, matching, texts)

    def _split(self) -> Iterator[_Sentence]:
        for position, text in enumerate(self.texts):
            for match in _BLOCK.finditer(text.text):
                if not match[0].strip():
                    continue
                kind = BlockKind.LIST_ITEM if _ITEM.match(match[0]) else BlockKind.PARAGRAPH
                self._blocks.append(Block(kind, Span(match.start(), match.end()), ()))
                for span in sentence_spans(match[0], language=self._language):
                    start, end = match.start() + span.start, match.start() + span.end
                    yield _Sentence(position, Span(start, end), len(self._blocks) - 1)
