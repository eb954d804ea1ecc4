"""What comes of a search or of reading a caller's texts; that of a question is with `QAService`."""

from dataclasses import dataclass

from service.library import Edition
from service.pipeline.word_search import WordsFound
from service.records import CallerQuote, ScoredPassage


@dataclass(frozen=True, slots=True)
class SearchOutcome:
    """Passages, best first, of the index that was searched."""

    passages: tuple[ScoredPassage, ...]
    edition: Edition
    took_ms: float


@dataclass(frozen=True, slots=True)
class WordsOutcome:
    """All passages with some words, of the index that was searched."""

    found: WordsFound
    edition: Edition
    took_ms: float


@dataclass(frozen=True, slots=True)
class QuoteOutcome:
    """Quotes from a caller's texts, most confident first."""

    quotes: tuple[CallerQuote, ...]
    took_ms: float
