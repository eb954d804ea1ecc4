"""PDF files into pages of lines, then blocks."""
