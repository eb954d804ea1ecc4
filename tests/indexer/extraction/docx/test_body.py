"""DOCX: every kind of text in a Word file, and every way such a file can be bad."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress

import docx
import pytest
from docx.document import Document
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import Reason, UnreadableError
from indexer.extraction.docx.body import extract_docx
from indexer.extraction.docx.package import MAX_PART_BYTES
from indexer.records import BlockKind, TextBlock
from tests.indexer.extraction.docx.word_files import W, paragraph, with_body

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def blocks_of(document: Document) -> list[TextBlock]:
    return list(extract_docx(saved(document)).blocks)


def texts(data: bytes) -> list[str]:
    return [block.text for block in extract_docx(data).blocks]


def test_headings_lists_and_captions_come_in_order() -> None:
    document = docx.Document()
    document.add_heading("Homes", 0)
    document.add_heading("Rents", 2)
    document.add_paragraph("Text of a migra\u00adtion report.")
    document.add_paragraph("point", style="List Bullet")
    document.add_paragraph("first", style="List Number")
    document.add_paragraph("second", style="List Number")
    document.add_paragraph("Figure 1. Rents", style="Caption")

    blocks = blocks_of(document)

    assert blocks == [
        TextBlock(BlockKind.HEADING, "Homes", level=1),
        TextBlock(BlockKind.HEADING, "Rents", level=2),
        TextBlock(BlockKind.PARAGRAPH, "Text of a migration report."),
        TextBlock(BlockKind.LIST_ITEM, "- point"),
        TextBlock(BlockKind.LIST_ITEM, "1. first"),
        TextBlock(BlockKind.LIST_ITEM, "2. second"),
        TextBlock(BlockKind.CAPTION, "Figure 1. Rents"),
    ]


def test_an_outline_level_makes_a_heading_without_a_style() -> None:
    data = with_body(paragraph("Homes", '<w:outlineLvl w:val="2"/>'))

    assert extract_docx(data).blocks == (TextBlock(BlockKind.HEADING, "Homes", level=3),)


def test_a_style_based_on_a_heading_is_one() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="T2"><w:name w:val="heading 2"/>'
        '</w:style><w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/>'
        '<w:basedOn w:val="T2"/></w:style></w:styles>'
    )
    data = with_body(paragraph("Homes", '<w:pStyle w:val="Own"/>'), styles=styles)

    assert extract_docx(data).blocks == (TextBlock(BlockKind.HEADING, "Homes", level=2),)


NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
    '</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
)


def numbered(text: str, level: int, more: str = "") -> str:
    return paragraph(
        text, f'{more}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    )


def test_items_carry_the_number_that_word_shows() -> None:
    body = (
        numbered("a", 0) + numbered("b", 1) + numbered("c", 1) + numbered("d", 0) + numbered("e", 1)
    )

    assert texts(with_body(body, numbering=NUMBERING)) == [
        "3. a",
        "3.a) b",
        "3.b) c",
        "4. d",
        "4.a) e",
    ]


def test_a_list_without_a_pattern_gets_dashes() -> None:
    silent = NUMBERING.replace('"%1."', '" "')

    assert texts(with_body(numbered("a", 0), numbering=silent)) == ["- a"]


def test_a_numbered_heading_keeps_its_number() -> None:
    body = numbered("Homes", 0, '<w:outlineLvl w:val="0"/>')

    assert texts(with_body(body, numbering=NUMBERING)) == ["3. Homes"]


def test_tables_come_row_by_row_with_nested_ones_behind() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    for at, text in enumerate(["City", "Homes", "Lima", "10", "", "11"]):
        table.cell(at // 2, at % 2).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "new", "4"

    assert blocks_of(document) == [
        TextBlock(BlockKind.TABLE_HEADER, "City | Homes"),
        TextBlock(BlockKind.TABLE_ROW, "Lima | 10"),
        TextBlock(BlockKind.TABLE_ROW, "Lima | 11"),
        TextBlock(BlockKind.TABLE_ROW, "new | 4", begins_table=True),
    ]


def test_a_marked_header_row_is_the_header() -> None:
    row = "<w:tr><w:trPr>{}</w:trPr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    body = "<w:tbl>{}{}</w:tbl>".format(
        row.format("", paragraph("a"), paragraph("b")),
        row.format("<w:tblHeader/>", paragraph("c"), paragraph("d")),
    )

    kinds = [block.kind for block in extract_docx(with_body(body)).blocks]

    assert kinds == [BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER]


def test_a_frame_around_text_is_no_table() -> None:
    body = f"<w:tbl><w:tr><w:tc>{paragraph('One.')}{paragraph('Two.')}</w:tc></w:tr></w:tbl>"

    assert extract_docx(with_body(body)).blocks == (
        TextBlock(BlockKind.PARAGRAPH, "One."),
        TextBlock(BlockKind.PARAGRAPH, "Two."),
    )


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        pytest.param("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", ["a b"], id="tab"),
        pytest.param("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", ["a b"], id="line break"),
        pytest.param("<w:r><w:t>a</w:t><w:softHyphen/><w:t>b</w:t></w:r>", ["ab"], id="soft"),
        pytest.param("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>", ["a-b"], id="hard"),
        pytest.param(
            "<w:del><w:r><w:delText>a</w:delText></w:r></w:del><w:r><w:t>b</w:t></w:r>",
            ["b"],
            id="tracked deletion",
        ),
        pytest.param("<w:ins><w:r><w:t>a</w:t></w:r></w:ins>", ["a"], id="tracked insertion"),
        pytest.param(
            "<w:moveFrom><w:r><w:t>a</w:t></w:r></w:moveFrom>"
            "<w:moveTo><w:r><w:t>b</w:t></w:r></w:moveTo>",
            ["b"],
            id="tracked move",
        ),
        pytest.param(
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r>",
            ["b"],
            id="hidden text",
        ),
        pytest.param("<w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink>", ["a"], id="link"),
        pytest.param(
            "<w:sdt><w:sdtContent><w:r><w:t>a</w:t></w:r></w:sdtContent></w:sdt>",
            ["a"],
            id="content control",
        ),
        pytest.param(
            "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>a</w:t></w:r>", ["a"], id="field"
        ),
        pytest.param(
            "<w:r><w:t>a</w:t><AlternateContent><Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r>"
            "</w:p></w:txbxContent></Choice><Fallback><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r>"
            "</w:p></w:txbxContent></Fallback></AlternateContent></w:r>",
            ["a", "box"],
            id="text box, once",
        ),
    ],
)
def test_what_word_shows_is_the_text(inside: str, expected: list[str]) -> None:
    assert texts(with_body(f"<w:p>{inside}</w:p>")) == expected


def test_a_content_control_around_paragraphs_is_read_but_not_its_placeholder() -> None:
    kept = f"<w:sdt><w:sdtContent>{paragraph('Kept.')}</w:sdtContent></w:sdt>"
    empty = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{paragraph('Click here.')}</w:sdtContent></w:sdt>"
    )

    assert texts(with_body(kept + empty)) == ["Kept."]


def test_a_typed_bullet_makes_an_item() -> None:
    assert extract_docx(with_body(paragraph("• point"))).blocks == (
        TextBlock(BlockKind.LIST_ITEM, "- point"),
    )


def test_contents_are_rows() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/>'
        "</w:style></w:styles>"
    )
    body = (
        '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>'
        "<w:r><w:t>Homes</w:t><w:tab/><w:t>7</w:t></w:r></w:p>"
    )

    assert extract_docx(with_body(body, styles=styles)).blocks == (
        TextBlock(BlockKind.TABLE_ROW, "Homes | 7"),
    )


def test_footnotes_follow_their_paragraph_and_endnotes_come_last() -> None:
    def part(kind: str) -> str:
        return (
            f'<w:{kind}s {W}><w:{kind} w:id="0" w:type="separator">{paragraph("rule")}</w:{kind}>'
            f'<w:{kind} w:id="1">{paragraph(f"A {kind}.")}</w:{kind}></w:{kind}s>'
        )

    body = (
        '<w:p><w:r><w:t>One.</w:t><w:footnoteReference w:id="1"/><w:endnoteReference w:id="1"/>'
        "</w:r></w:p>" + paragraph("Two.")
    )

    extraction = extract_docx(with_body(body, footnotes=part("footnote"), endnotes=part("endnote")))

    assert extraction.blocks == (
        TextBlock(BlockKind.PARAGRAPH, "One.¹ⁱ"),
        TextBlock(BlockKind.FOOTNOTE, "A footnote."),
        TextBlock(BlockKind.PARAGRAPH, "Two."),
        TextBlock(BlockKind.FOOTNOTE, "A endnote."),
    )


@pytest.mark.parametrize(
    ("core", "expected"),
    [
        pytest.param("Homes for all", "Homes for all", id="own"),
        pytest.param("Microsoft Word - draft3.docx", "On the page", id="filled in by Word"),
        pytest.param("", "On the page", id="none"),
    ],
)
def test_the_title_is_the_documents_own(core: str, expected: str) -> None:
    document = docx.Document()
    document.core_properties.title = core
    document.add_paragraph("On the page", style="Title")

    assert extract_docx(saved(document)).title == expected


def test_text_that_lies_outside_the_document_is_noted() -> None:
    body = (
        paragraph("Text.") + '<w:p><w:r><graphicData uri="http://x/2006/chart"/></w:r></w:p>'
        "<w:altChunk/>"
    )

    notes = extract_docx(with_body(body)).notes

    assert notes == (
        "The text inside 1 chart(s) or diagram(s) was not read.",
        "1 embedded file(s) were not read; open and save the file in Word.",
    )


def bomb() -> bytes:
    return with_body(paragraph("a" * (MAX_PART_BYTES + 1)))


def packed_otherwise() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr(
            "word/document.xml",
            f"<w:document {W}><w:body>{paragraph('Text.')}</w:body></w:document>",
        )
    return file.getvalue()


def billion_laughs() -> bytes:
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(letter)} "{f"&{chr(letter - 1)};" * 10}">' for letter in range(98, 108)
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        document = f"<w:document {W}><w:body>{paragraph('&k;')}</w:body></w:document>"
        archive.writestr("word/document.xml", f"<!DOCTYPE x [{entities}]>{document}")
    return file.getvalue()


def deep() -> bytes:
    opening, closing = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return with_body(opening * 600 + paragraph("a") + closing * 600)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(
            lambda: OLE + "EncryptedPackage".encode("utf-16-le"), Reason.ENCRYPTED, id="password"
        ),
        pytest.param(
            lambda: OLE + "WordDocument".encode("utf-16-le"), Reason.UNSUPPORTED, id="old .doc"
        ),
        pytest.param(bomb, Reason.TOO_LARGE, id="zip bomb"),
        pytest.param(packed_otherwise, Reason.DAMAGED, id="compression without a bound"),
        pytest.param(billion_laughs, Reason.DAMAGED, id="entities are not expanded"),
        pytest.param(deep, Reason.DAMAGED, id="nested beyond reason"),
        pytest.param(lambda: b"PK\x03\x04 and no more", Reason.DAMAGED, id="cut short"),
        pytest.param(lambda: b"no zip", Reason.DAMAGED, id="no zip"),
        pytest.param(lambda: with_body("<w:p>"), Reason.DAMAGED, id="broken XML"),
        pytest.param(lambda: with_body("<w:p/>"), Reason.NO_TEXT, id="no text"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(make: Callable[[], bytes], reason: Reason) -> None:
    with pytest.raises(UnreadableError) as caught:
        extract_docx(make())

    assert caught.value.reason is reason


def test_no_more_is_unpacked_than_the_directory_promises() -> None:
    sound = with_body(paragraph("a" * (32 << 20)))
    size = zipfile.ZipFile(io.BytesIO(sound)).getinfo("word/document.xml").file_size
    lying = sound.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))

    tracemalloc.start()
    try:
        with pytest.raises(UnreadableError) as caught:
            extract_docx(lying)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert caught.value.reason is Reason.DAMAGED
    assert peak < 4 << 20


def test_an_archive_without_a_document_is_damaged() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/other.xml", "<x/>")

    with pytest.raises(UnreadableError, match=r"no word/document\.xml"):
        extract_docx(file.getvalue())


def test_the_document_may_have_another_name() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            '<Relationships><Relationship Type="http://x/officeDocument" '
            'Target="/word/document2.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document2.xml",
            f"<w:document {W}><w:body>{paragraph('Text.')}</w:body></w:document>",
        )

    assert texts(file.getvalue()) == ["Text."]


SOUND = with_body(numbered("Homes", 0) + paragraph("Text."), numbering=NUMBERING)


@given(at=st.integers(0, len(SOUND) - 1), byte=st.integers(0, 255))
def test_one_wrong_byte_gives_blocks_or_a_reason(at: int, byte: int) -> None:
    data = SOUND[:at] + bytes([byte]) + SOUND[at + 1 :]

    with suppress(UnreadableError):
        assert extract_docx(data).blocks
