"""Embeds cut documents, unless the previous generation has the vectors of the same texts."""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from indexer.encoder.building.multilingual_encoder import MultilingualEncoder
from indexer.encoder.building.text_encoder import Encoder
from indexer.records import Passage
from indexer.segmentation.cut_documents import CutDocument
from indexer.segmentation.passages import embedded_text
from indexer.store.late_interaction import (
    DocumentPieces,
    PassagePieces,
    document_pieces,
    no_pieces,
)
from indexer.store.records import DocumentVectors
from indexer.store.writing.contents import EmbeddedDocument
from indexer.store.writing.previous_generation import PreviousGeneration
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
    encoders: Encoders,
    previous: PreviousGeneration,
    embed: EmbedGroups,
) -> EmbeddedDocuments:
    """Return the documents with their vectors, but for those that take too long.

    Args:
        cuts: The documents.
        encoders: That will embed them.
        previous: Where vectors of the same texts may be.
        embed: Embeds the others.
    """
    keys = [_vector_key(cut, encoders) for cut in cuts]
    known = [previous.vectors(key) for key in keys]
    new = [cut for cut, vectors in zip(cuts, known, strict=True) if vectors is None]
    groups = groups_of(new, encoders)
    new_vectors = {
        cut.document.doc_id: cut_vectors
        for group, vectors in zip(groups, embed(groups), strict=True)
        for cut, cut_vectors in zip(group, vectors or (), strict=bool(vectors))
    }
    documents = {}
    for cut, key, vectors in zip(cuts, keys, known, strict=True):
        doc_id = cut.document.doc_id
        found = new_vectors.get(doc_id) if vectors is None else vectors
        if found is not None:
            documents[doc_id] = EmbeddedDocument(
                document=cut.document,
                content_key=cut.content_key,
                sentences=cut.sentences,
                passages=cut.passages,
                vector_key=key,
                vectors=found,
            )
    n_embedded = sum(_n_texts(cut) for cut in new if cut.document.doc_id in documents)
    return EmbeddedDocuments(documents, n_embedded)


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
        sentences=encoder.encode_sentences(cut.sentence_texts).astype(np.float16),
        passages=encoder.encode_passages(cut.passage_texts).astype(np.float16),
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
                sentences=sentence_vectors[sentences].astype(np.float16),
                passages=passage_vectors[passages].astype(np.float16),
                pieces=_document_pieces(cut, pieces[passages]),
            )
        )
        first_sentence, first_passage = sentences.stop, passages.stop
    return documents


def _document_pieces(cut: CutDocument, pieces: Sequence[PassagePieces]) -> DocumentPieces:
    """Return the word-pieces of all passages of ``cut``, each with its sentence."""
    sentences = [
        _sentences_of_pieces(cut, passage, passage_pieces)
        for passage, passage_pieces in zip(cut.passages, pieces, strict=True)
    ]
    return document_pieces(pieces, sentences)


def _sentences_of_pieces(
    cut: CutDocument, passage: Passage, pieces: PassagePieces
) -> NDArray[np.int64]:
    """Return the sentence that each piece of ``passage`` stands in, -1 for its context's."""
    text = passage.span.of(cut.document.text)
    n_context = len(embedded_text(passage, text)) - len(text)
    starts = pieces.starts - n_context + passage.span.start
    sentences = cut.sentences[passage.first_sentence : passage.last_sentence + 1]
    sentence_starts = [sentence.span.start for sentence in sentences]
    positions = np.searchsorted(sentence_starts, starts, side="right") - 1
    return np.where(
        starts < passage.span.start, -1, passage.first_sentence + np.maximum(positions, 0)
    )
