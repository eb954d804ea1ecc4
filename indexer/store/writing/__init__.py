"""Writes generations of the index."""
