"""What `extract_pdf` makes of whole files, made here or lying in the shared bench."""

import io
import logging
import os
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import Reason, UnreadableError
from indexer.extraction.markdown import extract_markdown
from indexer.extraction.pdf.opened_file import MAX_PAGES
from indexer.extraction.pdf.pages import extract_pdf
from indexer.records import BlockKind, Extraction, TextBlock

REPOSITORY = Path(__file__).parents[4]
SHARED = Path(os.environ.get("CITA_SHARED", REPOSITORY.parent / "shared"))
WIDTH, HEIGHT = A4

Draw = Callable[[Canvas], None]


def made(*pages: Draw, title: str = "") -> bytes:
    """A PDF with one page for each of ``pages``."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    for draw in pages:
        canvas.setFont("Times-Roman", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def written(*lines: str, x: float = 60.0, y: float = 700.0) -> Draw:
    """Draw ``lines`` one under the other."""

    def draw(canvas: Canvas) -> None:
        for at, line in enumerate(lines):
            canvas.drawString(x, y - 12 * at, line)

    return draw


def rewritten(data: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    """``data`` with ``change`` made to it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def all_text(extraction: Extraction) -> str:
    return " ".join(block.text for block in extraction.blocks)


def refusal(data: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        extract_pdf(data)
    return caught.value


def test_text_is_read_with_its_physical_page() -> None:
    data = made(written("Alba has a harbour."), written("Bruma has none."))

    blocks = extract_pdf(data).blocks

    assert [(block.text, block.page_starts[0].page) for block in blocks] == [
        ("Alba has a harbour.", 1),
        ("Bruma has none.", 2),
    ]


def test_cells_drawn_in_one_go_do_not_run_into_each_other() -> None:
    def draw(canvas: Canvas) -> None:
        for y, row in ((700, ("City", "People")), (680, ("Alba", "1200")), (660, ("Bruma", "90"))):
            text = canvas.beginText(60, y)
            text.textOut(row[0])
            text.moveCursor(240, 0)
            text.textOut(row[1])
            canvas.drawText(text)

    blocks = extract_pdf(made(draw)).blocks

    assert [block.text for block in blocks] == ["City | People", "Alba | 1200", "Bruma | 90"]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_turned_by_its_rotate_entry_reads_the_same(rotation: int) -> None:
    def turn(canvas: Canvas) -> None:
        canvas.setPageRotation(rotation)
        canvas.rotate(rotation)
        shift = {90: (0, -WIDTH), 180: (-WIDTH, -HEIGHT), 270: (-WIDTH, 0)}[rotation]
        canvas.translate(*shift)
        written("Alba has a harbour and it", "lies at the sea.", y=500)(canvas)

    (block,) = extract_pdf(made(turn)).blocks

    assert block.text == "Alba has a harbour and it lies at the sea."


def test_text_inside_a_form_stands_where_the_form_is_painted() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("stamp")
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(0, 0, "second line of it.")
        canvas.endForm()
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(60, 700, "The first line and then the")
        canvas.translate(60, 688)
        canvas.doForm("stamp")

    (block,) = extract_pdf(made(draw)).blocks

    assert block.text == "The first line and then the second line of it."


def test_a_line_begun_bold_is_one_line() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(60, 700)
        text.setFont("Times-Bold", 10)
        text.textOut("Aim: ")
        text.setFont("Times-Roman", 10)
        text.textOut("to give every town a harbour.")
        canvas.drawText(text)

    (block,) = extract_pdf(made(draw)).blocks

    assert block.text == "Aim: to give every town a harbour."


def test_a_bullet_that_its_font_holds_at_code_127_is_a_bullet() -> None:
    def draw(canvas: Canvas) -> None:
        for at, line in enumerate(("Alba has a harbour.", "Bruma has none.")):
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, 700 - 20 * at, "•")
            canvas.setFont("Times-Roman", 10)
            canvas.drawString(70, 700 - 20 * at, line)

    blocks = extract_pdf(made(draw)).blocks

    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.LIST_ITEM, "• Alba has a harbour."),
        (BlockKind.LIST_ITEM, "• Bruma has none."),
    ]


