"""The whole service on one screen: a question goes in, quotes or a refusal come out.

question ─▶ in English ─▶ retrieve ─▶ choose sentences ─▶ read ─▶ choose quotes ─▶ weigh evidence
         ─▶ confidence ─┬─▶ Answer(quotes, citations) ─┬─▶ parts left out are asked again
                        └─▶ Refusal(code, nearest)     ┘

Filters that no report passes and languages that we do not speak are refused before anything else.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from indexer.store.protocol import StoredIndex
from service.answer_options import AnswerOptions
from service.pipeline.asked_person import AskedPerson
from service.pipeline.caller_texts import CallerText, CallerTexts
from service.pipeline.candidates import candidate_sentences
from service.pipeline.confidence import SHIPPED_PATH
from service.pipeline.decision import Findings, decide, quote_confidence, refuse_unsearched
from service.pipeline.definitions import undefined_term, with_definitions
from service.pipeline.editions import newest_first
from service.pipeline.encoded_question import EncodedQuestion
from service.pipeline.english_sentences import in_own_words
from service.pipeline.evidence import gather_evidence, with_named
from service.pipeline.filtered_country import in_filtered_country
from service.pipeline.follow_up_search import Searched, of_both
from service.pipeline.listing import with_items
from service.pipeline.models import Models
from service.pipeline.named_quoting import named_quotes
from service.pipeline.named_things import NamedThings, find_named_things
from service.pipeline.part_answers import complete_answer
from service.pipeline.question import names_without_years, sides_of
from service.pipeline.quoting import choose_quotes
from service.pipeline.reading import MOST_READ, read_candidates
from service.pipeline.reported_spelling import spelt_as_reported
from service.pipeline.retrieval import ViewWeights
from service.pipeline.role_holders import with_role_holders
from service.pipeline.searchable_texts import IndexedReports, SearchableTexts
from service.pipeline.spelling import with_spaces_mended
from service.pipeline.stages import stage
from service.records import (
    Answer,
    CallerQuote,
    Question,
    Refusal,
    ScoredPassage,
)


def find(
    question: Question, options: AnswerOptions, texts: SearchableTexts, models: Models
) -> Findings:
    """Search, read and choose what to quote; the same for reports and for a caller's texts.

    With an answer limited to one country, the question is also asked with its name in it, which
    puts first what is about the country. How sure the answer is, the question tells as it stands:
    all that may be quoted is about the country, so its name tells no answer from what is none.
    """
    plain = _find(question, options, texts, models)
    located = in_filtered_country(question)
    if located == question:
        return plain
    findings = _find(located, options, texts, models)
    if findings.evidence.reader_log_odds <= plain.evidence.reader_log_odds:
        return plain  # what is about the country names a city of it
    evidence, undefined = plain.evidence, plain.undefined
    return replace(findings, english=plain.english, evidence=evidence, undefined=undefined)


def _find(
    question: Question, options: AnswerOptions, texts: SearchableTexts, models: Models
) -> Findings:
    """Search, read and choose what to quote, for the question as it stands."""
    with stage("understand"):
        encoded = models.encode(question, texts.languages(question.filters))
        english, person = encoded.english, AskedPerson.of(encoded)
        named = find_named_things(question, english, texts)
        named = with_definitions(named, question, english, texts)
        named = with_items(named, question, english, texts)
    with stage("retrieve"):
        named, found = _search(question, encoded, named, options, texts, person=person)
        if encoded.goes_on:
            _, by_itself = _search(question, models.by_itself(encoded), named, options, texts)
            found = of_both(found, by_itself)
        retrieved, candidates = found
    with stage("read"):
        reading = texts.to_read([candidate.row for candidate in candidates[:MOST_READ]])
        read = read_candidates(
            encoded, candidates, reading, models.reader, models.encoder, person=person
        )
        read = in_own_words(read, reading, texts.sentences)
        read = newest_first(read, english, texts.sentences)
    with stage("choose"):
        quotes = named_quotes(named, read, retrieved, texts.sentences, options) or choose_quotes(
            read,
            texts.sentences,
            options,
            sides=sides_of(english),
            names_several=len(set(names_without_years(english))) > 1,
        )
        evidence = gather_evidence(
            question,
            english,
            [candidate.log_odds for candidate in read],
            retrieved=retrieved,
            texts=texts,
            translator=models.translator,
        )
        quoted = (texts.sentences.sentence_text(quote.best.row) for quote in quotes)
        undefined = undefined_term(named, question, english, quoted)
    evidence = with_named(evidence, named)
    return Findings(english, retrieved, read, quotes, evidence, undefined)


def _search(
    question: Question,
    encoded: EncodedQuestion,
    named: NamedThings,
    options: AnswerOptions,
    texts: SearchableTexts,
    *,
    person: AskedPerson | None = None,
) -> tuple[NamedThings, Searched]:
    """Return what was found, and what the question names with who plays the part it asks for.

    What is near tells where names may be listed; only if they are, it is searched once more. The
    second search of a follow-up is for no ``person``: the first one has told where they are.
    """
    retrieve = partial(
        texts.retrieve,
        encoded,
        filters=question.filters,
        top_k=max(options.top_k, named.n_passages),
    )
    retrieved = retrieve(named=named.runs)
    holders = with_role_holders(named, person, retrieved, texts)
    if holders != named:
        retrieved = retrieve(named=holders.runs)
    return holders, (retrieved, candidate_sentences(retrieved, texts.sentences, named=holders.runs))


class Answerer:
    """Answers questions from one index; safe to use from several threads.

    Attributes:
        index: The index.
        models: Encoder, reader, translator and calibration.
    """

    def __init__(
        self,
        index: StoredIndex,
        *,
        threads: int = 2,
        weights: ViewWeights | None = None,
        calibration: Path = SHIPPED_PATH,
    ) -> None:
        """Open the models of ``index``, see `Models.open`; ``weights`` default to those of D3."""
        self.index = index
        self.models = Models.open(index, threads=threads, calibration=calibration)
        self._reports = IndexedReports(index, weights or ViewWeights(), self.models.translator)

    def with_spaces_mended(self, text: str) -> str:
        """Return a question with spaces that were typed in wrong places moved or taken out."""
        is_common, is_reported = self.models.encoder.is_word, self.index.has_word
        return with_spaces_mended(text, is_common=is_common, is_reported=is_reported)

    def answer(self, question: Question, options: AnswerOptions) -> Answer | Refusal:
        """Answer with quotes, or refuse with the reason and the nearest passages.

        The question of the result has its names as the reports spell them.
        """
        refusal = refuse_unsearched(
            question, options, calibration=self.models.calibration, index=self.index
        )
        if refusal is not None:
            return refusal
        findings = self.find(question, options)
        spelt = self._spelt_as_reported(question, findings)
        if spelt != question:
            question, findings = spelt, self.find(spelt, options)
        result = self.decide(question, findings, options)
        ask = partial(self._answer_part, question, options)
        return complete_answer(result, findings.english, ask, options)

    def _answer_part(
        self, whole: Question, options: AnswerOptions, english: str
    ) -> Answer | Refusal:
        """Answer a part of a question, at our own threshold where any confidence would do."""
        part = replace(whole, text=english, language="en")
        required = replace(options, min_confidence=options.min_confidence or None)
        return self.decide(part, self.find(part, required), required)

    def _spelt_as_reported(self, question: Question, findings: Findings) -> Question:
        """Return a question with its names as what was found for it spells them."""
        texts = (scored.text for scored in findings.retrieved.passages)
        is_common, is_reported = self.models.encoder.is_word, self.index.has_word
        return spelt_as_reported(
            question, findings.english, texts, is_common=is_common, is_reported=is_reported
        )

    def find(self, question: Question, options: AnswerOptions) -> Findings:
        """Return what the reports hold for a question, without deciding whether to answer."""
        return find(question, options, self._reports, self.models)

    def decide(
        self, question: Question, findings: Findings, options: AnswerOptions
    ) -> Answer | Refusal:
        """Answer with what was found, or refuse."""
        calibration = self.models.calibration
        with stage("decide"):
            return decide(question, findings, options, calibration=calibration, index=self.index)

    def search(self, question: Question, *, top_k: int) -> tuple[ScoredPassage, ...]:
        """Return at most ``top_k`` passages, best first."""
        filters = question.filters
        encoded = self.models.encode(question, self._reports.languages(filters))
        named = find_named_things(question, encoded.english, self._reports)
        return self._reports.retrieve(
            encoded, filters=filters, top_k=top_k, named=named.runs
        ).passages

    def quote(
        self, question: Question, texts: Sequence[CallerText], options: AnswerOptions
    ) -> tuple[CallerQuote, ...]:
        """Return quotes from a caller's texts, most confident first; none if none answers."""
        caller_texts = CallerTexts(texts, encoder=self.models.encoder, index=self.index)
        findings = find(question, options, caller_texts, self.models)
        calibration = self.models.calibration
        quotes = []
        for quote in findings.quotes:
            text = texts[quote.document]
            confidence = quote_confidence(quote, findings.evidence, calibration)
            if confidence >= calibration.required(options.min_confidence):
                quotes.append(
                    CallerQuote(
                        text_id=text.text_id,
                        span=quote.span,
                        quote=quote.span.of(text.text),
                        confidence=confidence,
                        highlight=quote.highlight,
                    )
                )
        return tuple(sorted(quotes, key=lambda quote: -quote.confidence))
