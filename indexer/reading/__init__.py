"""File formats: each module turns a file's bytes into a `Reading`, or raises why it cannot."""
