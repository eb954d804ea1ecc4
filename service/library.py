"""Holds the index that answers now, and swaps to a new one while requests go on.

    watch thread:  look ── same generation ──▶ wait poll_s ──▶ look …
                     └── another one ──▶ load it aside ──▶ swap (or keep the old one and say why)

A request takes `Library.current` once and works on that edition to its end; the old edition goes
when the last request that holds it does.
"""

import logging
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial

from indexer.errors import IndexerError
from indexer.records import Document, Passage
from indexer.store.generations import store_at
from indexer.store.protocol import StoredIndex
from indexer.store.records import DocumentEntry
from service.errors import NotReadyError, UnknownDocumentError, UnknownPassageError
from service.free_memory import give_memory_back
from service.pipeline import question_language
from service.pipeline.answering import Answerer
from service.pipeline.confidence import SHIPPED_PATH
from service.pipeline.example_questions import example_questions
from service.pipeline.facets import Coverage, coverage_of
from service.pipeline.found_words import WantedWords
from service.pipeline.question_words import MAX_PASSAGES, Translators, words_of_question
from service.pipeline.translation.quote_translator import QuoteTranslator
from service.pipeline.trial_answers import TrialAnswers
from service.pipeline.word_search import WordSearch
from service.records import QuestionWords, Refusal
from service.settings import Settings

RETRY_S = 30.0
"""Seconds before a generation that failed to load is tried again: it may still be being copied."""

HOW_TO_BUILD = "build it with `make index` or `python -m indexer build`"

_WARM_UP = "How do cities house newcomers?"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)  # without slots, for what is cached
class Edition:
    """One loaded generation of the index and what is computed from it once.

    Attributes:
        generation: Its name.
        answerer: Answers from it.
        coverage: What its documents cover.
        words: Finds words in its documents.
        find_examples: Asks it questions to start with; takes a second.
    """

    generation: str
    answerer: Answerer
    coverage: Coverage
    words: WordSearch
    find_examples: Callable[[], Mapping[str, tuple[str, ...]]] = dict

    @property
    def index(self) -> StoredIndex:
        """Return the index that answers."""
        return self.answerer.index

    @cached_property
    def examples(self) -> Mapping[str, tuple[str, ...]]:
        """Return questions that it answers, by the language of the page that offers them."""
        return self.find_examples()

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Return the title of each report by its id."""
        return {entry.doc_id: entry.info.title for entry in self.index.documents}

    @property
    def trouble(self) -> str | None:
        """Say which part of the index is not what was written for it, or ``None``."""
        changed = self.index.changed_part()
        if changed is None:
            return None
        return (
            f"{changed} was changed since it was built, so nothing is answered from it; "
            f"publish indexes only by `python -m indexer` or into a new folder; {HOW_TO_BUILD}"
        )

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Let nothing leave that was read from files that were changed since they were built.

        Raises:
            NotReadyError: They were.
        """
        try:
            yield
        finally:  # also where the change made what is inside fail
            if trouble := self.trouble:
                raise NotReadyError(trouble)

    def corrected(self, text: str, readings: Iterable[WantedWords]) -> str | None:
        """Return ``text`` with misspelt words as reports have them, as `WordSearch.corrected`."""
        is_word = self.answerer.models.encoder.is_word
        return self.words.corrected(text, readings, is_word=is_word)

    def words_of_question(self, refusal: Refusal, from_english: QuoteTranslator) -> QuestionWords:
        """Return where the words of a refused question stand, as `words_of_question`."""
        models = self.answerer.models
        translators = Translators(models.translator, from_english)
        return words_of_question(refusal, self.words, translators, is_word=models.encoder.is_word)

    def entry(self, doc_id: str) -> DocumentEntry:
        """Return the entry of one report.

        Raises:
            UnknownDocumentError: No report has this id.
        """
        try:
            return self.index.entry(doc_id)
        except KeyError:
            raise UnknownDocumentError(doc_id) from None

    def document(self, doc_id: str) -> Document:
        """Return one report with its text.

        Raises:
            UnknownDocumentError: No report has this id.
        """
        try:
            return self.index.document(doc_id)
        except KeyError:
            raise UnknownDocumentError(doc_id) from None

    def passage(self, passage_id: str) -> Passage:
        """Return one passage.

        Raises:
            UnknownPassageError: No passage has this id.
        """
        row = self.index.row_of(passage_id)
        if row is None:
            raise UnknownPassageError(passage_id)
        return self.index.passage(row)


Load = Callable[[Settings, str], Edition]


def open_edition(settings: Settings, generation: str) -> Edition:
    """Load the current index from the disk.

    Raises:
        IndexerError: The index is missing, damaged or made for another program.
        SettingsError: The calibration cannot be read.
    """
    index = store_at(settings.index_place).open(at_once=False)
    answerer = Answerer(
        index, threads=settings.threads or 2, calibration=settings.calibration or SHIPPED_PATH
    )
    return Edition(generation, answerer, coverage_of(index.documents), WordSearch(index))


