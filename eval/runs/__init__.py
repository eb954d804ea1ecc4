"""Runs: who is asked, what came back, where it is kept."""
