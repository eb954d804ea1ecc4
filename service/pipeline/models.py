"""The models that answering needs; opened once for each generation of the index."""

import weakref
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import Self

from threadpoolctl import threadpool_limits

from indexer.encoder.multilingual_encoder import MultilingualQueryEncoder
from indexer.encoder.query_encoder import QueryEncoder
from indexer.reader.sentence_reader import SentenceReader
from indexer.store.model_folders import ENCODER, MULTILINGUAL_ENCODER, READER
from indexer.store.protocol import StoredIndex
from service.pipeline.asked_before import (
    after,
    asked_now,
    turns_of,
    with_earlier_stated,
    without_opening,
)
from service.pipeline.confidence import SHIPPED_PATH, Calibration
from service.pipeline.encoded_question import EncodedQuestion
from service.pipeline.question import names_without_years, stands_in
from service.pipeline.translation.translator import Translator
from service.records import Question


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Models:
    """Encoder, reader, translator and calibration; safe to use from several threads.

    Attributes:
        encoder: Encodes questions.
        multilingual_encoder: Encodes them for reports that are not in English; ``None`` where the
            index has no such reports.
        reader: Scores sentences.
        translator: Puts Spanish and Portuguese questions into English.
        calibration: Turns evidence into confidence.
    """

    encoder: QueryEncoder
    multilingual_encoder: MultilingualQueryEncoder | None
    reader: SentenceReader
    translator: Translator
    calibration: Calibration

    @classmethod
    def open(
        cls, index: StoredIndex, *, threads: int = 2, calibration: Path = SHIPPED_PATH
    ) -> Self:
        """Open the encoder and the reader packed with ``index``.

        Args:
            index: Where they lie.
            threads: CPU threads that encoding one question may use.
            calibration: File of the calibration.

        Raises:
            IndexDamagedError: The index has no question encoder or no sentence reader.
            SettingsError: The calibration cannot be read.
        """
        fitted = Calibration.read(calibration)
        encoder = QueryEncoder(
            index.models_dir / ENCODER, max_pieces=index.manifest.max_pieces, n_threads=threads
        )
        multilingual_encoder = (
            MultilingualQueryEncoder(index.models_dir / MULTILINGUAL_ENCODER, n_threads=threads)
            if index.manifest.multilingual_encoder
            else None
        )
        reader = SentenceReader(index.models_dir / READER, n_threads=threads)
        # For the whole process: BLAS threads spin for 20 ms after a product, on the reader's cores.
        threadpool_limits(limits=1, user_api="blas")
        models = cls(encoder, multilingual_encoder, reader, Translator(), fitted)
        # Apertium's processes end with the models, also when a newer index takes their place.
        weakref.finalize(models, models.translator.stop)
        return models

    def encode(self, question: Question, languages: AbstractSet[str]) -> EncodedQuestion:
        """Return the question as the encoders see it, for texts that are read in ``languages``."""
        whole = self.in_english(question, languages)
        english = with_earlier_stated(whole)
        multilingual = self.multilingual_encoder
        return EncodedQuestion(
            text=question.text,
            english=english,
            asked=asked_now(whole),
            names=names_without_years(whole),
            query=self.encoder.encode_whole(english),
            multilingual=(
                multilingual.encode_question(question.text, question.language)
                if multilingual
                else None
            ),
        )

    def by_itself(self, question: EncodedQuestion) -> EncodedQuestion:
        """Return a follow-up as it is asked now, with the names of what was asked before."""
        names = (name for name in question.names if not stands_in(question.asked, name))
        english = " ".join([question.asked, *names])
        query = self.encoder.encode_whole(english)
        return replace(question, english=english, query=query)

    def in_english(self, question: Question, languages: AbstractSet[str]) -> str:
        """Return the question's text in English, if any text that may answer is read in English.

        What was asked before it is translated by itself: a translator reads on over what stands
        between the two.
        """
        if "en" not in languages:
            return question.text
        first, *later = turns_of(question.text)
        turns = (first, *map(without_opening, later))
        return reduce(
            after, (self.translator.to_english(turn, question.language) for turn in turns)
        )
