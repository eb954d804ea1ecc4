"""Haystack: hybrid retrieval as its tutorial joins it, and the likest sentences.

Source: https://haystack.deepset.ai/tutorials/33_hybrid_retrieval, without its ranker, a model of a
hub. Its extractive reader needs one, too; sentences are chosen by the embedder that is there.
"""

import numpy as np
from harness import N_QUOTES, N_RANKED, N_READ, Passage, model_folder, run
from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)


class HaystackPeer:
    """A pipeline of text embedder, two retrievers and a joiner."""

    def __init__(self) -> None:
        options = {"model": model_folder(), "progress_bar": False, "normalize_embeddings": True}
        self._document_embedder = SentenceTransformersDocumentEmbedder(**options)
        self._text_embedder = SentenceTransformersTextEmbedder(**options)
        for embedder in (self._document_embedder, self._text_embedder):
            if hasattr(embedder, "warm_up"):
                embedder.warm_up()
        self._store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        self._pipeline = Pipeline()
        self._pipeline.add_component("embedder", SentenceTransformersTextEmbedder(**options))
        self._pipeline.add_component(
            "dense", InMemoryEmbeddingRetriever(self._store, top_k=N_RANKED)
        )
        self._pipeline.add_component("words", InMemoryBM25Retriever(self._store, top_k=N_RANKED))
        self._pipeline.add_component(
            "joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=N_RANKED)
        )
        self._pipeline.connect("embedder", "dense")
        self._pipeline.connect("dense", "joiner")
        self._pipeline.connect("words", "joiner")

    def index(self, passages: list[Passage]) -> None:
        """Embed the passages and write them into the store."""
        self._passages = {passage.passage_id: passage for passage in passages}
        documents = [Document(id=p.passage_id, content=p.embedded) for p in passages]
        self._store.write_documents(self._document_embedder.run(documents)["documents"])

    def search(self, question: str) -> list[str]:
        """Return the best passages of both retrievers."""
        inputs = {"embedder": {"text": question}, "words": {"query": question}}
        return [document.id for document in self._pipeline.run(inputs)["joiner"]["documents"]]

    def answer(self, question: str) -> list[str]:
        """Return the likest sentences of the best passages."""
        found = [self._passages[passage_id] for passage_id in self.search(question)[:N_READ]]
        texts = list(dict.fromkeys(s for passage in found for s in passage.sentences))
        embedded = self._document_embedder.run([Document(content=text) for text in texts])
        vectors = np.asarray([document.embedding for document in embedded["documents"]])
        scores = vectors @ np.asarray(self._text_embedder.run(question)["embedding"])
        return [texts[at] for at in (-scores).argsort()[:N_QUOTES]]


if __name__ == "__main__":
    run(HaystackPeer(), "haystack-ai", "sentence-transformers-haystack", "torch")
