"""The interface's languages: its words from gettext catalogues, its dates and numbers from CLDR.

The catalogues stand as text in ``translations/<language>.po`` and are compiled when the service
starts. English is what the templates say. To bring them up to date with the templates::

    pybabel extract --mapping-file pyproject.toml --no-location \
        --output-file cita.pot service/interfaces/web
    pybabel update --input-file cita.pot --locale es \
        --output-file service/interfaces/web/translations/es.po
"""

import re
from collections.abc import Sequence
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

from service.presentation.wording import country_name, language_name, theme_name
from service.records import LANGUAGES

TRANSLATIONS_DIR = Path(__file__).parent / "translations"
DEFAULT = "en"

_LOCALES = {"en": "en_GB", "es": "es", "pt": "pt"}
"""Of dates and numbers; the reports write 21 November 2026."""
_CHOICE = re.compile(
    r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]*)?\s*(?:;\s*q\s*=\s*([01](?:\.\d*)?))?\s*"
)
_MAX_HEADER_CHARS = 500


@dataclass(frozen=True, slots=True)
class Interface:
    """One language of the interface.

    Attributes:
        language: One of `LANGUAGES`.
        words: Its catalogue; of English, none.
    """

    language: str
    words: NullTranslations

    def number(self, number: int) -> str:
        """Write a number: ``12,345`` or ``12.345``."""
        return format_decimal(number, locale=_LOCALES[self.language])

    def date(self, moment: str) -> str:
        """Write the day of a moment in ISO 8601: ``21 November 2026``."""
        day = datetime.fromisoformat(moment)
        return format_date(day, format="long", locale=_LOCALES[self.language])

    def country(self, code: str) -> str:
        """Name a country."""
        return country_name(code, self.language)

    def theme(self, theme: str) -> str:
        """Name a theme."""
        return theme_name(theme, self.language)

    def language_name(self, code: str) -> str:
        """Name a language."""
        return language_name(code, self.language)


def load_interfaces(folder: Path = TRANSLATIONS_DIR) -> dict[str, Interface]:
    """Read the catalogues; every one of `LANGUAGES` is there."""
    return {
        language: Interface(
            language, NullTranslations() if language == DEFAULT else _catalogue(folder, language)
        )
        for language in LANGUAGES
    }


def choose_language(wishes: Sequence[str | None], accept_language: str) -> str:
    """Return the first of ``wishes`` that we speak, else what the browser likes best.

    Args:
        wishes: Languages asked for outright, the strongest wish first.
        accept_language: The header (RFC 9110, 12.5.4), which anybody may have written.
    """
    for wish in wishes:
        if wish in LANGUAGES:
            return wish
    liked: list[tuple[float, str]] = []
    for item in accept_language[:_MAX_HEADER_CHARS].split(","):
        found = _CHOICE.fullmatch(item)
        weight = float(found[2] or 1) if found else 0.0
        if found and weight > 0 and found[1].lower() in LANGUAGES:
            liked.append((-weight, found[1].lower()))
    return min(liked, key=lambda choice: choice[0], default=(0.0, DEFAULT))[1]


def _catalogue(folder: Path, language: str) -> Translations:
    with (folder / f"{language}.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
