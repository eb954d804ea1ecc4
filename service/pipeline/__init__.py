"""One question: understood, searched, read, decided, quoted."""
