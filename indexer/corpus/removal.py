"""Takes reports out of a corpus folder without losing them."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from indexer.corpus.catalogue_rows import move_row
from indexer.corpus_names import CATALOGUE_NAME
from indexer.errors import CorpusError
from indexer.report_file_names import find_file
from indexer.store.protocol import StoredIndex

ASIDE = ".removed"
"""Hidden folder inside the corpus folder; the indexer passes over it."""


def remove(
    corpus_dir: Path, index: StoredIndex, names: Sequence[str]
) -> tuple[tuple[str, Path], ...]:
    """Move files out of ``corpus_dir`` into its hidden folder, all of them or none.

    Their catalogue rows go into a catalogue of that folder.

    Args:
        corpus_dir: The corpus folder.
        index: An index of it, which knows the document ids.
        names: Document ids, or paths inside the folder.

    Returns:
        Each file's path inside the folder, and where it lies now.

    Raises:
        CorpusError: A name is no document of the index, or its file is not there any more.
        CatalogueError: The catalogue is not TOML.
    """
    files = {entry.doc_id: entry.file for entry in index.documents}
    files |= {entry.file: entry.file for entry in index.documents}
    unknown = [name for name in names if name not in files]
    if unknown:
        raise CorpusError(
            f"no document {', '.join(unknown)} in the index of {corpus_dir}; "
            "`python -m indexer report` lists them"
        )
    chosen = tuple(dict.fromkeys(files[name] for name in names))
    gone = [file for file in chosen if not find_file(corpus_dir, file).is_file()]
    if gone:
        raise CorpusError(f"no file {', '.join(gone)} in {corpus_dir}; rebuild the index")
    same_name = Counter(Path(file).name for file in set(files.values()))
    for file in chosen:
        name = Path(file).name
        row_names = {file, name} if same_name[name] == 1 else {file}
        move_row(row_names, corpus_dir / CATALOGUE_NAME, corpus_dir / ASIDE / CATALOGUE_NAME)
    return tuple((file, _set_aside(corpus_dir, file)) for file in chosen)


def _set_aside(corpus_dir: Path, file: str) -> Path:
    aside = corpus_dir / ASIDE / file
    number = 1
    while aside.exists():
        number += 1
        aside = aside.with_name(f"{Path(file).stem}-{number}{Path(file).suffix}")
    aside.parent.mkdir(parents=True, exist_ok=True)
    find_file(corpus_dir, file).rename(aside)
    return aside
