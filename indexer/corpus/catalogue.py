"""The corpus folder: which files it holds and what ``catalogue.toml`` says about them.

    folder ─▶ files ─┐
                     ├─▶ Corpus ─▶ describe(file, extraction) ─▶ DocumentInfo
    catalogue.toml ──┘

A mistake in one row never stops a build: the bad field is dropped and named, the rest is kept.
"""

import hashlib
import os
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from indexer.corpus.catalogue_fields import Fields, checked_fields
from indexer.corpus.metadata_guess import guess_language
from indexer.corpus.named_countries import named_countries
from indexer.corpus_names import CATALOGUE_NAME, EXAMPLES_NAME
from indexer.errors import CatalogueError, CorpusError
from indexer.extraction.formats import SUFFIXES
from indexer.records import BlockKind, DocumentInfo, Extraction, SourceReport
from indexer.report_file_names import readable_name, shown_name

_NO_REPORTS = frozenset({CATALOGUE_NAME, EXAMPLES_NAME, "readme.md"})
_SUFFIX_LENGTH = 6
_SOURCE_FIELDS = ("title", "publisher", "authors", "year", "language", "url", "identifier")
"""Fields of a row that a citation of its report needs."""
_GLOB = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """One file of the corpus with what the catalogue says about it.

    Attributes:
        path: Where it lies.
        file: The path inside the corpus folder, with forward slashes, NFC.
        row: Catalogue fields, sorted by name; those of an explicit row before those of a glob's.
        citable: All reports of the catalogue that have a short name, filed or not.
        derived: Fields that its first pages say, where neither row nor front matter has them.
        sha256: Of its bytes, once they are hashed; of one that cannot be opened, words that equal
            no hash.
    """

    path: Path
    file: str
    row: Fields = ()
    citable: tuple[SourceReport, ...] = ()
    derived: Fields = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The files of a corpus folder, and what is wrong with the catalogue.

    Attributes:
        files: Ascending by ``file``.
        problems: One sentence each; none of them stops a build.
    """

    files: tuple[CorpusFile, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A checked ``[[document]]`` table.

    Attributes:
        number: 1 for the first one in the file.
        pattern: Its ``file``: a path, a bare name or a glob.
    """

    number: int
    pattern: str
    fields: Fields

    @property
    def is_glob(self) -> bool:
        return bool(_GLOB.search(self.pattern))


def open_corpus(corpus_dir: Path) -> Corpus:
    """Find the reports under ``corpus_dir`` and read its catalogue, if it has one.

    Hidden files, ``README.md`` at the top and files of other kinds are left out; a folder that is
    linked into itself is walked once.

    Raises:
        CorpusError: The folder is not there, is no folder, or holds no file that could be read.
        CatalogueError: ``catalogue.toml`` is not TOML or holds no list of ``[[document]]``.
    """
    _check_folder(corpus_dir)
    readable, skipped = _split_by_suffix(corpus_dir)
    if not readable:
        raise CorpusError(
            f"no report in {corpus_dir}: put files ending in {', '.join(SUFFIXES)} there, "
            "or point CITA_CORPUS at the folder that has them"
        )
    rows, problems = _read_catalogue(corpus_dir / CATALOGUE_NAME)
    chosen, unmatched = _assign(rows, tuple(file for file, _ in readable))
    citable = tuple(_citable(rows))
    files = tuple(CorpusFile(path, file, _merged(chosen[file]), citable) for file, path in readable)
    notes = (*_notes_on_skipped(skipped), *(_notes_on_rowless(chosen) if rows else ()))
    return Corpus(files, (*problems, *unmatched, *notes))


def _check_folder(corpus_dir: Path) -> None:
    if not corpus_dir.exists():
        raise CorpusError(
            f"there is no folder {corpus_dir}: create it and put reports in, "
            "or point CITA_CORPUS at the folder that has them"
        )
    if not corpus_dir.is_dir():
        raise CorpusError(f"{corpus_dir} is a file: point CITA_CORPUS at the folder it lies in")


def _split_by_suffix(corpus_dir: Path) -> tuple[list[tuple[str, Path]], list[str]]:
    """Return the files of a known format, as ``(file, path)``, and the names of the others."""
    files = sorted((shown_name(path.relative_to(corpus_dir)), path) for path in _walk(corpus_dir))
    reports = [(file, path) for file, path in files if file.lower() not in _NO_REPORTS]
    readable = [(file, path) for file, path in reports if path.suffix.lower() in SUFFIXES]
    skipped = [file for file, path in reports if path.suffix.lower() not in SUFFIXES]
    return readable, skipped


