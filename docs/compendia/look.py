"""Fonts, colours and paragraph styles of the compendia."""

from dataclasses import dataclass
from typing import Any

import font_source_sans_pro  # type: ignore[import-untyped]
import font_source_serif_pro  # type: ignore[import-untyped]
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

INK = HexColor("#1d2326")
QUIET = HexColor("#66757b")
ACCENT = HexColor("#1f5666")
HAIRLINE = HexColor("#c9d2d5")

FONTS = {
    "Serif": ("SourceSerifPro", "SourceSerifProIt", "SourceSerifProSemibold"),
    "Sans": ("SourceSansPro", "SourceSansProIt", "SourceSansProSemibold"),
}


def register_fonts() -> None:
    """Make ``Serif`` and ``Sans`` known, each with italic and semibold faces."""
    packages = {"Serif": font_source_serif_pro, "Sans": font_source_sans_pro}
    for family, (regular, italic, bold) in FONTS.items():
        faces = {"": regular, "-Italic": italic, "-Bold": bold, "-BoldItalic": bold}
        for suffix, face in faces.items():
            path = packages[family].font_files_ttf[face]
            pdfmetrics.registerFont(TTFont(family + suffix, path))
        pdfmetrics.registerFontFamily(
            family, family, f"{family}-Bold", f"{family}-Italic", f"{family}-BoldItalic"
        )


def style(font: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    """Return a style in one of the registered fonts; sizes in points."""
    facts = {"textColor": INK, "alignment": TA_LEFT, "splitLongWords": 0, "allowWidows": 0}
    return ParagraphStyle(
        "style",
        fontName=font,
        fontSize=size,
        leading=leading,
        **{**facts, "allowOrphans": 0, **more},
    )


@dataclass(frozen=True)
class Styles:
    """The paragraph styles of one part."""

    title: ParagraphStyle
    kicker: ParagraphStyle
    heading: ParagraphStyle
    body: ParagraphStyle
    lead_in: ParagraphStyle
    item: ParagraphStyle
    cell: ParagraphStyle
    head_cell: ParagraphStyle


def _styles_at(size: float, title: float) -> Styles:
    leading = size * 1.42
    return Styles(
        title=style("Serif-Bold", title, title * 1.18, spaceAfter=9, keepWithNext=1),
        kicker=style("Sans-Bold", 7.6, 11, textColor=ACCENT, spaceAfter=3, keepWithNext=1),
        heading=style(
            "Serif-Bold",
            size + 1.9,
            leading * 1.15,
            textColor=ACCENT,
            spaceBefore=11,
            spaceAfter=4,
            keepWithNext=1,
        ),
        body=style("Serif", size, leading, spaceAfter=6),
        lead_in=style("Serif", size, leading, spaceBefore=2, spaceAfter=4, keepWithNext=1),
        item=style("Serif", size, leading, leftIndent=13, bulletIndent=2, spaceAfter=3.5),
        cell=style("Sans", size * 0.85, size * 1.13),
        head_cell=style("Sans-Bold", size * 0.85, size * 1.13, textColor=ACCENT),
    )


STYLES = {1: _styles_at(10.2, 20), 2: _styles_at(9.2, 14.5)}
"""By number of columns."""

PUBLISHER = style("Sans-Bold", 10, 14, textColor=ACCENT)
COVER_TITLE = style("Serif-Bold", 34, 40, spaceAfter=8, rightIndent=40)
COVER_MORE = style("Serif", 21, 27, textColor=ACCENT)
COVER_SUBTITLE = style("Serif-Italic", 13.5, 19, textColor=QUIET, spaceBefore=20, rightIndent=60)
COVER_SMALL = style("Sans", 9.5, 14, textColor=QUIET)
PART_LABEL = style("Sans-Bold", 8.4, 12, textColor=QUIET, spaceAfter=2, keepWithNext=1)
PART_TITLE = style("Serif-Italic", 21, 27, textColor=ACCENT, keepWithNext=1)
FRONT_TITLE = style("Serif-Bold", 20, 26, spaceAfter=18, keepWithNext=1)
CONTENTS = [
    style("Serif-Italic", 11.5, 16, textColor=ACCENT, spaceBefore=12, spaceAfter=3),
    style("Serif", 10.2, 15.5, leftIndent=14, rightIndent=30, firstLineIndent=0),
]
