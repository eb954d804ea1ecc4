"""The files to index: each content once, with a key of all that decides what becomes of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from indexer.code_hash import extraction_sha256
from indexer.corpus.catalogue import Corpus, CorpusFile, document_ids
from indexer.encoder.building.text_encoder import Encoder
from indexer.settings import IndexerSettings
from indexer.store.manifest import FORMAT, hash_file


@dataclass(frozen=True, slots=True)
class Source:
    """One file whose content no earlier file has.

    Attributes:
        file: The file and its catalogue row.
        doc_id: Id of its document.
        sha256: Of its bytes; of one that cannot be opened, words that equal no hash.
        content_key: Equal keys give equal documents, passages and vectors.
        attempt_key: Equal keys fail alike: the content, and what reading it may cost.
    """

    file: CorpusFile
    doc_id: str
    sha256: str
    content_key: str
    attempt_key: str


def distinct_sources(
    corpus: Corpus, *, encoder: Encoder, settings: IndexerSettings
) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """Return the files of ``corpus`` without copies, in order, and a note on each copy."""
    first_of: dict[str, CorpusFile] = {}
    notes: list[str] = []
    for file in corpus.files:
        digest = _digest(file)
        if digest in first_of:
            notes.append(f"{file.file} is a copy of {first_of[digest].file}; indexed once.")
        else:
            first_of[digest] = file
    files = tuple(first_of.values())
    sources = tuple(
        _source(file, doc_id, digest, encoder, settings)
        for (digest, file), doc_id in zip(first_of.items(), document_ids(files), strict=True)
    )
    return sources, tuple(notes)


def _digest(file: CorpusFile) -> str:
    try:
        return hash_file(file.path)
    except OSError:
        return f"unreadable {file.file}"  # its reader will fail on it too, and says why


def _source(
    file: CorpusFile, doc_id: str, digest: str, encoder: Encoder, settings: IndexerSettings
) -> Source:
    decides = [
        FORMAT,
        digest,
        doc_id,
        file.file,
        file.row,
        extraction_sha256(),
        encoder.sha256,
        encoder.precision,
        settings.build_max_words,
    ]
    bounds = [settings.build_timeout_s, settings.build_memory_mb]
    return Source(file, doc_id, digest, _key(decides), _key([*decides, *bounds]))


def _key(decides: Sequence[object]) -> str:
    return sha256(json.dumps(decides, ensure_ascii=False).encode()).hexdigest()
