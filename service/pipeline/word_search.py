"""Finds every passage that has some words, in the order of the text: none is ranked away.

words ─▶ terms ─┬──────────────────────▶ places in each report ─▶ passages that have most of them
                └─▶ in English, for reports in English ──┘
"""

import threading
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from indexer.folding import folded
from indexer.records import Span
from indexer.store.protocol import StoredIndex
from indexer.store.records import DocumentEntry
from service.pipeline.facets import admits
from service.pipeline.found_words import (
    FoundPassage,
    FoundReport,
    PlacesFound,
    WantedWords,
    WordMatch,
    WordsFound,
)
from service.pipeline.search_terms import WORD, Term, fold_letters, search_terms
from service.pipeline.spelling import Vocabulary, glossary_words
from service.pipeline.translation.translator import Translator
from service.pipeline.word_forms import WordForms
from service.records import LANGUAGES, Filters, Question

N_REPORTS_KEPT = 4096
"""Reports whose words stay in memory, some three bytes a letter."""

_N_REPORTS_BY_FORM = 16
"""Reports whose words by form stay in memory, of those whose places were asked for last."""

N_CORRECTED = 5
"""Unknown words up to which they are taken for misspelt; each costs a look through all words."""

_ROOM = 100
"""Characters for the signs between words in a row, and for the ending of the last one."""

_SHORT = 3
"""Words up to which a text may be too short to tell its language."""


_Forms = Callable[[Term, str], Iterable[str]]
"""Returns the words of texts in a language that are forms of a term of one word."""


