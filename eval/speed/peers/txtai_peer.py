"""txtai: hybrid embeddings database, and its similarity over sentences.

As https://neuml.github.io/txtai/embeddings/ shows it; hybrid search as it recommends for accuracy.
"""

from harness import N_QUOTES, N_RANKED, N_READ, Passage, model_folder, run
from txtai import Embeddings


class TxtaiPeer:
    """An embeddings database of dense vectors and BM25."""

    def __init__(self) -> None:
        self._embeddings = Embeddings(path=model_folder(), hybrid=True, gpu=False)

    def index(self, passages: list[Passage]) -> None:
        """Index the passages."""
        self._passages = passages
        self._embeddings.index((row, p.embedded, None) for row, p in enumerate(passages))

    def search(self, question: str) -> list[str]:
        """Return the best passages by both scores."""
        return [self._passages[row].passage_id for row, _ in self._found(question)]

    def answer(self, question: str) -> list[str]:
        """Return the likest sentences of the best passages."""
        rows = [row for row, _ in self._found(question)[:N_READ]]
        sentences = list(dict.fromkeys(s for row in rows for s in self._passages[row].sentences))
        best = self._embeddings.similarity(question, sentences)
        return [sentences[at] for at, _ in best[:N_QUOTES]]

    def _found(self, question: str):
        return self._embeddings.search(question, N_RANKED)


if __name__ == "__main__":
    run(TxtaiPeer(), "txtai", "sentence-transformers", "torch")
