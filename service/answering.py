"""The whole service on one screen: a question goes in, quotes or a refusal come out.

question ─▶ retrieve ─▶ choose quotes ─▶ confidence ─┬─▶ Answer(quotes, citations)
                                                     └─▶ Refusal(code, nearest)
"""

import weakref
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from threadpoolctl import threadpool_limits

from indexer.encoder.query_encoder import QueryEncoder
from indexer.reader.sentence_reader import SentenceReader
from indexer.store.index import ENCODER, READER, Index
from indexer.store.lexical_index import content_words
from service.pipeline.caller_texts import BroughtQuote, BroughtSentences, BroughtText, quotes_from
from service.pipeline.confidence import SHIPPED_PATH, Calibration, Evidence, any_answers
from service.pipeline.facets import admits
from service.pipeline.question import known_acronyms, language_of, names_in, sides_of
from service.pipeline.quoting import QuotedSpan, choose_quotes
from service.pipeline.reading import CandidateSentence, candidate_sentences, read_candidates
from service.pipeline.retrieval import Retrieved, ViewWeights, retrieve
from service.pipeline.translation.translator import Translator
from service.records import (
    Answer,
    AnswerOptions,
    Citation,
    CitedDocument,
    Question,
    Quote,
    Refusal,
    RefusalCode,
    ScoredPassage,
)

_N_NEAREST = 3
_LANGUAGE_CHARS = 2000
"""Enough of the texts that a caller brings to tell their language."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found for a question, before anything is decided.

    Attributes:
        retrieved: The passages that were read.
        quotes: What would be quoted, in reading order.
        evidence: What speaks for and against answering with it.
    """

    retrieved: Retrieved
    quotes: tuple[QuotedSpan, ...]
    evidence: Evidence