def _walk(corpus_dir: Path) -> Iterator[Path]:
    """Yield every file that is not hidden, following links but no folder twice."""
    seen: set[str] = set()
    for folder, subfolders, names in os.walk(corpus_dir, followlinks=True):
        if (real := os.path.realpath(folder)) in seen:
            subfolders.clear()
            continue
        seen.add(real)
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        paths = (Path(folder, name) for name in names if not name.startswith((".", "~$")))
        yield from (path for path in paths if path.is_file())


def _notes_on_skipped(skipped: Sequence[str]) -> tuple[str, ...]:
    if not skipped:
        return ()
    return (f"not read, since they are none of {', '.join(SUFFIXES)}: {', '.join(skipped)}.",)


def _notes_on_rowless(chosen: Mapping[str, Sequence[_Row]]) -> Iterator[str]:
    for file, rows in chosen.items():
        if not rows:
            yield f"{file} has no row in {CATALOGUE_NAME}; its title and the rest are read from it."


def _read_catalogue(path: Path) -> tuple[tuple[_Row, ...], tuple[str, ...]]:
    """Return the rows and the problems of a catalogue; neither where there is none."""
    if not path.is_file():
        return (), ()
    tables, problems = _tables(path)
    rows: list[_Row] = []
    for number, table in enumerate(tables, start=1):
        pattern = table.get("file")
        if not isinstance(pattern, str) or not pattern.strip():
            problems.append(f"row {number} of {CATALOGUE_NAME}: 'file' is missing; row left out.")
            continue
        pattern = unicodedata.normalize("NFC", pattern.strip().replace("\\", "/")).removeprefix(
            "./"
        )
        others = {field: value for field, value in table.items() if field != "file"}
        fields, wrong = checked_fields(others)
        problems += [
            f"row {number} of {CATALOGUE_NAME} ({pattern}): {problem}" for problem in wrong
        ]
        rows.append(_Row(number, pattern, fields))
    return tuple(rows), tuple(problems)


def _tables(path: Path) -> tuple[list[dict[str, object]], list[str]]:
    """Return the ``[[document]]`` tables and a problem for every other key at the top."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path} is not valid TOML: {error}; mend it there") from error
    tables = content.pop("document", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CatalogueError(f"{path} must list reports as [[document]], with two brackets")
    unknown = [f"{CATALOGUE_NAME}: unknown key {key!r} at the top; ignored." for key in content]
    return tables, unknown


def _assign(
    rows: Sequence[_Row], files: Sequence[str]
) -> tuple[dict[str, list[_Row]], tuple[str, ...]]:
    """Return each file's rows, the strongest first, and a problem for each row without a file."""
    chosen: dict[str, list[_Row]] = {file: [] for file in files}
    problems: list[str] = []
    for row in sorted(rows, key=lambda row: row.is_glob):  # stable: explicit rows first
        matched = _matches(row, files)
        if not matched:
            problems.append(_not_filed(row, files))
        for file in matched:
            if not row.is_glob and any(not other.is_glob for other in chosen[file]):
                problems.append(
                    f"row {row.number} of {CATALOGUE_NAME}: {file} has an earlier row; "
                    "only fields missing there are taken from this one."
                )
            chosen[file].append(row)
    return chosen, tuple(problems)


def _matches(row: _Row, files: Sequence[str]) -> list[str]:
    if row.is_glob:
        return [file for file in files if PurePosixPath(f"/{file}").match(_anchored(row.pattern))]
    if row.pattern in files:
        return [row.pattern]
    named = [file for file in files if PurePosixPath(file).name == row.pattern]
    return named if len(named) == 1 else []


def _anchored(pattern: str) -> str:
    """Return a glob that holds for the whole path if it names a folder, else for any file name."""
    return f"/{pattern}" if "/" in pattern else pattern


