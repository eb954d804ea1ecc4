"""English words for numbers and parts, of which the pipeline's patterns are made."""

UNITS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
"""One to nineteen, in order."""

TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

SCALES = ("dozens?", "hundreds?", "thousands?", "millions?", "billions?")
"""As patterns, likewise `FRACTIONS`."""

FRACTIONS = ("half", "thirds?", "quarters?")

_VALUES = {
    **{word: value for value, word in enumerate(UNITS, start=1)},
    **{word: 10 * n_tens for n_tens, word in enumerate(TENS, start=2)},
}


def number_of(word: str) -> int | None:
    """Return the number that a word of `UNITS` or `TENS`, or digits, stand for; else ``None``.

    Thousands may be parted by commas.
    """
    digits = word.replace(",", "")
    return int(digits) if digits.isdecimal() else _VALUES.get(word.casefold())
