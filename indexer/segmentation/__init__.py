"""Blocks into a document's text, its sentences and its passages."""
