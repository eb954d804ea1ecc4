"""An index of two documents, one of them with pages, as far as finding answers needs one."""

from typing import cast

from indexer.extraction.formats import extract_file
from indexer.records import Document, DocumentInfo, PageStart, Sentence
from indexer.segmentation.documents import assemble
from indexer.segmentation.sentences import sentence_spans
from indexer.store.index import Index
from indexer.store.records import DocumentEntry
from tests.fakes import entry

ALTA = """# Alta

Alta pays half of the rent for two years. The rooms stand empty.

Rents fell by 45 per cent in 2019. The rooms stand empty.

The mayor’s office counted 4,500 households in 2019, and it counts again.
"""
BASSA = "The port of Bassa trains forty cooks each spring. It pays half of the rent.\n"


class TwoDocuments:
    """``alta`` with three pages, the third printed as “ii”, and ``bassa`` without any."""

    def __init__(self) -> None:
        alta = _document("alta", "Homes in Alta", ALTA)
        starts = [alta.text.index(word) for word in ("Alta", "Rents", "The mayor")]
        self._documents = {
            "alta": _paged(alta, tuple(PageStart(at, page) for page, at in enumerate(starts, 1))),
            "bassa": _document("bassa", "Work in Bassa: a survey", BASSA),
        }
        self.documents = tuple(
            entry(doc_id, each.info, file=each.file) for doc_id, each in self._documents.items()
        )

    def document(self, doc_id: str) -> Document:
        return self._documents[doc_id]

    def sentences(self, asked: DocumentEntry) -> tuple[Sentence, ...]:
        document = self.document(asked.doc_id)
        return tuple(
            Sentence(type(span)(block.span.start + span.start, block.span.start + span.end), at)
            for at, block in enumerate(document.blocks)
            for span in sentence_spans(block.span.of(document.text), language="en")
        )


def two_documents() -> Index:
    return cast("Index", TwoDocuments())


def _document(doc_id: str, title: str, text: str) -> Document:
    file = f"{doc_id}-2020.md"
    return assemble(
        extract_file(file, text.encode()),
        doc_id=doc_id,
        info=DocumentInfo(title=title),
        file=file,
        sha256="",
    )


def _paged(document: Document, starts: tuple[PageStart, ...]) -> Document:
    return Document(
        doc_id=document.doc_id,
        info=document.info,
        file=document.file,
        sha256="",
        text=document.text,
        blocks=document.blocks,
        page_starts=starts,
        page_labels=(None, None, "ii"),
    )
