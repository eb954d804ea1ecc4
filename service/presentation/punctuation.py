"""Punctuation where a report's own words stand within ours."""

_ENDS = (".", "?", "!", "…")
_CLOSING = "\"'”’»)]"


def full_stop(text: str) -> str:
    """Return the full stop that ``text`` wants: none where it ends a sentence by itself."""
    return "" if text.rstrip(_CLOSING).endswith(_ENDS) else "."


def within(text: str) -> str:
    """Return ``text``, such as a heading, so that a comma may follow: without a stop at its end."""
    return text.rstrip(" .,;:")
