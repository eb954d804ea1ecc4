"""Cuts a document up and holds the parts together, with the texts that are embedded."""

from dataclasses import dataclass

from indexer.records import Document, Passage, Sentence
from indexer.segmentation.passages import CountPieces, PassageBudget, cut_passages, embedded_text
from indexer.segmentation.sentences import split_sentences
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
        """Return the embedded text of each sentence, as long as the sentence."""
        texts = (sentence.span.of(self.document.text) for sentence in self.sentences)
        return list(map(without_superscripts, texts))

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
