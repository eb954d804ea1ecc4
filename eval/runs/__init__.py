"""Runs: pipelines that answer, and the folders that keep their answers."""
