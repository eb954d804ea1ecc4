"""From positioned lines to clean blocks: furniture off, order, paragraphs, headings, tables."""