@dataclass(frozen=True, slots=True)
class _ReportWords:
    """The words of a report.

    Attributes:
        starts: For each word of its text, as it is written, where it starts.
        apparatus: Its contents pages, bibliographies and imprint, in order.
        passages: Where its passages start and end, in order: shape ``(2, n_passages)``.
    """

    starts: Mapping[str, "array[int]"]
    apparatus: tuple[Span, ...]
    passages: NDArray[np.int64]

    def n_new(self, places: Sequence[tuple[int, int]]) -> int:
        """Return how many passages hold a place that none before them holds.

        Args:
            places: Where they start and end; none overlaps another.
        """
        starts, ends = np.sort(np.array(places, dtype=np.int64).reshape(-1, 2), axis=0).T
        firsts = np.searchsorted(starts, self.passages[0])
        lasts = np.searchsorted(ends, self.passages[1], side="right")
        n_passages = n_held = 0
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
            if max(first, n_held) < last:
                n_passages, n_held = n_passages + 1, last
        return n_passages


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The words of all reports.

    Attributes:
        vocabulary: All of them.
        by_language: Those of the reports in each language, each once as it is written, so that a
            look through them hardly grows with the reports.
    """

    vocabulary: Vocabulary
    by_language: Mapping[str, WordForms]

    def has_form_of(self, typed: str) -> bool:
        """Tell whether a report has the word in any form."""
        return any(words.of(Term((typed,))) for words in self.by_language.values())

    def forms(self, term: Term, language: str) -> Iterable[str]:
        """Return the words of the reports in ``language`` that are forms of ``term``."""
        return self.by_language[language].of(term)


def readings_of(
    question: Question, *, reader_language: str | None, translator: Translator
) -> Iterator[WantedWords]:
    """Yield what may be meant, likeliest first: one or two words may be of several languages.

    Args:
        question: A question, or a few words.
        reader_language: Of who typed it; for a few words it says more than they do.
        translator: Puts Spanish and Portuguese into English.
    """
    for language in languages_of(question, reader_language=reader_language):
        yield wanted_words(question.text, language, translator)


def languages_of(question: Question, *, reader_language: str | None) -> tuple[str, ...]:
    """Return the languages that a question may be in, likeliest first; a short one in several."""
    if question.language == "en" and len(WORD.findall(question.text)) <= _SHORT:
        return tuple(dict.fromkeys((reader_language or "en", *LANGUAGES)))
    return (question.language,)


def wanted_words(text: str, language: str, translator: Translator) -> WantedWords:
    """Return what is looked for where a text is in ``language``."""
    typed = search_terms(text, language=language)
    if language == "en" or language not in LANGUAGES:
        return WantedWords(typed, language=language)
    quoted = tuple(term for term in typed if term.is_exact)
    free = " ".join(term.text for term in typed if not term.is_exact)
    english = search_terms(translator.to_english(free, language), language="en") if free else ()
    english = (*quoted, *english) if english and english != typed else ()
    return WantedWords(typed, english, language)


def _untranslated(wanted: WantedWords) -> set[str]:
    """Return the words that were typed and have no translation, where others have one."""
    typed = {word for term in wanted.typed for word in term.words}
    kept = {folded(word) for term in wanted.english for word in term.words}
    return {word for word in typed if folded(word) in kept} if wanted.english else typed


class WordSearch:
    """Finds words in the reports of an index; safe to use from several threads."""

    def __init__(self, index: StoredIndex) -> None:
        self._index = index
        self._words = lru_cache(maxsize=N_REPORTS_KEPT)(self._read_words)
        self._forms = lru_cache(maxsize=_N_REPORTS_BY_FORM)(self._read_forms)
        self._reading_all = threading.Lock()

    def find(
        self, readings: Iterable[WantedWords], *, filters: Filters, match: WordMatch
    ) -> WordsFound:
        """Return all passages of the reports that pass ``filters`` with the words.

        Args:
            readings: What may be meant, at least one; the first that is found anywhere counts.
            filters: Which reports are searched.
            match: Which passages are wanted.
        """
        results = (self._find(wanted, filters=filters, match=match) for wanted in readings)
        first = next(results)
        return (
            first
            if first.reports
            else next((result for result in results if result.reports), first)
        )

    def places(self, readings: Iterable[WantedWords], entry: DocumentEntry) -> PlacesFound:
        """Return all places of a report where one of the words stands, in order.

        Args:
            readings: What may be meant, at least one; the first that is found counts. Where none
                is, it is the first with words in English besides, which says the most.
            entry: The report.
        """
        tried = []
        for wanted in readings:
            places = self._places(wanted, entry)
            if places:
                apparatus = self._words(entry.doc_id).apparatus
                ranked = sorted(places, key=lambda place: _holds(apparatus, place))  # stable
                return PlacesFound(wanted, places, tuple(ranked))
            tried.append(wanted)
        return PlacesFound(next((wanted for wanted in tried if wanted.english), tried[0]), (), ())

    def corrected(
        self, text: str, readings: Iterable[WantedWords], *, is_word: Callable[[str], bool]
    ) -> str | None:
        """Return ``text`` with the words that no report has spelt as one has that is near.

        ``None`` where every word is known, more than `N_CORRECTED` are not, or nothing is near.

        Args:
            text: What was typed.
            readings: What may be meant by it, at least one; a word that one of them knows is right.
            is_word: Tells a word that is right although no report has it.
        """
        vocabulary = self._lexicon.vocabulary
        strange = {word for word in WORD.findall(text) if word not in vocabulary}
        strange = {word for word in strange if not is_word(word)}
        if not strange:
            return None  # before anything is translated
        tried = list(readings)
        unknown = strange.intersection(*(_untranslated(wanted) for wanted in tried))
        if len(unknown) > N_CORRECTED:
            return None
        others = glossary_words(tried[0].language)
        near = {
            word: vocabulary.nearest(word, others)
            for word in unknown
            if not self._lexicon.has_form_of(word)
        }
        corrected = WORD.sub(lambda word: near.get(word[0]) or word[0], text)
        return None if corrected == text else corrected

    def count(self, readings: Iterable[WantedWords], *, filters: Filters) -> int:
        """Return how many passages `find` shows with most of the words, without making them.

        Args:
            readings: As for `find`.
            filters: As for `find`.
        """
        return next(filter(None, (self._count(wanted, filters) for wanted in readings)), 0)

    @property
    def n_passages(self) -> int:
        """Return how many passages the reports have."""
        return sum(self.n_passages_in.values())

    @cached_property
    def n_passages_in(self) -> Mapping[str, int]:
        """Return how many passages the reports in each language have."""
        n_passages: Counter[str] = Counter()
        for entry in self._index.documents:
            n_passages[entry.info.language] += entry.n_passages
        return n_passages

    def load(self) -> None:
        """Read all reports, which the first search would wait for."""
        _ = self._lexicon

    def has_form_of(self, word: str) -> bool:
        """Tell whether a report in any language has a word in any form."""
        return self._lexicon.has_form_of(word)

    @property
    def _lexicon(self) -> "_Lexicon":
        with self._reading_all:  # one reads all reports, the others wait for it
            return self._all_words

    @cached_property
    def _all_words(self) -> "_Lexicon":
        counts: dict[str, Counter[str]] = {}
        for entry in self._index.documents:
            counter = counts.setdefault(entry.info.language, Counter())
            for word, starts in self._words(entry.doc_id).starts.items():
                counter[word] += len(starts)
        vocabulary = Vocabulary(chain.from_iterable(each.items() for each in counts.values()))
        forms = {language: WordForms(each, language) for language, each in counts.items()}
        return _Lexicon(vocabulary, forms)

    def _find(self, wanted: WantedWords, *, filters: Filters, match: WordMatch) -> WordsFound:
        forms = cache(self._lexicon.forms)  # at its start every report is read, none by itself
        found = [
            (entry, self._passages(entry, wanted.alternatives(entry.info.language), forms))
            for entry in self._index.documents
            if admits(filters, entry)
        ]
        n_missing = min(
            (passage.n_missing for _, passages in found for passage in passages), default=0
        )
        wanted_passages = (
            (entry, _with_most(passages, n_missing) if match is WordMatch.MOST else passages)
            for entry, passages in found
        )
        reports = [_report(entry, passages) for entry, passages in wanted_passages if passages]
        reports.sort(key=lambda report: -report.n_matches)  # stable
        n_any = sum(1 for _, passages in found for _ in _without_repeats(passages))
        return WordsFound(wanted, match, n_missing, n_any, tuple(reports))

    def _count(self, wanted: WantedWords, filters: Filters) -> int:
        if max(len(wanted.typed), len(wanted.english)) > 1:  # a passage may have some of them
            return self._find(wanted, filters=filters, match=WordMatch.MOST).n_passages
        return sum(
            self._n_with(entry, wanted.alternatives(entry.info.language))
            for entry in self._index.documents
            if admits(filters, entry)
        )

    def _n_with(self, entry: DocumentEntry, alternatives: Sequence[Sequence[Term]]) -> int:
        """Return how many passages of a report have one of some terms."""
        forms, words = self._lexicon.forms, self._words(entry.doc_id)
        terms = [term for terms in alternatives for term in terms]
        if any(term.pattern for term in terms):
            places = self._term_places(entry, alternatives, forms)
            spans = _merged(span for spans in places.values() for span in spans)
            return words.n_new([(span.start, span.end) for span in spans]) if spans else 0
        written = {word for term in terms for word in forms(term, entry.info.language)}
        starts = {word: words.starts[word] for word in written if word in words.starts}
        places_of_words = [(at, at + len(word)) for word, ats in starts.items() for at in ats]
        return words.n_new(places_of_words) if places_of_words else 0

    def _places(self, wanted: WantedWords, entry: DocumentEntry) -> tuple[Span, ...]:
        alternatives = wanted.alternatives(entry.info.language)
        forms = self._forms(entry.doc_id, entry.info.language)  # of this report alone
        places = self._term_places(entry, alternatives, lambda term, _: forms.of(term))
        return _merged(span for spans in places.values() for span in spans)

    def _passages(
        self, entry: DocumentEntry, alternatives: Sequence[Sequence[Term]], forms: _Forms
    ) -> list[FoundPassage]:
        """Return the passages of a report that have any of the words, in order."""
        places = self._term_places(entry, alternatives, forms)
        merged = _merged(span for spans in places.values() for span in spans)
        if not merged:
            return []
        apparatus = self._words(entry.doc_id).apparatus
        passages = []
        for position, span in enumerate(self._index.passage_spans(entry)):
            matches = _within(merged, span)
            if matches:
                lacking = [
                    tuple(term for term in terms if not _within(places[term], span))
                    for terms in alternatives
                ]
                missing = min(lacking, key=len)
                row = entry.first_passage + position
                is_apparatus = _is_mostly(apparatus, matches) or _is_mostly(apparatus, [span])
                passages.append(FoundPassage(row, span, matches, missing, is_apparatus))
        return passages

    def _term_places(
        self, entry: DocumentEntry, alternatives: Sequence[Sequence[Term]], forms: _Forms
    ) -> dict[Term, tuple[Span, ...]]:
        """Return where each term stands in a report, in order."""
        starts = self._words(entry.doc_id).starts
        places: dict[Term, tuple[Span, ...]] = {}
        for term in dict.fromkeys(term for terms in alternatives for term in terms):
            if term.pattern is None:
                spans = [
                    Span(start, start + len(word))
                    for word in forms(term, entry.info.language)
                    for start in starts.get(word, ())
                ]
                places[term] = tuple(sorted(spans))
            else:
                at = _row_starts(term, starts, lambda word: forms(word, entry.info.language))
                places[term] = tuple(self._rows(term, at, entry))
        return places

    def _rows(self, term: Term, starts: Sequence[int], entry: DocumentEntry) -> Iterator[Span]:
        """Yield where a term of several words stands, of the places where its first one does."""
        n_chars = 2 * len(term.text) + _ROOM
        for start in starts:
            before = max(start - 1, 0)  # the letter before tells whether a word begins
            text = self._index.document(entry.doc_id).text[before : start + n_chars]
            match = term.pattern and term.pattern.match(fold_letters(text), start - before)
            if match:
                yield Span(start, before + match.end())

    def _read_words(self, doc_id: str) -> _ReportWords:
        document = self._index.document(doc_id)
        starts: dict[str, array[int]] = {}
        for match in WORD.finditer(document.text):
            starts.setdefault(match[0], array("i")).append(match.start())
        apparatus = tuple(block.span for block in document.blocks if block.is_apparatus)
        spans = self._index.passage_spans(self._index.entry(doc_id))
        passages = np.array([(span.start, span.end) for span in spans], dtype=np.int64)
        return _ReportWords(starts, apparatus, passages.reshape(-1, 2).T)

    def _read_forms(self, doc_id: str, language: str) -> WordForms:
        return WordForms(self._words(doc_id).starts, language)


def _row_starts(
    term: Term,
    starts: Mapping[str, "array[int]"],
    forms: Callable[[Term], Iterable[str]],
) -> list[int]:
    """Return where a term of several words may stand: before its rarest word, near enough.

    Its first word may be ``the`` and stand everywhere.
    """
    whole = term.words if term.is_exact else term.words[:-1]
    letters = [word for word in whole[1:] if word.isalpha()]  # of "1.5" a text has no word "1"
    at = {
        word: sorted(
            start
            for written in forms(Term((word,), is_exact=True))
            for start in starts.get(written, ())
        )
        for word in dict.fromkeys((whole[0], *letters))
    }
    rarest = min(at, key=lambda word: len(at[word]))
    reach = 2 * len(term.text) + _ROOM
    return [
        start
        for start in at[whole[0]]
        if rarest == whole[0]
        or bisect_left(at[rarest], start) < bisect_right(at[rarest], start + reach)
    ]


def _with_most(passages: Sequence[FoundPassage], n_missing: int) -> list[FoundPassage]:
    """Return the passages that lack no more than ``n_missing`` words."""
    return [passage for passage in passages if passage.n_missing <= n_missing]


def _report(entry: DocumentEntry, passages: Sequence[FoundPassage]) -> FoundReport:
    """Return a report without passages that only repeat others; they come in the text's order."""
    kept = list(_without_repeats(passages))
    n_matches = sum(len(passage.new_matches) for passage in kept)
    kept.sort(key=lambda passage: passage.is_apparatus)  # stable
    return FoundReport(entry, tuple(kept), n_matches)


