"""Markers of list items as their document shows them: ``1.``, ``b.``, ``iv.``, ``-``."""

BULLET = "- "
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)


def numeral(number: int, style: str) -> str:
    """Return ``number`` in a style of HTML's ``ol``: ``1``, ``a``, ``A``, ``i`` or ``I``.

    Letters go on after z as word processors have it: z, aa, bb. What has no numeral in a style
    (zero, negative numbers) is written in digits.
    """
    if number < 1 or style not in {"a", "A", "i", "I"}:
        return str(number)
    lower = (
        roman(number) if style in "iI" else chr(97 + (number - 1) % 26) * (1 + (number - 1) // 26)
    )
    return lower.upper() if style.isupper() else lower


def list_marker(number: int, style: str) -> str:
    """Return the marker of a numbered item, with its full stop and space."""
    return f"{numeral(number, style)}. "


def roman(number: int) -> str:
    """Return a positive ``number`` in lower-case Roman numerals."""
    written = []
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written.append(letters * times)
    return "".join(written)
