from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.records import BlockKind, DocumentInfo, Extraction, TextBlock
from indexer.segmentation.documents import assemble
from indexer.segmentation.sentences import sentence_spans, split_sentences


def pieces(text: str, language: str = "en") -> list[str]:
    return [span.of(text) for span in sentence_spans(text, language=language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param(
            "This is the policy.27 The next step follows.",
            "en",
            ["This is the policy.27", "The next step follows."],
            id="footnote marker after a full stop",
        ),
        pytest.param(
            "The law passed.¹ The city acted.",
            "en",
            ["The law passed.¹", "The city acted."],
            id="superscript marker",
        ),
        pytest.param(
            "The grant was 800.⁷ The fund paid 1,200⁴ of them.⁸⁻⁹ It closed.",
            "en",
            ["The grant was 800.⁷", "The fund paid 1,200⁴ of them.⁸⁻⁹", "It closed."],
            id="superscript markers behind figures",
        ),
        pytest.param(
            "They spoke of “welcome.” 19 The mayor agreed.",
            "en",
            ["They spoke of “welcome.” 19", "The mayor agreed."],
            id="marker behind a quotation",
        ),
        pytest.param(
            "In all 300 came. 35 mayors signed.",
            "en",
            ["In all 300 came.", "35 mayors signed."],
            id="a number that opens a sentence is no marker",
        ),
        pytest.param(
            "It cost USD 3.5 million, i.e. 2.5% of the total. Dr. Silva et al. agreed.",
            "en",
            ["It cost USD 3.5 million, i.e. 2.5% of the total.", "Dr. Silva et al. agreed."],
            id="decimals and abbreviations",
        ),
        pytest.param(
            "El Sr. Pérez llegó a EE.UU. en 2019. La Sra. Gómez también.",
            "es",
            ["El Sr. Pérez llegó a EE.UU. en 2019.", "La Sra. Gómez también."],
            id="Spanish abbreviations",
        ),
        pytest.param(
            "A Dra. Souza não veio. Qual foi o motivo?",
            "pt",
            ["A Dra. Souza não veio.", "Qual foi o motivo?"],
            id="Portuguese abbreviations",
        ),
        pytest.param(
            "It supports outreach. 102 However, 12 towns joined. 15 Cities left.",
            "en",
            ["It supports outreach. 102", "However, 12 towns joined.", "15 Cities left."],
            id="a marker after a gap, before a word that opens a sentence",
        ),
        pytest.param(
            "They nominate Ms. Gahar and Lt. Col. Ruiz.",
            "en",
            ["They nominate Ms. Gahar and Lt. Col. Ruiz."],
            id="titles of persons",
        ),
        pytest.param("2.1. The role is clear.", "en", ["2.1. The role is clear."], id="a number"),
        pytest.param("  \n ", "en", [], id="blank"),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(
    text: str, language: str, expected: list[str]
) -> None:
    assert pieces(text, language) == expected


@given(st.text(alphabet="ab .!?\n¹7”(", max_size=80), st.sampled_from(["en", "es", "pt", "xx"]))
def test_sentences_are_quotations_in_order_and_lose_no_word(text: str, language: str) -> None:
    spans = sentence_spans(text, language=language)

    assert all(left.end <= right.start for left, right in pairwise(spans))
    held = {at for span in spans for at in range(span.start, span.end)}
    assert all(at in held for at, letter in enumerate(text) if not letter.isspace())


def test_headings_and_table_rows_are_one_sentence_each() -> None:
    extraction = Extraction(
        (
            TextBlock(BlockKind.HEADING, "1. Rents. And more.", level=1),
            TextBlock(BlockKind.PARAGRAPH, "One thing. Another thing."),
            TextBlock(BlockKind.TABLE_ROW, "North. | 12. All."),
        )
    )
    document = assemble(extraction, doc_id="d", info=DocumentInfo("D"), file="d.md", sha256="")

    texts = [sentence.span.of(document.text) for sentence in split_sentences(document)]

    assert texts == ["1. Rents. And more.", "One thing.", "Another thing.", "North. | 12. All."]
