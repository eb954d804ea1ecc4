"""Parses a question: cleans it, finds its names."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from indexer.country_names import is_demonym, is_language
from indexer.store.lexical_index import content_words
from service.errors import QuestionError
from service.pipeline.question_language import language_of
from service.pipeline.years import years_in
from service.records import Filters, Question

MAX_CHARS = 1000
"""Characters of a question at most."""

_UNSPOKEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\uf8ff\U000f0000-\U0010ffff]")
"""Control characters, halves of pairs and private use, such as Word's bullets: read as spaces."""

_UNSEEN = re.compile(
    r"[\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
)
"""Soft hyphens, what has no width, directions, and no characters; they may stand inside a word."""

_JOINER = re.compile(r"(?<![^\w\s\u0300-\u036f\u200c\u200d])[\u200c\u200d]")
"""A joiner of letters; one of emojis stays."""

_WORD = re.compile(r"[^\W\d_][\w'’.&-]*", re.UNICODE)
_SENTENCE_START = re.compile(r"(?:^|[.?!:;¿¡“\"«(]\s*|\?\s–\s)$")
_POSSESSIVE = re.compile(r"['’]s?$")
_COMPOUND = re.compile(r"-[a-zß-ÿ][\w’'-]*$")
"""What makes an adjective of a name: "Syrian-led"."""

_OF_LANGUAGES = re.compile(
    r"\b(?:speaks?|spoken|speaking|learn(?:s|ed|t|ing)?|(?:teach(?:e?s|ing)?|taught)(?: \w+){0,2}"
    r"|(?:lessons|classes|courses|available|written|translated|held|taught|given|forms?)"
    r" (?:in(?:to)?|of)) \Z",
    re.IGNORECASE,
)
_BEHIND_LANGUAGE = re.compile(
    r"\s*(?:[?.!,;:)]|\Z)| (?:and|or|to|at|by|as|with|in|for|from|online|language)\b"
)
"""What stands before and behind the name of a language that is spoken, taught or written in."""

_OF_LANGUAGE = re.compile(
    r" (?:language )?(?:(?:is |being )?(?:spoken|taught)"
    r"|(?:class|lesson|course|teacher|interpreter|translation|speaker)(?:e?s)?)\b"
)
"""What tells a language behind its name: "Swahili lessons"."""

_INSIDE = re.compile(r" (?:(?:de|del|do|da|dos|das|la) )?")
_JOINED = re.compile(r" (?:and|or|versus|vs\.?) [^\W\d_a-z]")
_DEFINING = frozenset({"abbrevi", "acronym", "defin", "definit", "mean", "refer", "short", "stand"})
"""Stems of the content words that ask what something is."""

_ASKING = frozenset({"how", "it", "let", "that", "there", "what", "when", "where", "who", "why"})
_SIDES = (2, 3)
"""Names that are compared; a question with more of them names its circumstances, too."""


def clean(text: str) -> str:
    """Return a text as one line of what can be seen of it, composed; may be empty.

    Cleaning twice changes nothing more, and no text becomes longer.
    """
    seen = _JOINER.sub("", _UNSEEN.sub("", _UNSPOKEN.sub(" ", text)))
    line = " ".join(seen.split())
    return min(unicodedata.normalize("NFC", line), line, key=len)


def question_text(text: str) -> str:
    """Return a question cleaned; a question mark, which is unclear, where nothing can be seen.

    What was typed is not told back then: halves of pairs cannot be sent. Empty stays empty.
    """
    return clean(text) or (text and "?")


def parse_question(text: str, *, filters: Filters | None = None) -> Question:
    """Clean a question and find its language.

    Args:
        text: As it was typed.
        filters: Which documents may answer it; by default all.

    Raises:
        QuestionError: It is empty, or it is longer than `MAX_CHARS`.
    """
    cleaned = question_text(text)
    if not cleaned:
        raise QuestionError(f"it is empty; ask in 1 to {MAX_CHARS} characters", code="empty")
    if len(cleaned) > MAX_CHARS:
        raise QuestionError(
            f"it has {len(cleaned)} characters; ask in at most {MAX_CHARS}, "
            "best in one or two sentences",
            code="too_long",
            value=str(len(cleaned)),
        )
    return Question(cleaned, language_of(cleaned), filters or Filters())


