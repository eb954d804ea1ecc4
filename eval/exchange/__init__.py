"""Spreadsheets, public sets and files of other tools: question sets in, runs out."""
