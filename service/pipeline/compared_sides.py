"""Finds what an English question compares, and asks about each side alone.

"Does Chile pay more than Peru?" compares two names, "How did rents change between 2019 and 2022?"
two years. Names that ``and`` joins count where a word such as "each" or "differ" sets them against
each other, or where they are countries; "a survey by IMEPLAN and Techo" is one survey.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.country_names import NamingText, country_code, names_country
from service.records import Citation

_NAME = (
    r"[A-ZÀ-Þ][\w’&-]*(?:\.[A-Z]\.)?"
    r"(?:(?: (?:de|del|do|da|dos|das|la|of))? [A-ZÀ-Þ][\w’&-]*)*"
)
_LITTLE_WORDS = r"(?:(?:in|of|for|from|to|at|with|by|on|the|those|that) )*"
_JOINT = r",? (?:and|or|versus|vs\.?|than|as against|compared (?:with|to)|rather than|unlike) "
_NAMES = re.compile(
    rf"(?P<before>\b(?:[Bb]etween|[Bb]oth|[Ee]ither) )?"
    rf"(?P<first>{_NAME})(?P<second>, {_NAME})?(?:['’]s?)?"
    rf"(?P<joint>{_JOINT}){_LITTLE_WORDS}(?P<last>{_NAME})"
)
_THAN = re.compile(
    rf"(?P<first>{_NAME})(?P<between> [^,;:.?A-ZÀ-Þ]{{3,60}}? than {_LITTLE_WORDS})"
    rf"(?P<last>{_NAME})"
)
_YEARS = re.compile(
    r"(?P<before>\b(?:between|among|from|in|since) )?\b(?P<first>(?:19|20)\d\d)"
    r"(?: and| to|, compared (?:with|to)| compared (?:with|to)| or| versus| vs\.?| than)(?: in)? "
    r"(?P<last>(?:19|20)\d\d)\b"
)
_CHANGES = (
    r"(?:chang|develop|evol[vu]|gr[eo]w|r[io]s[ei]|increas|decreas|declin|f[ea]ll|dropp?|"
    r"compar|differ|more|less|fewer|higher|lower|versus|vs\b)"
)
_CUE = re.compile(
    r"\b(?:each|both|either|compar\w*|differ\w*|respective\w*|between|alike|in common"
    r"|contrast\w*)\b",
    re.IGNORECASE,
)
_NO_SIDE = re.compile(r"\w|.*(?:ans|ish|ese)|Caribbean")
"""A letter, a nationality, or the Caribbean, which stands with Latin America."""

_CHANGE = re.compile(rf"\b{_CHANGES}", re.IGNORECASE)
_HOW_IT_CHANGED = re.compile(
    rf"^how (?:it )?(?:has )?{_CHANGES}\w* (?P<subject>.+)"
    rf"|^(?:how (?:much |far |strongly )?)?(?:did|do|does|has|have) (?P<what>.+?) {_CHANGES}\w*",
    re.IGNORECASE,
)
_OPENING_WORDS = (
    "according among are as at between both by can compare could did do does for from give has "
    "have how in is must of on should show tell the was were what when where which who why will "
    "with would"
)
_OPENERS = frozenset(_OPENING_WORDS.split())
"""Words that open a sentence with a capital and are no part of the name that follows."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    Attributes:
        name: As the question has it.
        question: Asks about this side alone.
    """

    name: str
    question: str


def compared_sides(question: str) -> tuple[Side, ...]:
    """Return the two or three sides that an English question compares, in order, or nothing."""
    years = _YEARS.search(question)
    if years and years["first"] != years["last"] and _sets_against(years, question):
        return tuple(Side(year, _in_year(question, years, year)) for year in years.group(2, 3))
    match = _NAMES.search(question) or _THAN.search(question)
    if match is None:
        return ()
    first, opener = _without_openers(match, question)
    groups = match.groupdict()
    names = [first, (groups.get("second") or "").removeprefix(", "), groups["last"]]
    sides = list(dict.fromkeys(re.sub(r"['’]s?$", "", name) for name in names if name))
    if len(sides) == 1 or not first or any(_NO_SIDE.fullmatch(side) for side in sides):
        return ()
    is_list = (groups.get("joint") or "").strip(", ") == "and"
    if is_list and not (_CUE.search(question) or all(map(country_code, sides))):
        return ()
    verb = (groups.get("between") or "").split(" than ")[0]  # "Does Chile pay more than Peru?"
    before, after = question[: match.start()] + opener, question[match.end() :]
    return tuple(Side(side, f"{before}{side}{verb}{after}") for side in sides)


def _sets_against(years: re.Match[str], question: str) -> bool:
    """Tell whether two years are compared, and are not the ends of a span of time."""
    is_span = (years["before"] or "").strip().casefold() in {"between", "among", "from", "since"}
    return not is_span or _CHANGE.search(question) is not None


def names_side(side: str, citation: Citation) -> bool:
    """Tell whether a quote is about a side: it, a heading, the title or the publisher names it.

    A year may also be that of the report; a country's name may begin a word: "Chilean".
    """
    info = citation.document.info
    if side == str(info.year):
        return True
    if side.isdecimal() and re.search(rf"\b\d{{4}}\s?[-–/]\s?{side[2:]}\b", citation.quote):
        return True  # "2021-22"
    words = " ".join([citation.quote, *citation.headings, info.title, info.publisher or ""])
    code = country_code(side)
    if code:
        return names_country(NamingText.of(words), code)
    return re.search(rf"\b{re.escape(side)}\b", words, re.IGNORECASE) is not None


def missing_sides(sides: Sequence[Side], citations: Sequence[Citation]) -> tuple[Side, ...]:
    """Return the sides that no citation names."""
    return tuple(
        side for side in sides if not any(names_side(side.name, cited) for cited in citations)
    )


def _in_year(question: str, years: re.Match[str], year: str) -> str:
    before = question[: years.start()].rstrip()
    changed = _HOW_IT_CHANGED.match(before)
    if changed:
        subject = changed["subject"] or changed["what"]
        return f"What {'were' if subject.endswith('s') else 'was'} {subject} in {year}?"
    return f"{before} in {year}{question[years.end() :]}"


def _without_openers(match: re.Match[str], question: str) -> tuple[str, str]:
    """Return the first name without the words that open the sentence, and those words."""
    before = question[: match.start()].strip()
    words = match["first"].split(" ")
    n_openers = 0
    if not before or before[-1] in ".?!:–":
        while n_openers < len(words) and words[n_openers].casefold() in _OPENERS:
            n_openers += 1
    return " ".join(words[n_openers:]), "".join(f"{word} " for word in words[:n_openers])
