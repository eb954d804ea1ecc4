"""Grows an index to many passages from a real one.

    python -m eval.speed.grown_corpus SEED OUT N

SEED is an index folder, such as one of ``shared/bench/policy-pdfs``; OUT gets an index of about N
passages, written by the code that writes every index. Nothing is embedded. Each grown document has
the blocks, sentences and passages of a real one, and

- **text** of its own: two words in five give way to words of the same length, drawn as often as the
  seed has them, so that the words of the index keep their frequencies and no text stands twice;
- **vectors** of its own: the real one, a shift that all vectors of the document share and one that
  only this vector has. Shifts are drawn with the covariance of the seed's vectors, so the spectrum
  stays that of real ones;
- **word-pieces** of its own: a quarter of the bytes of their codes are those of other pieces.

Like a built index, one of many passages has its word-pieces in few bytes and inverted lists.
"""

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.encoder.building.text_encoder import Encoder
from indexer.records import Document, Rows, Vectors
from indexer.store.byte_vectors import ByteVectors, from_bytes, to_bytes
from indexer.store.generations import open_index
from indexer.store.index import Index
from indexer.store.late_interaction import DocumentPieces
from indexer.store.manifest import Manifest
from indexer.store.model_folders import ENCODER, MULTILINGUAL_ENCODER, READER
from indexer.store.piece_code import Book
from indexer.store.records import DocumentEntry, DocumentVectors
from indexer.store.shared_pieces import parts_of
from indexer.store.writing.contents import EmbeddedDocument, StoredVectors, write_contents
from indexer.store.writing.generation_lifecycle import (
    checksums,
    locked,
    partial_generation,
    publish,
)
from service.pipeline.search_terms import WORD

_OTHER_WORDS = 0.4
_OTHER_CODES = 64
"""Of 256 bytes."""
_OWN, _SHARED, _SINGLE = 0.75, 0.45, 0.48
"""Weights of a grown vector's parts; their squares add up to 1."""

_N_SPECTRUM = 4000
"""Vectors of the seed that the covariance is taken of."""


def grown_documents(
    seed: Index, *, n_passages: int, book: Book | None
) -> Iterator[EmbeddedDocument]:
    """Yield grown documents until they have ``n_passages`` passages, the same ones each time.

    Args:
        seed: Whose documents they resemble.
        n_passages: Wanted in all.
        book: By which word-pieces are stored; ``None``: as in the seed.
    """
    random = np.random.default_rng(1)
    words = _Words(seed)
    rows = np.linspace(0, seed.n_sentences - 1, _N_SPECTRUM).astype(np.int64)
    spectrum = _Spectrum(seed.sentence_vectors(rows), random)
    templates = [_Template.of(seed, entry, book) for entry in seed.documents if entry.n_passages]
    n_grown = number = 0
    while n_grown < n_passages:
        template = templates[number % len(templates)]
        yield template.grown(f"grown-{number:06d}", words, spectrum, random)
        n_grown += len(template.embedded.passages)
        number += 1


def write_grown(seed: Index, index_dir: Path, *, n_passages: int, exact_below: int) -> Manifest:
    """Write a grown index into ``index_dir`` and return its manifest; models are linked."""
    counts = Counter[str]()
    book = None if n_passages < exact_below else _book_of(seed)

    def counted() -> Iterator[EmbeddedDocument]:
        for embedded in grown_documents(seed, n_passages=n_passages, book=book):
            counts.update(
                documents=1, passages=len(embedded.passages), sentences=len(embedded.sentences)
            )
            yield embedded

    with locked(index_dir), partial_generation(index_dir) as partial:
        recall = write_contents(
            partial,
            counted(),
            languages=seed.manifest.languages,
            book=book,
            exact_below=exact_below,
        )
        for model in (ENCODER, MULTILINGUAL_ENCODER, READER):
            for path in (seed.folder / model).rglob("*.*"):
                linked = partial / path.relative_to(seed.folder)
                linked.parent.mkdir(parents=True, exist_ok=True)
                os.link(path, linked)
        manifest = replace(
            seed.manifest,
            fingerprint=sha256(f"{seed.manifest.fingerprint} {n_passages}".encode()).hexdigest(),
            n_documents=counts["documents"],
            n_passages=counts["passages"],
            n_sentences=counts["sentences"],
            vector_index=recall.kind,
            recall_at_10=recall.recall_at_10,
            unread=(),
            problems=(),
            files=checksums(partial),
        )
        publish(index_dir, partial, manifest)
    return manifest


def _book_of(seed: Index) -> Book | None:
    """Return the book of the encoder that ``seed`` was built with."""
    return Encoder(seed.manifest.encoder, precision=seed.manifest.precision).book


class _Words:
    """The words of the seed by length, and how often each stands there."""

    def __init__(self, seed: Index) -> None:
        counts = Counter(
            word
            for entry in seed.documents
            for word in WORD.findall(seed.document(entry.doc_id).text)
        )
        by_length = defaultdict(list)
        for word, n in sorted(counts.items()):
            by_length[len(word)].append((word, n))
        self._words = {
            length: np.asarray([_letters(word) for word, _ in rows], dtype=np.uint32)
            for length, rows in by_length.items()
        }
        self._bounds = {
            length: np.cumsum([n for _, n in rows]) for length, rows in by_length.items()
        }

    def drawn(self, length: int, n: int, random: np.random.Generator) -> NDArray[np.uint32]:
        """Return ``n`` words of some length, ``(n, length)``."""
        bounds = self._bounds[length]
        places = np.searchsorted(bounds, random.integers(0, bounds[-1], n), side="right")
        return self._words[length][places]


