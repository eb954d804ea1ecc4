"""Colours as web pages write them."""

import re
from dataclasses import dataclass

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(
    r"rgba?\(\s*([\d.]+%?)[\s,]+([\d.]+%?)[\s,]+([\d.]+%?)(?:[\s,/]+([\d.]+%?))?\s*\)"
)
_NAMES = {
    "white": (255, 255, 255), "snow": (255, 250, 250), "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255), "whitesmoke": (245, 245, 245), "black": (0, 0, 0),
    "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192),
    "red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0),
    "aqua": (0, 255, 255), "cyan": (0, 255, 255), "fuchsia": (255, 0, 255),
    "magenta": (255, 0, 255), "maroon": (128, 0, 0), "green": (0, 128, 0), "navy": (0, 0, 128),
    "olive": (128, 128, 0), "purple": (128, 0, 128), "teal": (0, 128, 128),
    "orange": (255, 165, 0), "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211),
}  # fmt: skip
_SHORT = 4
_ALIKE = 16
_CLEAR = 0.05


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of a screen.

    Attributes:
        red: 0 to 255, as the other two.
        green: See ``red``.
        blue: See ``red``.
        alpha: 0 (clear) to 1 (opaque).
    """

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    @property
    def is_clear(self) -> bool:
        """It shows nothing of itself."""
        return self.alpha <= _CLEAR


def looks_alike(one: Colour, other: Colour) -> bool:
    """Tell whether text of one colour cannot be read on the other one."""
    pairs = ((one.red, other.red), (one.green, other.green), (one.blue, other.blue))
    return other.alpha == 1 and all(abs(a - b) <= _ALIKE for a, b in pairs)


def colour_of(text: str) -> Colour | None:
    """Return the colour that ``text`` writes; ``None`` where it is another way to write one."""
    written = text.strip().lower()
    if written in _NAMES:
        return Colour(*_NAMES[written])
    if written == "transparent":
        return Colour(0, 0, 0, 0.0)
    if match := _HEX.fullmatch(written):
        digits = match[1] if len(match[1]) > _SHORT else "".join(char * 2 for char in match[1])
        red, green, blue, *alpha = (
            float(int(digits[at : at + 2], 16)) for at in range(0, len(digits), 2)
        )
        return Colour(red, green, blue, alpha[0] / 255 if alpha else 1.0)
    if match := _RGB.fullmatch(written):
        red, green, blue = (_share(part, 255) for part in match.group(1, 2, 3))
        return Colour(red, green, blue, _share(match[4], 1) if match[4] else 1.0)
    return None


def _share(text: str, whole: float) -> float:
    return float(text[:-1]) / 100 * whole if text.endswith("%") else float(text)
