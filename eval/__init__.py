"""Asks the pipeline judged questions and measures what comes back."""