class Answerer:
    """Answers questions from one index; safe to use from several threads.

    Attributes:
        index: The index.
        calibration: What decides between answering and refusing.
        translation: What questions in Spanish and Portuguese are translated by.
    """

    def __init__(
        self,
        index: Index,
        *,
        threads: int = 2,
        weights: ViewWeights | None = None,
        calibration: Path = SHIPPED_PATH,
    ) -> None:
        """Load the question encoder and the sentence reader of ``index``.

        Args:
            index: Where answers come from.
            threads: CPU threads that encoding one question may use.
            weights: Weight of each retrieval view; by default the fitted ones.
            calibration: File of the calibration.

        Raises:
            IndexDamagedError: The index has no question encoder or no sentence reader.
            SettingsError: The calibration cannot be read.
        """
        self.index = index
        self.calibration = Calibration.read(calibration)
        self._weights = weights or ViewWeights()
        self._encoder = QueryEncoder(
            index.folder / ENCODER, max_pieces=index.manifest.max_pieces, n_threads=threads
        )
        self._reader = SentenceReader(index.folder / READER, n_threads=threads)
        # For the whole process: BLAS threads spin for 20 ms after a product, on the reader's cores.
        threadpool_limits(limits=1, user_api="blas")
        self._translator = Translator()
        self.translation = self._translator.translation
        # Apertium's processes end with the answerer, also when a newer index takes its place.
        weakref.finalize(self, self._translator.stop)

    def search(self, question: Question, *, top_k: int) -> tuple[ScoredPassage, ...]:
        """Return at most ``top_k`` passages, best first."""
        return self._retrieve(question, self._in_english(question), top_k).passages

    def answer(self, question: Question, options: AnswerOptions) -> Answer | Refusal:
        """Answer with quotes, or refuse with the reason and the nearest passages."""
        return self.decide(question, self.examine(question, options), options)

    def decide(
        self, question: Question, examined: Examined, options: AnswerOptions
    ) -> Answer | Refusal:
        """Answer with what was found, or refuse; costs next to nothing."""
        evidence, retrieved = examined.evidence, examined.retrieved
        sureness = self.calibration.confidence(evidence)
        is_sure = sureness >= self.calibration.least(options.min_confidence)
        language = options.language or question.language
        code = self._refusal_code(question, evidence, is_sure=is_sure)
        if examined.quotes and (code is None or options.min_confidence == 0):
            citations = tuple(
                self._citation(number, quote, retrieved)
                for number, quote in enumerate(examined.quotes, start=1)
            )
            said = tuple(
                Quote(citation.quote, citation.number, quote.highlight)
                for citation, quote in zip(citations, examined.quotes, strict=True)
            )
            return Answer(question, language, sureness, said, citations)
        return Refusal(
            question=question,
            language=language,
            confidence=sureness,
            code=code or RefusalCode.NOTHING_RELEVANT,
            unknown=evidence.unknown,
            nearest=_apart(retrieved.passages)[:_N_NEAREST],
        )

    def examine(self, question: Question, options: AnswerOptions) -> Examined:
        """Retrieve, read and choose what would be quoted, without deciding whether to."""
        english = self._in_english(question)
        retrieved = self._retrieve(question, english, options.top_k)
        scores = [scored.score for scored in retrieved.passages]
        liked = candidate_sentences(retrieved.sentences, scores, self.index)
        candidates = read_candidates(english, liked, self.index, self._reader)
        return Examined(
            retrieved=retrieved,
            quotes=choose_quotes(candidates, self.index, options, sides=sides_of(english)),
            evidence=self._evidence(question, english, retrieved, candidates),
        )

    def quote(
        self, question: Question, texts: Sequence[BroughtText], options: AnswerOptions
    ) -> tuple[BroughtQuote, ...]:
        """Return quotes from texts that the caller brings, surest first; none if none answers."""
        language = language_of("\n".join(each.text for each in texts)[:_LANGUAGE_CHARS])
        asked = question.text
        if language == "en":
            asked = self._translator.to_english(asked, question.language)
        brought = BroughtSentences(texts, language=language, encoder=self._encoder)
        return quotes_from(
            asked,
            brought,
            brought.scored(self._encoder.encode_whole(asked), self.index.pieces),
            reader=self._reader,
            calibration=self.calibration,
            options=options,
        )

    def _in_english(self, question: Question) -> str:
        """Return the question's text in English, if any report that may answer is in English."""
        entries = self.index.documents
        if not any(e.info.language == "en" and admits(question.filters, e) for e in entries):
            return question.text
        return self._translator.to_english(question.text, question.language)

    def _retrieve(self, question: Question, english: str, top_k: int) -> Retrieved:
        query = self._encoder.encode_whole(english)
        asked = replace(question, text=english)
        return retrieve(asked, query, self.index, top_k=top_k, weights=self._weights)

    def _evidence(
        self,
        question: Question,
        english: str,
        retrieved: Retrieved,
        candidates: Sequence[CandidateSentence],
    ) -> Evidence:
        read = (candidate.answers for candidate in candidates)
        return Evidence(
            best_dense=retrieved.best_dense,
            reading=any_answers(log_odds for log_odds in read if log_odds is not None),
            unknown=self._unknown(question, english),
            known=known_acronyms(english, [scored.text for scored in retrieved.passages]),
        )

    def _unknown(self, question: Question, english: str) -> tuple[str, ...]:
        """Return the names that the corpus does not have, nor what they say in English."""
        names = self.index.lexical.unknown(names_in(english))
        if english == question.text:
            return names
        said = [self._translator.name_in_english(name, question.language) for name in names]
        unsaid = self.index.lexical.unknown(said)
        return tuple(name for name, each in zip(names, said, strict=True) if each in unsaid)

    @staticmethod
    def _refusal_code(
        question: Question, evidence: Evidence, *, is_sure: bool
    ) -> RefusalCode | None:
        """Return why a question is refused, or ``None`` if it is answered."""
        if not content_words(question.text, language=question.language):
            return RefusalCode.QUESTION_UNCLEAR
        if is_sure:
            return None
        if evidence.is_off_subject:
            return RefusalCode.NOTHING_RELEVANT
        return (
            RefusalCode.OUTSIDE_CORPUS if evidence.unknown else RefusalCode.NOT_ANSWERED_BY_REPORTS
        )

    def _citation(self, number: int, quote: QuotedSpan, retrieved: Retrieved) -> Citation:
        entry = self.index.documents[quote.document]
        document = self.index.document(entry.doc_id)
        passage = retrieved.passages[quote.best.passage].passage
        page = document.page_at(quote.span.start)
        return Citation(
            number=number,
            passage_id=passage.passage_id,
            document=CitedDocument(entry.doc_id, entry.info, entry.sha256, entry.superseded_by),
            span=quote.span,
            quote=quote.span.of(document.text),
            page=page,
            page_end=document.page_at(quote.span.end - 1),
            page_label=document.page_label(page),
            headings=passage.headings,
        )


def _apart(passages: Sequence[ScoredPassage]) -> tuple[ScoredPassage, ...]:
    """Return the passages that do not overlap a better one: nobody reads the same text twice."""
    apart: list[ScoredPassage] = []
    for scored in passages:
        one = scored.passage
        better = (each.passage for each in apart)
        if not any(one.doc_id == two.doc_id and one.span.overlaps(two.span) for two in better):
            apart.append(scored)
    return tuple(apart)
