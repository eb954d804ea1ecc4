"""verbatim-rag: its index over Milvus Lite with a dense provider, as its README shows it.

Its extractors of spans need a language model or a model of a hub, so that offline it retrieves and
quotes nothing; Milvus Lite has no full-text search, so that it retrieves by vectors alone.
"""

import tempfile
from pathlib import Path

from harness import N_RANKED, Passage, model_folder, run
from verbatim_rag import VerbatimIndex
from verbatim_rag.chunker_providers import ChunkerProvider
from verbatim_rag.embedding_providers import SentenceTransformersProvider
from verbatim_rag.schema import DocumentSchema
from verbatim_rag.vector_stores import LocalMilvusStore


class WholePassages(ChunkerProvider):
    """Leaves every passage whole: they are cut already."""

    def chunk(self, text: str) -> list[tuple[str, str]]:
        """Return the text as its only chunk."""
        return [(text, text)]


class VerbatimRagPeer:
    """Its retrieval."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._index = VerbatimIndex(
            vector_store=LocalMilvusStore(
                db_path=str(Path(self._folder.name) / "index.db"),
                enable_sparse=False,
                index_type="FLAT",
            ),
            dense_provider=SentenceTransformersProvider(model_folder(), device="cpu"),
            chunker_provider=WholePassages(),
        )

    def index(self, passages: list[Passage]) -> None:
        """Embed and store the passages."""
        self._index.add_documents_bulk(
            DocumentSchema(
                id=str(row), title="", source="", content=p.embedded, passage_id=p.passage_id
            )
            for row, p in enumerate(passages)
        )

    def search(self, question: str) -> list[str]:
        """Return the nearest passages."""
        results = self._index.query(question, k=N_RANKED)
        return [result.metadata["passage_id"] for result in results]

    def answer(self, question: str) -> list[str]:  # noqa: ARG002
        """Return nothing."""
        return []


if __name__ == "__main__":
    run(VerbatimRagPeer(), "verbatim-rag", "pymilvus", "milvus-lite", "torch")
