"""Runs and comparisons as pages, pictures and text."""
