"""Summaries of an index for the terminal: after a build, in full, and passage by passage."""

from collections import Counter
from collections.abc import Sequence

from indexer.errors import CorpusError
from indexer.store.manifest import Manifest, UnreadFile
from indexer.store.protocol import StoredIndex
from indexer.store.records import DocumentEntry


def summary(manifest: Manifest, *, place: str, is_new: bool) -> str:
    """Return a build's last lines: what is indexed, where, how long it took, what is missing."""
    took = f" in {sum(seconds for _, seconds in manifest.took_s):.1f} s" if is_new else ""
    state = "built" if is_new else "is up to date"
    lines = [
        *(f"note: {problem}" for problem in manifest.problems),
        f"{place} {state}{took}: {_counts(manifest)}",
    ]
    if manifest.unread:
        lines.append(f"not read: {'; '.join(_why(file) for file in manifest.unread)}")
    return "\n".join(lines)


def full_summary(index: StoredIndex) -> str:
    """Return the full summary: documents, files that could not be read and why, problems, times."""
    manifest = index.manifest
    width = max(len(entry.doc_id) for entry in index.documents)
    took = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in manifest.took_s)
    sections = [
        f"{index.place}, generation {index.generation}\n{_counts(manifest)}",
        f"built {manifest.built_at} with {manifest.encoder} in {manifest.precision}; {took}",
        f"vector index {manifest.vector_index}, recall@10 {manifest.recall_at_10}",
        f"fingerprint {manifest.fingerprint}",
        f"{'document':{width}}  pages  passages  sentences",
        *(_line(entry, width) for entry in index.documents),
        *_section("not read", [_why(file) for file in manifest.unread]),
        *_section("by reason", _by_reason(manifest.unread)),
        *_section("notes on the corpus", manifest.problems),
    ]
    return "\n".join(sections)


def passages_of(index: StoredIndex, doc_id: str) -> str:
    """Return every passage of a document with its place, context and text.

    Raises:
        CorpusError: There is no such document.
    """
    position = index.position(doc_id)
    if position is None:
        known = ", ".join(entry.doc_id for entry in index.documents)
        raise CorpusError(f"no document {doc_id!r} in the index; it has: {known}")
    entry, document = index.documents[position], index.document(doc_id)
    shown = []
    for row in range(entry.first_passage, entry.first_passage + entry.n_passages):
        passage = index.passage(row)
        page = document.page_at(passage.span.start)
        place = f"{passage.passage_id}" + (f"  page {page}" if page else "")
        shown.append(f"── {place}\n[{passage.context}]\n{passage.span.of(document.text)}\n")
    return "\n".join(shown)


def _counts(manifest: Manifest) -> str:
    return (
        f"{manifest.n_documents} documents, {manifest.n_passages} passages, "
        f"{manifest.n_sentences} sentences; {len(manifest.unread)} files not read"
    )


def _line(entry: DocumentEntry, width: int) -> str:
    pages = "–" if entry.n_pages is None else str(entry.n_pages)
    line = f"{entry.doc_id:{width}}  {pages:>5}  {entry.n_passages:>8}  {entry.n_sentences:>9}"
    return "\n".join([line, *(f"    {note}" for note in entry.notes)])


def _why(file: UnreadFile) -> str:
    return f"{file.file} ({file.reason}: {file.detail})"


def _by_reason(unread: Sequence[UnreadFile]) -> list[str]:
    return [f"{n:>5}  {reason}" for reason, n in Counter(f.reason for f in unread).most_common()]


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [f"\n{title}", *(f"  {line}" for line in lines)] if lines else []
