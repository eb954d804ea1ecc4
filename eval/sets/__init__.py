"""Question files: loaded, checked against rules, described in numbers."""