class _Spectrum:
    """Draws vectors with the mean and covariance of real ones."""

    def __init__(self, vectors: Vectors, random: np.random.Generator) -> None:
        self._mean = vectors.mean(axis=0)
        values, directions = np.linalg.eigh(np.cov((vectors - self._mean).T))
        self._root = (directions * np.sqrt(np.maximum(values, 0))).T.astype(np.float32)
        self._random = random

    def near(self, stored: ByteVectors, shared: Vectors) -> ByteVectors:
        """Return vectors near ``stored`` ones, all of them moved by ``shared`` and by its own."""
        real = from_bytes(stored) - self._mean
        moved = self._mean + _OWN * real + _SHARED * shared + _SINGLE * self.drawn(len(real))
        moved /= np.linalg.norm(moved, axis=1, keepdims=True)
        return to_bytes(moved)

    def drawn(self, n: int) -> Vectors:
        """Return ``n`` shifts."""
        normal = self._random.standard_normal((n, len(self._root)), dtype=np.float32)
        shifts: Vectors = normal @ self._root
        return shifts


@dataclass(frozen=True, slots=True)
class _Template:
    """A real document, and where its words stand.

    Attributes:
        embedded: The document.
        letters: Of its text.
        places: Starts of its words by their length.
    """

    embedded: EmbeddedDocument
    letters: NDArray[np.uint32]
    places: dict[int, Rows]

    @classmethod
    def of(cls, seed: Index, entry: DocumentEntry, book: Book | None) -> "_Template":
        """Return the template of a document of ``seed``."""
        document = seed.document(entry.doc_id)
        vectors = seed.vectors_of(entry)
        rows = range(entry.first_passage, entry.first_passage + entry.n_passages)
        passages, sentences = tuple(seed.passage(row) for row in rows), seed.sentences(entry)
        parts = parts_of(passages)
        places = defaultdict(list)
        for match in WORD.finditer(document.text):
            places[len(match[0])].append(match.start())
        return cls(
            EmbeddedDocument(
                document=document,
                content_key="",
                sentences=sentences,
                passages=passages,
                vector_key="",
                vectors=_held(vectors if book is None else vectors.compacted(book, parts)),
            ),
            _letters(document.text),
            {length: np.asarray(starts) for length, starts in places.items()},
        )

    def grown(
        self, doc_id: str, words: _Words, spectrum: _Spectrum, random: np.random.Generator
    ) -> EmbeddedDocument:
        """Return a document like this one, with words, vectors and pieces of its own."""
        vectors = self.embedded.vectors.read()
        shared = spectrum.drawn(1)
        return replace(
            self.embedded,
            document=self._document(doc_id, words, random),
            content_key=doc_id,
            passages=tuple(replace(passage, doc_id=doc_id) for passage in self.embedded.passages),
            vector_key=doc_id,
            vectors=_held(
                DocumentVectors(
                    sentences=spectrum.near(vectors.sentences, shared),
                    passages=spectrum.near(vectors.passages, shared),
                    pieces=_grown_pieces(vectors.pieces, random),
                )
            ),
        )

    def _document(self, doc_id: str, words: _Words, random: np.random.Generator) -> Document:
        letters = self.letters.copy()
        for length, starts in self.places.items():
            chosen = starts[random.random(len(starts)) < _OTHER_WORDS]
            letters[chosen[:, None] + np.arange(length)] = words.drawn(length, len(chosen), random)
        text = letters.tobytes().decode("utf-32-le")
        document = self.embedded.document
        info = replace(document.info, title=f"{document.info.title} {doc_id}")
        return replace(document, doc_id=doc_id, info=info, text=text)


def _held(vectors: DocumentVectors) -> StoredVectors:
    """Return vectors that lie nowhere but in memory, a document at a time."""
    return StoredVectors(vectors.pieces.is_compact, lambda: vectors)


def _grown_pieces(pieces: DocumentPieces, random: np.random.Generator) -> DocumentPieces:
    return replace(pieces, codes=_mixed(np.asarray(pieces.codes), random))


def _mixed(column: NDArray[Any], random: np.random.Generator) -> NDArray[Any]:
    """Return rows of which a quarter of the numbers are those of other rows."""
    if not len(column):
        return column
    others = column[random.integers(0, len(column), len(column))]
    is_other = random.integers(0, 256, column.shape, dtype=np.uint8) < _OTHER_CODES
    return np.where(is_other, others, column)


def _letters(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


if __name__ == "__main__":
    made = write_grown(
        open_index(Path(sys.argv[1])),
        Path(sys.argv[2]),
        n_passages=int(sys.argv[3]),
        exact_below=int(sys.argv[4]) if len(sys.argv) > 4 else 100_000,  # noqa: PLR2004
    )
    sys.stdout.write(f"{made.n_passages} passages, recall@10 {made.recall_at_10}\n")
