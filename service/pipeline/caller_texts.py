"""Quotes from texts that a caller brings: read and chosen as from an index, without one.

texts ─▶ blocks ─▶ sentences ─▶ vectors ─▶ liked by views ─▶ read ─▶ quotes, spans of the texts
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.encoder.query_encoder import QueryEncoder
from indexer.reader.sentence_reader import SentenceReader
from indexer.records import Block, BlockKind, EncodedText, Span, Vectors
from indexer.segmentation.sentences import sentence_spans
from indexer.store.late_interaction import PieceIndex
from service.pipeline.confidence import Calibration, Evidence, any_answers
from service.pipeline.question import known_acronyms, names_in, sides_of
from service.pipeline.quoting import QuotedSpan, choose_quotes
from service.pipeline.reading import candidate_sentences, read_candidates
from service.pipeline.retrieval import ScoredSentences, score_sentences
from service.records import AnswerOptions

_BLOCK = re.compile(r"(?:(?!\n[ \t]*(?:\n|[-•–*][ \t])).)+", re.DOTALL)
"""A paragraph or list item: up to a blank line or to the line of the next item."""

_ITEM = re.compile(r"\s*[-•–*][ \t]")


@dataclass(frozen=True, slots=True)
class BroughtText:
    """A text that a caller brings.

    Attributes:
        text_id: The caller's own name for it.
        text: Its words; spans of quotes index it.
    """

    text_id: str
    text: str


@dataclass(frozen=True, slots=True)
class BroughtQuote:
    """What is quoted of a text that was brought.

    Attributes:
        text_id: The text's name.
        span: Whole sentences of the text.
        quote: ``span`` of that text.
        confidence: Probability that they answer the question, in [0, 1].
        highlight: The shortest part that answers, as a span of the quote; or ``None``.
    """

    text_id: str
    span: Span
    quote: str
    confidence: float
    highlight: Span | None


class BroughtSentences:
    """The sentences of texts that were brought, as `service.pipeline.sentences.Sentences`.

    Attributes:
        texts: What was brought.
        sentence_rows: ``(n_sentences, 4)`` int32: position of the text, start, end, block.
        sentence_vectors: ``(n_sentences, dimension)``, rows of norm 1.
    """

    def __init__(
        self, texts: Sequence[BroughtText], *, language: str, encoder: QueryEncoder
    ) -> None:
        """Split and embed ``texts``.

        Args:
            texts: At least one.
            language: ISO 639-1 code of the language they are in.
            encoder: Embeds their sentences.
        """
        self.texts = tuple(texts)
        self._blocks: list[Block] = []
        rows = list(self._split(language))
        self.sentence_rows: NDArray[np.int32] = np.asarray(rows, dtype=np.int32).reshape(-1, 4)
        self._encoded = tuple(
            encoder.encode_whole(self.sentence_text(row)) for row in range(len(rows))
        )
        vectors = [each.vector for each in self._encoded]
        self.sentence_vectors: Vectors = np.asarray(vectors, dtype=np.float32)

    def sentence_text(self, row: int) -> str:
        """Return the text of the sentence at ``row``."""
        text, start, end, _ = map(int, self.sentence_rows[row])
        return self.texts[text].text[start:end]

    def sentence_block(self, row: int) -> Block:
        """Return the block that holds the sentence at ``row``."""
        return self._blocks[int(self.sentence_rows[row, 3])]

    def is_same_block(self, row: int, other: int) -> bool:
        """Tell whether two sentences stand in one block."""
        return bool(self.sentence_rows[row, 3] == self.sentence_rows[other, 3])

    def lead_row(self, row: int) -> int | None:
        """Return the row of the sentence before a list item's list, where there is one."""
        text = int(self.sentence_rows[row, 0])
        if self.sentence_block(row).kind is not BlockKind.LIST_ITEM:
            return None
        while row > 0 and int(self.sentence_rows[row - 1, 0]) == text:
            row -= 1
            if self.sentence_block(row).kind is not BlockKind.LIST_ITEM:
                return row
        return None

    def title_of(self, row: int) -> str:
        """Return nothing: what is brought has no title."""
        del row
        return ""

    def scored(self, query: EncodedText, pieces: PieceIndex) -> ScoredSentences:
        """Return all sentences with their likeness to ``query``.

        Args:
            query: The question as the encoder sees it.
            pieces: Knows which word-pieces are rare.
        """
        rows = np.arange(len(self.sentence_rows))
        if not len(rows):
            nothing = np.zeros(0, dtype=np.float32)
            return ScoredSentences(rows, nothing, nothing, nothing, rows)
        return score_sentences(
            self,
            rows,
            self.sentence_rows[:, 0].astype(np.int64),
            query=query.vector,
            matching=pieces.match_texts(query, self._encoded),
        )

    def unknown(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return those of ``names`` that stand in none of the texts."""
        said = "\n".join(each.text for each in self.texts).casefold()
        return tuple(name for name in dict.fromkeys(names) if name.casefold() not in said)

    def quote(self, quoted: QuotedSpan, sureness: float) -> BroughtQuote:
        """Return ``quoted`` in the caller's terms, ``sureness`` being its confidence."""
        text = self.texts[quoted.document]
        said = quoted.span.of(text.text)
        return BroughtQuote(text.text_id, quoted.span, said, sureness, quoted.highlight)

    def _split(self, language: str) -> Iterator[tuple[int, int, int, int]]:
        for position, brought in enumerate(self.texts):
            for match in _BLOCK.finditer(brought.text):
                if not match[0].strip():
                    continue
                kind = BlockKind.LIST_ITEM if _ITEM.match(match[0]) else BlockKind.PARAGRAPH
                self._blocks.append(Block(kind, Span(match.start(), match.end()), ()))
                for span in sentence_spans(match[0], language=language):
                    start, end = match.start() + span.start, match.start() + span.end
                    yield position, start, end, len(self._blocks) - 1


def quotes_from(
    question: str,
    brought: BroughtSentences,
    scored: ScoredSentences,
    *,
    reader: SentenceReader,
    calibration: Calibration,
    options: AnswerOptions,
) -> tuple[BroughtQuote, ...]:
    """Return what to quote, surest first.

    Args:
        question: In the language that ``reader`` knows.
        brought: What may be quoted.
        scored: Its sentences by all views.
        reader: Reads the sentences that the views like best.
        calibration: Turns what was read of one quote into its confidence.
        options: How many quotes and words there may be; quotes below ``min_confidence``, by default
            the calibration's threshold, are left out.
    """
    if not len(scored.rows):
        return ()
    texts = np.zeros(len(brought.texts))
    liked = (scored.own + scored.window + 2 * scored.matching) / 4
    np.maximum.at(texts, scored.passage, liked)
    candidates = candidate_sentences(scored, texts.tolist(), brought)
    read = read_candidates(question, candidates, brought, reader)
    known = known_acronyms(question, [each.text for each in brought.texts])
    unknown = brought.unknown(names_in(question))
    quotes = [
        brought.quote(each, calibration.confidence(_evidence(each, scored, known, unknown)))
        for each in choose_quotes(read, brought, options, sides=sides_of(question))
    ]
    least = calibration.least(options.min_confidence)
    sure = [quote for quote in quotes if quote.confidence >= least]
    return tuple(sorted(sure, key=lambda quote: -quote.confidence))


def _evidence(
    quote: QuotedSpan, scored: ScoredSentences, known: tuple[str, ...], unknown: tuple[str, ...]
) -> Evidence:
    """Return what speaks for one quote alone."""
    read = [] if quote.best.answers is None else [quote.best.answers]
    return Evidence(
        best_dense=float(max(scored.own.max(), scored.window.max())),
        reading=any_answers(read),
        unknown=unknown,
        known=known,
    )
