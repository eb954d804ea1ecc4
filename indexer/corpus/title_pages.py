"""Finds on the first pages of a PDF what a catalogue row would say of it.

pages ─▶ lines from the top down, without letterhead and stamps ─▶ groups of lines set alike ─▶
         what stands above the text ─▶ title, subtitle
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from indexer.extraction.layout.lines import Line, PageLines
from indexer.extraction.line_end_hyphens import Spelling
from indexer.extraction.pdf.front_pages import FrontPages
from indexer.extraction.text_cleaning import join_lines
from indexer.folding import folded

MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    )
    for number, name in enumerate(names.split(), start=1)
}
_MONTH = rf"(?:{'|'.join(MONTHS)})"
YEAR = r"(?:19[5-9]\d|20\d\d)"
DATE = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|º)?\s(?:de\s|of\s)?)?{_MONTH}(?:\s\d{{1,2}}(?:st|nd|rd|th)?)?,?"
    rf"\s(?:de\s|del\s)?({YEAR})",
    re.IGNORECASE,
)
_DATE_WORD = re.compile(
    rf"{_MONTH}|{YEAR}|\d{{1,2}}(?:st|nd|rd|th|º)?|and|to|y|a|al|e|de|del|of", re.IGNORECASE
)
_MAX_PLACE_WORDS = 5
_REPORTS = re.compile(r"(?:report|informe|relat[óo]rio|plan|plano|strategy|review)", re.IGNORECASE)

_STAMP = re.compile(
    r"\s*(?:distr\b|original\s?:|english only\b|(?:english|french|spanish|general|limited)$|page\b"
    r"|p[áa]gina\b|is[sb]n\b|e-is[sb]n\b|doi\b|https?:|www\.|©|\(c\)|copyright\b|for decision$"
    r"|for information$"
    r"|please recycle|vol(?:ume|umen)?\.?\s\d|n[o.º°]+\s?\d+$|advance (?:un)?edited)",
    re.IGNORECASE,
)
_BUSINESS = re.compile(
    r"(?:(?:agenda )?items? \d|agenda items?\b|supplement no\b|official records\b|addendum$"
    r"|corrigendum$|rapporteur\b"
    r"|(?!report\b)(?:[\w-]{1,30} ){0,4}(?:session|year)(?: of)?(?:,? \d{4})?$"
    r"|\d{4} (?:\w+ )?session$|(?:note|report) by\b|(?:summary )?prepared (?:by|for)\b"
    r"|convened under\b|conference of the parties$)",
    re.IGNORECASE,
)
"""What the business of a body puts above a title: session, agenda item, record."""

_TEXT_BEGINS = re.compile(
    r"(?:(?:table of )?contents(?: page)?$|(?:executive )?summary$"
    r"|introduction$|abstract$|foreword$|preface$"
    r"|acknowledge?ments$|key (?:messages|findings)$|overview$|annex(?: [IVX\d]+)?$"
    r"|(?:tabla de )?contenidos?$|[íi]ndice$|sum[áa]rio$|resumen(?: ejecutivo)?$"
    r"|resumo(?: executivo)?$|introducci[óo]n$|introdu[çc][ãa]o$|pr[óo]logo$|presentaci[óo]n$"
    r"|apresenta[çc][ãa]o$|agradecimientos$|agradecimentos$)",
    re.IGNORECASE,
)
_FIRST_NUMBER = re.compile(r"(?:[IA]\.\s(?!.{0,60}\b[A-Z]\.\s)|1[.)]?\s)\s*\S")
"""What the first heading of a text begins with; two initials are an author's."""

_UNITED_NATIONS = re.compile(
    r"united nations(?: system)?|naciones unidas|nações unidas|nations unies", re.IGNORECASE
)
_MASTHEAD = re.compile(r"\bdistr\b|original\s?:", re.IGNORECASE)
_MASTHEAD_SHARE = 0.65
_LONG_LINE = 60
_N_TEXT_LINES = 3
_LINE_STEP = 1.75
_STAMP_STEP = 3.5
_LARGER = 1.08
_HALF = 0.5
_MIN_LETTER_SHARE = 0.4
_MAX_WORDS = 60
_MIN_TITLE_WORDS = 3
_NOTE_CALLS = "*†‡¹²³⁴⁵⁶⁷⁸⁹⁰ "
_DANGLING = frozenset(
    {"a", "al", "and", "at", "by", "da", "de", "del", "do", "e", "em", "en", "for", "from", "in"}
    | {"la", "of", "on", "the", "to", "y"}
)
_BEGINS_LOW = re.compile(r"[\W_]*[^\W\d_A-ZÀ-Þ](?![A-ZÀ-Þ])")
"""A letter that is no capital and has none behind it, as ``eThekwini`` has."""
_SET_OFF = re.compile(r"[,;:(|•·]|\s[–—-]\s")
_DAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th|º)?\b")
_SIGNS = re.compile(r"\*{2,}|_{2,}|#{2,}")


