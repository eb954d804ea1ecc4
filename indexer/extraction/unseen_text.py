"""What the build report says of text that nobody sees."""


def unseen_note(n_words: int) -> tuple[str, ...]:
    """Return a note that says how many words are left out; none for no words."""
    if n_words == 0:
        return ()
    words, are = ("word", "is") if n_words == 1 else ("words", "are")
    return (f"{n_words} {words} that nobody sees {are} left out (hidden, or without colour).",)
