"""LlamaIndex: a vector store index, its retriever, and the likest sentences by its embedding.

As https://docs.llamaindex.ai shows a retriever on nodes, with BM25 beside it fused by reciprocal
ranks (`QueryFusionRetriever`, which asks no language model for more queries where it is told so).
"""

import numpy as np
import Stemmer
from harness import N_QUOTES, N_RANKED, N_READ, Passage, model_folder, run
from llama_index.core import VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever


class LlamaIndexPeer:
    """A fusion of a vector index and BM25."""

    def __init__(self) -> None:
        self._embedding = HuggingFaceEmbedding(
            model_name=model_folder(), device="cpu", embed_batch_size=32
        )

    def index(self, passages: list[Passage]) -> None:
        """Embed and index the passages."""
        self._passages = {passage.passage_id: passage for passage in passages}
        nodes = [TextNode(id_=p.passage_id, text=p.embedded) for p in passages]
        vectors = VectorStoreIndex(nodes, embed_model=self._embedding)
        words = BM25Retriever.from_defaults(
            nodes=nodes, similarity_top_k=N_RANKED, stemmer=Stemmer.Stemmer("english")
        )
        self._retriever = QueryFusionRetriever(
            [vectors.as_retriever(similarity_top_k=N_RANKED), words],
            similarity_top_k=N_RANKED,
            num_queries=1,
            mode="reciprocal_rerank",
            llm=MockLLM(),
            use_async=False,
        )

    def search(self, question: str) -> list[str]:
        """Return the best passages of both retrievers."""
        return [found.node.node_id for found in self._retriever.retrieve(question)]

    def answer(self, question: str) -> list[str]:
        """Return the likest sentences of the best passages."""
        found = [self._passages[passage_id] for passage_id in self.search(question)[:N_READ]]
        texts = list(dict.fromkeys(s for passage in found for s in passage.sentences))
        vectors = np.asarray(self._embedding.get_text_embedding_batch(texts))
        scores = vectors @ np.asarray(self._embedding.get_query_embedding(question))
        return [texts[at] for at in (-scores).argsort()[:N_QUOTES]]


if __name__ == "__main__":
    run(LlamaIndexPeer(), "llama-index-core", "llama-index-retrievers-bm25", "torch")
