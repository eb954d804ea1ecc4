"""Embeds cut documents, unless the previous generation has the vectors of the same texts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from indexer.encoder.building.multilingual_encoder import MultilingualEncoder
from indexer.encoder.building.text_encoder import Encoder
from indexer.progress import Progress
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


def embed_documents(
    cuts: Sequence[CutDocument],
    encoders: Encoders,
    previous: PreviousGeneration,
    progress: Progress,
) -> tuple[dict[str, EmbeddedDocument], int]:
    """Return the documents with their vectors by id, and how many texts were embedded anew."""
    keys = [_vector_key(cut, encoders) for cut in cuts]
    known = [previous.vectors(key) for key in keys]
    new = [cut for cut, vectors in zip(cuts, known, strict=True) if vectors is None]
    new_vectors = iter(_embed(new, encoders, progress))
    documents = {
        cut.document.doc_id: EmbeddedDocument(
            document=cut.document,
            content_key=cut.content_key,
            sentences=cut.sentences,
            passages=cut.passages,
            vector_key=key,
            vectors=next(new_vectors) if vectors is None else vectors,
        )
        for cut, key, vectors in zip(cuts, keys, known, strict=True)
    }
    return documents, sum(len(cut.sentences) + len(cut.passages) for cut in new)


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


def _embed(
    cuts: Sequence[CutDocument], encoders: Encoders, progress: Progress
) -> list[DocumentVectors]:
    """Return the vectors of ``cuts``, in order; a model that has nothing to embed is not loaded."""
    english = [cut for cut in cuts if not encoders.is_multilingual(cut)]
    others = [cut for cut in cuts if encoders.is_multilingual(cut)]
    with progress.stage("embed"):
        vectors = _embed_in_english(english, encoders.english, progress) if english else []
        by_id = {cut.document.doc_id: v for cut, v in zip(english, vectors, strict=True)}
        for cut in others:
            assert encoders.multilingual is not None  # noqa: S101
            by_id[cut.document.doc_id] = _embed_multilingual(cut, encoders.multilingual)
    return [by_id[cut.document.doc_id] for cut in cuts]


def _embed_multilingual(cut: CutDocument, encoder: MultilingualEncoder) -> DocumentVectors:
    """Return the vectors of one document; its word-pieces get none."""
    return DocumentVectors(
        sentences=encoder.encode_sentences(cut.sentence_texts).astype(np.float16),
        passages=encoder.encode_passages(cut.passage_texts).astype(np.float16),
        pieces=no_pieces(len(cut.passages)),
    )


def _embed_in_english(
    cuts: Sequence[CutDocument], encoder: Encoder, progress: Progress
) -> list[DocumentVectors]:
    sentence_vectors = encoder.encode(
        [text for cut in cuts for text in cut.sentence_texts], show_progress=progress.is_shown
    )
    passage_vectors, pieces = encoder.encode_passages(
        [text for cut in cuts for text in cut.passage_texts], show_progress=progress.is_shown
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