def test_the_number_of_a_note_leaves_a_bold_heading_bold() -> None:
    def draw(canvas: Canvas) -> None:
        written(*["Body text that goes on and on over the whole of its line."] * 9)(canvas)
        text = canvas.beginText(60, 730)
        text.setFont("Times-Bold", 10)
        text.textOut("Chad")
        text.setFont("Times-Roman", 6)
        text.setRise(4)
        text.textOut("57")
        canvas.drawText(text)

    (heading,) = (block for block in extract_pdf(made(draw)).blocks if block.level)

    assert heading.text == "Chad⁵⁷"


@pytest.mark.parametrize(
    ("before", "gap", "number", "after", "expected"),
    [
        pytest.param("for 40 people.", 1.4, "53", " Most", "for 40 people.⁵³ Most", id="call"),
        pytest.param("by 2050.", 0.0, "4,7", " Most", "by 2050.⁴,⁷ Most", id="two calls"),
        pytest.param("in 2023.", 0.3, "4", "People", "in 2023.⁴ People", id="no space behind it"),
        pytest.param("of it.”", 0.3, "13,14", "In a", "of it.”¹³,¹⁴ In a", id="none behind two"),
        pytest.param("the aims", 1.4, "5", " of it", "the aims⁵ of it", id="inside a sentence"),
        pytest.param("over 90 km", 0.0, "2", " of it", "over 90 km² of it", id="square"),
        pytest.param("a growth of 10", 0.0, "6", " now", "a growth of 10⁶ now", id="power"),
        pytest.param(
            "a share of 10", 0.0, "-6", " now", "a share of 10⁻⁶ now", id="negative power"
        ),
        pytest.param(
            "they paid 1,200", 0.0, "4", " grants", "they paid 1,200⁴ grants", id="figure"
        ),
        pytest.param(
            "opened in 2018", 1.4, "3", " and paid", "opened in 2018³ and paid", id="year"
        ),
        pytest.param("and 350", 0.0, "[5]", " to shops", "and 350⁵ to shops", id="in brackets"),
        pytest.param("the 21", 0.0, "st", " day", "the 21st day", id="letters"),
    ],
)
def test_a_small_raised_number_is_a_superscript(
    before: str, gap: float, number: str, after: str, expected: str
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, before)
        x = 60 + canvas.stringWidth(before, "Times-Roman", 10) + gap
        canvas.setFont("Times-Roman", 6.5)
        canvas.drawString(x, 703.4, number)
        x += canvas.stringWidth(number, "Times-Roman", 6.5)
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(x, 700, after)

    (block,) = extract_pdf(made(draw)).blocks

    assert block.text == expected


@pytest.mark.parametrize(
    ("gap", "expected"),
    [(1.6, "A fifty-seventh session."), (3.0, "A fifty - seventh session.")],
)
def test_a_hyphen_set_apart_a_little_parts_no_word(gap: float, expected: str) -> None:
    def draw(canvas: Canvas) -> None:
        x = 60.0
        for piece in ("A fifty", "-", "seventh session."):
            canvas.drawString(x, 700, piece)
            x += canvas.stringWidth(piece, "Times-Roman", 10) + gap

    (block,) = extract_pdf(made(draw)).blocks

    assert block.text == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            (("Own", "8.7", "10.9"), ("Other", "13.3", "14.8")),
            ["Own | 8.7 | 10.9", "Other | 13.3 | 14.8"],
            id="figures like numbers of headings",
        ),
        pytest.param(
            (("May", "–", "48"), ("June", "3", "19")),
            ["May | – | 48", "June | 3 | 19"],
            id="a dash like a bullet",
        ),
    ],
)
def test_a_cell_that_looks_like_a_marker_is_a_cell_of_its_own(
    rows: tuple[tuple[str, ...], ...], expected: list[str]
) -> None:
    def draw(canvas: Canvas) -> None:
        for down, row in enumerate(rows):
            for across, cell in enumerate(row):
                canvas.drawString(60 + 45 * across, 700 - 14 * down, cell)

    blocks = extract_pdf(made(draw)).blocks

    assert [block.text for block in blocks] == expected