def names_in(text: str) -> tuple[str, ...]:
    """Return the proper names, acronyms and years of a question, in order.

    A capital at the start of a sentence says nothing, and neither does an adjective such as
    "Danish"; both are left out. A language that is spoken or taught is a name: "teach Danish".
    """
    names = [
        word
        for match, word in _with_capital(text)
        if not _starts(match) and (not _is_adjective(word) or _is_language(match, word))
    ]
    return (*names, *years_in(text))


def names_without_years(text: str) -> tuple[str, ...]:
    """Return the proper names and acronyms of a question, in order."""
    years = years_in(text)
    return tuple(name for name in names_in(text) if name not in years)


def stands_in(text: str, name: str) -> bool:
    """Tell whether a text has a name as it is written: "Peruvian" has no "Peru"."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def content_stems(text: str) -> frozenset[str]:
    """Return the stems of the content words of an English text."""
    return frozenset(content_words(text, language="en"))


def defined_acronyms(text: str) -> tuple[str, ...]:
    """Return the acronyms that an English question asks about and nothing else, in order.

    Acronyms are words with two capitals that are no stop words. "What is the UHPH?" asks about one;
    "Who won the US Open?" does not, and neither does what is in capitals as a whole.
    """
    words = [match[0].strip(".'’-&") for match in _WORD.finditer(text)]
    acronyms = [word for word in words if _has_two_capitals(word) and _means_something(word)]
    if not acronyms:
        return ()
    rest = " ".join(word for word in words if word not in acronyms)
    is_shouted = text.isupper() and len(words) > 1
    is_definition = set(content_words(rest, language="en")) <= _DEFINING
    return tuple(acronyms) if is_definition and not is_shouted else ()


def known_acronyms(english: str, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the acronyms that a question asks about and that stand in ``texts``, in capitals."""
    return tuple(
        acronym
        for acronym in defined_acronyms(english)
        if any(
            re.search(rf"\b{re.escape(acronym.removesuffix('s'))}s?\b", passage)
            for passage in texts
        )
    )


def _has_two_capitals(word: str) -> bool:
    return sum(map(str.isupper, word)) > 1


def _means_something(word: str) -> bool:
    return bool(content_words(word, language="en"))


def sides_of(text: str) -> tuple[str, ...]:
    """Return the two or three names that a question puts side by side, in order, or nothing.

    Words in a row are one name: "Rio de Janeiro". At the start of a sentence a capital says
    something before another name, as in "Kampala and Bossaso", or as the owner: "Kampala's".
    """
    sides: list[str] = []
    end = -1
    for match, word in _capitalised(text):
        if _starts(match) and not _JOINED.match(text, match.end()) and not _owns(match, word):
            continue
        between = text[end : match.start()]
        if sides and _INSIDE.fullmatch(between):
            sides[-1] += between + word
        else:
            sides.append(word)
        end = match.start() + len(word)
    distinct = tuple(dict.fromkeys(sides))
    return distinct if len(distinct) in _SIDES else ()


def _capitalised(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the words with a capital that are no adjectives, each as written and bare."""
    return ((match, word) for match, word in _with_capital(text) if not _is_adjective(word))


def _with_capital(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the words with a capital, each as written and bare."""
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match[0]).strip(".'’-&")
        if word[:1].isupper():
            yield match, word


def _is_adjective(word: str) -> bool:
    return is_demonym(_COMPOUND.sub("", word))


def _is_language(match: re.Match[str], word: str) -> bool:
    """Tell whether a word names a language as such, and nobody's country."""
    if not is_language(word):
        return False
    text, end = match.string, match.start() + len(word)
    if _OF_LANGUAGE.match(text, end):
        return True
    is_before = _OF_LANGUAGES.search(text[: match.start()]) is not None
    return is_before and _BEHIND_LANGUAGE.match(text, end) is not None


def _starts(match: re.Match[str]) -> bool:
    """Tell whether a word starts a sentence."""
    return _SENTENCE_START.search(match.string[: match.start()]) is not None


def _owns(match: re.Match[str], word: str) -> bool:
    return match[0] != word and word.lower() not in _ASKING
