"""What is embedded of a document."""

from indexer.extraction.markdown import extract_markdown
from indexer.records import DocumentInfo
from indexer.segmentation.cut_documents import cut_document
from indexer.segmentation.documents import assemble
from indexer.segmentation.passages import PassageBudget

REPORT = """In 2018<sup>3</sup> it paid for 12 km<sup>2</sup>.

| City | 2019 | 2020 |
|---|---|---|
| Tacna | | 95 |
"""


def test_sentences_are_embedded_without_note_numbers_and_rows_with_their_headings() -> None:
    document = assemble(
        extract_markdown(REPORT.encode()), doc_id="d", info=DocumentInfo("D"), file="d", sha256="0"
    )

    cut = cut_document(
        document,
        content_key="",
        budget=PassageBudget(100, 100),
        count_pieces=lambda texts: [len(text.split()) for text in texts],
    )

    assert cut.sentence_texts == [
        "In 2018  it paid for 12 km².",
        "City | 2019 | 2020",
        "City: Tacna; 2020: 95",
    ]
    assert cut.passage_texts == [
        "D\nIn 2018  it paid for 12 km².\n\nCity | 2019 | 2020\nTacna | | 95"
    ]
