"""Measures of the answer to one question, and of a set."""
