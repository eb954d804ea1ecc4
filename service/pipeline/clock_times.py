"""How times of day are printed: "14:30", "9:10 – 9:40", "às 9h", and "14.30 Debate" in programmes.

What is printed alike is told by what stands behind it: "a ratio of 1:10", "12.50 euros".
"""

_HOUR, _MINUTES = r"(?:[01]?\d|2[0-3])", r"[0-5]\d"
_TWO_DIGITS = r"(?:[01]\d|2[0-3])"
_HALF = r" ?[ap]\.?m\b\.?"
"""Of the day: "pm", "p.m."."""

UNTIL = (
    r"[\s|]{0,3}(?:[-–—]|to|until|a|às|até|hasta)[\s|]{0,3}"
    rf"(?:{_HOUR}(?:[:h.]{_MINUTES}|h)(?:{_HALF})?|\d{{1,2}}{_HALF})(?!\w| ?%)"
)
"""Where a range of times ends."""

_TEXT = r"(?!(?:EUR|USD?|GBP|BRL|CHF|euros?|millions?|per)\b)(?-i:[A-ZÀ-Þ])"
"""What a programme says of a time begins so; sums do, too: "EUR", "US $", "Million"."""

CLOCK = (
    rf"\b{_HOUR}(?:[:.]{_MINUTES})?{_HALF}"
    rf"|\b(?:{_TWO_DIGITS}:|{_HOUR}h){_MINUTES}\b"
    rf"|\b\d:{_MINUTES}\b(?={UNTIL}|\s+{_TEXT})|(?<=\| )\d:{_MINUTES}\b(?=\s*(?:\||\Z))"
    rf"|(?:(?<=\bat )|(?<=\bàs )|(?<=\bfrom )|(?<=\ba las ))"
    rf"{_HOUR}(?::{_MINUTES}\b| ?h(?:s|rs|oras?)?\b)"
)
"""A time of day, which says when in a programme, as a pattern."""

OPENING_CLOCK = (
    rf"(?:{CLOCK}"
    rf"|\b\d:{_MINUTES}\b(?=\s*(?:\||\Z))"
    rf"|\b(?:{_HOUR}\.{_MINUTES}|{_HOUR}h)\b(?={UNTIL})"
    rf"|\b(?:{_TWO_DIGITS}\.{_MINUTES}|{_HOUR}h)\b"
    rf"(?=\s*\|\s*(?:{_HOUR}[.:]{_MINUTES}\s*\|\s*)?[^\W\d_]|\s+{_TEXT}|[.\s]*\Z))"
)
"""A time with which a line of a programme may open, with a dot or without minutes too."""
