"""Files of every format into blocks of clean text, each character with its page."""