def _not_filed(row: _Row, files: Sequence[str]) -> str:
    where = f"row {row.number} of {CATALOGUE_NAME}"
    if row.is_glob:
        return f"{where}: no file matches {row.pattern}; not filed yet."
    if Counter(PurePosixPath(file).name for file in files)[row.pattern] > 1:
        return f"{where}: several files are called {row.pattern}; give its path in the corpus."
    return f"{where}: {row.pattern} is not filed yet."


def _merged(rows: Sequence[_Row]) -> Fields:
    """Return the fields of all rows, sorted by name; the first row that has a field wins."""
    merged: dict[str, object] = {}
    for row in rows:
        for field, value in row.fields:
            merged.setdefault(field, value)
    return tuple(sorted(merged.items()))


def _citable(rows: Sequence[_Row]) -> Iterator[SourceReport]:
    """Yield the reports that have a short name, by which others cite them."""
    for row in rows:
        fields = dict(row.fields)
        if not row.is_glob and "short_name" in fields and "title" in fields:
            known = {field: fields[field] for field in _SOURCE_FIELDS if field in fields}
            yield SourceReport(
                doc_id=_slug(PurePosixPath(row.pattern).stem),
                short_name=str(fields["short_name"]),
                **known,  # type: ignore[arg-type]  # as in `describe`
            )


def describe(file: CorpusFile, extraction: Extraction) -> DocumentInfo:
    """Return a report's metadata: catalogue before front matter before what its pages say.

    Where neither says what language it is in, its text does; where that is not sure, English.
    Where neither says which countries it is about, those that its text deals with stand apart.
    Fields of the front matter that the catalogue would refuse are passed over; they are named by
    `front_matter_problems`.
    """
    front, _ = _front_matter(extraction)
    fields: dict[str, object] = {
        "title": _own_title(file, extraction),
        **dict(file.derived),
        **dict(front),
        **dict(file.row),
    }
    restated = fields.pop("sources", ())
    fields.pop("short_name", None)
    fields["sources"] = tuple(
        source
        for source in file.citable
        if source.doc_id in restated  # type: ignore[operator]  # checked_fields
    )
    if "language" not in fields and (language := guess_language(extraction)) is not None:
        fields["language"] = language
    info = DocumentInfo(**fields)  # type: ignore[arg-type]  # checked_fields gives each its type
    if "countries" in fields:
        return info
    titles = [title for title in (info.title, info.subtitle) if title]
    named = named_countries(extraction, titles=titles, language=info.language)
    return replace(info, named_countries=named)


def front_matter_problems(file: CorpusFile, extraction: Extraction) -> tuple[str, ...]:
    """Return what is wrong with the metadata that a file carries itself, one sentence each."""
    _, wrong = _front_matter(extraction)
    return tuple(f"front matter of {file.file}: {problem}" for problem in wrong)


def _front_matter(extraction: Extraction) -> tuple[Fields, tuple[str, ...]]:
    return checked_fields(dict(extraction.front_matter))


def _own_title(file: CorpusFile, extraction: Extraction) -> str:
    headings = (
        block.text
        for block in extraction.blocks
        if block.kind is BlockKind.HEADING and block.level == 1
    )
    return extraction.title or next(headings, "") or readable_name(PurePosixPath(file.file).stem)


def document_ids(files: Sequence[CorpusFile]) -> tuple[str, ...]:
    """Return the id of each file's document, in the order of ``files``.

    The slug of the file's stem; of several files with one slug the first in path order has it
    bare, the others end in six digits of their path's SHA-256 (more, should those be taken).
    """
    taken: set[str] = set()
    ids: dict[str, str] = {}
    for file in sorted(file.file for file in files):
        slug = _slug(PurePosixPath(file).stem)
        digest = hashlib.sha256(file.encode()).hexdigest()
        suffixed = (f"{slug}-{digest[:length]}" for length in range(_SUFFIX_LENGTH, len(digest)))
        ids[file] = next(name for name in (slug, *suffixed) if name not in taken)
        taken.add(ids[file])
    return tuple(ids[file.file] for file in files)


def _slug(stem: str) -> str:
    folded = unicodedata.normalize("NFKD", stem)
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter)).lower()
    if any(letter.isalpha() and not letter.isascii() for letter in plain):
        named = hashlib.sha1(stem.encode(), usedforsecurity=False).hexdigest()
        return f"document-{named[:8]}"
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug or f"document-{hashlib.sha1(stem.encode(), usedforsecurity=False).hexdigest()[:8]}"
