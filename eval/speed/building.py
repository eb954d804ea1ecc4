"""How much of the encoder's own speed a build keeps: ``python -m eval.speed.building [CORPUS]``.

Builds the corpus into a throw-away index, then embeds the very texts that it embedded with one
bare ``encode()`` of the same model at the same precision, and prints the ratio of texts a second.
"""

import sys
import tempfile
import time
from pathlib import Path

from indexer.build import build
from indexer.encoder.building.text_encoder import Encoder
from indexer.segmentation.passages import embedded_text
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index
from indexer.store.protocol import StoredIndex


def main(corpus_dir: Path) -> int:
    """Print texts a second of a build's embedding stage and of a bare encode, and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        settings = IndexerSettings(corpus=corpus_dir, index=Path(folder))
        manifest = build(settings).manifest
        texts = _embedded_texts(open_index(settings.index_dir))
    encoder = Encoder(settings.build_encoder, precision=manifest.precision)
    encoder.encode(texts[:32])
    begun = time.perf_counter()
    encoder.encode(texts)
    bare_s = time.perf_counter() - begun
    build_s = dict(manifest.took_s)["embed"]
    sys.stdout.write(
        f"{len(texts)} texts in {manifest.precision}: build {len(texts) / build_s:.0f} texts/s, "
        f"bare encode {len(texts) / bare_s:.0f} texts/s, ratio {bare_s / build_s:.2f}\n"
    )
    return 0


def _embedded_texts(index: StoredIndex) -> list[str]:
    texts = []
    for entry in index.documents:
        document = index.document(entry.doc_id)
        texts += [sentence.span.of(document.text) for sentence in index.sentences(entry)]
        for row in range(entry.first_passage, entry.first_passage + entry.n_passages):
            passage = index.passage(row)
            texts.append(embedded_text(passage, passage.span.of(document.text)))
    return texts


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "corpus")))
