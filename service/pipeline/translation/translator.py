"""Spanish and Portuguese questions into English: field words by the glossary, the rest by Apertium.

question ─▶ names, places and terms masked ─▶ accents put back ─▶ (pt ▶ es) ─▶ es ▶ en
                        │                                         ─▶ masks filled in English
                        └──────────── Apertium not there ───────────▶ everyday words by a list
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from service.pipeline.translation import glossary
from service.pipeline.translation.accents import Accents
from service.pipeline.translation.apertium import (
    MODES_DIR,
    TIMEOUT_S,
    Apertium,
    ApertiumError,
    installed,
)
from service.pipeline.translation.masking import Books, mask, unmask
from service.pipeline.translation.phrases import Phrasebook, words_of

CACHE_SIZE = 1000
_MAX_SENTENCES = 5000
"""Sentences whose English is kept, a megabyte or two."""

_DIRECTIONS = {"es": ("spa-eng",), "pt": ("pt-es", "spa-eng")}
_SMALL_WORDS_TEXT = (
    "a al ao aos as à às da das de del do dos e el em en la las le les lo los na nas no nos num "
    "numa o os pela pelas pelo pelos por que se seu seus su sua suas sus um uma un una unas uns "
    "unos y"
)
_SMALL_WORDS = frozenset(_SMALL_WORDS_TEXT.split())
"""Left out where only the glossary translates: noise to an encoder of English."""


_OPENING = re.compile(
    r"(?:(?<=¿)|(?:^|(?<=[.?!] ))(?!.*¿))"
    r"(?P<before>(?:(?:com|con|de|em|en|por|sobre) )?)"
    r"(?P<asking>como|cual|cuales|que|quien|quienes)\b",
    re.IGNORECASE,
)
_ACCENTED = {
    "como": "cómo", "cual": "cuál", "cuales": "cuáles", "que": "qué", "quien": "quién",
    "quienes": "quiénes",
}  # fmt: skip


class Means(StrEnum):
    """What questions are translated by."""

    APERTIUM = "apertium"
    GLOSSARY_ONLY = "glossary only"


class Translator:
    """Puts questions into English; safe to use from several threads.

    Attributes:
        translation: What it translates by: Apertium, or the glossary only where not every
            direction of Apertium is installed.
    """

    def __init__(
        self,
        *,
        modes_dir: Path = MODES_DIR,
        search_path: str | None = None,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        """Look for Apertium, whose processes start with the first question.

        Args:
            modes_dir: Folder of Apertium's mode files.
            search_path: Folders of its programs, as in ``PATH``; ``None`` for the process's own.
            timeout_s: Seconds that one direction may take for a question.
        """
        names = dict.fromkeys(name for names in _DIRECTIONS.values() for name in names)
        stages = installed(names, modes_dir=modes_dir, search_path=search_path)
        self._engines = {
            name: Apertium(commands, timeout_s=timeout_s) for name, commands in stages.items()
        }
        self._accents = {
            language: Accents(stages[names[0]], timeout_s=timeout_s)
            for language, names in _DIRECTIONS.items()
            if names[0] in stages
        }
        all_there = all(len(self._engines_for(language)) for language in _DIRECTIONS)
        self.translation = Means.APERTIUM if all_there else Means.GLOSSARY_ONLY
        self._sentences: dict[tuple[str, str], str] = {}
        self._cached = lru_cache(CACHE_SIZE)(self._translated)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start Apertium's processes, so that the first question need not wait for them."""
        for engine in self._running():
            engine.start()

    def stop(self) -> None:
        """End Apertium's processes; a later question starts them again."""
        for engine in self._running():
            engine.stop()

    def to_english(self, text: str, language: str) -> str:
        """Return a question in English.

        Names, acronyms, numbers and quoted titles stay as they are, but places get their English
        names. Where Apertium fails, the glossary alone translates this once.

        Args:
            text: The question.
            language: Its language; one that is neither ``es`` nor ``pt`` returns it unchanged.
        """
        if language not in _DIRECTIONS:
            return text
        cased = text.lower() if text.isupper() else text
        try:
            return self._cached(cased, language)
        except ApertiumError:
            return self._by_glossary(cased, language)

    def all_to_english(self, texts: Sequence[str], language: str) -> tuple[str, ...]:
        """Return words and names of questions in English, translated in one go, as `to_english`.

        Args:
            texts: Each by itself.
            language: Their language; of one that is neither ``es`` nor ``pt`` they stay unchanged.
        """
        if language not in _DIRECTIONS or not texts:
            return tuple(texts)
        try:
            accents = self._accents[language] if self._engines_for(language) else None
            return (
                tuple(self._whole(texts, language, accents))
                if accents
                else self._all_by_glossary(texts, language)
            )
        except ApertiumError:
            return self._all_by_glossary(texts, language)

    def translates(self, language: str) -> bool:
        """Tell whether whole texts in ``language`` can be put into English: with Apertium alone."""
        return language in _DIRECTIONS and bool(self._engines_for(language))

    def texts_to_english(self, texts: Sequence[str], language: str) -> tuple[str, ...]:
        """Return sentences of a report in English, as it is read, never as it is quoted.

        Where Apertium fails, they are returned as they are.

        Args:
            texts: Sentences and headings.
            language: One that `translates` knows.
        """
        known = {
            text: remembered
            for text in dict.fromkeys(texts)
            if (remembered := self._sentences.get((text, language))) is not None
        }
        new = [text for text in dict.fromkeys(texts) if text not in known]
        try:
            fresh = dict(zip(new, self._whole(new, language), strict=True))
        except ApertiumError:
            return tuple(texts)
        self._remember(fresh, language)
        english = known | fresh
        return tuple(english[text] for text in texts)

    def name_in_english(self, name: str, language: str) -> str:
        """Return what a name says in English if ordinary words make it up ("Mercado": market).

        `to_english` leaves names alone. A place, or a word that no dictionary has, is returned as
        it is.

        Args:
            name: As the question has it.
            language: The question's language.
        """
        if language not in _DIRECTIONS or books_of(language).is_place(name):
            return name
        return self.to_english(name.lower(), language)

    def _whole(
        self, texts: Sequence[str], language: str, accents: Accents | None = None
    ) -> list[str]:
        """Return ``texts`` as Apertium has them, where wanted with the accents put back before."""
        kept = [books_of(language).kept(text) for text in texts]
        translated = [mask(text, parts) for text, parts in zip(texts, kept, strict=True)]
        if accents:
            translated = accents.restored("\n".join(translated)).split("\n")
        for engine in self._engines_for(language):
            translated = engine.translate_all(translated)
        return [unmask(text, parts) for text, parts in zip(translated, kept, strict=True)]

    def _remember(self, fresh: Mapping[str, str], language: str) -> None:
        if len(self._sentences) + len(fresh) > _MAX_SENTENCES:
            self._sentences = {}
        self._sentences |= {(text, language): english for text, english in fresh.items()}

    def _translated(self, text: str, language: str) -> str:
        engines = self._engines_for(language)
        if not engines:
            return self._by_glossary(text, language)
        kept = books_of(language).kept(text)
        translated = self._accents[language].restored(mask(text, kept))
        for engine in engines:
            translated = engine.translate(_asking(translated))
        return unmask(translated, kept)

    def _all_by_glossary(self, texts: Sequence[str], language: str) -> tuple[str, ...]:
        return tuple(self._by_glossary(text, language) for text in texts)

    def _by_glossary(self, text: str, language: str) -> str:
        """Return the words that the glossary knows in English, and the others as they are."""
        kept = books_of(language).kept(text)
        return unmask(self._plainly(mask(text, kept), language), kept)

    def _plainly(self, text: str, language: str) -> str:
        words, parts, end = words_of(text), [], 0
        at = 0
        while at < len(words):
            phrase = _plain_book(language).longest(text, words[at:])
            last = words[at + (phrase.n_words if phrase else 1) - 1]
            word = text[words[at].start : last.end]
            parts.append(text[end : words[at].start])
            parts.append(phrase.english if phrase else "" if word.lower() in _SMALL_WORDS else word)
            end = last.end
            at += phrase.n_words if phrase else 1
        return " ".join("".join([*parts, text[end:]]).replace("¿", "").split())

    def _running(self) -> tuple[Apertium | Accents, ...]:
        """Return all that keeps processes."""
        return (*self._engines.values(), *self._accents.values())

    def _engines_for(self, language: str) -> list[Apertium]:
        """Return the directions from a language to English, none if any is not installed."""
        names = _DIRECTIONS[language]
        return [self._engines[name] for name in names if self._engines.keys() >= set(names)]


def _asking(text: str) -> str:
    """Return ``text`` with the accent that tells "how" from "like" on the word that opens it.

    A preposition may come before it ("Em que bairros"), but not one that makes it a conjunction
    ("Para que paguem").
    """
    return _OPENING.sub(lambda match: match["before"] + _ACCENTED[match["asking"].lower()], text)


@cache
def books_of(language: str) -> Books:
    """Return what is known of a language; read for the first question in it."""
    terms, places = map(glossary.read_terms, (glossary.GLOSSARY_PATH, glossary.PLACES_PATH))
    return Books(
        terms=_phrasebook(terms, language, inflects=True),
        places=_phrasebook(places, language),
        countries=Phrasebook(glossary.countries(language)),
    )


@cache
def _plain_book(language: str) -> Phrasebook:
    """Return the plain words that the glossary translates without Apertium."""
    return _phrasebook(glossary.read_terms(glossary.PLAIN_PATH), language)


def _phrasebook(
    terms: tuple[glossary.Term, ...], language: str, *, inflects: bool = False
) -> Phrasebook:
    pairs = [pair for term in terms for pair in term.pairs(language)]
    return Phrasebook(pairs, inflects=inflects)
