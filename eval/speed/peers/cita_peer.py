"""Cita itself, by the same harness; its index was built before, by its own command."""

import os

from harness import N_RANKED, Passage, run

from indexer.store.generations import open_index
from service.answer_options import AnswerOptions
from service.pipeline.answering import Answerer
from service.pipeline.question import parse_question
from service.records import Answer
from service.settings import Settings


class CitaPeer:
    """The service's pipeline without its doors."""

    def index(self, passages: list[Passage]) -> None:  # noqa: ARG002 - cut by Cita itself
        """Open the index."""
        index = open_index(Settings.from_environ(os.environ).index_dir)
        self._answerer = Answerer(index)

    def search(self, question: str) -> list[str]:
        """Return the best passages."""
        found = self._answerer.search(parse_question(question), top_k=N_RANKED)
        return [scored.passage.passage_id for scored in found]

    def answer(self, question: str) -> list[str]:
        """Return the quotes, also where Cita would refuse."""
        options = AnswerOptions(min_confidence=0.0)
        result = self._answerer.answer(parse_question(question), options)
        return [quote.text for quote in result.quotes] if isinstance(result, Answer) else []


if __name__ == "__main__":
    run(CitaPeer(), "onnxruntime", "tantivy", "faiss-cpu")
