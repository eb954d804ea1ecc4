"""The floor: sentence-transformers, a flat FAISS index, and the likest sentences as the answer."""

import faiss
from harness import N_QUOTES, N_RANKED, N_READ, Passage, model_folder, run
from sentence_transformers import SentenceTransformer


class FaissPeer:
    """Dense retrieval alone."""

    def __init__(self) -> None:
        self._model = SentenceTransformer(model_folder(), device="cpu")

    def index(self, passages: list[Passage]) -> None:
        """Embed and index the passages."""
        self._passages = passages
        vectors = self._encode([passage.embedded for passage in passages])
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(vectors)

    def search(self, question: str) -> list[str]:
        """Return the nearest passages."""
        return [self._passages[row].passage_id for row in self._nearest(question)[1]]

    def answer(self, question: str) -> list[str]:
        """Return the likest sentences of the nearest passages."""
        vector, rows = self._nearest(question)
        sentences = list(
            dict.fromkeys(s for row in rows[:N_READ] for s in self._passages[row].sentences)
        )
        scores = self._encode(sentences) @ vector
        return [sentences[at] for at in (-scores).argsort()[:N_QUOTES]]

    def _nearest(self, question: str):
        vector = self._encode([question])
        _, rows = self._index.search(vector, N_RANKED)
        return vector[0], rows[0]

    def _encode(self, texts: list[str]):
        return self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False)


if __name__ == "__main__":
    run(FaissPeer(), "faiss-cpu", "sentence-transformers")
