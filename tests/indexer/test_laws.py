"""The laws of DESIGN.md on the five real reports, as PDF and as text, with the real tokenizer."""

import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from indexer.corpus.catalogue import describe, open_corpus
from indexer.encoder.building.text_encoder import Encoder
from indexer.encoder.query_encoder import TOKENIZER_NAME
from indexer.extraction.formats import extract_file
from indexer.records import Document, Passage, Sentence, Span
from indexer.segmentation.documents import assemble
from indexer.segmentation.passages import PassageBudget, cut_passages, embedded_text
from indexer.segmentation.sentences import split_sentences
from indexer.settings import IndexerSettings
from indexer.store.manifest import hash_file

MAX_PIECES = 256
"""What all-MiniLM-L6-v2 reads, special tokens included (its model card)."""

N_DRAWN, N_FOUND = 60, 57
_SENTENCE = re.compile(r"(?<=[.!?]\s)[A-Z][^.!?;:•●|\n]{5,}(?:\n[^.!?;:•●|\n]+){0,3}\.(?=\s)")


@dataclass(frozen=True, slots=True)
class Report:
    """One report with all that the indexer makes of it but vectors."""

    path: Path
    n_pages: int | None
    document: Document
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]


@pytest.fixture(scope="module")
def reports(shared: Path, encoder: Encoder) -> tuple[Report, ...]:
    """The five reports, once as PDF and once as text."""
    folders = (shared / "corpus" / "pdf", shared / "corpus" / "txt")
    found = tuple(report for folder in folders for report in _reports(folder, encoder))
    assert len(found) == 10
    return found


def _reports(corpus_dir: Path, encoder: Encoder) -> Iterator[Report]:
    budget = PassageBudget(IndexerSettings().build_max_words, encoder.max_pieces)
    for file in open_corpus(corpus_dir).files:
        extraction = extract_file(file.path.name, file.path.read_bytes())
        document = assemble(
            extraction,
            doc_id=file.path.stem,
            info=describe(file, extraction),
            file=file.file,
            sha256=hash_file(file.path),
        )
        sentences = split_sentences(document)
        passages = cut_passages(
            document, sentences, budget=budget, count_pieces=encoder.count_pieces
        )
        n_pages = None if extraction.page_labels is None else len(extraction.page_labels)
        yield Report(file.path, n_pages, document, sentences, passages)


def test_what_is_embedded_is_read_by_the_encoder_to_its_end(
    reports: tuple[Report, ...], encoder: Encoder
) -> None:
    tokenizer = Tokenizer.from_file(str(encoder._folder / TOKENIZER_NAME))
    tokenizer.no_truncation()
    tokenizer.no_padding()

    texts = [
        embedded_text(passage, passage.span.of(report.document.text))
        for report in reports
        for passage in report.passages
    ]

    assert len(texts) > 1000
    assert max(len(encoding) for encoding in tokenizer.encode_batch(texts)) <= MAX_PIECES


def test_no_character_is_lost_on_the_way_to_a_passage(reports: tuple[Report, ...]) -> None:
    for report in reports:
        text = report.document.text
        held = bytearray(len(text))
        for passage in report.passages:
            held[passage.span.start : passage.span.end] = b"\1" * (
                passage.span.end - passage.span.start
            )

        assert not "".join(
            letter for letter, is_held in zip(text, held, strict=True) if not is_held
        ).strip()


def test_passages_stand_in_the_order_of_the_text_and_only_neighbours_overlap(
    reports: tuple[Report, ...],
) -> None:
    for report in reports:
        spans = [passage.span for passage in report.passages]

        assert all(a.start < b.start and a.end <= b.end for a, b in pairwise(spans))
        assert all(a.end <= c.start for a, c in zip(spans, spans[2:], strict=False))


def test_sentences_hold_all_of_the_text_and_are_trimmed(reports: tuple[Report, ...]) -> None:
    for report in reports:
        text = report.document.text
        quotes = [sentence.span.of(text) for sentence in report.sentences]

        assert all(quote == quote.strip() != "" for quote in quotes)
        assert "".join("".join(quotes).split()) == "".join(text.split())


def test_a_passage_is_whole_sentences_or_part_of_one_too_long_for_it(
    reports: tuple[Report, ...],
) -> None:
    for report in reports:
        for passage in report.passages:
            first = report.sentences[passage.first_sentence].span
            last = report.sentences[passage.last_sentence].span
            if passage.span != Span(first.start, last.end):
                assert first == last
                assert len(first.of(report.document.text).split()) > 160


def test_a_pdfs_pages_are_those_it_has_and_a_text_has_none(reports: tuple[Report, ...]) -> None:
    for report in reports:
        starts = report.document.page_starts
        if report.path.suffix == ".txt":
            assert starts == ()
            assert report.n_pages is None
        else:
            assert report.n_pages is not None
            assert {start.page for start in starts} == set(range(1, report.n_pages + 1))
            assert [start.start for start in starts] == sorted({start.start for start in starts})


@pytest.fixture(scope="module")
def drawn(shared: Path) -> list[tuple[str, int, str]]:
    """Sentences that poppler finds on a page, as ``(file, page, sentence)``, drawn by chance."""
    if shutil.which("pdftotext") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no pdftotext; install poppler-utils")
        pytest.skip("no pdftotext; install poppler-utils")
    found = [
        (path.stem, page, match[0])
        for path in sorted((shared / "corpus" / "pdf").glob("*.pdf"))
        for page, text in enumerate(_pages(path), start=1)
        for match in _SENTENCE.finditer(text)
        if len(match[0].split()) >= 8 and "-\n" not in match[0]
    ]
    return random.Random(20_250_101).sample(found, N_DRAWN)  # noqa: S311  (no secret)


def _pages(path: Path) -> list[str]:
    """Return poppler's text of each page, in the order of the file's own content."""
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\f")[:-1]


def test_a_sentence_that_poppler_sees_on_a_page_is_cited_with_that_page(
    drawn: list[tuple[str, int, str]], reports: tuple[Report, ...]
) -> None:
    documents = {r.document.doc_id: r.document for r in reports if r.n_pages is not None}

    pages = [(_pages_of(sentence, documents[name]), page) for name, page, sentence in drawn]

    assert [page for found, page in pages if found and page not in found] == []
    assert sum(bool(found) for found, _ in pages) >= N_FOUND


def _pages_of(sentence: str, document: Document) -> set[int | None]:
    """Return the page of each place in ``document`` that reads ``sentence``, spaces aside."""
    words = (re.escape(word) for word in sentence.split())
    return {document.page_at(at.start()) for at in re.finditer(r"\s*".join(words), document.text)}
