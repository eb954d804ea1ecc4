"""The texts that a question is answered from: an index's reports, or a caller's texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from indexer.records import EncodedText
from indexer.store.protocol import SearchIndex, Sentences
from indexer.store.records import NamedRows
from service.pipeline.facets import admits, admitted
from service.pipeline.retrieval import Retrieved, SearchScope, ViewWeights, retrieve
from service.records import Filters


class SearchableTexts(Protocol):
    """Texts that can be searched for a question."""

    @property
    def sentences(self) -> Sentences:
        """Return their sentences."""

    def languages(self, filters: Filters) -> frozenset[str]:
        """Return the languages, ISO 639-1, of the texts that pass ``filters``."""

    def named(self, keys: Sequence[str], filters: Filters) -> tuple[NamedRows, ...]:
        """Return where things with a number stand or are mentioned: see `SearchIndex.named`."""

    def numbers_of(self, kind: str, filters: Filters) -> tuple[NamedRows, ...]:
        """Return where all things of a kind stand, by row."""

    def retrieve(
        self,
        text: str,
        query: EncodedText,
        *,
        filters: Filters,
        top_k: int,
        named: Sequence[range] = (),
    ) -> Retrieved:
        """Return the passages and sentences for a question, best passage first.

        Args:
            text: The question's words, in a language of the texts.
            query: The encoded question.
            filters: Which texts may answer.
            top_k: Passages at most.
            named: Sentence rows of what the question names; their passages come first.
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

    def named(self, keys: Sequence[str], filters: Filters) -> tuple[NamedRows, ...]:
        """Return where things with a number stand or are mentioned in the reports."""
        return self.index.named(keys, documents=admitted(self.index.documents, filters))

    def numbers_of(self, kind: str, filters: Filters) -> tuple[NamedRows, ...]:
        """Return where all things of a kind stand in the reports."""
        return self.index.numbers_of(kind, documents=admitted(self.index.documents, filters))

    def retrieve(
        self,
        text: str,
        query: EncodedText,
        *,
        filters: Filters,
        top_k: int,
        named: Sequence[range] = (),
    ) -> Retrieved:
        """Search the index: see `service.pipeline.retrieval`."""
        scope = SearchScope(filters, top_k, tuple(named))
        return retrieve(text, query, self.index, scope=scope, weights=self.weights)

    def unknown(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the names that no passage has."""
        return self.index.unknown(names)
