"""Rough Spanish and Portuguese of quotes, to be read beside them and never quoted itself.

    quote ─▶ cells and lines apart ─▶ names masked, words that Apertium lacks replaced
          ─▶ its dictionary ─▶ stand-ins for the field's terms, readings chosen, verbs replaced
          ─▶ en ▶ es ─▶ words that it takes wrongly mended ─▶ (es ▶ pt)
          ─▶ terms for their stand-ins, masks filled, put together again

The words stand in the files ``quote_….tsv``, the names are those of the glossary.
docs/decisions.md, D39, has what the translations are worth.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from indexer.records import Span
from service.pipeline.translation.apertium import (
    MODES_DIR,
    TIMEOUT_S,
    Apertium,
    ApertiumError,
    installed,
)
from service.pipeline.translation.glossary import GLOSSARY_PATH, read_terms
from service.pipeline.translation.masking import Kept, mask, unmask
from service.pipeline.translation.quote_places import with_places
from service.pipeline.translation.quote_words import (
    WORDS_PATH,
    WordRule,
    any_of,
    in_known_words,
    mended,
    read_rules,
    with_capitals_of,
)
from service.pipeline.translation.readings import Unit, stream_of, units_of
from service.pipeline.translation.stand_ins import (
    ADJECTIVES_PATH,
    NOUNS_PATH,
    Terms,
    is_left_over,
    read_adjectives,
    read_nouns,
    unplayed,
)
from service.pipeline.translation.verb_stand_ins import (
    VERBS_PATH,
    read_verbs,
    with_known_verbs,
    with_other_verbs,
)
from service.pipeline.translation.word_choices import chosen

CACHE_SIZE = 2000
TARGETS = ("es", "pt")
"""Languages that quotes in English are put into."""

_TO_SPANISH = "eng-spa"
_TO_PORTUGUESE = "es-pt_BR"
_DIRECTIONS = {"es": (_TO_SPANISH,), "pt": (_TO_SPANISH, _TO_PORTUGUESE)}
_BETWEEN_PIECES = re.compile(r"(\s*\|\s*|\s*\n\s*)")
"""Between the cells of a table row, and between lines."""

_AFTER_NAME = re.compile(r" [A-Z]{2,}$| \(.*\)$")
"""An acronym, or the name in another language, behind a name in the glossary."""

_FIGURE = re.compile(r"\d+")
_NEGATION = re.compile(r"\b(?:not|cannot|never)\b|n['’]t\b", re.IGNORECASE)
_NEGATION_ABROAD = re.compile(
    r"\b(?:no|ni|ning[uú]n\w*|nunca|tampoco|sin|jamás|não|nem|nenhu\w*|sem|jamais)\b", re.IGNORECASE
)


class QuoteTranslator:
    """Puts English quotes into Spanish and Portuguese; safe to use from several threads."""

    def __init__(
        self,
        *,
        modes_dir: Path = MODES_DIR,
        search_path: str | None = None,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        """Look for Apertium, whose processes start with the first quote.

        Args:
            modes_dir: Folder of Apertium's mode files.
            search_path: Folders of its programs, as in ``PATH``; ``None`` for the process's own.
            timeout_s: Seconds that one direction may take for a quote.
        """
        directions = (_TO_SPANISH, _TO_PORTUGUESE)
        stages = installed(directions, modes_dir=modes_dir, search_path=search_path)
        to_spanish, to_portuguese = (stages.get(name, ()) for name in directions)
        self._installed = stages.keys()
        self._dictionary = Apertium(to_spanish[:1], timeout_s=timeout_s, gives_readings=True)
        self._to_spanish = Apertium(to_spanish[1:], timeout_s=timeout_s, takes_readings=True)
        self._to_portuguese = Apertium(to_portuguese, timeout_s=timeout_s)
        self._terms = Terms([*read_nouns(NOUNS_PATH), *read_adjectives(ADJECTIVES_PATH)])
        self._verbs = read_verbs(VERBS_PATH)
        self._rules = read_rules(WORDS_PATH)
        self._names = _names()
        self._named = any_of(tuple(self._names), are_cased=True)
        self._cached = lru_cache(CACHE_SIZE)(self._translated)

    def start(self) -> None:
        """Start Apertium's processes, so that the first reader need not wait for them."""
        for engine in self._engines():
            engine.start()

    def stop(self) -> None:
        """End Apertium's processes; a later quote starts them again."""
        for engine in self._engines():
            engine.stop()

    def translates(self, source: str, target: str) -> bool:
        """Tell whether quotes in ``source`` can be put into ``target``: where it is installed."""
        return (
            source == "en"
            and target in _DIRECTIONS
            and all(name in self._installed for name in _DIRECTIONS[target])
        )

    def translation(self, quote: str, target: str) -> str | None:
        """Return a quote in ``target``; ``None`` where it failed.

        A translation that has other figures than the quote has failed: readers look for them first.
        So has one without any negation where the quote has one.

        Args:
            quote: In English.
            target: A language that `translates` knows.
        """
        try:
            translated = self._cached(quote, target)
        except ApertiumError:
            return None
        same_figures = sorted(_FIGURE.findall(quote)) == sorted(_FIGURE.findall(translated))
        is_turned = _NEGATION.search(quote) and not _NEGATION_ABROAD.search(translated)
        return translated if same_figures and not is_turned else None

    def _engines(self) -> list[Apertium]:
        """Return those whose processes can be started."""
        spanish = [self._dictionary, self._to_spanish] if _TO_SPANISH in self._installed else []
        return [*spanish, *([self._to_portuguese] if _TO_PORTUGUESE in self._installed else [])]

    def _translated(self, quote: str, target: str) -> str:
        return "".join(
            self._piece(piece, target) if at % 2 == 0 and piece else piece
            for at, piece in enumerate(_BETWEEN_PIECES.split(quote))
        )

    def _piece(self, text: str, target: str) -> str:
        kept = self._kept(text, target)
        masked = mask(text, kept)
        rules = [rule for rule in self._rules if rule.concerns(masked)]
        stream = self._dictionary.translate(in_known_words(masked, rules))
        units = with_known_verbs(units_of(stream), self._verbs)
        played, cast = self._terms.played(units, target)
        translated = self._words(played, masked, rules, target)
        if is_left_over(translated, cast):
            translated, cast = self._words(units, masked, rules, target), ()
        return with_places(unmask(unplayed(translated, cast, target), kept), target)

    def _words(
        self, units: Sequence[Unit], text: str, rules: Sequence[WordRule], target: str
    ) -> str:
        spanish = self._to_spanish.translate(
            stream_of(with_other_verbs(chosen(units), self._verbs))
        )
        right = with_capitals_of(text, mended(spanish, rules))
        return self._to_portuguese.translate(right) if target == "pt" else right

    def _kept(self, text: str, target: str) -> tuple[Kept, ...]:
        """Return the names that have one of their own in ``target``."""
        return tuple(
            Kept(Span(match.start(), match.end()), self._names[match[0]][target])
            for match in self._named.finditer(text)
        )


def _names() -> dict[str, dict[str, str]]:
    """Return the glossary's names of institutions and the like, with those they have elsewhere."""
    terms = [(_AFTER_NAME.sub("", term.english), term) for term in read_terms(GLOSSARY_PATH)]
    return {
        name: {target: term.foreign[target][0] for target in TARGETS}
        for name, term in terms
        if " " in name and name[0].isupper() and name.rpartition(" ")[2][0].isupper()
    }
