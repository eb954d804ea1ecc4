"""Keeps parts of a question from Apertium: each is masked by a made-up word, filled in afterwards.

"¿Qué hace Quito por los refugiados?" ─▶ "¿Qué hace xqabzk por los xqaczk?" ─▶ …
… ─▶ "What does xqabzk by the xqaczk?" ─▶ "What does Quito by the refugees?"
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.records import Span
from service.pipeline.translation.names import (
    begins_institution,
    codes,
    name_at,
    opens_sentence,
    quoted_titles,
)
from service.pipeline.translation.phrases import Phrasebook, PhraseMatch, Word, words_of

_MASK = re.compile(r"xq([a-z])([a-z])zk", re.IGNORECASE)
_WRONG_CAPITAL = re.compile(rf"(?:^|[.:?!] )(?:(?i:{_MASK.pattern})[ ,]+)+(?!I\b)[A-Z](?=[a-z ])")
"""Apertium begins a sentence with the first word that it knows."""

_GOING = frozenset({"ira", "iran", "irao", "irá", "irán", "irão"})
"""Forms of "ir" in small letters, in Spanish or Portuguese, that are Iran but for the capital."""
_BEHIND = re.compile(
    r"\b(?:(?:ao|de|del|desde|do|em|en|hacia|pelo) ir\w{1,2}|no irão)$", re.IGNORECASE
)
"""A preposition, behind which no such form stands; "no" is "not" in Spanish."""

_FIRST_LETTER, _N_LETTERS = ord("a"), 26


@dataclass(frozen=True, slots=True)
class Kept:
    """A part of a question that is not for Apertium.

    Attributes:
        span: Where it stands in the question.
        english: What stands there in English.
    """

    span: Span
    english: str


@dataclass(frozen=True, slots=True)
class Books:
    """What is known of one language's words.

    Attributes:
        terms: The vocabulary of the field.
        places: Cities and regions; they need their capitals.
        countries: Countries; they need them only where the question has other capitals.
    """

    terms: Phrasebook
    places: Phrasebook
    countries: Phrasebook

    def is_place(self, name: str) -> bool:
        """Tell whether a name is, or begins with, that of a city, a region or a country."""
        return self._place(name, words_of(name)) is not None

    def kept(self, text: str) -> tuple[Kept, ...]:
        """Return what must be kept from Apertium, in order: names, places and terms.

        Of a place and a term that begin together the longer one counts. A term with a capital
        begins the name of an institution ("Ministerio de Vivienda"), whose capitals are no names.
        """
        fixed = [*self._titles(text), *codes(text)]
        kept = [Kept(span, span.of(text)) for span in fixed]
        words = [word for word in words_of(text) if not _is_within(word, fixed)]
        kept += self._of_words(text, words)
        return tuple(sorted(kept, key=lambda part: part.span))

    def _of_words(self, text: str, words: Sequence[Word]) -> Iterator[Kept]:
        at, in_institution = 0, False
        while at < len(words):
            word, rest = words[at], words[at:]
            phrase = self._known(text, rest)
            n_words = phrase.n_words if phrase else 0
            if phrase:
                opens = word.is_capitalised and not opens_sentence(text, word)
                in_institution = opens or in_institution
            elif not word.is_link:
                in_institution = begins_institution(word) or (
                    in_institution and word.is_capitalised
                )
                n_words = 0 if in_institution else self._name(text, rest)
            if n_words:
                span = Span(word.start, rest[n_words - 1].end)
                yield Kept(span, phrase.english if phrase else span.of(text))
            at += max(1, n_words)

    def _name(self, text: str, words: Sequence[Word]) -> int:
        """Return the length of a name, without the place behind it ("Moravia de Medellín")."""
        n_words = name_at(text, words)
        for at in range(1, n_words):
            if words[at].is_link and self._place(text, words[at + 1 :]):
                return at
        return n_words

    def _known(self, text: str, words: Sequence[Word]) -> PhraseMatch | None:
        place = self._place(text, words)
        term = self.terms.longest(text, words)
        if place and term:
            return place if place.n_words >= term.n_words else term
        return place or term

    def _place(self, text: str, words: Sequence[Word]) -> PhraseMatch | None:
        country = self.countries.longest(text, words)
        place = self.places.longest(text, words) or country
        if place and _has_capitals(words[: place.n_words]):
            return place
        return None if _has_names(text) or _is_going(text, words[:1]) else country

    def _titles(self, text: str) -> list[Span]:
        """Return the quoted titles that are not terms of the glossary as a whole."""
        titles = []
        for span in quoted_titles(text):
            words = words_of(span.of(text))
            term = self.terms.longest(span.of(text), words)
            if not term or term.n_words < len(words):
                titles.append(span)
        return titles


def mask(text: str, kept: Sequence[Kept]) -> str:
    """Return ``text`` with a made-up word in place of every part of ``kept``, which is in order."""
    parts, end = [], 0
    for number, part in enumerate(kept):
        made_up = _mask(number)
        if text[part.span.start].isupper():
            made_up = made_up.capitalize()
        parts += [text[end : part.span.start], made_up]
        end = part.span.end
    return "".join([*parts, text[end:]])


def unmask(text: str, kept: Sequence[Kept]) -> str:
    """Return ``text`` with the English of ``kept`` filled in; what was lost comes at the end."""
    filled = set()

    def fill(match: re.Match[str]) -> str:
        number = _N_LETTERS * _place(match[1]) + _place(match[2])
        if number >= len(kept):
            return match[0]
        filled.add(number)
        return kept[number].english

    restored = _MASK.sub(fill, _WRONG_CAPITAL.sub(lambda match: match[0].lower(), text))
    lost = [part.english for number, part in enumerate(kept) if number not in filled]
    return " ".join(" ".join([restored, *lost]).split())


def _mask(number: int) -> str:
    tens, ones = divmod(number, _N_LETTERS)
    return f"xq{chr(_FIRST_LETTER + tens)}{chr(_FIRST_LETTER + ones)}zk"


def _place(letter: str) -> int:
    return ord(letter.lower()) - _FIRST_LETTER


def _is_within(word: Word, spans: Sequence[Span]) -> bool:
    return any(span.overlaps(Span(word.start, word.end)) for span in spans)


def _has_capitals(words: Sequence[Word]) -> bool:
    return words[0].is_capitalised and all(word.is_capitalised or word.is_link for word in words)


def _is_going(text: str, words: Sequence[Word]) -> bool:
    """Whether the first of ``words`` is a verb that sounds like Iran: "irá", "irán", "irão"."""
    is_form = bool(words) and words[0].text in _GOING
    return is_form and not _BEHIND.search(text, 0, words[0].end)


def _has_names(text: str) -> bool:
    """Whether a capital stands anywhere but at the start."""
    return any(word.is_capitalised for word in words_of(text)[1:])
