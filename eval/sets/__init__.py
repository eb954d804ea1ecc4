"""Question sets: read, checked, imported."""
