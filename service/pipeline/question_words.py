"""Says of the words of a refused question where they stand: in which passages, or in no report.

question ─▶ its telling words ─┬─▶ found as the passages view finds them: counted
                               └─▶ in no report in any form, as typed or in its language: nowhere

What is said is true of all reports in English, Spanish and Portuguese; of a few in other languages,
as typed and in English alone. Nothing is said of a word that nobody would look for.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, cached_property, partial
from itertools import islice, pairwise
from typing import NamedTuple

from indexer.folding import folded
from service.pipeline.found_words import WantedWords
from service.pipeline.general_words import GENERAL_WORDS, TELLING_WORDS
from service.pipeline.question import names_without_years
from service.pipeline.search_terms import WORD, Term, n_alike, search_terms, stems_of
from service.pipeline.translation.quote_translator import QuoteTranslator
from service.pipeline.translation.translator import Translator
from service.pipeline.word_search import WordSearch, languages_of
from service.records import (
    CountedWord,
    Filters,
    Question,
    QuestionWords,
    Refusal,
    RefusalCode,
)

MAX_PASSAGES = 50_000
"""Passages of an index up to which words are counted for every refusal: more would make it late."""

MAX_UNREAD = 0.05
"""Share of passages in languages that words are not put into: a list of names, mostly."""

N_COUNTED = 8
"""Words of a question that are counted at most, and those named that no report has."""

MAX_TERMS = 16
"""Terms of a question that are looked at: anyone may ask a long one."""

_MIN_LETTERS = 3
_MOST_OF_NAME = 4
"""Words of a name of which shorter runs are looked for."""
_MAX_OTHER_LETTERS = 2
"""Letters at the end in which a form of a common word differs from it."""

_SILENT = {
    RefusalCode.QUESTION_UNCLEAR,
    RefusalCode.LANGUAGE_NOT_SUPPORTED,
    RefusalCode.NO_REPORT_PASSES_FILTERS,
}
"""Refusals whose words lead nowhere."""


class Translators(NamedTuple):
    """What words are put from one language into another by."""

    to_english: Translator
    from_english: QuoteTranslator


def words_of_question(
    refusal: Refusal,
    search: WordSearch,
    translators: Translators,
    *,
    is_word: Callable[[str], bool],
) -> QuestionWords:
    """Return what can be said of the words of a refused question.

    Args:
        refusal: Names that it says the reports do not have are not said to be missing once more.
        search: Finds words in the reports.
        translators: Put words from Spanish and Portuguese into English and back.
        is_word: Tells a common English word.
    """
    if refusal.code in _SILENT or search.n_passages > MAX_PASSAGES:
        return QuestionWords()
    look = _Look(refusal.question, refusal.language, search, translators, is_word)
    told = {folded(word) for name in refusal.unknown for word in WORD.findall(name)}
    counted, nowhere = [], []
    for term in look.terms:
        n_passages = look.n_passages(term)
        if n_passages:
            counted.append(CountedWord(term.text, n_passages))
        elif not look.is_told(term, told) and look.is_nowhere(term):
            nowhere.append(" ".join(term.words))
    return QuestionWords(tuple(nowhere[:N_COUNTED]), tuple(counted[:N_COUNTED]))


class _Look:
    """Looks for the words of one question.

    Attributes:
        terms: The telling terms, at most `MAX_TERMS`, each word in one form; a name of several
            words as one term.
    """

    def __init__(
        self,
        question: Question,
        reader_language: str,
        search: WordSearch,
        translators: Translators,
        is_word: Callable[[str], bool],
    ) -> None:
        self._question = question
        self._languages = languages_of(question, reader_language=reader_language)
        self._search = search
        self._translator, self._from_english = translators
        self._is_word = is_word
        self._find = cache(self._found)
        self._english = cache(self._all_in_english)
        self._looked_at = tuple(islice(self._candidates(), MAX_TERMS))
        self.terms = tuple(filter(self._tells_in_english, self._looked_at))

    def _longest_run(self, name: Term) -> Term | None:
        """Return a name that reports have, or the most words of it that stand there together.

        "New York City" is "New York" in most of them: "York" alone is another place.
        """
        words = name.words[:_MOST_OF_NAME]
        runs = (
            Term(words[start : start + length], is_exact=True)
            for length in range(len(words), 1, -1)
            for start in range(len(words) - length + 1)
        )
        return next((run for run in (name, *runs) if self.n_passages(run)), None)

    def n_passages(self, term: Term) -> int:
        """Return how many passages the passages view shows for a term."""
        return self._find(term, self._question.filters)

    def is_told(self, term: Term, told: set[str]) -> bool:
        """Tell whether some folded words have all of a term, as typed or in English."""
        return told >= set(map(folded, term.words)) or told >= self._words(term)

    def is_nowhere(self, term: Term) -> bool:
        """Tell whether no report at all has a term that was not found, in any of its languages.

        It is looked for as typed, in English, and in Spanish and Portuguese where there are reports
        in them. Reports in other languages may have it in words that nobody puts it into: nothing
        is said to be missing where they are more than a few.
        """
        filters, language = self._question.filters, self._question.language
        is_elsewhere = filters != Filters() and self._find(term, Filters())
        if is_elsewhere or self._share_unread > MAX_UNREAD:
            return False
        if any(map(self._search.has_form_of, term.words)):
            return term.is_exact
        if language != "en" and not self._is_nowhere_in_english(term):
            return False
        return all(self._is_nowhere_in(other, term) for other in self._others)

    @cached_property
    def _others(self) -> Sequence[str]:
        """The languages of reports, but the question's and English, that words are put into."""
        others = self._search.n_passages_in.keys() - {self._question.language, "en"}
        return [other for other in others if self._from_english.translates("en", other)]

    @cached_property
    def _share_unread(self) -> float:
        """The share of passages in languages that words are not put into."""
        n_passages = self._search.n_passages_in
        read = {self._question.language, "en", *self._others}
        return sum(n for language, n in n_passages.items() if language not in read) / max(
            1, self._search.n_passages
        )

    def _candidates(self) -> Iterator[Term]:
        """Yield the terms that tell something, as far as their own language goes."""
        language = self._question.language
        seen: set[str] = set()
        for name in islice(_names(self._question.text), MAX_TERMS):
            if (run := self._longest_run(name)) is not None:
                seen |= {folded(word) for word in name.words}
                yield run
        for term in search_terms(self._question.text, language=language):
            stems = {stem for word in term.words for stem in stems_of(word, language)}
            plain = {folded(word) for word in term.words}
            if not (seen >= plain or seen & stems) and _tells(term, language):
                seen |= plain | stems
                yield term

    def _tells_in_english(self, term: Term) -> bool:
        """Tell whether it also tells something in English; many verbs are common only there."""
        if term.is_exact or self._question.language == "en":
            return True
        return not all(is_general(word, "en") for word in self._words(term))

    def _is_nowhere_in_english(self, term: Term) -> bool:
        """Tell whether no report has a term in English, put into it alone and in its sentence.

        In its sentence a word may be put into English otherwise than alone.
        """
        english = self._words(term)
        if any(map(self._search.has_form_of, english)) or not english & self._words_in_english:
            return False
        return self._is_known(term, english - {folded(word) for word in term.words})

    def _is_nowhere_in(self, language: str, term: Term) -> bool:
        """Tell whether no report has a term in a language that is put into it from English.

        Portuguese is made by way of Spanish: what is the same in both may have stayed Spanish.
        """
        english = self._english(self._question.language)[term]
        foreign = self._from_english.translation(english, language) or ""
        if language == "pt" and foreign == self._from_english.translation(english, "es"):
            return False
        terms = search_terms(foreign, language=language)
        words = {folded(word) for each in terms for word in each.words}
        if not words or any(map(self._search.has_form_of, words)):
            return False
        return self._is_known(term, words - self._words(term))

    def _is_known(self, term: Term, other_words: AbstractSet[str]) -> bool:
        """Tell whether a dictionary has a term: in the other language it may have other words.

        Where it has not, it is the same there, as a name or a common English word may be. A capital
        that only opens a sentence makes no name.
        """
        is_same = term.words[0] in self._in_names or all(map(self._is_word, self._words(term)))
        return bool(other_words) or is_same

    @cached_property
    def _in_names(self) -> frozenset[str]:
        """The words of the names of the question, as typed."""
        names = names_without_years(self._question.text)
        return frozenset(word for name in names for word in WORD.findall(name))

    @cached_property
    def _words_in_english(self) -> frozenset[str]:
        """The words of the whole question in English, folded."""
        english = self._translator.to_english(self._question.text, self._question.language)
        return frozenset(folded(word) for word in WORD.findall(english))

    def _found(self, term: Term, filters: Filters) -> int:
        return self._search.count(
            map(partial(self._wanted, term), self._languages), filters=filters
        )

    def _wanted(self, term: Term, language: str) -> WantedWords:
        if term.is_exact or language == "en":
            return WantedWords((term,), language=language)
        english = search_terms(self._english(language)[term], language="en")
        return WantedWords((term,), english if english != (term,) else (), language)

    def _all_in_english(self, language: str) -> Mapping[Term, str]:
        """Return all terms in English where they are in ``language``, put into it in one go."""
        texts = [" ".join(term.words) for term in self._looked_at]
        english = self._translator.all_to_english(texts, language)
        return dict(zip(self._looked_at, english, strict=True))

    def _words(self, term: Term) -> frozenset[str]:
        """Return the words of a term in English, folded."""
        return frozenset(
            folded(word) for word in WORD.findall(self._english(self._question.language)[term])
        )


