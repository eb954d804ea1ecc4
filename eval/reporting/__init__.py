"""Runs as HTML, plots and Markdown."""
