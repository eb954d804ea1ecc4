"""How fast a build is, and how much of the encoder's own speed it keeps.

The corpus is built by the program itself into an empty folder; then the very texts that it embedded
are embedded again by one bare ``encode()`` of sentence-transformers, at the same precision.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.speed.processes import run_measured
from indexer.encoder.building.text_encoder import load_unadapted, model_folder
from indexer.segmentation.passages import embedded_text
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index
from indexer.store.protocol import StoredIndex

_N_WARM_UP = 32


@dataclass(frozen=True, slots=True)
class BuildSpeed:
    """What a build into an empty folder took.

    Attributes:
        n_documents: Documents.
        n_pages: Pages of those that have pages.
        n_passages: Passages.
        n_texts: Sentences and passages that were embedded.
        seconds: Wall time, the start of the program included.
        cpu_s: CPU time, that of its helpers included.
        peak_mb: Largest resident memory of the builder, in MiB.
        stages_s: Wall time of each stage.
        precision: Arithmetic of the encoder.
        bare_s: Wall time of one bare ``encode()`` of the texts in that precision.
        bare_cpu_s: CPU time of it.
    """

    n_documents: int
    n_pages: int
    n_passages: int
    n_texts: int
    seconds: float
    cpu_s: float
    peak_mb: float
    stages_s: Mapping[str, float]
    precision: str
    bare_s: float
    bare_cpu_s: float

    @property
    def ratio(self) -> float:
        """Return texts a second of the whole build over those of the bare encoder."""
        return self.bare_s / self.seconds

    @property
    def embed_ratio(self) -> float:
        """Return texts a second of the embedding stage over those of the bare encoder."""
        return self.bare_s / self.stages_s["embed"]


def measure_build(corpus: Path, index_dir: Path, environ: Mapping[str, str]) -> BuildSpeed:
    """Build ``corpus`` into ``index_dir``, which must not be there, and encode its texts bare.

    Raises:
        MeasurementError: The build fails.
    """
    settings = {"CITA_CORPUS": str(corpus), "CITA_INDEX": str(index_dir)}
    usage = run_measured(["-m", "indexer", "build", "--quiet"], {**environ, **settings})
    index = open_index(index_dir)
    manifest = index.manifest
    texts = embedded_texts(index)
    folder = model_folder(IndexerSettings(corpus=corpus).build_encoder)
    encoder = load_unadapted(folder, precision=manifest.precision)
    encoder.encode(texts[:_N_WARM_UP])
    began, began_cpu = time.perf_counter(), time.process_time()
    encoder.encode(texts)
    return BuildSpeed(
        n_documents=manifest.n_documents,
        n_pages=sum(entry.n_pages or 0 for entry in index.documents),
        n_passages=manifest.n_passages,
        n_texts=len(texts),
        seconds=usage.seconds,
        cpu_s=usage.cpu_s,
        peak_mb=usage.peak_mb,
        stages_s=dict(manifest.took_s),
        precision=manifest.precision,
        bare_s=time.perf_counter() - began,
        bare_cpu_s=time.process_time() - began_cpu,
    )


def embedded_texts(index: StoredIndex) -> list[str]:
    """Return the sentences and passages of an index, as they were embedded."""
    texts = []
    for entry in index.documents:
        document = index.document(entry.doc_id)
        texts += [sentence.span.of(document.text) for sentence in index.sentences(entry)]
        for row in range(entry.first_passage, entry.first_passage + entry.n_passages):
            passage = index.passage(row)
            texts.append(embedded_text(passage, passage.span.of(document.text)))
    return texts
