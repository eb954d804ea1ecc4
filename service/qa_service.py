"""`QAService`, called by every interface; interfaces present its outcomes and decide nothing.

interface ─▶ QAService.ask ─▶ Outcome(answer or refusal, support, notices) ─▶ interface
"""

import logging
import sqlite3
import threading
import time
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from indexer.records import DocumentInfo, Span
from indexer.store.records import DocumentEntry
from service.answer_options import AnswerWishes
from service.errors import (
    FeedbackNotStoredError,
    FeedbackOffError,
    FileNotServedError,
    NotReadyError,
)
from service.feedback import Feedback, FeedbackStore
from service.library import Edition, Library
from service.originals import original_path
from service.outcomes import Outcome, Reports, SearchOutcome, WordsOutcome
from service.pipeline.answer_check import CheckedSentence, Statement, check_answer
from service.pipeline.caller_texts import CallerText
from service.pipeline.confidence import support_of
from service.pipeline.facets import admits, check_filters
from service.pipeline.figure_comparison import compare_figures
from service.pipeline.follow_ups import MAX_TURNS, StandaloneQuestion, standalone_question
from service.pipeline.found_words import PlacesFound, WordMatch
from service.pipeline.notices import Notice, NoticeCode, notices_of
from service.pipeline.question import clean, parse_question, question_text
from service.pipeline.stages import NoObserver, Observer, watched_by
from service.pipeline.suggestions import N_PASSAGES_READ, better_questions
from service.pipeline.translation.quote_translator import TARGETS, QuoteTranslator
from service.pipeline.trial_answers import TrialAnswers
from service.pipeline.word_search import readings_of
from service.records import (
    Answer,
    Filters,
    Question,
    QuoteOutcome,
    Refusal,
)
from service.settings import Settings

_log = logging.getLogger(__name__)


