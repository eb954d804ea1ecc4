"""Languages of the interface: words from gettext catalogues, dates and numbers from CLDR.

The catalogues ``translations/<language>.po`` are compiled when the service starts; the templates
are in English. To update the catalogues from the templates::

    pybabel extract --mapping-file pyproject.toml --no-location \
        --output-file cita.pot service/interfaces/web
    pybabel update --input-file cita.pot --locale es \
        --output-file service/interfaces/web/translations/es.po
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from indexer.folding import folded
from service.interfaces.web.view_models.form import Option
from service.presentation.wording import (
    country_name,
    language_name,
    theme_name,
    words_by_language,
)
from service.records import LANGUAGES

TRANSLATIONS_DIR = Path(__file__).parent / "translations"
DEFAULT_LANGUAGE = "en"

_LOCALES = {"en": "en_GB", "es": "es", "pt": "pt"}
"""Locales of dates and numbers; en_GB writes 21 November 2026, as the reports do."""
_ACCEPTED = re.compile(
    r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]*)?\s*(?:;\s*q\s*=\s*([01](?:\.\d*)?))?\s*"
)
_MAX_HEADER_CHARS = 500


@dataclass(frozen=True, slots=True)
class Interface:
    """One language of the interface.

    Attributes:
        language: One of `LANGUAGES`.
        words: Its catalogue; empty for English.
    """

    language: str
    words: NullTranslations

    @property
    def citation_words(self) -> Mapping[str, str]:
        """Return the words of citations, which are those of answers."""
        return words_by_language()[self.language]

    def number(self, number: int) -> str:
        """Return a number as ``12,345`` or ``12.345``."""
        return format_decimal(number, locale=_LOCALES[self.language])

    def date(self, moment: str) -> str:
        """Return the day of ``moment``, ISO 8601, as ``21 November 2026``."""
        day = datetime.fromisoformat(moment)
        return format_date(day, format="long", locale=_LOCALES[self.language])

    def country(self, code: str) -> str:
        """Return the name of a country."""
        return country_name(code, self.language)

    def theme(self, theme: str) -> str:
        """Return the name of a theme."""
        return theme_name(theme, self.language)

    def in_order(self, field: str, options: Sequence[Option]) -> list[Option]:
        """Return the values of a filter as they are listed: countries and languages by name."""
        names = {"country": self.country, "language": self.language_name}
        if field not in names:
            return list(options)
        name = names[field]
        return sorted(options, key=lambda option: folded(name(option.value)))

    def language_name(self, code: str) -> str:
        """Return the name of a language."""
        return language_name(code, self.language)


def load_interfaces(folder: Path = TRANSLATIONS_DIR) -> dict[str, Interface]:
    """Load the catalogue of each of `LANGUAGES`."""
    return {language: Interface(language, _catalogue(folder, language)) for language in LANGUAGES}


def choose_language(wishes: Sequence[str | None], accept_language: str) -> str:
    """Return the first of ``wishes`` that the interface has, else the one the browser prefers.

    Args:
        wishes: Languages requested explicitly, by precedence.
        accept_language: The header (RFC 9110, 12.5.4); it may be malformed.
    """
    for wish in wishes:
        if wish in LANGUAGES:
            return wish
    accepted: list[tuple[float, str]] = []
    for item in accept_language[:_MAX_HEADER_CHARS].split(","):
        match = _ACCEPTED.fullmatch(item)
        weight = float(match[2] or 1) if match else 0.0
        if match and weight > 0 and match[1].lower() in LANGUAGES:
            accepted.append((-weight, match[1].lower()))
    return min(accepted, key=lambda choice: choice[0], default=(0.0, DEFAULT_LANGUAGE))[1]


def _catalogue(folder: Path, language: str) -> NullTranslations:
    if language == DEFAULT_LANGUAGE:
        return NullTranslations()
    with (folder / f"{language}.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
