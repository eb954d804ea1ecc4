"""Word matching: does an answer string stand in a text, how many words does a question borrow."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

import tantivy

from indexer.records import Span
from service.records import WORD

_PER_CENT = re.compile(r"(\d)\s*(?:%|per\s*cent\b|percent\b)")
_SPACES_MAY_BE_LOST_FROM = 8

_STEMMED_AS = "english"
"""The language of the documents that ship; in another one only names and numbers can overlap."""
_STOPWORDS = {"en": "english", "es": "spanish", "pt": "portuguese"}
_ASKING = (
    "about am any can could did do does done from give had has have he her his how i its list may "
    "me might must my our please shall she should show so some tell than them there those too us "
    "very was we were what when where which who whom whose why will would you your "
    "cuál cuáles cuándo cuánta cuántas cuánto cuántos cómo dónde es fue hay puede pueden qué quién "
    "quiénes según ser son "
    "diga foi foram há onde pode podem quais qual quando quanta quantas quanto quantos quem que "
    "ser são é"
)
"""Words that ask, beyond tantivy's own stop words: they say nothing about what is asked for."""


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, with plain apostrophes and white space."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("\u00ad", ""))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())


def words(text: str) -> list[str]:
    """Return the lower-cased words of ``text``; a number keeps its separators and per cent sign."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").lower()
    return WORD.findall(_PER_CENT.sub(r"\1%", plain))


def holds(text_words: Sequence[str], answer_string: str) -> bool:
    """Tell whether an answer string, or one of its ``|`` alternatives, stands among words.

    A form of eight letters or more is found where the text lost its spaces, too.
    """
    return any(_holds_form(text_words, words(form)) for form in answer_string.split("|"))


def _holds_form(text_words: Sequence[str], form: list[str]) -> bool:
    n = len(form)
    if any(list(text_words[at : at + n]) == form for at in range(len(text_words) - n + 1)):
        return True
    joined = "".join(form)
    long_enough = len(joined) >= _SPACES_MAY_BE_LOST_FROM and not joined[0].isdigit()
    return long_enough and joined in "".join(text_words)


def occurrences(text: str, quote: str) -> tuple[Span, ...]:
    """Return where ``quote`` stands in ``text``, any white space for any other."""
    pattern = r"\s+".join(map(re.escape, quote.split()))
    return tuple(Span(*match.span()) for match in re.finditer(pattern, text)) if pattern else ()


def content_stems(text: str, *, language: str) -> frozenset[str]:
    """Return the stems of the words of ``text`` that are no function words of ``language``."""
    return frozenset(_analyzer(language).analyze(text))


def overlap(question: str, gold_text: str, *, language: str) -> float:
    """Return the share of a question's content words that stand in a gold text, in [0, 1].

    Words are compared by their English stems; 0.0 for a question without content words.
    """
    question_stems = content_stems(question, language=language)
    gold_stems = content_stems(gold_text, language="en")
    return len(question_stems & gold_stems) / len(question_stems) if question_stems else 0.0


@cache
def _analyzer(language: str) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(
        tantivy.Filter.lowercase()
    )
    if language in _STOPWORDS:
        builder = builder.filter(tantivy.Filter.stopword(_STOPWORDS[language]))
    return (
        builder.filter(tantivy.Filter.custom_stopword(_ASKING.split()))
        .filter(tantivy.Filter.stemmer(_STEMMED_AS))
        .filter(tantivy.Filter.ascii_fold())
        .build()
    )
