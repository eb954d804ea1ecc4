"""Takes running heads, running feet and page numbers off the pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from indexer.extraction.layout.lines import Line, PageLines
from indexer.extraction.list_markers import roman

_MARGIN_SHARE = 0.125
_MARGIN_TOP = 1 - _MARGIN_SHARE
_MIN_PAGES = 3
_SAME_PLACE = 4.0  # points
_LEVEL = 1.5  # points
_ROW_STEP = 3.0  # of the font size
_MIN_CELLS = 2
_NEAR_EDGE = 5
_NUMBERED_SHARE = 0.5
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|p[áa]gina|p[áa]g\.?|p\.)\s*)?[-–—|\s]*(?P<number>\d{1,4}|[ivxlc]{1,7})[-–—|.\s]*"
    r"(?:(?:/|of|de)\s*\d{1,4})?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d{1,4}(?!\d)")

_JOB_NUMBER = re.compile(
    r"\W?(?P<number>(?:[A-Z]{1,3}\.)?\d{2,4}[-–]?\d{4,6})\W?(?:\s+\([A-Z]\))?(?:\s+\d{6})*"
)
_RULE = re.compile(r"[\s_=*~·–—-]{3,}")

_Wording = tuple[str, int]


def without_furniture(pages: Sequence[PageLines]) -> list[PageLines]:
    """Return the pages without what the typesetter repeats on them.

    Only lines in the outer eighth of the page's height, and among the five nearest its edge, can
    go, and only four kinds of them:

    - what stands at one place (4 points) on three pages or more, or on every page of a document of
      two, with the same wording but for a number that counts with the pages, and the printer's
      job number wherever it stands; but the head of a table that stands right under it stays;
    - a number alone that counts with the pages: its distance to the physical number is shared by
      half the pages that have one in the same numerals (where only one page has: it is that
      page's own, or a smaller one in Roman numerals);
    - a running head that changes from part to part: it stands highest on its page, on the baseline
      and in the size that other running heads have on three pages, and is smaller than the body;
    - a number or date on the baseline of a running head, such as a year that changes.

    Rules drawn with characters (``_____``) go too, wherever they stand. A document of which nothing
    else would be left keeps all.
    """
    margins = {page.number: [*_margin_lines(page), *_sideways_margin(page)] for page in pages}
    repeated = _repeated(margins, n_pages=len(pages)) | _job_numbers(margins)
    furniture = repeated | _counting(margins)
    furniture |= _in_place_of_heads(pages, repeated) | _beside_heads(margins, repeated)
    furniture -= _table_heads(pages, furniture)
    bare = [
        replace(
            page,
            lines=tuple(
                line
                for line in page.lines
                if line not in furniture and not _RULE.fullmatch(line.text)
            ),
            asides=tuple(line for line in page.asides if line not in furniture),
        )
        for page in pages
    ]
    return bare if any(page.lines for page in bare) else list(pages)


def _margin_lines(page: PageLines) -> list[Line]:
    """Return the lines near the upper or lower edge, those at the edge first."""
    top, bottom = page.height * _MARGIN_TOP, page.height * _MARGIN_SHARE
    from_top = sorted(page.lines, key=lambda line: -line.y)
    upper = [line for line in from_top[:_NEAR_EDGE] if line.y >= top]
    lower = [line for line in from_top[::-1][:_NEAR_EDGE] if line.y <= bottom]
    return [*upper, *(line for line in lower if line not in upper)]


def _sideways_margin(page: PageLines) -> list[Line]:
    """Return what stands near the edge of a sheet whose text is turned, as its head is not."""
    return _margin_lines(PageLines(page.number, page.height, page.width, page.asides))


def _repeated(margins: dict[int, list[Line]], *, n_pages: int) -> set[Line]:
    """Return the lines that come back at their place; a lone number only if it is the same."""
    alike: dict[_Wording, list[Line]] = defaultdict(list)
    for line in (line for lines in margins.values() for line in lines):
        if any(map(str.isalpha, line.text)) and not _PAGE_NUMBER.fullmatch(line.text):
            for wording in _wordings(line):
                alike[wording].append(line)
        else:
            alike[line.text.casefold(), 0].append(line)
    enough = min(_MIN_PAGES, max(n_pages, 2))
    return {line for lines in alike.values() for line in lines if _is_on_pages(enough, line, lines)}


def _job_numbers(margins: dict[int, list[Line]]) -> set[Line]:
    """Return the printer's job numbers, such as ``25-05117``, that stand on three pages or more.

    Wherever in the margin they stand, which changes with the side of the sheet; the first page's
    often goes on with language and dates, or is a barcode.
    """
    alike: dict[str, list[Line]] = defaultdict(list)
    for line in (line for lines in margins.values() for line in lines):
        if job := _JOB_NUMBER.fullmatch(line.text):
            alike[re.sub(r"\D", "", job["number"])].append(line)
    return {
        line
        for lines in alike.values()
        if len({line.page for line in lines}) >= _MIN_PAGES
        for line in lines
    }


def _is_on_pages(enough: int, line: Line, alike: Sequence[Line]) -> bool:
    """Tell whether ``alike`` has ``line`` at its place on ``enough`` pages; stops when it knows."""
    pages: set[int] = set()
    for other in alike:
        if _same_place(line, other):
            pages.add(other.page)
            if len(pages) >= enough:
                return True
    return False


def _wordings(line: Line) -> Iterator[_Wording]:
    """Yield the wording as it is, and without each number, with that number's lead on the page.

    So ``Report 3/15`` and ``Report 4/15`` on two pages in a row are alike, ``Decision 81/5`` and
    ``Decision 81/11`` are not.
    """
    text = line.text.casefold()
    yield text, 0
    for number in _DIGITS.finditer(text):
        yield f"{text[: number.start()]}#{text[number.end() :]}", int(number[0]) - line.page


def _same_place(line: Line, other: Line) -> bool:
    is_aligned = min(
        abs(line.x0 - other.x0),
        abs(line.x1 - other.x1),
        abs(line.x0 + line.x1 - other.x0 - other.x1),
    )
    return abs(line.y - other.y) <= _SAME_PLACE and is_aligned <= _SAME_PLACE


def _in_place_of_heads(pages: Sequence[PageLines], repeated: AbstractSet[Line]) -> set[Line]:
    """Return the highest lines that stand where other pages have a repeated running head."""
    body = _body_size(pages)
    highest = [
        max(page.lines, key=lambda line: line.y)
        for page in pages
        if any(line.y >= page.height * _MARGIN_TOP for line in page.lines)
    ]
    heads = Counter(_place(line) for line in highest if line in repeated and line.size < body)
    return {line for line in highest if heads[_place(line)] >= _MIN_PAGES}


def _beside_heads(margins: dict[int, list[Line]], repeated: AbstractSet[Line]) -> set[Line]:
    """Return the lines without a letter that stand on the baseline of a repeated one."""
    return {
        line
        for lines in margins.values()
        for head in lines
        if head in repeated
        for line in lines
        if abs(line.y - head.y) <= _LEVEL and not any(map(str.isalpha, line.text))
    }


def _table_heads(pages: Sequence[PageLines], furniture: AbstractSet[Line]) -> set[Line]:
    """Return the lines of ``furniture`` that name the columns of a table right under them."""
    return {
        line
        for page in pages
        for row in _baselines(line for line in page.lines if line in furniture)
        if len(row) >= _MIN_CELLS and _stands_on_row(row, page, furniture)
        for line in row
    }


def _baselines(lines: Iterable[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if rows and rows[-1][0].y - line.y <= _LEVEL:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _stands_on_row(row: Sequence[Line], page: PageLines, furniture: AbstractSet[Line]) -> bool:
    """Tell whether the next baseline is close and has cells under at least two of ``row``."""
    below = _baselines(
        line for line in page.lines if line not in furniture and line.y < row[0].y - _LEVEL
    )
    if not below or row[0].y - below[0][0].y > _ROW_STEP * row[0].size:
        return False
    under = sum(any(_is_under(cell, line) for line in below[0]) for cell in row)
    return under >= _MIN_CELLS


def _is_under(cell: Line, line: Line) -> bool:
    return min(abs(cell.x0 - line.x0), abs(cell.x1 - line.x1)) <= _SAME_PLACE or (
        abs(cell.x0 + cell.x1 - line.x0 - line.x1) / 2 <= _SAME_PLACE
    )


def _place(line: Line) -> tuple[int, float]:
    return round(line.y), line.size


def _body_size(pages: Sequence[PageLines]) -> float:
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            letters[line.size] += len(line.text)
    return max(letters, key=lambda size: letters[size], default=0.0)


def _counting(margins: dict[int, list[Line]]) -> set[Line]:
    """Return the lines that are page numbers; Roman and Arabic ones count apart."""
    numbers: dict[bool, list[tuple[Line, int]]] = {True: [], False: []}
    for line in (line for lines in margins.values() for line in lines):
        for numeral in _page_number(line.text):
            is_roman = not numeral.isdigit()
            number = _roman(numeral.lower()) if is_roman else int(numeral)
            if is_roman and roman(number) != numeral.lower():
                continue
            numbers[is_roman].append((line, number - line.page))
    return _steady(numbers[True], is_roman=True) | _steady(numbers[False], is_roman=False)


def _steady(numbers: Sequence[tuple[Line, int]], *, is_roman: bool) -> set[Line]:
    """Return the lines whose number keeps its distance to the page's from page to page."""
    pages_by_shift: dict[int, set[int]] = defaultdict(set)
    for line, shift in numbers:
        pages_by_shift[shift].add(line.page)
    n_numbered = len({line.page for line, _ in numbers})
    steady = {
        shift
        for shift, pages in pages_by_shift.items()
        if len(pages) >= max(_NUMBERED_SHARE * min(n_numbered, 20), 2)
        or (n_numbered == 1 and (shift == 0 or (shift < 0 and is_roman)))
    }
    return {line for line, shift in numbers if shift in steady}


def _page_number(text: str) -> Iterator[str]:
    if match := _PAGE_NUMBER.fullmatch(text.strip()):
        yield match["number"]


def _roman(numeral: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))