def _tells(term: Term, language: str) -> bool:
    """Tell whether a term says what is asked for: no question word and no common verb does."""
    if term.is_exact:
        return True
    if all(len(word) < _MIN_LETTERS and word.islower() for word in term.words):
        return False
    return not all(is_general(word, language) for word in term.words)


def is_general(word: str, language: str) -> bool:
    """Tell whether a word is a common verb or another that tells nothing of what is asked for.

    So are its forms, but no longer words of the same stem: not ``living`` nor ``formación``, and
    not plurals of nouns that are common otherwise: ``states``.
    """
    plain = folded(word)
    if plain in TELLING_WORDS.get(language, ()):
        return False
    return any(
        max(len(common), len(plain)) - n_alike(common, plain) <= _MAX_OTHER_LETTERS
        for stem in stems_of(plain, language)
        for common in _general_words(language).get(stem, ())
    )


@cache
def _general_words(language: str) -> Mapping[str, Sequence[str]]:
    """Return the common words of a language, folded, by stem."""
    words: dict[str, list[str]] = {}
    for word in map(folded, GENERAL_WORDS.get(language, ())):
        for stem in stems_of(word, language):
            words.setdefault(stem, []).append(word)
    return words


def _names(text: str) -> Sequence[Term]:
    """Return the names of two and more words, each as it is written; not what opens the text."""
    words = list(WORD.finditer(text))[1:]
    names: list[list[str]] = []
    for before, word in pairwise(words):
        if before[0][0].isupper() and word[0][0].isupper() and word.start() - before.end() == 1:
            if names and names[-1][-1] == before[0]:
                names[-1].append(word[0])
            else:
                names.append([before[0], word[0]])
    return [Term(tuple(name), is_exact=True) for name in names]
