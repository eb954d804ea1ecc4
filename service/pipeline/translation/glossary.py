"""The glossary's files: one row a term, English, Spanish and Portuguese, tabs between.

    glossary.tsv  the vocabulary of migration and cities; each row is kept from Apertium
    places.tsv    cities, regions, and countries that go by other names than Unicode's
    plain.tsv     everyday words, for when Apertium is not there

A cell may list several forms, `` | `` between them; plurals and feminines need no row of their own
where they are regular. In English the first form is what a question gets.
"""

from dataclasses import dataclass
from pathlib import Path

from babel import Locale

FOLDER = Path(__file__).parent
GLOSSARY_PATH = FOLDER / "glossary.tsv"
PLACES_PATH = FOLDER / "places.tsv"
PLAIN_PATH = FOLDER / "plain.tsv"

HEADER = ("english", "spanish", "portuguese")
_COLUMNS = {"es": 1, "pt": 2}
_LOCALES = {"es": ("es", "es_MX"), "pt": ("pt", "pt_PT")}
_NO_COUNTRY_TEXT = "BL CX DG EU EZ GP LC MF MU PM QO RE SH UN XA XB ZZ"
NO_COUNTRY = frozenset(_NO_COUNTRY_TEXT.split())
"""Territories whose names are commonly something else: Reunión is a meeting, Mauricio a man."""


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a glossary.

    Attributes:
        english: The English term.
        foreign: The forms in each other language, by its code.
    """

    english: str
    foreign: dict[str, tuple[str, ...]]

    def pairs(self, language: str) -> list[tuple[str, str]]:
        """Return every form in ``language`` with its English."""
        return [(form, self.english) for form in self.foreign[language]]


def read_terms(path: Path) -> tuple[Term, ...]:
    """Return the rows of a glossary file.

    Raises:
        ValueError: A row has not three filled columns.
    """
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    if tuple(header.split("\t")) != HEADER:
        raise ValueError(f"{path} must begin with the row {HEADER}, tabs between")
    return tuple(_term(path, number, line) for number, line in enumerate(lines, start=2))


def countries(language: str) -> list[tuple[str, str]]:
    """Return the names of all countries in ``language`` with their English, from Unicode's CLDR."""
    english = Locale("en").territories
    return [
        (name, english[code])
        for locale in _LOCALES[language]
        for code, name in Locale.parse(locale).territories.items()
        if code.isalpha() and code not in NO_COUNTRY and code in english
    ]


def _term(path: Path, number: int, line: str) -> Term:
    cells = [tuple(form.strip() for form in cell.split(" | ")) for cell in line.split("\t")]
    if len(cells) != len(HEADER) or not all(form for cell in cells for form in cell):
        raise ValueError(f"{path}, line {number}: want {len(HEADER)} filled columns, tabs between")
    return Term(cells[0][0], {language: cells[at] for language, at in _COLUMNS.items()})
