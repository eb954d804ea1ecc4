"""A piece of text that a page draws, with its place."""

from dataclasses import dataclass

from indexer.extraction.pdf.looks import PLAIN, Look
from indexer.extraction.pdf.painting import Moment


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text set in one font without moving the pen.

    Attributes:
        text: As pypdf decodes it, with a space where it saw a gap.
        x: Start of the baseline, in points of the unrotated page.
        y: The same, upwards.
        width: Along the baseline.
        size: Font size as it appears.
        turn: Direction of the baseline in degrees against the page, a multiple of 90.
        bold: Set in a bold font.
        exact: The font lists its widths, and ``text`` begins with a space only if one is drawn.
        draws_space: It shows a space, so that its file parts words with more than gaps.
        look: Its colour, and whether it is painted.
        moment: When it is drawn.
    """

    text: str
    x: float
    y: float
    width: float
    size: float
    turn: int
    bold: bool
    exact: bool
    draws_space: bool = False
    look: Look = PLAIN
    moment: Moment = (0, 0)
