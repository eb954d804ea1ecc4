"""Reads sentences for a question: how well each answers it, and which of its words do.

    question         ─┐
    heading, context ─┼─▶ one row of word-pieces each ─▶ ONNX ─▶ score, highlight
    sentence         ─┘

The model is made by `indexer.reader.building`; reading with it needs no PyTorch. `pair_pieces` is
the one definition of its input, in training and in service.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from indexer.errors import IndexDamagedError
from indexer.onnx_model import open_model
from indexer.records import Span

MODEL_NAME = "reader.onnx"
TOKENIZER_NAME = "tokenizer.json"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
"""The model's inputs, each ``(n_rows, length)``."""

MAX_PIECES = 120
MAX_QUESTION_PIECES = 40
MAX_HEADING_PIECES = 12
MAX_CONTEXT_PIECES = 24
"""Word-pieces of a row, and what question, heading and context may take of it. A long sentence
takes the context's share first, then the heading's."""

MAX_HIGHLIGHT_PIECES = 24

_N_LOOKED_AT = 100
"""Spans of a sentence, likeliest first, among which one of the asked kind is looked for."""

_CROSS_ENCODER_PIECES = 256
_CROSS_ENCODER_CONTEXT_WORDS = 24

_NOTE = "[⁰¹²³⁴-⁹]"
_LETTER = r"[^\W⁰¹²³⁴-⁹]"
_WORD = re.compile(
    rf"[$€£]?{_LETTER}+(?:(?:[-'’.,/:]|(?<=\d)–){_LETTER}+)*"
    rf"(?:(?<=\b10)⁻?{_NOTE}+|(?:(?<=\b[ckm]m)|(?<=\bm))[²³])?%?"
)
"""A word or figure without the number of a note that is called there; ``10⁶`` and ``km²`` whole."""

_CALLS = re.compile(rf"[\s.,;!?”–⁻-]*{_NOTE}[⁰¹²³⁴-⁹\s,;–⁻-]*")


