"""What an index holds and lacks is said in full."""

from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from indexer.build import build
from indexer.errors import CorpusError, Reason
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index
from indexer.store.index import Index
from indexer.store.manifest import UnreadFile
from indexer.store.summary import full_summary, passages_of, summary

PAGES = ("A trolleybus carries 900 people.", "A ride costs 35 cents.", "The metro has stops.")


def write_pdf(path: Path) -> None:
    canvas = Canvas(str(path))
    for text in PAGES:
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()


@pytest.fixture
def index(built: IndexerSettings) -> Index:
    return open_index(built.index_dir, verify=False)


def test_the_summary_counts_what_is_indexed_and_names_what_is_not(index: Index) -> None:
    manifest = replace(
        index.manifest,
        n_documents=2,
        n_passages=7,
        n_sentences=40,
        took_s=(("extract", 1.04), ("embed", 2.0)),
        problems=("b.md is a copy of a.md; indexed once.",),
        unread=(
            UnreadFile("a.pdf", Reason.ENCRYPTED, "it needs a password", ""),
            UnreadFile("b.pdf", Reason.EMPTY, "no bytes", ""),
        ),
    )

    said = summary(manifest, place="index/x", is_new=True)

    assert said.splitlines() == [
        "note: b.md is a copy of a.md; indexed once.",
        "index/x built in 3.0 s: 2 documents, 7 passages, 40 sentences; 2 files not read",
        "not read: a.pdf (encrypted: it needs a password); b.pdf (empty: no bytes)",
    ]


def test_the_summary_of_an_index_that_is_up_to_date_is_one_line(index: Index) -> None:
    said = summary(index.manifest, place="index/x", is_new=False)

    assert said.startswith("index/x is up to date: 2 documents, ")
    assert said.endswith("; 0 files not read")
    assert "\n" not in said


def test_the_report_names_every_document_with_its_numbers(built: IndexerSettings) -> None:
    write_pdf(built.corpus / "quito.pdf")
    build(built)
    index = open_index(built.index_dir)

    lines = [line.split() for line in full_summary(index).splitlines()]

    for doc_id, pages in (("housing", "–"), ("transport", "–"), ("quito", "3")):
        entry = index.entry(doc_id)
        assert [doc_id, pages, str(entry.n_passages), str(entry.n_sentences)] in lines


def test_the_report_counts_by_reason_what_was_not_read(built: IndexerSettings) -> None:
    for name in ("a.pdf", "b.docx"):
        (built.corpus / name).write_bytes(b"")
        (built.corpus / name).with_stem("photo").write_bytes(b"\x89PNG\r\n\x1a\n" + name.encode())
    (built.corpus / "c.md").write_bytes((built.corpus / "housing.md").read_bytes())
    build(built)

    report = full_summary(open_index(built.index_dir))

    assert "    1  empty" in report  # two empty files have the same content
    assert "    2  mislabelled" in report
    assert "\nnotes on the corpus\n" in report
    assert "housing.md is a copy of c.md" in report


def test_the_report_of_a_sound_corpus_has_no_troubles(index: Index) -> None:
    report = full_summary(index)

    assert index.manifest.fingerprint in report
    assert "\nnot read\n" not in report
    assert "notes on the corpus" not in report


def test_every_passage_of_a_document_is_shown_with_its_context(index: Index) -> None:
    shown = passages_of(index, "housing")

    entry = index.entry("housing")
    document = index.document("housing")
    for row in range(entry.first_passage, entry.first_passage + entry.n_passages):
        passage = index.passage(row)
        assert f"── {passage.passage_id}\n[{passage.context}]\n" in shown
        assert passage.span.of(document.text) in shown


def test_a_passage_of_a_file_with_pages_is_shown_with_its_page(built: IndexerSettings) -> None:
    write_pdf(built.corpus / "quito.pdf")
    build(built)

    shown = passages_of(open_index(built.index_dir), "quito")

    assert "  page 1\n" in shown


def test_an_unknown_document_is_refused_beside_those_there_are(index: Index) -> None:
    with pytest.raises(CorpusError, match=r"no document 'nowhere'.*it has: housing, transport"):
        passages_of(index, "nowhere")