def load_edition(settings: Settings, generation: str) -> Edition:
    """Load the current index and ask it a question, which also warms it up.

    Raises:
        IndexerError: The index is missing, damaged or made for another program.
    """
    edition = open_edition(settings, generation)
    trial = TrialAnswers(edition.answerer.answer, settings.answer_options())
    trial.is_answered(_WARM_UP)
    examples = partial(example_questions, settings.corpus, edition.index, trial)
    return replace(edition, find_examples=examples)


class Library:
    """The edition in use, kept up to date by a thread of its own."""

    def __init__(self, settings: Settings, *, load: Load = load_edition) -> None:
        self._settings = settings
        self._load = load
        self._edition: Edition | None = None
        self._trouble: str | None = "the index is being loaded; try again in a few seconds"
        self._failed: tuple[str, float] | None = None  # generation, when to try it again
        self._leaving: list[weakref.ref[Edition]] = []  # replaced, perhaps still in use
        self._is_suspect = False  # whether the edition before was damaged
        self._looking = threading.Lock()
        self._stopping = threading.Event()
        self._loaded_or_stopped = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def trouble(self) -> str | None:
        """Say why the newest generation is not in use, or ``None`` when all is well."""
        return self._trouble

    def current(self) -> Edition:
        """Return the edition to answer from.

        Raises:
            NotReadyError: None is loaded; says why and which command builds one.
        """
        edition = self._edition
        if edition is None:
            raise NotReadyError(self._trouble or "no index is loaded")
        return edition

    def start(self) -> None:
        """Begin to load and watch, in the background, unless that was begun before."""
        if self._thread is not None and self._thread.is_alive():
            return
        self._stopping.clear()
        if self._edition is None:
            self._loaded_or_stopped.clear()
        self._thread = threading.Thread(target=self._watch, name="library", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop watching; a load that has begun is not waited for."""
        self._stopping.set()
        self._loaded_or_stopped.set()
        if self._thread is not None:
            self._thread.join(timeout=1.0)

    def wait(self) -> bool:
        """Wait until an index is loaded, however long that takes; tell whether it is."""
        self._loaded_or_stopped.wait()
        return self._edition is not None

    def load(self) -> None:
        """Load the current index now, in place of watching for it.

        Raises:
            IndexerError: There is no index that can be used.
            SettingsError: The calibration cannot be read.
        """
        self._edition = self._load(self._settings, "current")
        self._loaded_or_stopped.set()

    def look(self) -> None:
        """Look for another generation once, and load it if there is one."""
        with self._looking:
            try:
                self._take(store_at(self._settings.index_place).current())
            except (IndexerError, OSError) as error:
                self._report(str(error))
            except Exception as error:  # noqa: BLE001 - this thread must go on looking
                _log.exception("loading the index failed")
                kind = type(error).__name__
                self._report(f"loading the index failed ({kind}, see the log); {HOW_TO_BUILD}")
            if any(edition() is None for edition in self._leaving):
                self._leaving = [edition for edition in self._leaving if edition() is not None]
                give_memory_back()

    def _take(self, generation: str | None) -> None:
        if self._edition is not None and (trouble := self._edition.trouble):
            self._leaving.append(weakref.ref(self._edition))
            self._edition = self._failed = None  # and what lies there now is looked at
            self._is_suspect = True
            self._report(trouble)
        if generation is None:
            if self._edition is None:
                self._trouble = self._missing()
            return  # an index taken away does not take the loaded one with it
        if self._edition is not None and generation == self._edition.generation:
            self._trouble = None
            return
        if self._failed and self._failed[0] == generation and time.monotonic() < self._failed[1]:
            return
        self._failed = (generation, time.monotonic() + RETRY_S)  # undone by success only
        started = time.perf_counter()
        if self._is_suspect:
            store_at(self._settings.index_place).open()  # compares every checksum first
            self._is_suspect = False
        new = self._load(self._settings, generation)
        if self._edition is not None:
            self._leaving.append(weakref.ref(self._edition))
        self._edition = new
        self._trouble = None
        self._loaded_or_stopped.set()
        _log.info("serving index %s, loaded in %.1f s", generation, time.perf_counter() - started)
        self._complete(new)
        self._failed = None

    def _complete(self, new: Edition) -> None:
        """Load what few questions need, now that the others are answered."""
        try:
            question_language.load()
            if new.words.n_passages <= MAX_PASSAGES:
                new.words.load()
        except Exception:
            self._edition = None  # not ready after all
            raise
        give_memory_back()
        _ = new.examples  # so that nobody waits for them

    def _report(self, trouble: str) -> None:
        if trouble != self._trouble:
            _log.error("index %s: %s", self._settings.index_place, trouble)
        self._trouble = trouble

    def _missing(self) -> str:
        return f"no index in {self._settings.index_place}; {HOW_TO_BUILD}"

    def _watch(self) -> None:
        self.look()
        while not self._stopping.wait(self._settings.poll_s):
            self.look()