@dataclass(frozen=True)
class TitleGroup:
    """Lines set alike, one under the other, that may be a title.

    Attributes:
        lines: From the top down.
        body: Size of the text.
        height: Of its page.
        spelling: Of the first pages.
    """

    lines: tuple[Line, ...]
    body: float
    height: float
    spelling: Spelling

    @property
    def size(self) -> float:
        """Return the size of its letters."""
        return self.lines[0].size

    @cached_property
    def text(self) -> str:
        """Return its lines as one, without the signs of notes."""
        whole = join_lines([line.text for line in self.lines], self.spelling)
        return _SIGNS.sub("", whole).strip(_NOTE_CALLS).rstrip(":;,")

    @property
    def weight(self) -> tuple[float, bool, bool, int]:
        """Return what the largest is told by: size, weight, capitals, number of words."""
        first = self.lines[0]
        return round(first.size), first.bold, self.text.isupper(), len(self.text.split())

    @property
    def stands_out(self) -> bool:
        """Tell whether it is set larger than the text, bold or in capitals."""
        first = self.lines[0]
        return first.size >= _LARGER * self.body or first.bold or self.text.isupper()

    @property
    def may_be_title(self) -> bool:
        """Tell whether its words could be a title."""
        text = self.text
        letters = sum(map(str.isalpha, text))
        return (
            len(text.split()) <= _MAX_WORDS
            and letters >= max(4, _MIN_LETTER_SHARE * len(text))
            and _BEGINS_LOW.match(text) is None
            and is_named(text)
        )


def is_named(text: str) -> bool:
    """Tell whether a text names something: no date, stamp, symbol or item of business."""
    return not (
        document_symbol(text)
        or is_date_line(text)
        or _STAMP.match(text)
        or _BUSINESS.match(text)
        or _UNITED_NATIONS.fullmatch(text)
        or "@" in text
        or (text.startswith("(") and text.endswith(")"))
    )


def is_date_line(text: str) -> bool:
    """Tell whether a line is a date or dates, with a place or without: ``Nice, 9–13 June 2025``.

    Several words that nothing sets off from a month are no place: ``Global Trends June 2023``.
    """
    words = re.findall(r"\w+", text)
    others = [word for word in words if not _DATE_WORD.fullmatch(word)]
    return (
        re.search(rf"\b{YEAR}\b", text) is not None
        and re.search(rf"\b{_MONTH}\b", text, re.IGNORECASE) is not None
        and len(others) <= _MAX_PLACE_WORDS
        and (len(others) <= 1 or bool(_SET_OFF.search(text) or _DAY.search(text)))
        and all(word[0].isupper() for word in others)
        and not any(map(_REPORTS.match, others))
    )


def document_symbol(text: str) -> str | None:
    """Return the symbol that a line is, such as ``A/80/150`` or ``S/RES/2771 (2025)``."""
    bare = text.strip(_NOTE_CALLS)
    core = re.sub(r" \([^()]{1,12}\)", "", bare)
    is_symbol = (
        re.fullmatch(r"[A-Z][A-Z-]{0,9}/[\w./()-]{1,60}", core) is not None
        and any(map(str.isdigit, core))
        and re.search(r"[a-z]{4}", core) is None
    )
    return bare if is_symbol else None


def title_groups(front: FrontPages, *, with_stamps: bool = False) -> tuple[TitleGroup, ...]:
    """Return what may be the title, on the first page that has anything, from the top down.

    Args:
        front: The first pages of a file.
        with_stamps: Return all that stands above the text, dates and small print as well.
    """
    spelling = Spelling.of(line.text for line, _ in front_lines(front))
    body = _body_size(front)
    for page in front.pages:
        head = set(masthead(page))
        groups = [
            TitleGroup(tuple(group), body, page.height, spelling)
            for group in _grouped(_from_top(page))
            if head.isdisjoint(group)
        ]
        named = tuple(
            group
            for group in _above_text(groups)
            if with_stamps or (group.may_be_title and group.stands_out)
        )
        if named:
            return named
    return ()


