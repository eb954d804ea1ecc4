"""Writes a question that is in capitals, or in which each word has one, as a sentence.

    HOW DOES CHILE HELP MIGRANTS RENT?  ─▶ How does Chile help migrants rent?
    How Do UNHCR And Costa Rica Work?   ─▶ How do UNHCR and Costa Rica work?

Capitals tell names from words. Where all words have them, countries, places and institutions are
known by name alone; of acronyms also those that a text with small letters has.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from indexer.folding import folded
from indexer.store.lexical_index import content_words
from service.pipeline.translation.glossary import (
    GLOSSARY_PATH,
    PLACES_PATH,
    PLAIN_PATH,
    countries,
    read_terms,
)
from service.records import LANGUAGES

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_START = re.compile(r"(?:^|[.?!]\s)[^\w\s]*([^\W\d_])")

_LINKS_TEXT = (
    "a al ao aos as at by com con da das de del do dos e el em en for from in la las los na nas no "
    "nos o of on or os ou para por the to um uma un una with y and"
)
_LINKS = frozenset(_LINKS_TEXT.split())
"""Words that stay small where the others of a title have capitals."""

_MAX_ACRONYM, _MIN_TITLE = 6, 4
"""Letters of an acronym at most; words from which a question may be a title by its first word."""

_MAX_NAME_WORDS = 6

_ACRONYMS_TEXT = "ASEAN COVID EU GDP HIV IDB IDP NGO OECD SDG UK UN UNDP UNESCO UNHCR UNICEF USA"


def in_sentence_case(text: str, language: str) -> str:
    """Return a text that is wholly in capitals or written as a title with those of a sentence.

    Any other text is returned as it is, and so is one of acronyms alone.

    Args:
        text: A question, or a heading.
        language: Its language; names of one that is not ours are taken for English.
    """
    language = language if language in LANGUAGES else "en"
    if not is_all_capitals(text) or not (_is_shouted(text, language) or _is_title(text, language)):
        return text
    return _SENTENCE_START.sub(lambda start: _upper(start[0]), _with_names_only(text, language))


def is_all_capitals(text: str) -> bool:
    """Tell whether all words of a text but links have a capital, so that none tells a name.

    Looks no further than the first word without one.
    """
    return text.isupper() or all(
        word[0][0].isupper() or word[0] in _LINKS for word in _WORD.finditer(text)
    )


def _is_shouted(text: str, language: str) -> bool:
    """Tell whether a text in capitals is more than acronyms."""
    return text.isupper() and any(
        len(word) > _MAX_ACRONYM
        or folded(word) in _plain_words(language)
        or _is_small(word, language)
        for word in _WORD.findall(text)
    )


def _is_title(text: str, language: str) -> bool:
    """Tell whether a small word has a capital that neither a name nor a sentence explains.

    A longer question is a title also where only the word that it opens with is small.
    """
    starts = {start.start(1) for start in _SENTENCE_START.finditer(text)}
    words = list(_WORD.finditer(text))
    small = [
        word.start()
        for word in words
        if word[0].istitle() and word[0].lower() not in _LINKS and _is_small(word[0], language)
    ]
    opens = bool(small) and small[0] == words[0].start()
    return not starts.issuperset(small) or (opens and len(words) >= _MIN_TITLE)


def _is_small(word: str, language: str) -> bool:
    """Tell whether a word asks or links and says nothing by itself."""
    return not content_words(word.lower(), language=language)


def _with_names_only(text: str, language: str) -> str:
    """Return ``text`` in small letters but for the names in it."""
    parts, end = [], 0
    for start, stop, name in _names_in(text, language):
        parts += [text[end:start].lower(), name]
        end = stop
    return "".join([*parts, text[end:].lower()])


def _names_in(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each known name stands and how it is written, the longest at each place."""
    words, at = list(_WORD.finditer(text)), 0
    names = _names(language)
    while at < len(words):
        start = words[at].start()
        for last in reversed(words[at : at + _MAX_NAME_WORDS]):
            name = names.get(folded(text[start : last.end()]))
            if name is not None:
                yield start, last.end(), name
                at = words.index(last)
                break
        else:
            if not text.isupper() and sum(map(str.isupper, words[at][0])) > 1:
                yield start, words[at].end(), words[at][0]
        at += 1


@cache
def _names(language: str) -> Mapping[str, str]:
    """Return how names are written, in a language and in English, by their folded form."""
    places, terms = read_terms(PLACES_PATH), read_terms(GLOSSARY_PATH)
    written = [english for _, english in countries("es")] + [term.english for term in places]
    named = [term.english for term in terms]
    if language != "en":
        written += [name for name, _ in countries(language)]
        written += [form for term in places for form in term.foreign[language]]
        named += [form for term in terms for form in term.foreign[language]]
    acronyms = {word for name in named for word in _WORD.findall(name) if _is_acronym(word)}
    acronyms |= set(_ACRONYMS_TEXT.split())
    written += [*filter(_is_name, named), *acronyms, *(f"{acronym}s" for acronym in acronyms)]
    return {folded(name): name for name in written if not _is_small(name, language)}


@cache
def _plain_words(language: str) -> frozenset[str]:
    """Return the single words of the glossary that are no names, folded."""
    terms = (*read_terms(GLOSSARY_PATH), *read_terms(PLAIN_PATH))
    forms = (form for term in terms for form in (term.english, *term.foreign.get(language, ())))
    return frozenset(folded(form) for form in forms if form.isalpha() and form.islower())


def _is_name(term: str) -> bool:
    """Tell whether all words of a term have capitals, and it has several: "Red Cross"."""
    words = _WORD.findall(term)
    return len(words) > 1 and all(word[0].isupper() or word in _LINKS for word in words)


def _is_acronym(word: str) -> bool:
    return sum(map(str.isupper, word)) > 1


def _upper(start: str) -> str:
    """Return the start of a sentence with its letter, the last character, in capitals."""
    return start[:-1] + start[-1].upper()
