"""Embeds cut documents, unless the previous generation has the vectors of the same texts."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from indexer.encoder.building.multilingual_encoder import MultilingualEncoder
from indexer.encoder.building.text_encoder import Encoder
from indexer.records import Passage
from indexer.segmentation.cut_documents import CutDocument
from indexer.segmentation.passages import embedded_text
from indexer.store.byte_vectors import to_bytes
from indexer.store.late_interaction import (
    DocumentPieces,
    PassagePieces,
    document_pieces,
    no_pieces,
)
from indexer.store.piece_code import Book
from indexer.store.records import DocumentVectors
from indexer.store.shared_pieces import parts_of
from indexer.store.writing.contents import EmbeddedDocument, StoredVectors
from indexer.store.writing.previous_generation import PreviousGeneration
from indexer.store.writing.unfinished_vectors import UnfinishedVectors
from indexer.time_limit import TimeLimitError, time_limit

_MANY_TEXTS = 50_000
"""Sentences and passages from which on a report is very long: some 3,000 pages, ten minutes."""

_TEXTS_TOGETHER = 8192
"""Of reports in English that are embedded together: 256 batches; filling the last costs little."""

Group = Sequence[CutDocument]
"""Documents that are embedded together."""

EmbedGroups = Callable[[Sequence[Group]], Iterable[list[DocumentVectors] | None]]
"""Yields the vectors of each group's documents; ``None`` where it took too long."""


@dataclass(frozen=True, slots=True)
class Encoders:
    """The encoders of a build.

    Attributes:
        english: Embeds reports in English, and all others where there is no other encoder.
        multilingual: Embeds reports in other languages; ``None``: there is none.
    """

    english: Encoder
    multilingual: MultilingualEncoder | None

    def is_multilingual(self, cut: CutDocument) -> bool:
        """Tell whether the multilingual encoder embeds a document."""
        return self.multilingual is not None and cut.document.info.language != "en"


@dataclass(frozen=True, slots=True)
class KnownVectors:
    """Vectors that need not be made.

    Attributes:
        previous: Has those of the generation before.
        unfinished: Has those that a build that was stopped has left, and gets those that are made.
    """

    previous: PreviousGeneration
    unfinished: UnfinishedVectors


@dataclass(frozen=True, slots=True)
class EmbeddedDocuments:
    """What came of embedding documents.

    Attributes:
        documents: With their vectors, by id.
        n_embedded: Texts that were embedded anew.
    """

    documents: dict[str, EmbeddedDocument]
    n_embedded: int


