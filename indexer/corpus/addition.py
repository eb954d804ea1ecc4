"""Adds a report to a corpus folder, with its row in the catalogue."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import tomlkit
from tomlkit.items import Table

from indexer.corpus.catalogue_fields import checked_fields
from indexer.corpus.catalogue_rows import load_catalogue, rows_of, save_catalogue
from indexer.corpus.first_pages import fields_of, is_pdf
from indexer.corpus.metadata_guess import guess_fields
from indexer.corpus_names import CATALOGUE_NAME
from indexer.errors import CatalogueError, CorpusError, UnreadableError
from indexer.extraction.sandbox import Bounds, extract_all
from indexer.store.manifest import hash_file

SHELF = "reports"
"""Folder inside the corpus folder where added reports go; git ignores it in this project."""


@dataclass(frozen=True, slots=True)
class AddedReport:
    """A report that was added.

    Attributes:
        file: Its path inside the corpus folder, with forward slashes.
        guessed: Catalogue fields taken from its own text, to be confirmed.
    """

    file: str
    guessed: Mapping[str, object]


def add_report(
    path: Path, corpus_dir: Path, *, fields: Mapping[str, object], bounds: Bounds
) -> AddedReport:
    """Copy a report into ``corpus_dir`` and write its catalogue row.

    Fields that neither the call nor the row gives are guessed from the text, but for the title of
    a PDF: what a build derives may change with the other files, and a row stays.

    Args:
        path: The report.
        corpus_dir: The corpus folder, created if it is missing.
        fields: Catalogue fields as a person gave them.
        bounds: Limits on extracting it.

    Raises:
        CorpusError: There is no such file, it cannot be read, or another file has its place.
        CatalogueError: A field is wrong, or the catalogue is not TOML.
    """
    good, wrong = checked_fields(fields)
    if wrong:
        raise CatalogueError("; ".join(wrong))
    if not path.is_file():
        raise CorpusError(f"there is no file {path}; name a report to add")
    extraction = next(iter(extract_all([(path, hash_file(path))], bounds)))
    if isinstance(extraction, UnreadableError):
        raise CorpusError(f"{path} cannot be read ({extraction.reason}): {extraction.detail}")
    file = f"{SHELF}/{path.name}"
    catalogue = load_catalogue(corpus_dir / CATALOGUE_NAME)
    row = _row_of(catalogue, file)  # fails before anything is written
    _copy(path, corpus_dir / file)
    row.update({field: _plain(value) for field, value in good})
    guesses = guess_fields(extraction)
    if is_pdf(path):  # a build finds its title; its pages tell its year from those it speaks of
        guesses = {field: value for field, value in guesses.items() if field == "language"}
        guesses |= fields_of(path, bounds)
    guessed = {field: value for field, value in guesses.items() if field not in row}
    row.update(guessed)
    save_catalogue(corpus_dir / CATALOGUE_NAME, catalogue)
    return AddedReport(file, guessed)


def _copy(path: Path, place: Path) -> None:
    if place.exists() and hash_file(place) != hash_file(path):
        raise CorpusError(
            f"{place} is another file already; rename {path.name}, or remove that one first "
            "with `python -m indexer remove`"
        )
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        shutil.copyfile(path, place)


def _row_of(catalogue: tomlkit.TOMLDocument, file: str) -> Table:
    """Return the row of ``file``, a new one at the end if there is none."""
    rows = rows_of(catalogue)
    names = {file, Path(file).name}
    own_rows: list[Table] = [row for row in rows if row.get("file") in names]
    if own_rows:
        return own_rows[0]
    row = tomlkit.table()
    row["file"] = file
    rows.append(row)
    return row


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
