"""The texts that a question is answered from: an index's reports, or a caller's texts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

from indexer.country_cities import Cities, reported_cities
from indexer.records import EncodedText
from indexer.store.protocol import SearchIndex, Sentences
from indexer.store.records import NamedRows
from service.pipeline.encoded_question import EncodedQuestion
from service.pipeline.english_sentences import EnglishSentences
from service.pipeline.facets import admits, admitted
from service.pipeline.filtered_sentences import SentenceFilter
from service.pipeline.named_sources import SourceNames
from service.pipeline.retrieval import (
    CosineScale,
    Retrieved,
    SearchScope,
    Views,
    ViewWeights,
    merged,
    retrieve,
)
from service.pipeline.role_labels import RoleLabels, labels_in
from service.pipeline.translation.translator import Translator
from service.records import Filters

MULTILINGUAL_VIEWS = Views(
    ViewWeights(pieces=0.0, sentence_pieces=0.0),
    CosineScale(slope=1.12, intercept=0.015, handicap=0.18),
)
"""Of reports that are not in English. Their word-pieces are not indexed; a question that they do
not answer gets as much from them as from English ones that do not, and likewise one that they do
answer (docs/decisions.md, D38)."""

_N_FILTERS = 8
"""Filters whose verdicts on sentences are kept."""


_N_LABELLED = 1000
"""Reports whose labels are kept: of most of them some rows."""


class SearchableTexts(Protocol):
    """Texts that can be searched for a question."""

    @property
    def sentences(self) -> Sentences:
        """Return their sentences."""

    def languages(self, filters: Filters) -> frozenset[str]:
        """Return the languages, ISO 639-1, in which the texts that pass ``filters`` are read."""

    def named(self, keys: Sequence[str], filters: Filters) -> tuple[NamedRows, ...]:
        """Return where things with a number stand or are mentioned: see `SearchIndex.named`."""

    def numbers_of(self, kind: str, filters: Filters) -> tuple[NamedRows, ...]:
        """Return where all things of a kind stand, by row."""

    def role_labels(self, document: int) -> RoleLabels:
        """Return where those who play a part are listed in the text at a position, by role."""

    def to_read(self, rows: Sequence[int]) -> Sentences:
        """Return the sentences as they are read: those at ``rows`` in English where that can be."""

    def retrieve(
        self,
        question: EncodedQuestion,
        *,
        filters: Filters,
        top_k: int,
        named: Sequence[range] = (),
    ) -> Retrieved:
        """Return the passages and sentences for a question, best passage first.

        Args:
            question: The encoded question.
            filters: Which texts may answer.
            top_k: Passages at most.
            named: Sentence rows of what the question names; their passages come first.
        """

    def unknown(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return those of ``names`` that stand nowhere in the texts, each once."""


