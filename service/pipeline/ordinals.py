"""Tells the seventh forum from the sixth: things of one name that go by their number in a row."""

import re
from collections import defaultdict
from collections.abc import Iterable

from indexer.folding import folded

_BY_WORD = {
    word: number
    for number, word in enumerate(
        (
            *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
            *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
            *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
        ),
        start=1,
    )
}
_N_SHORT = 3
"""Letters of words such as "of" and "one", which name nothing."""

_NUMBERED = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_BY_WORD)})|(?P<number>\d{{1,3}})(?:st|nd|rd|th))"
    r"(?P<things>(?:[ -][^\W\d_]+){1,2})"
)


def is_of_another_number(question: str, sentence: str) -> bool:
    """Tell whether a sentence is about the sixth of what a question asks the seventh of.

    Args:
        question: In English.
        sentence: In English.
    """
    asked, said = _numbers_by_thing(question), _numbers_by_thing(sentence)
    return any(thing in said and not numbers & said[thing] for thing, numbers in asked.items())


def lacks_number(question: str, sentences: Iterable[str]) -> bool:
    """Tell whether some sentences are about the sixth, and none about the seventh asked about.

    Args:
        question: In English.
        sentences: In English.
    """
    wanted = _numbers_by_thing(question)
    by_sentence = [_numbers_by_thing(sentence) for sentence in sentences] if wanted else []
    pairs = [
        (wanted[thing], numbers[thing])
        for numbers in by_sentence
        for thing in wanted
        if thing in numbers
    ]
    return bool(pairs) and all(of_question.isdisjoint(others) for of_question, others in pairs)


def _numbers_by_thing(text: str) -> dict[str, set[int]]:
    """Return the numbers of each thing that a text counts, by each of its first two words."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for match in _NUMBERED.finditer(folded(text)):
        number = int(match["number"] or _BY_WORD[match["word"]])
        for thing in re.split("[ -]", match["things"].strip(" -")):
            if len(thing) > _N_SHORT:
                numbers[thing].add(number)
    return numbers
