"""Reads the first pages of a folder's PDFs, so that those without a catalogue row have a name."""

from dataclasses import replace
from pathlib import Path

from indexer.corpus.catalogue import Corpus, CorpusFile
from indexer.corpus.derived_fields import derived_fields
from indexer.corpus.kept_first_pages import KeptFirstPages
from indexer.extraction.pdf.front_pages import FrontPages
from indexer.extraction.sandbox import Bounds, read_fronts
from indexer.store.manifest import hash_file

_OF_FILE_ALONE = frozenset({"year", "publisher"})
_DERIVED = _OF_FILE_ALONE | {"title"}


def with_derived_fields(corpus: Corpus, kept: KeptFirstPages) -> Corpus:
    """Return ``corpus`` with what the first pages say of PDFs whose row does not say it all.

    A file whose pages cannot be read stays as it is; extracting it says why.

    Args:
        corpus: The files with their rows, without copies.
        kept: First pages that were read before; those of these files are kept there.
    """
    lacking = [file for file in corpus.files if _lacks_fields(file)]
    fronts = {file.file: kept.find(file.sha256) for file in lacking}
    new = [file for file in lacking if fronts[file.file] is None]
    outcomes = read_fronts([(file.path, file.sha256) for file in new], kept.bounds)
    for file, outcome in zip(new, outcomes, strict=True):
        kept.keep(file.sha256, outcome)
        fronts[file.file] = outcome
    kept.keep_only([file.sha256 for file in lacking])
    derived = derived_fields(
        {file: front for file, front in fronts.items() if isinstance(front, FrontPages)},
        {file.file: file.row for file in corpus.files},
    )
    files = (replace(file, derived=derived.get(file.file, ())) for file in corpus.files)
    return replace(corpus, files=tuple(files))


def fields_of(path: Path, bounds: Bounds) -> dict[str, object]:
    """Return year and publisher that the first pages of one PDF say, as far as they can be read.

    What tells a title from a letterhead is the corpus' other files, so a build alone finds it.
    """
    (front,) = read_fronts([(path, hash_file(path))], bounds)
    if not isinstance(front, FrontPages):
        return {}
    derived = derived_fields({path.name: front}).get(path.name, ())
    return {field: value for field, value in derived if field in _OF_FILE_ALONE}


def _lacks_fields(file: CorpusFile) -> bool:
    return is_pdf(file.path) and not {field for field, _ in file.row} >= _DERIVED


def is_pdf(path: Path) -> bool:
    """Tell whether a file is called a PDF."""
    return path.suffix.lower() == ".pdf"
