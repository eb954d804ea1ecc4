"""Outcomes into words, links, references and documents."""