@dataclass(frozen=True)
class IndexedReports:
    """The reports of an index: those in English, and those that the multilingual encoder embeds.

    Each kind is searched by itself, so that a report of one kind changes nothing for the other;
    then the passages of both stand in one list (docs/decisions.md, D38).

    Attributes:
        index: The index.
        weights: Weight of each retrieval view in English.
        translator: Puts sentences into English, to be read.
    """

    index: SearchIndex
    weights: ViewWeights
    translator: Translator

    @property
    def sentences(self) -> Sentences:
        """Return the index's sentences."""
        return self.index

    @cached_property
    def _source_names(self) -> SourceNames:
        return SourceNames([entry.info for entry in self.index.documents])

    @cached_property
    def _cities(self) -> Cities:
        return reported_cities([entry.info for entry in self.index.documents])

    @cached_property
    def _sentence_filters(self) -> dict[Filters, SentenceFilter | None]:
        return {}

    def sentence_filter(self, filters: Filters) -> SentenceFilter | None:
        """Return what tells which sentences pass ``filters``; ``None`` if all do.

        The last ones are kept with their verdicts: each answer is looked for twice.
        """
        kept = self._sentence_filters
        if filters not in kept and len(kept) >= _N_FILTERS:
            kept.clear()
        made = kept.get(filters) or SentenceFilter.of(filters, self.index, lambda: self._cities)
        return kept.setdefault(filters, made)

    def languages(self, filters: Filters) -> frozenset[str]:
        """Return the languages in which the reports that pass ``filters`` are read."""
        return self._all_languages if filters == Filters() else self._languages(filters)

    @cached_property
    def _all_languages(self) -> frozenset[str]:
        return self._languages(Filters())

    def _languages(self, filters: Filters) -> frozenset[str]:
        entries = self.index.documents
        return frozenset(
            "en" if self.translator.translates(entry.info.language) else entry.info.language
            for entry in entries
            if admits(filters, entry)
        )

    def named(self, keys: Sequence[str], filters: Filters) -> tuple[NamedRows, ...]:
        """Return where things with a number stand or are mentioned in the reports."""
        return self.index.named(keys, documents=admitted(self.index.documents, filters))

    def numbers_of(self, kind: str, filters: Filters) -> tuple[NamedRows, ...]:
        """Return where all things of a kind stand in the reports."""
        return self.index.numbers_of(kind, documents=admitted(self.index.documents, filters))

    def role_labels(self, document: int) -> RoleLabels:
        """Return where those who play a part are listed in a report, which is scanned once."""
        return self._role_labels(document)

    @cached_property
    def _role_labels(self) -> Callable[[int], RoleLabels]:
        index = self.index

        def labels_of(document: int) -> RoleLabels:
            entry = index.documents[document]
            first = entry.first_sentence
            return labels_in(range(first, first + entry.n_sentences), index)

        return lru_cache(_N_LABELLED)(labels_of)

    def to_read(self, rows: Sequence[int]) -> Sentences:
        """Return the index's sentences, those at ``rows`` in English where they are not already."""
        languages = {row: self._language(row) for row in rows}
        foreign = [row for row in rows if self.translator.translates(languages[row])]
        if not foreign:
            return self.index
        return EnglishSentences(self.index, foreign, self._language, self.translator)

    def retrieve(
        self,
        question: EncodedQuestion,
        *,
        filters: Filters,
        top_k: int,
        named: Sequence[range] = (),
    ) -> Retrieved:
        """Search the reports of each kind and put the passages into one list, best first."""
        documents = admitted(self.index.documents, filters)
        sources = self._source_names.named_in(question.english)
        passes = self.sentence_filter(filters)
        narrowing = (passes.words, passes.narrow) if passes else ("", None)
        if question.multilingual is None:
            scope = SearchScope(documents, top_k, tuple(named), sources, *narrowing)
            return self._in_english(question, scope)
        english, others = self._by_kind(documents)
        parts = []
        if english or not others:
            runs = tuple(run for run in named if self._language(run.start) == "en")
            scope = SearchScope(english, top_k, runs, sources, *narrowing)
            parts.append(self._in_english(question, scope))
        if others:
            runs = tuple(run for run in named if self._language(run.start) != "en")
            scope = SearchScope(others, top_k, runs, sources, *narrowing)
            parts.append(self._in_other_languages(question, question.multilingual, scope))
        return merged(parts, top_k=top_k)

    def _in_english(self, question: EncodedQuestion, scope: SearchScope) -> Retrieved:
        views = Views(self.weights)
        return retrieve(question.english, question.query, self.index, scope=scope, views=views)

    def _in_other_languages(
        self, question: EncodedQuestion, query: EncodedText, scope: SearchScope
    ) -> Retrieved:
        return retrieve(question.text, query, self.index, scope=scope, views=MULTILINGUAL_VIEWS)

    def _by_kind(self, documents: Sequence[int] | None) -> tuple[list[int], list[int]]:
        """Return the positions of the documents in English, and of the others."""
        entries = self.index.documents
        among = range(len(entries)) if documents is None else documents
        english = [at for at in among if entries[at].info.language == "en"]
        return english, [at for at in among if entries[at].info.language != "en"]

    def _language(self, row: int) -> str:
        """Return the language of the document that holds the sentence at ``row``."""
        return self.index.documents[self.index.sentence_document(row)].info.language

    def unknown(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the names that no passage has."""
        return self.index.unknown(names)
