"""One form for a noun in the singular and plural, for comparing words in English text."""


def singular(word: str) -> str:
    """Return a word without its plural ending, in lower case.

    It is for comparing words, not for showing: both forms of a word come out the same. Words of
    three letters or fewer and acronyms have no ending, but for the small ``s`` of ``NGOs``.
    """
    small = word.casefold()
    is_acronym = word.removesuffix("s").isupper()
    if is_acronym or len(word) <= 3:  # noqa: PLR2004
        return word.removesuffix("s").casefold() if is_acronym and len(word) > 2 else small  # noqa: PLR2004
    if small.endswith("ies"):
        return small.removesuffix("ies") + "y"
    if small.endswith(("sses", "xes", "ches", "shes")):
        return small.removesuffix("es")
    return small if small.endswith(("ss", "us", "is")) else small.removesuffix("s")
