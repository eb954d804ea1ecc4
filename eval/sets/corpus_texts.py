"""Texts that contain the gold: the corpus as an index has it, and the source reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from eval.records import GoldSpan
from eval.sets.development_reports import Report, load_reports
from eval.word_matching import fold
from indexer.corpus.catalogue import describe, document_ids, open_corpus
from indexer.extraction.formats import extract_file
from indexer.records import Document
from indexer.segmentation.documents import assemble
from indexer.store.manifest import hash_file


@dataclass(frozen=True)
class GoldTexts:
    """Texts that questions are checked against.

    Attributes:
        documents: The documents of the corpus, by id.
        reports: The source reports by id; empty where they are not at hand.
    """

    documents: Mapping[str, Document]
    reports: Mapping[str, Report]

    @property
    def themes(self) -> frozenset[str]:
        """Every theme that a document of the corpus has."""
        return frozenset(theme for d in self.documents.values() for theme in d.info.themes)

    @cached_property
    def folded_documents(self) -> Mapping[str, str]:
        """The documents' texts by id, without case, accents and line breaks."""
        return {doc_id: fold(document.text) for doc_id, document in self.documents.items()}

    @cached_property
    def folded_reports(self) -> Mapping[str, str]:
        """The reports' texts in the same form."""
        return {report_id: fold(report.text) for report_id, report in self.reports.items()}

    def section_text(self, gold: GoldSpan) -> str | None:
        """Return the text of the section that ``gold`` names, or ``None`` where it is not known."""
        report = self.reports.get(gold.doc_id)
        return report.section_text(gold.section) if report and gold.section else None


def load_gold_texts(corpus_dir: Path, shared_dir: Path) -> GoldTexts:
    """Extract the documents of a corpus folder; load the source reports if ``shared_dir`` has them.

    Raises:
        CorpusError: The corpus folder is not there or empty.
        UnreadableError: A document cannot be read.
    """
    return GoldTexts(extract_corpus(corpus_dir), load_reports(shared_dir))


def extract_corpus(corpus_dir: Path) -> Mapping[str, Document]:
    """Return the documents of a corpus folder by id, their text as an index of it has it."""
    files = open_corpus(corpus_dir).files
    documents = {}
    for file, doc_id in zip(files, document_ids(files), strict=True):
        extracted = extract_file(file.file, file.path.read_bytes())
        documents[doc_id] = assemble(
            extracted,
            doc_id=doc_id,
            info=describe(file, extracted),
            file=file.file,
            sha256=hash_file(file.path),
        )
    return documents
