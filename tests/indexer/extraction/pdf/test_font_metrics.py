"""What is known of fonts whose subsets number their glyphs themselves."""

import pytest
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from indexer.extraction.pdf.font_metrics import FontShape, font_shape

TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <%s> <%s> endcodespacerange
3 beginbfchar <%s> <0061> <%s> <0020> <%s> <0062> endbfchar
endcmap end end"""


def to_unicode(*, code_bytes: int) -> StreamObject:
    """A map of code 3 to ``a``, code 4 to a space and code 32 to ``b``."""
    codes = [b"%0*x" % (2 * code_bytes, code) for code in (0, 255, 3, 4, 32)]
    stream = StreamObject()
    stream.set_data(TO_UNICODE % tuple(codes))
    return stream


def font(subtype: str, **entries: PdfObject) -> DictionaryObject:
    made = DictionaryObject({NameObject("/Type"): NameObject("/Font")})
    made[NameObject("/Subtype")] = NameObject(subtype)
    made.update({NameObject(f"/{name}"): value for name, value in entries.items()})
    return made


def simple_subset() -> FontShape:
    widths = ArrayObject(NumberObject(500) for _ in range(33))
    return font_shape(
        font(
            "/TrueType",
            FirstChar=NumberObject(0),
            Widths=widths,
            ToUnicode=to_unicode(code_bytes=1),
        )
    )


def composite_subset() -> FontShape:
    descendant = font("/CIDFontType2", DW=NumberObject(500))
    return font_shape(
        font(
            "/Type0",
            Encoding=NameObject("/Identity-H"),
            DescendantFonts=ArrayObject([descendant]),
            ToUnicode=to_unicode(code_bytes=2),
        )
    )


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        pytest.param(b"\x04\x03", True, id="its space"),
        pytest.param(b"\x03\x04", False, id="a letter"),
        pytest.param(b" \x03", False, id="code 32 is a letter here"),
    ],
)
def test_a_simple_subset_tells_which_code_is_its_space(shown: bytes, expected: bool) -> None:  # noqa: FBT001
    assert simple_subset().begins_with_space(shown) is expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        pytest.param(b"\0\x04\0\x03", True, id="its space"),
        pytest.param(b"\0\x03\0\x04", False, id="a letter"),
        pytest.param(b"\0 \0\x03", False, id="code 32 is a letter here"),
    ],
)
def test_a_composite_subset_tells_which_code_is_its_space(shown: bytes, expected: bool) -> None:  # noqa: FBT001
    assert composite_subset().begins_with_space(shown) is expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        pytest.param(b"\0\x03\0\x04", True, id="its last code"),
        pytest.param(b"\0\x03\0 ", False, id="letters"),
        pytest.param(b"\x03\0\x04\0", False, id="half of one code and half of the next"),
        pytest.param(b"\x03\0\x04\0\0\x04", True, id="and one behind them"),
    ],
)
def test_a_composite_subset_tells_whether_a_space_is_drawn(shown: bytes, expected: bool) -> None:  # noqa: FBT001
    assert composite_subset().shows_space(shown) is expected


def test_a_simple_subset_tells_whether_a_space_is_drawn() -> None:
    assert simple_subset().shows_space(b"\x03\x04")
    assert not simple_subset().shows_space(b" \x03")


def test_the_fonts_that_every_program_knows_need_not_list_their_widths() -> None:
    shape = font_shape(
        font(
            "/Type1",
            BaseFont=NameObject("/Helvetica"),
            Encoding=NameObject("/WinAnsiEncoding"),
        )
    )

    assert shape.width_of(b"Al \x7f", "Al \x7f") == 667 + 222 + 278 + 350


def test_a_font_of_another_name_that_lists_no_widths_is_estimated() -> None:
    shape = font_shape(font("/Type1", BaseFont=NameObject("/Nowhere")))

    assert shape.default_width is None