def front_lines(front: FrontPages) -> Iterator[tuple[Line, float]]:
    """Yield the lines of the first pages, from the top down, with their height as a share."""
    for page in front.pages:
        for line in _from_top(page):
            yield line, line.y / page.height


def _body_size(front: FrontPages) -> float:
    letters: dict[float, int] = {}
    for page in front.pages:
        for line in page.lines:
            letters[line.size] = letters.get(line.size, 0) + len(line.text)
    return max(letters, key=lambda size: (letters[size], -size), default=0.0)


def masthead(page: PageLines) -> tuple[Line, ...]:
    """Return the lines of a masthead: all down to the last that says how a paper is distributed."""
    marks = [
        line
        for line in page.lines
        if _MASTHEAD.search(line.text) and line.y > _MASTHEAD_SHARE * page.height
    ]
    if not marks:
        return ()
    lines = _from_top(page)
    least = min(line.y for line in marks)
    below = (line for line in lines if line.y < least and _is_below_mark(line, marks))
    for line in below:
        if least - line.y <= _STAMP_STEP * line.size and is_date_line(line.text):
            least = line.y
    return tuple(line for line in lines if line.y >= least - 1)


def _is_below_mark(line: Line, marks: Sequence[Line]) -> bool:
    return any(abs(line.x0 - mark.x0) < line.size for mark in marks)


def _from_top(page: PageLines) -> list[Line]:
    return sorted(page.lines, key=lambda line: (-round(line.y), line.x0))


def _grouped(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield runs of lines of one size and weight that stand under each other, from the top."""
    groups: list[list[Line]] = []
    for line in lines:
        home = next((g for g in reversed(groups[-4:]) if _continues(g, line)), None)
        if home is None:
            groups.append([line])
        else:
            home.append(line)
    yield from groups


def _continues(group: Sequence[Line], line: Line) -> bool:
    last = group[-1]
    if _is_stamp(last.text) or (_is_stamp(line.text) and not _dangles(last.text)):
        return False
    step = last.y - line.y
    overlap = min(last.x1, line.x1) - max(last.x0, line.x0)
    narrower = min(last.x1 - last.x0, line.x1 - line.x0)
    return (
        abs(last.size - line.size) < _HALF
        and last.bold == line.bold
        and 0 < step <= _LINE_STEP * line.size
        and overlap >= _HALF * narrower
    )


def _is_stamp(text: str) -> bool:
    return bool(document_symbol(text) or is_date_line(text) or _STAMP.match(text))


def _dangles(text: str) -> bool:
    """Tell whether a line cannot be the last of a title."""
    return text.endswith((",", "-", "–")) or text.rsplit(maxsplit=1)[-1].lower() in _DANGLING


def _above_text(groups: Sequence[TitleGroup]) -> Iterator[TitleGroup]:
    """Yield the groups above the one with which the text of a document begins.

    A number begins the text where the group is no larger than that, or stands below a title:
    ``1 Million Homes`` above all else, or below a short letterhead that is smaller, is one.
    """
    above: list[TitleGroup] = []
    for group in groups:
        if _begins_text(group) or (
            _FIRST_NUMBER.match(group.lines[0].text)
            and (group.size <= _LARGER * group.body or _has_title(above, group.size))
        ):
            return
        yield group
        above.append(group)


def _has_title(groups: Sequence[TitleGroup], size: float) -> bool:
    """Tell whether one of some groups may be a title that a heading of a size stands under."""
    return any(
        group.may_be_title
        and group.stands_out
        and (group.size > size - _HALF or len(group.text.split()) >= _MIN_TITLE_WORDS)
        for group in groups
    )


def _begins_text(group: TitleGroup) -> bool:
    """Tell whether the text of the document, or its contents, begin with a group."""
    first = group.lines[0].text
    if _TEXT_BEGINS.match(first) and not is_date_line(first):
        return True
    long = [line for line in group.lines if len(line.text) >= _LONG_LINE]
    is_text = group.lines[0].size <= _LARGER * group.body and not group.lines[0].bold
    return is_text and len(long) >= _N_TEXT_LINES and not group.text.isupper()


def as_key(text: str) -> str:
    """Return by what two lines are the same: their letters and digits."""
    return "".join(filter(str.isalnum, folded(text)))


def is_united_nations(text: str) -> bool:
    """Tell whether a line is the name of the United Nations and nothing else."""
    return _UNITED_NATIONS.fullmatch(text) is not None
