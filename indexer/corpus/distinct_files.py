"""The report files to index: each content once, with a key of all that decides its document."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256

from indexer.code_hash import extraction_sha256
from indexer.corpus.catalogue import Corpus, CorpusFile, document_ids
from indexer.encoder.building.document_vectors import Encoders
from indexer.settings import IndexerSettings
from indexer.store.manifest import FORMAT, hash_file


@dataclass(frozen=True, slots=True)
class ReportFile:
    """One file whose content no earlier file has.

    Attributes:
        file: The file and its catalogue row.
        doc_id: Id of its document.
        content_key: Equal keys give equal documents, passages and vectors.
        attempt_key: Equal keys fail alike: the content, and what it may cost.
    """

    file: CorpusFile
    doc_id: str
    content_key: str
    attempt_key: str

    @property
    def sha256(self) -> str:
        """Return the hash of its bytes."""
        return self.file.sha256


def without_copies(corpus: Corpus) -> Corpus:
    """Return ``corpus`` with the hash of each file, without copies, which its problems name."""
    first_of: dict[str, CorpusFile] = {}
    notes: list[str] = []
    for file in corpus.files:
        digest = _digest(file)
        if digest in first_of:
            notes.append(f"{file.file} is a copy of {first_of[digest].file}; indexed once.")
        else:
            first_of[digest] = replace(file, sha256=digest)
    return Corpus(tuple(first_of.values()), (*corpus.problems, *notes))


def report_files(
    corpus: Corpus, *, encoders: Encoders, settings: IndexerSettings
) -> tuple[ReportFile, ...]:
    """Return the files of a corpus without copies, in order."""
    return tuple(
        _report_file(file, doc_id, encoders, settings)
        for file, doc_id in zip(corpus.files, document_ids(corpus.files), strict=True)
    )


def _digest(file: CorpusFile) -> str:
    try:
        return hash_file(file.path)
    except OSError:
        return f"unreadable {file.file}"  # extracting it will fail too, and say why


def _report_file(
    file: CorpusFile, doc_id: str, encoders: Encoders, settings: IndexerSettings
) -> ReportFile:
    decides = [
        FORMAT,
        file.sha256,
        doc_id,
        file.file,
        file.row,
        file.derived,
        [asdict(source) for source in file.citable],
        extraction_sha256(),
        encoders.english.sha256,
        encoders.english.precision,
        encoders.multilingual.version if encoders.multilingual else None,
        settings.build_max_words,
    ]
    bounds = [
        settings.build_timeout_s,
        settings.build_memory_mb,
        settings.build_embed_timeout_s,
    ]
    return ReportFile(file, doc_id, _key(decides), _key([*decides, *bounds]))


def _key(decides: Sequence[object]) -> str:
    return sha256(json.dumps(decides, ensure_ascii=False).encode()).hexdigest()