@dataclass(frozen=True, slots=True)
class ReadingItem:
    """A sentence to score.

    Attributes:
        text: The sentence.
        context: What stands before it: the sentence before or a list's lead-in; may be empty.
        heading: What it stands under: the innermost heading or the title; may be empty.
    """

    text: str
    context: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The reader's result for one sentence.

    Attributes:
        score: How well it answers, as log-odds against "nothing here answers", which scores 0.
        highlight: The words that answer, within the sentence's text; ``None`` if it has none.
    """

    score: float
    highlight: Span | None


@dataclass(frozen=True, slots=True)
class PieceRow:
    """One row of model input.

    Attributes:
        ids: Word-pieces: [CLS] question [SEP] heading context [SEP] sentence [SEP].
        types: 1 at the pieces of the sentence, else 0.
        first: Position of the sentence's first piece.
    """

    ids: list[int]
    types: list[int]
    first: int


class SentenceReader:
    """The reader as ONNX, safe to call from several threads.

    A model that gives a score alone is an operator's own cross-encoder: its input is the pair of
    question and sentence as its own tokenizer makes it, and it marks no answer.
    """

    def __init__(self, folder: Path, n_threads: int = 2) -> None:
        """Load the model.

        Args:
            folder: Holds `MODEL_NAME` and `TOKENIZER_NAME`.
            n_threads: Sentences read at the same time, each by one CPU thread.

        Raises:
            IndexDamagedError: The files are missing or not a model.
        """
        try:
            # Rows are read side by side instead (docs/decisions.md, D14).
            self._session = open_model(folder / MODEL_NAME, n_threads=1)
            self._tokenizer = load_tokenizer(folder / TOKENIZER_NAME)
        except Exception as error:  # both libraries raise plain Exception
            raise IndexDamagedError(
                f"no sentence reader in {folder}: {error}; rebuild with `python -m indexer build`"
            ) from error
        self._workers = ThreadPoolExecutor(n_threads, thread_name_prefix="reader")
        # A cross-encoder may do without types, and then its export does.
        self._inputs = {model_input.name for model_input in self._session.get_inputs()}
        self._is_cross_encoder = len(self._session.get_outputs()) == 1
        if self._is_cross_encoder:
            self._tokenizer.enable_truncation(_CROSS_ENCODER_PIECES)
        else:
            self._special = special_pieces(self._tokenizer)

    def read(
        self,
        question: str,
        sentences: Sequence[ReadingItem],
        *,
        is_answer: Callable[[str], bool] = bool,
    ) -> tuple[ReadResult, ...]:
        """Return the result of each sentence for ``question``, in their order.

        A result does not depend on the other sentences: each is read alone, as eight-bit arithmetic
        rounds by all that is read together.

        Args:
            question: In English.
            sentences: What is read.
            is_answer: Tells whether words are of the kind that is asked for, such as a number. The
                likeliest words of that kind are the highlight, or where none are, the likeliest.
        """
        if self._is_cross_encoder:
            return self._scored(question, sentences)
        question_pieces = self._tokenizer.encode(question, add_special_tokens=False).ids
        texts = self._encoded([item.text for item in sentences])
        before = pieces_before(self._tokenizer, sentences)
        rows = [
            pair_pieces(question_pieces, pieces, text.ids, special=self._special)
            for pieces, text in zip(before, texts, strict=True)
        ]
        return tuple(
            _result(item.text, text, row, outputs, is_answer)
            for item, text, row, outputs in zip(
                sentences, texts, rows, self._outputs(rows), strict=True
            )
        )

    def _scored(self, question: str, sentences: Sequence[ReadingItem]) -> tuple[ReadResult, ...]:
        """Return the scores of an operator's cross-encoder."""
        texts = [
            " ".join([*item.context.split()[-_CROSS_ENCODER_CONTEXT_WORDS:], item.text])
            for item in sentences
        ]
        pairs = self._tokenizer.encode_batch([(question, text) for text in texts])
        rows = [PieceRow(pair.ids, pair.type_ids, 0) for pair in pairs]
        return tuple(ReadResult(float(score[0]), None) for (score,) in self._outputs(rows))

    def _encoded(self, texts: list[str]) -> list[Encoding]:
        return self._tokenizer.encode_batch(texts, add_special_tokens=False)

    def _outputs(self, rows: Sequence[PieceRow]) -> list[list[NDArray[np.float32]]]:
        """Return what `_run` does for each row; the longest start first, so that all end early."""
        longest_first = sorted(range(len(rows)), key=lambda at: -len(rows[at].ids))
        runs = {at: self._workers.submit(self._run, rows[at]) for at in longest_first}
        try:
            return [runs[at].result() for at in range(len(rows))]
        finally:  # where one fails, nobody waits for the others
            for run in runs.values():
                run.cancel()

    def _run(self, row: PieceRow) -> list[NDArray[np.float32]]:
        """Return score ``(1,)`` and, if it marks answers, start and end logits ``(1, length)``."""
        inputs = {name: array for name, array in padded([row]).items() if name in self._inputs}
        outputs: list[NDArray[np.float32]] = self._session.run(None, inputs)
        return outputs


def load_tokenizer(path: Path) -> Tokenizer:
    """Return a tokenizer that neither cuts nor pads."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def special_pieces(tokenizer: Tokenizer) -> tuple[int, int]:
    """Return the ids of [CLS] and [SEP].

    Raises:
        ValueError: The tokenizer is not BERT's.
    """
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    if cls is None or sep is None:
        raise ValueError("the tokenizer has no [CLS] and [SEP]; the reader needs BERT's")
    return cls, sep


def pieces_before(tokenizer: Tokenizer, items: Sequence[ReadingItem]) -> list[list[int]]:
    """Return the word-pieces of each item's heading and context, one after the other."""
    headings = tokenizer.encode_batch([item.heading for item in items], add_special_tokens=False)
    contexts = tokenizer.encode_batch([item.context for item in items], add_special_tokens=False)
    return [
        heading.ids[:MAX_HEADING_PIECES] + context.ids[:MAX_CONTEXT_PIECES]
        for heading, context in zip(headings, contexts, strict=True)
    ]


