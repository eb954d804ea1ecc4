"""Note numbers of Word files are written in superscript signs."""

import pytest

from indexer.extraction.docx.body import extract_docx
from tests.indexer.extraction.docx.word_files import W, with_body

RAISED = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
STYLED = '<w:r><w:rPr><w:rStyle w:val="{}"/></w:rPr><w:t>{}</w:t></w:r>'
STYLES = (
    f'<w:styles {W}><w:style w:type="character" w:styleId="Anchor">'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Mark"><w:basedOn w:val="Anchor"/></w:style>'
    "</w:styles>"
)
CALL = '<w:r><w:footnoteReference w:id="{}"/></w:r>'


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def text_of(body: str) -> str:
    return extract_docx(with_body(body, styles=STYLES)).blocks[0].text


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        pytest.param(RAISED.format("4"), "1,200⁴ grants", id="superscript"),
        pytest.param(RAISED.format("1") + RAISED.format("2"), "1,200¹² grants", id="in two runs"),
        pytest.param(STYLED.format("Anchor", "4"), "1,200⁴ grants", id="character style"),
        pytest.param(STYLED.format("Mark", "4"), "1,200⁴ grants", id="style based on another"),
        pytest.param(STYLED.format("Other", "4"), "1,2004 grants", id="style that raises nothing"),
        pytest.param(CALL.format(9), "1,200¹ grants", id="footnote, numbered as it is called"),
        pytest.param(
            '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>',
            "1,200* grants",
            id="footnote with a sign of its own",
        ),
        pytest.param(
            '<w:r><w:rPr><w:position w:val="6"/></w:rPr><w:t>4</w:t></w:r>',
            "1,200⁴ grants",
            id="moved up",
        ),
        pytest.param(
            "<w:m><w:sSup><w:e/><w:sup><w:r><w:t>6</w:t></w:r></w:sup></w:sSup></w:m>",
            "1,200⁶ grants",
            id="exponent of a formula",
        ),
        pytest.param(RAISED.format("t") + RAISED.format("h"), "1,200th grants", id="ending"),
    ],
)
def test_a_raised_number_is_no_part_of_the_figure_before_it(inside: str, expected: str) -> None:
    assert text_of(f"<w:p>{run('1,200')}{inside}{run(' grants')}</w:p>") == expected


def test_notes_are_numbered_as_the_document_says() -> None:
    section = (
        '<w:sectPr><w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numStart w:val="3"/>'
        "</w:footnotePr></w:sectPr>"
    )

    body = f"<w:p>{run('350')}{CALL.format(1)}{run(' of 800')}{CALL.format(2)}</w:p>{section}"

    assert text_of(body) == "350ᶜ of 800ᵈ"
