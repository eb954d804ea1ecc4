"""What layout works on: lines of text with their place on the page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    """A wide space within a line, which may part two columns of a table.

    Attributes:
        n_words: Words of the line before it.
        x0: Right end of the word before it.
        x1: Left end of the word behind it.
    """

    n_words: int
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on one baseline without a wide gap in it.

    Coordinates are PDF points in the page as it is displayed: x grows to the right, y upwards.

    Attributes:
        text: Washed (see `indexer.extraction.text_cleaning.clean`); never blank. A soft hyphen at
            its end stays until lines are joined.
        page: Physical page, 1-based.
        x0: Left end.
        x1: Right end, exact where the font gives widths and within a few per cent otherwise.
        y: Baseline.
        size: Font size of most of its characters.
        bold: Nine tenths of its characters or more are bold; small ones, as of a note, count for
            nothing.
        raised: It begins with a superscript, as a footnote does.
        gaps: Spaces in it that are wider than those between words, from left to right.
    """

    text: str
    page: int
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    raised: bool = False
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class LevelRule:
    """A level line that a page draws, such as one between two rows of a table.

    Attributes:
        y: Height.
        x0: Left end.
        x1: Right end.
    """

    y: float
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of one page in the order in which the file draws them.

    Attributes:
        number: Physical page, 1-based.
        width: Of the page as displayed, in points.
        height: Of the page as displayed, in points.
        lines: Upright ones in drawing order.
        asides: Lines set sideways, such as a stamp in the margin, in coordinates of their own.
        n_unseen: Words left out, since nobody sees them on the page.
        n_unread: Ticked boxes of a form, and comments that open at a click.
        rules: Level lines that the page draws, sorted by height.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    asides: tuple[Line, ...] = ()
    n_unseen: int = 0
    n_unread: int = 0
    rules: tuple[LevelRule, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One entry of the outline that a file carries beside its text.

    Attributes:
        title: As the file gives it.
        level: 1 the highest.
    """

    title: str
    level: int