def pair_pieces(
    question: Sequence[int],
    before: Sequence[int],
    sentence: Sequence[int],
    *,
    special: tuple[int, int],
) -> PieceRow:
    """Return one row of at most `MAX_PIECES`; what is too long loses its end.

    A question loses its beginning: whoever tells of a situation asks at the end.
    """
    cls, sep = special
    opening = [cls, *question[-MAX_QUESTION_PIECES:], sep]
    room = MAX_PIECES - len(opening) - 1
    sentence = list(sentence[:room])
    before = list(before[: max(0, room - len(sentence) - 1)])
    head = [*opening, *before, sep] if before else opening
    return PieceRow(
        ids=[*head, *sentence, sep],
        types=[0] * len(head) + [1] * len(sentence) + [0],
        first=len(head),
    )


def padded(rows: Sequence[PieceRow]) -> dict[str, NDArray[np.int64]]:
    """Return the model's inputs, each ``(n_rows, length of the longest)``."""
    shape = len(rows), max(len(row.ids) for row in rows)
    inputs = {name: np.zeros(shape, dtype=np.int64) for name in INPUTS}
    for at, row in enumerate(rows):
        inputs["input_ids"][at, : len(row.ids)] = row.ids
        inputs["attention_mask"][at, : len(row.ids)] = 1
        inputs["token_type_ids"][at, : len(row.ids)] = row.types
    return inputs


def best_span(start: NDArray[np.float32], end: NDArray[np.float32]) -> tuple[int, int]:
    """Return the likeliest first and last piece.

    Args:
        start: Logits over a sentence's pieces, shape ``(n_pieces,)``, at least one.
        end: Likewise for the last piece of the answer.
    """
    first, last = divmod(int(np.argmax(_span_logits(start, end))), len(end))
    return first, last


def likely_spans(start: NDArray[np.float32], end: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """Yield first and last pieces as `best_span` returns them, the likeliest first."""
    logits = _span_logits(start, end)
    for at in np.argsort(-logits, axis=None, kind="stable")[:_N_LOOKED_AT]:
        first, last = divmod(int(at), len(end))
        if np.isneginf(logits[first, last]):
            return
        yield first, last


def whole_words(text: str, start: int, end: int) -> Span:
    """Return ``[start, end)`` widened so that it cuts no word, figure or compound."""
    for word in _WORD.finditer(text):
        if word.start() < start < word.end():
            start = word.start()
        if word.start() < end < word.end():
            end = word.end()
    return Span(start, end)


def without_calls(text: str, span: Span) -> Span | None:
    """Return ``span`` without numbers of notes at its ends, ``None`` if it holds nothing else."""
    start, end = span.start, span.end
    held = [word.end() for word in _WORD.finditer(text, start, end)]
    if not held:
        return None
    if _CALLS.fullmatch(text, held[-1], end):
        end = held[-1]
    if opening := _CALLS.match(text, start, end):
        start = opening.end()
    return Span(start, end)


def _result(
    text: str,
    encoded: Encoding,
    row: PieceRow,
    outputs: Sequence[NDArray[np.float32]],
    is_answer: Callable[[str], bool],
) -> ReadResult:
    sentence = slice(row.first, row.first + sum(row.types))
    score, start, end = float(outputs[0][0]), outputs[1][0, sentence], outputs[2][0, sentence]
    if not len(start):
        return ReadResult(score, None)
    best = _words(text, encoded, *best_span(start, end))
    if not is_answer(text) or (best and is_answer(best.of(text))):
        return ReadResult(score, best)
    others = (_words(text, encoded, *pieces) for pieces in likely_spans(start, end))
    asked = (span for span in others if span and is_answer(span.of(text)))
    return ReadResult(score, next(asked, best))


def _words(text: str, encoded: Encoding, first: int, last: int) -> Span | None:
    """Return the whole words from one piece to another, ``None`` if they are numbers of notes."""
    words = whole_words(text, encoded.offsets[first][0], encoded.offsets[last][1])
    return without_calls(text, words)


def _span_logits(start: NDArray[np.float32], end: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how likely each pair of first and last piece is, ``(n_pieces, n_pieces)``."""
    logits: NDArray[np.float32] = start[:, None] + end[None, :]
    width = np.arange(len(end))[None, :] - np.arange(len(start))[:, None]
    logits[(width < 0) | (width >= MAX_HIGHLIGHT_PIECES)] = -np.inf
    return logits
