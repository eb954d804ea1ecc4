"""A corpus whose every report says which version it is, so that a mixed index shows."""

from pathlib import Path

from indexer.encoder.query_encoder import QueryEncoder
from indexer.segmentation.passages import embedded_text
from indexer.settings import IndexerSettings
from indexer.store.byte_vectors import from_bytes
from indexer.store.generations import open_index
from indexer.store.model_folders import ENCODER

N_REPORTS = 3
_LEAST_COSINE = 0.98


def settings_in(work: Path, *, is_compact: bool = False) -> IndexerSettings:
    """Return settings of a corpus and an index below ``work``, perhaps as large ones are."""
    settings = IndexerSettings(corpus=work / "corpus", index=work / "index", build_workers=1)
    return settings.model_copy(update={"build_exact_below": 0}) if is_compact else settings


def write_version(corpus_dir: Path, version: int) -> None:
    """Write all reports anew."""
    corpus_dir.mkdir(parents=True, exist_ok=True)
    for number in range(N_REPORTS):
        text = (
            f"# Report {number}\n\nThis is version {version}. The harbour of town {number} has "
            f"{version * 10 + number} rented rooms. Tenants pay {version + 100} coins a month.\n"
        )
        (corpus_dir / f"report-{number}.md").write_text(text, encoding="utf-8")


def version_of_index(index_dir: Path) -> int:
    """Return the one version that all of the index is of: texts, passages and their vectors.

    Raises:
        IndexerError: The index is damaged or missing.
        AssertionError: It is mixed.
    """
    index = open_index(index_dir)
    encoder = QueryEncoder(index.folder / ENCODER, max_pieces=index.manifest.max_pieces)
    assert len(index.documents) == N_REPORTS
    versions = set()
    for entry in index.documents:
        document = index.document(entry.doc_id)
        versions.add(int(document.text.partition("version ")[2].partition(".")[0]))
        vectors = from_bytes(index.vectors_of(entry).passages)
        for position, vector in enumerate(vectors):
            passage = index.passage(entry.first_passage + position)
            text = embedded_text(passage, passage.span.of(document.text))
            assert float(encoder.encode([text])[0] @ vector) > _LEAST_COSINE
    assert len(versions) == 1, versions
    return versions.pop()
