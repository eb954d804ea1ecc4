"""The catalogue as a file that is changed: its rows come and go, all else stays as it was typed."""

import re
from collections.abc import Collection
from pathlib import Path

import tomlkit
import tomlkit.exceptions
from tomlkit.items import AoT, Table

from indexer.errors import CatalogueError


def load_catalogue(path: Path) -> tomlkit.TOMLDocument:
    """Return the catalogue at ``path``, an empty one where there is no file.

    Raises:
        CatalogueError: It is not TOML.
    """
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8") if path.exists() else "")
    except tomlkit.exceptions.TOMLKitError as error:
        raise CatalogueError(f"{path} is not TOML: {error}; mend it, then try again") from error


def save_catalogue(path: Path, catalogue: tomlkit.TOMLDocument) -> None:
    """Write a catalogue, its rows a blank line apart."""
    text = re.sub(r"\n+\[\[document\]\]", "\n\n[[document]]", tomlkit.dumps(catalogue))
    path.write_text(text, encoding="utf-8")


def rows_of(catalogue: tomlkit.TOMLDocument) -> AoT:
    """Return the rows of a catalogue, to be changed in place.

    Raises:
        CatalogueError: They are not written as ``[[document]]`` tables.
    """
    rows = catalogue.setdefault("document", tomlkit.aot())
    if not isinstance(rows, AoT):
        raise CatalogueError("catalogue.toml needs its rows as [[document]] tables; mend it")
    return rows


def move_row(names: Collection[str], source: Path, target: Path) -> bool:
    """Move the rows of a file from one catalogue to another; return whether there were any.

    Args:
        names: What its rows may call it; a pattern for several files stays.
        source: A catalogue.
        target: Another one, created if it is missing.

    Raises:
        CatalogueError: One of them is not TOML.
    """
    catalogue = load_catalogue(source)
    rows = rows_of(catalogue)
    own = [position for position, row in enumerate(rows) if row.get("file") in names]
    if not own:
        return False
    aside = load_catalogue(target)
    for position in reversed(own):
        row: Table = rows[position]
        del rows[position]
        rows_of(aside).append(tomlkit.item(row.unwrap()))
    if not len(rows):
        del catalogue["document"]
    target.parent.mkdir(parents=True, exist_ok=True)
    save_catalogue(target, aside)
    save_catalogue(source, catalogue)
    return True
