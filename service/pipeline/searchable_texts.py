"""The texts that a question is answered from: an index's reports, or a caller's texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from indexer.records import EncodedText
from indexer.store.protocol import SearchIndex, Sentences
from service.pipeline.facets import admits
from service.pipeline.retrieval import Retrieved, ViewWeights, retrieve
from service.records import Filters


class SearchableTexts(Protocol):
    """Texts that can be searched for a question."""

    @property
    def sentences(self) -> Sentences:
        """Return their sentences."""

    def languages(self, filters: Filters) -> frozenset[str]:
        """Return the languages, ISO 639-1, of the texts that pass ``filters``."""

    def retrieve(self, text: str, query: EncodedText, *, filters: Filters, top_k: int) -> Retrieved:
        """Return the passages and sentences for a question, best passage first.

        Args:
            text: The question's words, in a language of the texts.
            query: The encoded question.
            filters: Which texts may answer.
            top_k: Passages at most.
        """

    def unknown(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return those of ``names`` that stand nowhere in the texts, each once."""


@dataclass(frozen=True, slots=True)
class IndexedReports:
    """The reports of an index.

    Attributes:
        index: The index.
        weights: Weight of each retrieval view.
    """

    index: SearchIndex
    weights: ViewWeights

    @property
    def sentences(self) -> Sentences:
        """Return the index's sentences."""
        return self.index

    def languages(self, filters: Filters) -> frozenset[str]:
        """Return the languages of the reports that pass ``filters``."""
        entries = self.index.documents
        return frozenset(entry.info.language for entry in entries if admits(filters, entry))

    def retrieve(self, text: str, query: EncodedText, *, filters: Filters, top_k: int) -> Retrieved:
        """Search the index: see `service.pipeline.retrieval`."""
        return retrieve(text, query, self.index, filters=filters, top_k=top_k, weights=self.weights)

    def unknown(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the names that no passage has."""
        return self.index.unknown(names)
