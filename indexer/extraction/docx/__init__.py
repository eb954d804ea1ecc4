"""DOCX files into blocks."""
