"""How an answer is wanted: by the service, and by who asks."""

from dataclasses import dataclass

MAX_QUOTES = 8
"""Quotes in an answer that one may ask for."""

N_QUOTES, N_WORDS = 4, 150
"""Quotes and words of quotes at most where nobody says how many are wanted."""

N_ITEMS, N_ITEM_WORDS = 12, 400
"""The same where a list is asked for: items are short, and half a list is no answer.

No answer has more quotes, so links and feedback carry as many.
"""


@dataclass(frozen=True, slots=True)
class AnswerOptions:
    """How an answer is wanted.

    Attributes:
        top_k: Passages to read, 1 to 50.
        max_quotes: Quotes at most, 1 to `MAX_QUOTES`.
        max_items: Quotes at most where a list is asked for, each an item of it.
        max_words: Words of quotes at most, all together, see `service.records.count_words`.
        max_item_words: The same where a list is asked for.
        min_confidence: Below it the question is refused, in [0, 1]; ``None`` for the service's own
            threshold. At 0 whatever was retrieved is quoted.
        language: Language of the words around the quotes; ``None`` for the question's own.
    """

    top_k: int = 10
    max_quotes: int = N_QUOTES
    max_items: int = N_ITEMS
    max_words: int = N_WORDS
    max_item_words: int = N_ITEM_WORDS
    min_confidence: float | None = None
    language: str | None = None

    def allow(self, *, n_quotes: int, n_words: int) -> bool:
        """Tell whether an answer that is no list may have so many quotes and words."""
        return n_quotes <= self.max_quotes and n_words <= self.max_words


@dataclass(frozen=True, slots=True)
class AnswerWishes:
    """What a caller says of how an answer is wanted; ``None`` leaves it to the service.

    Attributes:
        top_k: As in `AnswerOptions`.
        max_quotes: As in `AnswerOptions`.
        min_confidence: As in `AnswerOptions`.
        language: As in `AnswerOptions`.
    """

    top_k: int | None = None
    max_quotes: int | None = None
    min_confidence: float | None = None
    language: str | None = None