def _without_repeats(passages: Iterable[FoundPassage]) -> Iterator[FoundPassage]:
    """Yield the passages of a report that have a new place, and say what of them is not new.

    Args:
        passages: In the order of the text; neighbours overlap.
    """
    last = end = -1
    for passage in passages:
        first = next((match.start for match in passage.matches if match.start > last), None)
        if first is None:
            continue
        start = max(passage.span.start, min(end, first))  # a phrase may stand across the end
        yield replace(passage, n_repeated=start - passage.span.start)
        last = passage.matches[-1].start
        end = max(end, passage.span.end)


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that overlap as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _holds(spans: Sequence[Span], place: Span) -> bool:
    """Tell whether a place begins within one of some spans in order."""
    position = bisect_right(spans, place.start, key=lambda span: span.start) - 1
    return position >= 0 and place.start < spans[position].end


def _is_mostly(spans: Sequence[Span], places: Sequence[Span]) -> bool:
    """Tell whether more than half of some places lies within some spans in order."""
    n_within = sum(
        min(place.end, span.end) - max(place.start, span.start)
        for place in places
        for span in _overlapping(spans, place)
    )
    return 2 * n_within > sum(place.end - place.start for place in places)


def _overlapping(spans: Sequence[Span], place: Span) -> Sequence[Span]:
    """Return those of some spans in order, none in another, that share a character with a place."""
    first = bisect_right(spans, place.start, key=lambda span: span.end)
    last = bisect_left(spans, place.end, key=lambda span: span.start)
    return spans[first:last]


def _within(spans: Sequence[Span], whole: Span) -> tuple[Span, ...]:
    """Return those of some spans in order that stand within another one."""
    first = bisect_left(spans, whole.start, key=lambda span: span.start)
    last = bisect_left(spans, whole.end, key=lambda span: span.start)
    return tuple(span for span in spans[first:last] if span.end <= whole.end)