class QAService:
    """Answers questions from the current index; safe to use from several threads.

    Attributes:
        settings: Of the service.
    """

    def __init__(self, settings: Settings, library: Library) -> None:
        self.settings = settings
        self._library = library
        self._translator = QuoteTranslator()
        weakref.finalize(self, self._translator.stop)
        self._observer: Observer = NoObserver()

    def observe(self, observer: Observer) -> None:
        """Have ``observer`` watch every question from now on."""
        self._observer = observer

    # ── the index ───────────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Begin to load the index and to watch for newer ones."""
        self._library.start()
        threading.Thread(target=self._start_translator, daemon=True).start()

    def stop(self) -> None:
        """Stop watching."""
        self._library.stop()
        self._translator.stop()

    def _start_translator(self) -> None:
        """Start it once questions are answered, which it would delay."""
        if self._library.wait():
            self._translator.start()

    @property
    def trouble(self) -> str | None:
        """Say why the newest index is not in use, or ``None`` when all is well."""
        return self._library.trouble

    def edition(self) -> Edition:
        """Return the edition to answer from; use one for the whole of a request.

        Raises:
            NotReadyError: None is loaded; says why and which command mends it.
        """
        return self._library.current()

    def edition_if_ready(self) -> Edition | None:
        """Return the edition to answer from, or ``None`` while none is loaded."""
        try:
            return self._library.current()
        except NotReadyError:
            return None

    # ── reports ─────────────────────────────────────────────────────────────────────────────────

    def reports(self, filters: Filters) -> Reports:
        """Return the reports that pass ``filters``.

        Raises:
            NotReadyError: No index is loaded.
            UnknownFilterError: A filter names what no report has.
        """
        edition = self.edition()
        check_filters(filters, edition.coverage)
        entries = tuple(entry for entry in edition.index.documents if admits(filters, entry))
        return Reports(entries, edition)

    def original(self, doc_id: str) -> tuple[DocumentEntry, Path]:
        """Return a report's entry and where its original lies, as it was indexed.

        Raises:
            NotReadyError: No index is loaded.
            FileNotServedError: The operator does not give originals away.
            UnknownDocumentError: No report has this id.
            FileGoneError: It is no longer in the corpus folder.
            FileChangedError: Its bytes are not those that were indexed.
        """
        if not self.settings.serve_files:
            raise FileNotServedError
        entry = self.edition().entry(doc_id)
        return entry, original_path(self.settings.corpus, entry)

    # ── feedback ────────────────────────────────────────────────────────────────────────────────

    def store_feedback(self, feedback: Feedback) -> None:
        """Store feedback on an answer; the question only where the operator allows it.

        Raises:
            FeedbackOffError: The operator does not collect it.
            FeedbackNotStoredError: It cannot be written.
        """
        if not self.settings.collect_feedback:
            raise FeedbackOffError
        if not self.settings.keep_questions:
            feedback = replace(feedback, kept=None)
        try:
            FeedbackStore(self.settings.state).add(feedback)
        except (OSError, sqlite3.Error) as error:
            _log.exception("feedback was not stored in %s; set CITA_STATE", self.settings.state)
            raise FeedbackNotStoredError from error

    # ── questions ───────────────────────────────────────────────────────────────────────────────

    def ask(
        self,
        text: str,
        *,
        earlier: Sequence[str] = (),
        filters: Filters | None = None,
        wishes: AnswerWishes | None = None,
    ) -> Outcome:
        """Answer a question with quotes, or refuse.

        Args:
            text: The question, as it was typed.
            earlier: What the same person asked before, oldest first, for a follow-up.
            filters: Which reports may answer; by default all.
            wishes: How the answer is wanted, where not as the settings say.

        Raises:
            NotReadyError: No index is loaded.
            UnknownFilterError: A filter names what no report has.
            QuestionError: The question cannot be asked.
        """
        started = time.perf_counter()
        edition = self.edition()
        with edition.unchanged(), watched_by(self._observer):
            typed, turns = question_text(text), map(clean, earlier[-MAX_TURNS:])
            with_spaces_mended = edition.answerer.with_spaces_mended
            mended = with_spaces_mended(typed)
            standalone = self.standalone(mended, [*map(with_spaces_mended, turns)])
            question = self._question(standalone.text, filters, edition)
            options = self.settings.answer_options(wishes, language=standalone.language)
            result = edition.answerer.answer(question, options)
            is_rewritten = standalone.is_rewritten or mended != typed or result.question != question
            if isinstance(result, Refusal):
                words = edition.words_of_question(result, self._translator)
                result = replace(result, words=words)
        self._observer.concluded(result)
        took_ms = _ms_since(started)
        answer = result if isinstance(result, Answer) else None
        comparison = compare_figures(answer.citations, answer.answers) if answer else None
        return Outcome(
            result=result,
            options=options,
            edition=edition,
            support=support_of(result.confidence),
            notices=(
                *_understood(result.question if is_rewritten else None),
                *(notices_of(answer) if answer else ()),
            ),
            comparison=comparison,
            took_ms=took_ms,
            typed=typed if is_rewritten else None,
        )

    def suggestions(self, refused: Outcome) -> tuple[str, ...]:
        """Return questions that come near to a refused one and are answered.

        Mostly none is. They cost up to five answers, so what was asked for should not wait for
        them.

        Raises:
            NotReadyError: The index was written to meanwhile.
            NoLongerWantedError: The client has left, or the time is up.
        """
        refusal, answerer = refused.result, refused.edition.answerer
        if isinstance(refusal, Answer):
            return ()
        search = partial(answerer.search, top_k=N_PASSAGES_READ)
        trial = TrialAnswers(answerer.answer, refused.options)
        is_answered = partial(trial.is_answered, filters=refusal.question.filters)
        with refused.edition.unchanged():
            return better_questions(refusal, search, answerer.index, answerer.models, is_answered)

    def standalone(self, text: str, earlier: Sequence[str]) -> StandaloneQuestion:
        """Return what `ask` understands by a question after those ``earlier``, without asking.

        Spaces in wrong places stay; `ask` mends them.
        """
        return standalone_question(text, earlier)

    @property
    def translates_quotes(self) -> bool:
        """Tell whether English quotes can be put into every other language of `LANGUAGES`."""
        return all(self._translator.translates("en", target) for target in TARGETS)

    def translation(self, text: str, report: DocumentInfo, language: str) -> str:
        """Return a rough machine translation of a report's words.

        It is to be read beside them and is never a quote itself. Words that are in ``language``
        have none, nor do any where Apertium cannot translate them.
        """
        if not self._translator.translates(report.language, language):
            return ""
        return self._translator.translation(text, language) or ""

    def search(
        self, text: str, *, filters: Filters | None = None, top_k: int | None = None
    ) -> SearchOutcome:
        """Return passages for a question or a few words, best first.

        Raises:
            ServiceError: As for `ask`.
        """
        started = time.perf_counter()
        edition = self.edition()
        question = self._question(text, filters, edition)
        with edition.unchanged(), watched_by(self._observer):
            passages = edition.answerer.search(question, top_k=top_k or self.settings.top_k)
        return SearchOutcome(passages, edition, _ms_since(started))

    def find_words(
        self,
        text: str,
        *,
        filters: Filters | None = None,
        match: WordMatch = WordMatch.MOST,
        reader_language: str | None = None,
    ) -> WordsOutcome:
        """Return every passage with the words of a question, none ranked away.

        ``reader_language`` is of who asks, for words too few to tell their language.

        Raises:
            ServiceError: As for `ask`.
        """
        started = time.perf_counter()
        edition = self.edition()
        question = self._question(text, filters, edition)
        translator = edition.answerer.models.translator
        readings = partial(
            readings_of, question, reader_language=reader_language, translator=translator
        )
        with edition.unchanged():
            found = edition.words.find(readings(), filters=question.filters, match=match)
            is_all = found.reports and not found.n_missing
            corrected = None if is_all else edition.corrected(question.text, readings())
        return WordsOutcome(found, edition, _ms_since(started), corrected)

    def places_of_words(
        self, text: str, doc_id: str, *, reader_language: str | None = None
    ) -> PlacesFound:
        """Return all places of one report where one of the words stands, in order.

        Raises:
            ServiceError: As for `find_words`.
            UnknownDocumentError: No report has this id.
        """
        edition = self.edition()
        question = parse_question(text)
        translator = edition.answerer.models.translator
        readings = partial(
            readings_of, question, reader_language=reader_language, translator=translator
        )
        with edition.unchanged():
            found = edition.words.places(readings(), edition.entry(doc_id))
            if found.places:
                return found
            return replace(found, corrected=edition.corrected(question.text, readings()))

    def quote(
        self, text: str, texts: Sequence[CallerText], *, min_confidence: float | None = None
    ) -> QuoteOutcome:
        """Return quotes from texts that the caller brings; nothing of them is kept.

        Raises:
            ServiceError: As for `ask`.
        """
        started = time.perf_counter()
        edition = self.edition()
        question = self._question(text, None, edition)
        options = self.settings.answer_options(AnswerWishes(min_confidence=min_confidence))
        with edition.unchanged(), watched_by(self._observer):
            quotes = edition.answerer.quote(question, texts, options)
        return QuoteOutcome(quotes, _ms_since(started))

    def verify_answer(
        self, text: str, cited: Mapping[int, tuple[str, Span]]
    ) -> tuple[CheckedSentence, ...]:
        """Check an answer that somebody else wrote, sentence by sentence; nothing of it is kept.

        Args:
            text: The answer.
            cited: Report and place of each number in brackets.

        Raises:
            NotReadyError: No index is loaded.
            UnknownDocumentError: No report has such an id.
        """
        edition = self.edition()
        with edition.unchanged():
            documents = {number: edition.document(doc_id) for number, (doc_id, _) in cited.items()}
            quotes = {
                number: Statement(span.of(documents[number].text), documents[number].info.language)
                for number, (_, span) in cited.items()
            }
        return check_answer(text, quotes)

    def _question(self, text: str, filters: Filters | None, edition: Edition) -> Question:
        wanted = filters or Filters()
        check_filters(wanted, edition.coverage)
        return parse_question(text, filters=wanted)


def _understood(question: Question | None) -> tuple[Notice, ...]:
    return (Notice(NoticeCode.UNDERSTOOD_AS, question=question.text),) if question else ()


def _ms_since(started: float) -> float:
    return (time.perf_counter() - started) * 1e3
