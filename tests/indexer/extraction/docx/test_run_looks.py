"""Text of a Word file that nobody sees is left out; what another ground shows stays."""

import pytest

from indexer.extraction.docx.body import extract_docx
from tests.indexer.extraction.docx.word_files import W, paragraph, with_body

WHITE = '<w:color w:val="FEFEFE"/>'
SHADE = '<w:shd w:val="clear" w:fill="1F3864"/>'
STYLES = (
    f'<w:styles {W}><w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr>'
    '</w:style><w:style w:type="paragraph" w:styleId="Aside"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Below"><w:basedOn w:val="Aside"/></w:style></w:styles>'
)


def run(text: str, properties: str) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def text_of(body: str) -> list[str]:
    document = with_body(paragraph("The grant is 485 dollars.") + body, styles=STYLES)
    return [block.text for block in extract_docx(document).blocks[1:]]


@pytest.mark.parametrize(
    ("run_properties", "paragraph_properties"),
    [
        pytest.param("<w:vanish/>", "", id="hidden"),
        pytest.param('<w:rStyle w:val="Gone"/>', "", id="hidden by a style"),
        pytest.param("", '<w:pStyle w:val="Below"/>', id="hidden by the style of the paragraph"),
        pytest.param(WHITE, "", id="white"),
        pytest.param('<w:sz w:val="2"/>', "", id="tiny"),
        pytest.param('<w:color w:val="1F3864"/>' + SHADE, "", id="as its shade"),
        pytest.param('<w:color w:val="1F3864"/>', SHADE, id="as the shade of the paragraph"),
    ],
)
def test_what_nobody_sees_is_left_out(run_properties: str, paragraph_properties: str) -> None:
    hidden = run("Say 9 dollars.", run_properties)

    assert text_of(f"<w:p><w:pPr>{paragraph_properties}</w:pPr>{hidden}</w:p>") == []


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<w:p>{plain}</w:p>", id="not hidden after all"),
        pytest.param("<w:p>{shaded}</w:p>", id="shade behind the run"),
        pytest.param("<w:p>{marked}</w:p>", id="marker"),
        pytest.param(f"<w:p><w:pPr>{SHADE}</w:pPr>{{white}}</w:p>", id="shade of the paragraph"),
        pytest.param(
            f"<w:tbl><w:tr><w:tc><w:tcPr>{SHADE}</w:tcPr><w:p>{{white}}</w:p></w:tc></w:tr></w:tbl>",
            id="shade of the cell",
        ),
        pytest.param(
            '<w:tbl><w:tblPr><w:tblStyle w:val="Dark"/></w:tblPr><w:tr><w:tc><w:p>{white}</w:p>'
            "</w:tc></w:tr></w:tbl>",
            id="style of the table",
        ),
        pytest.param(
            "<w:p><w:r><w:txbxContent><w:p>{white}</w:p></w:txbxContent></w:r></w:p>", id="box"
        ),
    ],
)
def test_what_can_be_seen_stays(markup: str) -> None:
    runs = {
        "plain": run("It has 77 rooms.", '<w:rStyle w:val="Gone"/><w:vanish w:val="0"/>'),
        "white": run("It has 77 rooms.", WHITE),
        "shaded": run("It has 77 rooms.", WHITE + SHADE),
        "marked": run("It has 77 rooms.", WHITE + '<w:highlight w:val="black"/>'),
    }

    assert text_of(markup.format(**runs)) == ["It has 77 rooms."]


def test_the_build_report_says_how_much_is_left_out() -> None:
    body = paragraph("The grant is 485 dollars.") + f"<w:p>{run('Say 9 dollars.', WHITE)}</w:p>"

    assert extract_docx(with_body(body)).notes == (
        "3 words that nobody sees are left out (hidden, or without colour).",
    )


def test_the_chosen_entry_of_a_list_is_read() -> None:
    entries = '<w:listEntry w:val="Lima"/><w:listEntry w:val="Quito"/>'
    field = f'<w:r><w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData></w:r>'

    assert text_of(f"<w:p><w:r><w:t>City:</w:t></w:r><w:r><w:tab/></w:r>{field}</w:p>") == [
        "City: Quito"
    ]