def embed_documents(
    cuts: Sequence[CutDocument],
    kept: Mapping[str, EmbeddedDocument],
    encoders: Encoders,
    known: KnownVectors,
    embed: EmbedGroups,
    *,
    exact_below: int,
) -> EmbeddedDocuments:
    """Return the documents with their vectors, but for those that take too long.

    Args:
        cuts: Documents that were cut anew.
        kept: Others by id, with their vectors as the previous generation stored them.
        encoders: That will embed them.
        known: Where vectors of the same texts may be, and those that are made go.
        embed: Embeds the others.
        exact_below: Passages from which on word-pieces are stored by the encoder's book.
    """
    book = _book_of([*kept.values(), *cuts], encoders, exact_below=exact_below)
    shelf = _Shelf(known.unfinished, book)
    documents = {
        doc_id: replace(document, vectors=own)
        for doc_id, document in kept.items()
        if (own := shelf.fitting(document.vectors, document, document.vector_key)) is not None
    }
    cuts = [*cuts, *(kept[doc_id] for doc_id in kept if doc_id not in documents)]
    keys = {cut.document.doc_id: _vector_key(cut, encoders) for cut in cuts}
    new = []
    for cut in cuts:
        key = keys[cut.document.doc_id]
        own = shelf.fitting(known.previous.vectors(key), cut, key) or shelf.find(key)
        if own is None:
            new.append(cut)
        else:
            documents[cut.document.doc_id] = _embedded(cut, key, own)
    n_embedded = 0
    groups = groups_of(new, encoders)
    for group, vectors in zip(groups, embed(groups), strict=True):
        for cut, made in zip(group, vectors or (), strict=bool(vectors)):
            key = keys[cut.document.doc_id]
            documents[cut.document.doc_id] = _embedded(cut, key, shelf.kept(made, cut, key))
            n_embedded += _n_texts(cut)
    return EmbeddedDocuments(documents, n_embedded)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The vectors of a build's documents on the disk, as its index will store them.

    Attributes:
        unfinished: Where those that are made lie.
        book: By which word-pieces are stored, or ``None``.
    """

    unfinished: UnfinishedVectors
    book: Book | None

    def find(self, key: str) -> StoredVectors | None:
        """Return what a build that was stopped has left."""
        return self.unfinished.find(key, is_compact=self.book is not None)

    def fitting(
        self, vectors: StoredVectors | None, cut: CutDocument, key: str
    ) -> StoredVectors | None:
        """Return stored vectors as this index stores them.

        ``None`` where they cannot be: pieces that were stored by a book do not come back whole.
        """
        if vectors is None or (self.book is None and vectors.is_compact):
            return None
        if self.book is None or vectors.is_compact:
            return vectors
        exact = vectors.read()
        return self.kept(exact, cut, key) if len(exact.pieces.codes) else vectors

    def kept(self, vectors: DocumentVectors, cut: CutDocument, key: str) -> StoredVectors:
        """Put vectors on the disk."""
        if self.book is not None:
            vectors = vectors.compacted(self.book, parts_of(cut.passages))
        return self.unfinished.keep(key, vectors, is_compact=self.book is not None)


def _embedded(cut: CutDocument, key: str, vectors: StoredVectors) -> EmbeddedDocument:
    return EmbeddedDocument(
        document=cut.document,
        content_key=cut.content_key,
        sentences=cut.sentences,
        passages=cut.passages,
        vector_key=key,
        vectors=vectors,
    )


def _book_of(
    documents: Iterable[CutDocument], encoders: Encoders, *, exact_below: int
) -> Book | None:
    """Return the book by which word-pieces of an index of ``documents`` are stored.

    Below ``exact_below`` passages there is none: they keep a byte a component.
    """
    n_passages = sum(len(cut.passages) for cut in documents)
    return None if n_passages < exact_below else encoders.english.book


def _vector_key(cut: CutDocument, encoders: Encoders) -> str:
    """Return a key of all that decides the vectors of ``cut``."""
    encoder: Encoder | MultilingualEncoder = encoders.english
    if encoders.multilingual is not None and encoders.is_multilingual(cut):
        encoder = encoders.multilingual
    passages = [
        (passage.span.start, passage.first_sentence, passage.last_sentence)
        for passage in cut.passages
    ]
    sentence_starts = [sentence.span.start for sentence in cut.sentences]
    texts = [cut.sentence_texts, cut.passage_texts]
    decides = [encoder.sha256, encoder.precision, passages, sentence_starts, texts]
    return sha256(json.dumps(decides).encode()).hexdigest()


def groups_of(cuts: Sequence[CutDocument], encoders: Encoders) -> list[Group]:
    """Return ``cuts`` in groups that are embedded together, in order.

    Reports in English fill each other's batches, up to so many texts that the work can be shared
    among workers; a very long one stands by itself, so that its time can be limited. The groups
    depend on the reports alone: whoever embeds them gets the same vectors.
    """
    groups: list[Group] = []
    english: list[CutDocument] = []
    n_texts = 0
    for cut in cuts:
        if encoders.is_multilingual(cut) or _n_texts(cut) > _MANY_TEXTS:
            groups.append([cut])
            continue
        if english and n_texts + _n_texts(cut) > _TEXTS_TOGETHER:
            groups.append(english)
            english, n_texts = [], 0
        english.append(cut)
        n_texts += _n_texts(cut)
    return [*groups, english] if english else groups


def embed_group(
    group: Group, encoders: Encoders, *, timeout_s: float, is_shown: bool
) -> list[DocumentVectors] | None:
    """Return the vectors of a group's documents; ``None`` if a very long one takes too long.

    A model that has nothing to embed is not loaded.

    Args:
        group: One of `groups_of`.
        encoders: As there.
        timeout_s: Seconds that a very long document may take.
        is_shown: Whether progress bars are drawn.
    """
    is_limited = any(_n_texts(cut) > _MANY_TEXTS for cut in group)
    with suppress(TimeLimitError), time_limit(timeout_s) if is_limited else nullcontext():
        if encoders.multilingual is not None and encoders.is_multilingual(group[0]):
            return [_embed_multilingual(cut, encoders.multilingual) for cut in group]
        return _embed_in_english(group, encoders.english, is_shown=is_shown)
    return None


def _n_texts(cut: CutDocument) -> int:
    return len(cut.sentences) + len(cut.passages)


def _embed_multilingual(cut: CutDocument, encoder: MultilingualEncoder) -> DocumentVectors:
    """Return the vectors of one document; its word-pieces get none."""
    return DocumentVectors(
        sentences=to_bytes(encoder.encode_sentences(cut.sentence_texts)),
        passages=to_bytes(encoder.encode_passages(cut.passage_texts)),
        pieces=no_pieces(len(cut.passages)),
    )


def _embed_in_english(
    cuts: Sequence[CutDocument], encoder: Encoder, *, is_shown: bool
) -> list[DocumentVectors]:
    sentence_vectors = encoder.encode(
        [text for cut in cuts for text in cut.sentence_texts], show_progress=is_shown
    )
    passage_vectors, pieces = encoder.encode_passages(
        [text for cut in cuts for text in cut.passage_texts], show_progress=is_shown
    )
    documents = []
    first_sentence = first_passage = 0
    for cut in cuts:
        sentences = slice(first_sentence, first_sentence + len(cut.sentences))
        passages = slice(first_passage, first_passage + len(cut.passages))
        documents.append(
            DocumentVectors(
                sentences=to_bytes(sentence_vectors[sentences]),
                passages=to_bytes(passage_vectors[passages]),
                pieces=_document_pieces(cut, pieces[passages]),
            )
        )
        first_sentence, first_passage = sentences.stop, passages.stop
    return documents


def _document_pieces(cut: CutDocument, pieces: Sequence[PassagePieces]) -> DocumentPieces:
    """Return the word-pieces of all passages of ``cut``, and how many each sentence has."""
    runs = [
        _runs(cut, passage, passage_pieces)
        for passage, passage_pieces in zip(cut.passages, pieces, strict=True)
    ]
    return document_pieces(pieces, runs)


def _runs(cut: CutDocument, passage: Passage, pieces: PassagePieces) -> NDArray[np.int64]:
    """Return how many pieces the context of ``passage`` has, and then each of its sentences."""
    text = passage.span.of(cut.document.text)
    n_context = len(embedded_text(passage, text)) - len(text)
    starts = pieces.starts - n_context + passage.span.start
    sentences = cut.sentences[passage.first_sentence : passage.last_sentence + 1]
    sentence_starts = [sentence.span.start for sentence in sentences]
    positions = np.searchsorted(sentence_starts, starts, side="right")
    positions = np.where(starts < passage.span.start, 0, np.maximum(positions, 1))
    return np.bincount(positions, minlength=len(sentences) + 1)
