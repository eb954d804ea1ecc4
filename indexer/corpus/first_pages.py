"""Reads the first pages of a folder's PDFs, so that those without a catalogue row have a name."""

from dataclasses import replace
from pathlib import Path

from indexer.corpus.catalogue import Corpus, CorpusFile
from indexer.corpus.catalogue_fields import Fields
from indexer.corpus.derived_fields import derived_fields
from indexer.extraction.pdf.front_pages import FrontPages
from indexer.extraction.sandbox import Bounds, read_fronts

_DERIVED = frozenset({"title", "year", "publisher"})
_OF_TITLE = frozenset({"subtitle", "identifier"})


def with_derived_fields(corpus: Corpus, bounds: Bounds) -> Corpus:
    """Return ``corpus`` with what the first pages say of PDFs whose row does not say it all.

    A file whose pages cannot be read stays as it is; extracting it says why.

    Args:
        corpus: The files with their rows.
        bounds: Limits on reading one file.
    """
    lacking = [file for file in corpus.files if _lacks_fields(file)]
    fronts = read_fronts([file.path for file in lacking], bounds)
    read = {
        file.file: front
        for file, front in zip(lacking, fronts, strict=True)
        if isinstance(front, FrontPages)
    }
    derived = derived_fields(read)
    return replace(
        corpus,
        files=tuple(
            replace(file, derived=_missing(derived.get(file.file, ()), file.row))
            for file in corpus.files
        ),
    )


def fields_of(path: Path, bounds: Bounds) -> dict[str, object]:
    """Return what the first pages of one PDF say of it; nothing where they cannot be read."""
    (front,) = read_fronts([path], bounds)
    if not isinstance(front, FrontPages):
        return {}
    return dict(derived_fields({path.name: front})[path.name])


def _lacks_fields(file: CorpusFile) -> bool:
    return is_pdf(file.path) and not {field for field, _ in file.row} >= _DERIVED


def _missing(derived: Fields, row: Fields) -> Fields:
    """Return the fields that a row lacks; beside a title of its own none that go with a title."""
    known = {field for field, _ in row}
    known |= _OF_TITLE if "title" in known else set()
    return tuple((field, value) for field, value in derived if field not in known)


def is_pdf(path: Path) -> bool:
    """Tell whether a file is called a PDF."""
    return path.suffix.lower() == ".pdf"