@pytest.mark.parametrize(
    ("pieces", "gap", "expected"),
    [
        pytest.param(("threat to peac", "e "), 1.45, "threat to peace", id="spaces drawn"),
        pytest.param(("threat", " to peac", "e "), 1.9, "threat to peace", id="tracked widely"),
        pytest.param(("a threat to", "peace"), 2.2, "a threat to peace", id="a gap for a space"),
        pytest.param(("a threat.", "It is"), 1.7, "a threat. It is", id="behind a stop"),
        pytest.param(("threat", "to", "peace"), 1.7, "threat to peace", id="no space drawn"),
    ],
)
def test_letters_set_apart_part_no_word_where_spaces_are_drawn(
    pieces: tuple[str, ...], gap: float, expected: str
) -> None:
    def draw(canvas: Canvas) -> None:
        x = 60.0
        for piece in pieces:
            canvas.drawString(x, 700, piece)
            x += canvas.stringWidth(piece, "Times-Roman", 10) + gap

    (block,) = extract_pdf(made(draw)).blocks

    assert block.text == expected


def test_paths_and_colours_between_pieces_of_text_change_nothing() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.2, 0.4, 0.6)
        canvas.rect(50, 690, 300, 30, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(60, 700, "Alba has")
        canvas.line(60, 698, 100, 698)
        canvas.drawString(68 + canvas.stringWidth("Alba has"), 700, "a harbour.")

    assert all_text(extract_pdf(made(draw))) == "Alba has a harbour."


def test_printed_page_labels_are_kept_where_they_differ() -> None:
    data = rewritten(
        made(*[written("Alba has a harbour.")] * 3),
        lambda writer: writer.set_page_label(0, 1, style=PageLabelStyle.LOWERCASE_ROMAN),
    )

    assert extract_pdf(data).page_labels == ("i", "ii", "1")


def test_labels_equal_to_the_physical_number_are_none() -> None:
    assert extract_pdf(made(written("Alba has a harbour."))).page_labels == (None,)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Harbours of Alba", "Harbours of Alba", id="a title"),
        pytest.param("Microsoft Word - harbours.doc", None, id="program"),
        pytest.param("untitled", None, id="untitled"),
        pytest.param("final_v3.indd", None, id="file name"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_title_is_the_authors_or_none(title: str, expected: str | None) -> None:
    assert extract_pdf(made(written("Alba has a harbour."), title=title)).title == expected


def test_an_outline_makes_headings() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.bookmarkPage("ways")
        canvas.addOutlineEntry("Ways into town", "ways", level=0)
        written("Ways into town")(canvas)
        written("People arrive by sea.", y=640)(canvas)

    blocks = extract_pdf(made(draw)).blocks

    assert (blocks[0].kind, blocks[0].level) == (BlockKind.HEADING, 1)


def test_a_blank_page_is_noted() -> None:
    data = made(written("Alba has a harbour."), lambda _: None)

    (note,) = extract_pdf(data).notes

    assert "1 of 2 pages (2)" in note


def _with_contents_that_are_none(writer: PdfWriter) -> None:
    writer.pages[1][NameObject("/Resources")] = NumberObject(7)
    writer.pages[1][NameObject("/Contents")] = ArrayObject([NumberObject(3)])


def _with_a_filter(name: str) -> Callable[[PdfWriter], None]:
    def change(writer: PdfWriter) -> None:
        stream = StreamObject()
        stream._data = b"no data of it"
        stream[NameObject("/Filter")] = NameObject(name)
        writer.pages[1][NameObject("/Contents")] = writer._add_object(stream)

    return change


@pytest.mark.parametrize(
    "break_second",
    [
        pytest.param(_with_contents_that_are_none, id="no contents"),
        pytest.param(_with_a_filter("/Fl"), id="a filter that pypdf has done away with"),
        pytest.param(_with_a_filter("/JBIG2Decode"), id="a filter that wants a program"),
        pytest.param(_with_a_filter("/None"), id="no filter"),
    ],
)
def test_a_page_that_cannot_be_read_is_noted_and_the_others_are_read(
    break_second: Callable[[PdfWriter], None],
) -> None:
    data = rewritten(made(*[written("Alba has a harbour.")] * 2), break_second)

    extraction = extract_pdf(data)

    assert all_text(extraction) == "Alba has a harbour."
    assert any("2" in note for note in extraction.notes)


def test_a_file_that_opens_without_a_password_is_read() -> None:
    data = rewritten(
        made(written("Alba has a harbour.")),
        lambda writer: writer.encrypt("", owner_password="owner", algorithm="AES-256"),  # noqa: S106
    )

    assert all_text(extract_pdf(data)) == "Alba has a harbour."


def _locked() -> bytes:
    return rewritten(
        made(written("Alba.")), lambda writer: writer.encrypt("secret", algorithm="AES-256")
    )


def _unmapped() -> bytes:
    return made(written("(cid:12)(cid:7)(cid:88)(cid:3)(cid:41)", "(cid:9)a(cid:9)"))


def _with_too_many_pages() -> bytes:
    def repeat(writer: PdfWriter) -> None:
        kids = writer.root_object["/Pages"].get_object()
        assert isinstance(kids, DictionaryObject)
        only = writer.pages[0].indirect_reference
        kids[NameObject("/Kids")] = ArrayObject([only] * (MAX_PAGES + 1))
        kids[NameObject("/Count")] = NumberObject(MAX_PAGES + 1)

    return rewritten(made(written("Alba.")), repeat)


def _with_a_page_tree_in_a_circle() -> bytes:
    def tie(writer: PdfWriter) -> None:
        pages = writer.root_object["/Pages"].get_object()
        assert isinstance(pages, DictionaryObject)
        pages[NameObject("/Kids")] = ArrayObject([writer.root_object.raw_get("/Pages")])

    return rewritten(made(written("Alba.")), tie)


def _bomb() -> bytes:
    """A page whose content unpacks to 200 MB from 200 kB."""

    def swell(writer: PdfWriter) -> None:
        stream = StreamObject()
        stream[NameObject("/Filter")] = NameObject("/FlateDecode")
        packer = zlib.compressobj(9)
        block = b" " * 1_000_000
        stream._data = b"".join(packer.compress(block) for _ in range(200)) + packer.flush()
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    return rewritten(made(written("Alba.")), swell)


@pytest.mark.parametrize(
    ("make", "reason", "says"),
    [
        pytest.param(lambda: b"", Reason.EMPTY, "empty", id="no byte"),
        pytest.param(lambda: bytes(5000), Reason.EMPTY, "empty", id="zeros"),
        pytest.param(lambda: b"PK\x03\x04" + b"x" * 99, Reason.MISLABELLED, "%PDF-", id="zip"),
        pytest.param(lambda: b"%PDF-1.7\n" + b"garbage" * 99, Reason.DAMAGED, "copy", id="garbage"),
        pytest.param(
            lambda: made(written("Alba."))[:300], Reason.DAMAGED, "copy it again", id="truncated"
        ),
        pytest.param(_locked, Reason.ENCRYPTED, "password", id="locked"),
        pytest.param(lambda: made(lambda _: None), Reason.NO_TEXT, "ocrmypdf", id="no text"),
        pytest.param(_unmapped, Reason.NO_TEXT, "Unicode", id="glyphs without meaning"),
        pytest.param(_with_too_many_pages, Reason.TOO_LARGE, "pages", id="too many pages"),
        pytest.param(_bomb, Reason.TOO_LARGE, "split it", id="decompression bomb"),
        pytest.param(
            _with_a_page_tree_in_a_circle,
            Reason.DAMAGED,
            "copy it again",
            id="page tree in a circle",
        ),
    ],
)
def test_what_cannot_be_read_says_why(make: Callable[[], bytes], reason: Reason, says: str) -> None:
    error = refusal(make())

    assert error.reason is reason
    assert says in error.detail


def test_pypdfs_log_level_is_left_as_it_was() -> None:
    log = logging.getLogger("pypdf")
    before = log.level

    extract_pdf(made(written("Alba has a harbour.")))

    assert log.level == before


def _reports() -> list[Path]:
    return sorted((SHARED / "corpus" / "pdf").glob("*.pdf"))


def _awkward() -> list[Path]:
    """The awkward files but for the few large ones, which take long and show nothing new."""
    files = sorted((SHARED / "bench" / "pdf-robustness").glob("*.pdf"))
    return [path for path in files if path.stat().st_size < 300_000]


@pytest.mark.skipif(not _reports(), reason="the source reports are not here (CITA_SHARED)")
@pytest.mark.parametrize("path", _reports(), ids=lambda path: path.stem)
def test_every_page_of_a_report_is_represented_and_its_running_feet_are_off(path: Path) -> None:
    data = path.read_bytes()

    extraction = extract_pdf(data)

    pages = {start.page for block in extraction.blocks for start in block.page_starts}
    assert pages == set(range(1, len(PdfReader(io.BytesIO(data)).pages) + 1))
    assert not any(block.text.isdigit() and len(block.text) < 3 for block in extraction.blocks)


def _compendia() -> list[Path]:
    return sorted((REPOSITORY / "corpus" / "compendia").glob("*.pdf"))


def _without_marker(block: TextBlock) -> tuple[BlockKind, str]:
    return block.kind, re.sub(r"^[-•] ", "", block.text)


@pytest.mark.parametrize("path", _compendia(), ids=lambda path: path.stem)
def test_a_typeset_compendium_reads_as_its_markdown_sources(path: Path) -> None:
    sources = sorted((REPOSITORY / "docs" / "compendia" / path.stem).glob("*.md"))

    found = Counter(map(_without_marker, extract_pdf(path.read_bytes()).blocks))

    wanted = Counter(
        _without_marker(block)
        for source in sources
        for block in extract_markdown(source.read_bytes()).blocks
    )
    assert wanted.total() > 100
    assert [block for block in wanted if not found[block]] == []
    kinds = (BlockKind.LIST_ITEM, BlockKind.TABLE_HEADER)
    assert all(
        sum(n for (kind, _), n in found.items() if kind is wanted_kind)
        >= sum(n for (kind, _), n in wanted.items() if kind is wanted_kind)
        for wanted_kind in kinds
    )


def _outcomes() -> Iterator[str]:
    for path in _awkward():
        try:
            yield "read" if extract_pdf(path.read_bytes()).blocks else "nothing"
        except UnreadableError as error:
            yield error.reason


@pytest.mark.skipif(not _awkward(), reason="the awkward files are not here (CITA_SHARED)")
def test_awkward_files_are_read_or_refused_with_a_reason() -> None:
    outcomes = list(_outcomes())

    assert "nothing" not in outcomes
    assert outcomes.count("read") >= 50
    assert set(outcomes) <= {"read", Reason.NO_TEXT, Reason.ENCRYPTED, Reason.DAMAGED}


def test_a_soft_hyphen_drawn_inside_a_line_is_a_hyphen() -> None:
    (block,) = extract_pdf(made(written("The Representatives\u00addesignated government."))).blocks

    assert block.text == "The Representatives-designated government."
