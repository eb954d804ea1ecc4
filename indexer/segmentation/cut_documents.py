"""Cuts a document up and holds the parts together, with the texts that are embedded."""

from dataclasses import dataclass

from indexer.records import BlockKind, Document, Passage, Sentence
from indexer.segmentation.passages import CountPieces, PassageBudget, cut_passages, embedded_text
from indexer.segmentation.sentences import split_sentences
from indexer.segmentation.table_cells import cells_of, headed_row
from indexer.superscripts import without_superscripts


@dataclass(frozen=True, slots=True)
class CutDocument:
    """A document with its sentences and passages.

    Attributes:
        document: The document.
        content_key: Key of all that decided it and its parts; equal keys need no new extraction.
        sentences: In order.
        passages: In order.
    """

    document: Document
    content_key: str
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]

    @property
    def sentence_texts(self) -> list[str]:
        """Return the embedded text of each sentence; a table row has its headings in it."""
        return [without_superscripts(self._sentence_text(sentence)) for sentence in self.sentences]

    def _sentence_text(self, sentence: Sentence) -> str:
        block = self.document.blocks[sentence.block]
        text = sentence.span.of(self.document.text)
        if block.kind is not BlockKind.TABLE_ROW or block.lead is None:
            return text
        headed = headed_row(cells_of(block.lead.of(self.document.text)), text)
        return headed.text if headed else text

    @property
    def passage_texts(self) -> list[str]:
        """Return the embedded text of each passage, its context first."""
        text = self.document.text
        return [
            embedded_text(passage, without_superscripts(passage.span.of(text)))
            for passage in self.passages
        ]


def cut_document(
    document: Document, *, content_key: str, budget: PassageBudget, count_pieces: CountPieces
) -> CutDocument:
    """Return ``document`` with its sentences and passages."""
    sentences = split_sentences(document)
    passages = cut_passages(document, sentences, budget=budget, count_pieces=count_pieces)
    return CutDocument(document, content_key, sentences, passages)
