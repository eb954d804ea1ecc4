"""Which report replaces which, as their metadata say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from indexer.corpus.catalogue import CorpusFile
from indexer.records import DocumentInfo


def successors(
    files: Sequence[CorpusFile], doc_ids: Sequence[str], infos: Sequence[DocumentInfo]
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Return the ids of the documents that replace a document, and a problem per unknown name.

    Args:
        files: The corpus's files.
        doc_ids: Ids of their documents, in the same order.
        infos: Their metadata, in the same order; ``supersedes`` has file paths, bare file names or
            ids.

    Returns:
        Ids, sorted, by the id of the document that they replace; one sentence for each name that
        is no document's.
    """
    known = _ids_by_name(files, doc_ids)
    replaced: dict[str, set[str]] = {}
    problems: list[str] = []
    for file, doc_id, info in zip(files, doc_ids, infos, strict=True):
        for name in info.supersedes:
            if name not in known:
                problems.append(
                    f"{file.file} supersedes {name}, which is no file or id of this corpus."
                )
            elif known[name] != doc_id:
                replaced.setdefault(known[name], set()).add(doc_id)
    return {doc_id: tuple(sorted(ids)) for doc_id, ids in replaced.items()}, tuple(problems)


def _ids_by_name(files: Sequence[CorpusFile], doc_ids: Sequence[str]) -> Mapping[str, str]:
    """Return every name of a document → its id; a bare file name only if no other file has it."""
    bare_names = [PurePosixPath(file.file).name for file in files]
    n_files = Counter(bare_names)
    names = {
        name: doc_id for name, doc_id in zip(bare_names, doc_ids, strict=True) if n_files[name] == 1
    }
    names |= {file.file: doc_id for file, doc_id in zip(files, doc_ids, strict=True)}
    return names | {doc_id: doc_id for doc_id in doc_ids}
