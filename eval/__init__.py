"""Asks the pipeline judged questions and measures its answers."""
