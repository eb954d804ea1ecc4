"""How times of day are printed."""

CLOCK = r"\b(?:[01]?\d|2[0-3])[:h][0-5]\d\b|\b\d{1,2} ?[ap]\.?m\b"
"""A time of day, which says when in a programme, as a pattern."""
