"""What our extraction reads of PDF pages, held against two extractors that know nothing of it."""
