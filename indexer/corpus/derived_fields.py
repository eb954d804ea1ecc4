"""Derives what reports without a catalogue row are called, from all of a folder's first pages.

first pages of every file ─▶ lines that many share ─▶ of each file: title, subtitle, identifier,
                                                      year, publisher ─▶ equal titles told apart

What comes out for a file depends on which files there are, never on their order.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import PurePosixPath
from types import MappingProxyType

from indexer.corpus.catalogue_fields import Fields
from indexer.corpus.title_pages import (
    DATE,
    YEAR,
    TitleGroup,
    as_key,
    document_symbol,
    front_lines,
    is_date_line,
    is_united_nations,
    masthead,
    title_groups,
)
from indexer.extraction.layout.lines import Line
from indexer.extraction.pdf.front_pages import FrontPages
from indexer.report_file_names import readable_name

_NO_ROWS: Mapping[str, Fields] = MappingProxyType({})
_OF_TITLE = frozenset({"subtitle", "identifier"})
_MIN_SHARING = 3
_SHARING = 0.05
_MAX_MIN_SHARING = 12
_SAME_PLACE = 0.04
"""Of a page's height."""

_MIN_WORDS = 3
_MIN_SEEN = 0.6
_SHORT_TITLE_WORDS = 6
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_COPY_OF = re.compile(r"(?:copia|copy|cópia) (?:de|of) ", re.IGNORECASE)
_GENERIC = frozenset(
    {"a", "annual", "anual", "and", "copy", "current", "de", "del", "di", "do", "doc"}
    | {"document", "documento", "draft", "el", "en", "english", "file", "final", "for"}
    | {"full", "informe", "la", "main", "new", "of", "on", "paper", "pdf", "portada", "print"}
    | {"projeto", "project", "proyecto", "publication", "relatorio", "relatório", "report"}
    | {"reporte", "rev", "revised", "template", "text", "the", "title", "untitled", "v"}
    | {"version", "web"}
)
"""Words that tell no report from another."""
_PROGRAM = re.compile(
    r"(?:adobe|acrobat|indesign|quarkxpress|libreoffice|openoffice|pdfcreator|scan|scanned)\b",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"\b(?:reports?|notes?|letter|study|paper|review|guide|brief|addendum|overview|record"
    r"|informes?|nota|carta|estudio|documento|guía|reseña|memoria"
    r"|relatórios?|ofício|estudo|guia)\b|^\d+/\S+\s|^adopted\b",
    re.IGNORECASE,
)
"""A line under a title that says what kind of text it is, or a resolution's number and subject."""

_NUMBERED = re.compile(r"\d+/\S+\s")
_BODY = re.compile(
    r"\b(?:commission|committee|council|board|forum|assembly|conference|comisión|comité|consejo"
    r"|foro|asamblea|conferencia|comissão|comitê|conselho|fórum|assembleia|conferência)\b",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\b(?:reports?|agenda|resolutions?|declaration|summary|decisions?|list|review|letter|plan"
    r"|informe|relatório|programa|program(?:me)?|strategy|outcomes?|implementation)\b",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)(?=\s?{YEAR})|copyright\b)[^.]{{0,60}}?({YEAR})|({YEAR})\s?©"
    rf"|(?:published|publicado|publicación|edition|edición|edição)\b[^.]{{0,60}}?({YEAR})",
    re.IGNORECASE,
)
"""Where ``(c)`` has no year behind it, it is an item of a list."""

_IMPRINT = re.compile(rf"[^.]{{2,60}}[•·,]\s?({YEAR})\.?")
_YEAR_IN_SYMBOL = re.compile(r"[/(](20\d\d)(?=[/)]|$)")
_ENDS_IN_DATE = re.compile(rf".*?\b(?:{DATE.pattern})[)\]*]*", re.IGNORECASE)
_PLACE_AND_YEAR = re.compile(rf"[A-ZÀ-Þ][^\W\d]{{1,20}}(?: [^\W\d]{{2,20}}){{0,3}}, ({YEAR})\.?")
_CITED = re.compile(rf"\(({YEAR})\)\W")
_MIN_CITED = 20
"""Letters of a title by which a reference is one to this document."""

_NUMBER_SIGN = r"n(?:o|úm|\.?[º°])\.? ?"
_REPORT_NUMBER = re.compile(
    r"(?:(?:(?:policy research |policy )?(?:working|discussion|policy|research) (?:paper|brief)"
    r"|documento de trabajo|documento de trabalho|texto para discussão|technical (?:paper|report)"
    rf"|report series)(?: series)?,? (?:{_NUMBER_SIGN}|(?!{YEAR}(?![\w/-])))"
    rf"|(?:report|informe|documento|relatório),? {_NUMBER_SIGN})\d[\w/-]{{0,8}}",
    re.IGNORECASE,
)
_NAME = rf"(?P<name>[A-ZÀ-Þ][^.,;:()©]{{2,80}}?)(?:,?\s{YEAR})?(?:[.,;:()].*)?"
_HOLDER = re.compile(
    rf"(?:(?:©|copyright\b)\s?(?:(?:©|\(c\))\s?)?(?:{YEAR}\s?,?\s)?|\(c\)\s?{YEAR},?\s)"
    rf"(?:by\s)?(?:the\s)?{_NAME}",
    re.IGNORECASE,
)
_PUBLISHED_BY = re.compile(
    rf"(?:published|publicado|editado) (?:by|por)\s(?:the\s|la\s|el\s|o\s|a\s)?{_NAME}",
    re.IGNORECASE,
)
_ORGANIZATION = re.compile(
    r"\b(?:organi[sz]ation|alliance|university|institute|ministry|bank|council|commission|agency"
    r"|programme|foundation|cent(?:er|re)|association|department|government|network|federation"
    r"|dialogue|observatory|office|union|nations|fund|organización|alianza|universidad|instituto"
    r"|ministerio|banco|consejo|comisión|agencia|fundación|centro|asociación|departamento|gobierno"
    r"|red|federación|observatorio|municipalidad|fondo|organização|aliança|universidade|ministério"
    r"|conselho|comissão|agência|fundação|associação|governo|rede|prefeitura|observatório)\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-Z]{3,}|[A-Z]{2,}-[A-Z][a-z]+|[A-Z]{2,}-[A-Z]{2,}")


def derived_fields(
    fronts: Mapping[str, FrontPages], rows: Mapping[str, Fields] = _NO_ROWS
) -> dict[str, Fields]:
    """Return by file what its first pages add to its row, as catalogue fields sorted by name.

    A file of which nothing can be derived is left out.

    Args:
        fronts: By path inside the corpus folder; no copies.
        rows: The rows of these files and of all others, whose titles count as well.
    """
    shared = _SharedLines([*dict.fromkeys(fronts.values())])
    derived: dict[str, dict[str, object]] = {}
    for file, front in fronts.items():
        with suppress(Exception):  # one odd file must not stop the others
            derived[file] = _missing(_of_one(file, front, shared), rows.get(file, ()))
    _tell_apart(derived, rows)
    return {
        file: tuple(sorted((field, value) for field, value in fields.items() if value))
        for file, fields in derived.items()
    }


def _missing(fields: Mapping[str, object], row: Fields) -> dict[str, object]:
    """Return the fields that a row lacks; beside a title of its own none that go with a title."""
    known = {field for field, _ in row}
    known |= _OF_TITLE if "title" in known else set()
    return {field: value for field, value in fields.items() if field not in known}


class _SharedLines:
    """Lines and titles that several files have: letterhead, templates."""

    def __init__(self, fronts: Sequence[FrontPages]) -> None:
        """Gather them from the first pages of different files."""
        self.least = max(_MIN_SHARING, min(int(_SHARING * len(fronts)), _MAX_MIN_SHARING))
        self._titles = Counter(as_key(front.title) for front in fronts if front.title)
        places: dict[str, list[float]] = defaultdict(list)
        for front in fronts:
            highest: dict[str, float] = {}
            with suppress(Exception):  # as in `derived_fields`
                for line, place in front_lines(front):
                    highest.setdefault(as_key(line.text), place)
            for key, place in highest.items():
                places[key].append(place)
        self._places = {key: sorted(heights) for key, heights in places.items() if key}

    def is_title_of_several(self, title: str) -> bool:
        """Tell whether another file has a title in its metadata, too."""
        return self._titles[as_key(title)] > 1

    def n_having(self, group: TitleGroup) -> int:
        """Return how many files have every line of a group about where it has it."""
        return min(self._n_at(line, line.y / group.height) for line in group.lines)

    def _n_at(self, line: Line, place: float) -> int:
        heights = self._places.get(as_key(line.text), [])
        return bisect_right(heights, place + _SAME_PLACE) - bisect_left(
            heights, place - _SAME_PLACE
        )


def _of_one(file: str, front: FrontPages, shared: _SharedLines) -> dict[str, object]:
    groups = title_groups(front)
    stem = PurePosixPath(file).stem
    symbol = next(_symbols(front), None)
    title, subtitle = _printed_title(groups, shared)
    if own := _own_title(front, stem, groups, shared):
        title, subtitle = own, None if subtitle and as_key(subtitle) in as_key(own) else subtitle
    title = title or readable_name(stem)
    return {
        "title": title,
        "subtitle": ", ".join(dict.fromkeys(filter(None, [subtitle, symbol]))),
        "identifier": symbol,
        "year": _year(front, symbol, title),
        "publisher": _publisher(front),
    }


def _own_title(
    front: FrontPages, stem: str, groups: Sequence[TitleGroup], shared: _SharedLines
) -> str | None:
    """Return the title in the metadata, if it is one of this file and no worse than the printed."""
    title = _COPY_OF.sub("", front.title or "", count=1)
    words = title.split()
    if (
        not words
        or as_key(title) == as_key(stem)
        or is_united_nations(title)
        or _PROGRAM.match(title)
        or all(word.lower().strip(".,_-0123456789") in _GENERIC | {""} for word in words)
        or shared.is_title_of_several(front.title or "")
    ):
        return None
    if not groups:
        return title
    seen = {
        word.lower() for line, _ in front_lines(front) for word in _LONG_WORD.findall(line.text)
    }
    telling = [word.lower() for word in _LONG_WORD.findall(title)]
    n_seen = sum(word in seen for word in telling)
    is_seen = n_seen >= _MIN_SEEN * len(telling) and len(words) >= _MIN_WORDS
    is_fuller = len(words) > 1 and all(len(group.text.split()) == 1 for group in groups)
    return title if is_seen or is_fuller else None


def _printed_title(
    groups: Sequence[TitleGroup], shared: _SharedLines
) -> tuple[str | None, str | None]:
    """Return title and subtitle that stand on the first pages.

    The largest, unless as many files have it as have a letterhead. A short one, and a body's name,
    goes on with what stands below it: ``Situation in Abyei: Report of the Secretary-General``.
    """
    if not groups:
        return None, None
    having = {id(group): shared.n_having(group) for group in groups}
    own = [group for group in groups if having[id(group)] < shared.least]
    if not own:
        fewest = min(having.values())
        own = [group for group in groups if having[id(group)] == fewest]
    best = max(own, key=lambda group: group.weight)
    below = groups[groups.index(best) + 1 :]
    kinds = (group.text for group in below if len(group.text.split()) > 1)
    kind = next((text for text in kinds if _KIND.search(text)), None)
    title = best.text
    if kind and (_is_short(title) or _names_a_body(title) or _NUMBERED.match(kind)):
        return f"{title}: {kind}", None
    return title, kind


def _is_short(title: str) -> bool:
    return len(title.split()) <= _SHORT_TITLE_WORDS and not _WORK.search(title)


def _names_a_body(title: str) -> bool:
    return _BODY.search(title) is not None and _WORK.search(title) is None


def _symbols(front: FrontPages) -> Iterator[str]:
    """Yield document symbols and report numbers that lines of the first pages are."""
    lines = [line.text for line, _ in front_lines(front)]
    yield from filter(None, map(document_symbol, lines))
    yield from (text for text in lines if _REPORT_NUMBER.fullmatch(text))


def _year(front: FrontPages, symbol: str | None, title: str) -> int | None:
    """Return the year of publication: a stamp's, an imprint's, a cover's, else a reference's."""
    last = datetime.now(tz=UTC).year
    for years in (
        _stamped(front),
        _imprinted(front),
        _YEAR_IN_SYMBOL.findall(symbol or ""),
        _on_cover(front),
        _cited(front, title),
        _signed(front),
    ):
        plausible = [int(year) for year in years if int(year) <= last]
        if plausible:
            return max(plausible)
    return None


def _stamped(front: FrontPages) -> Iterator[str]:
    for page in front.pages[:1]:
        for line in masthead(page):
            yield from DATE.findall(line.text)


def _imprinted(front: FrontPages) -> Iterator[str]:
    for line, _ in front_lines(front):
        for match in _COPYRIGHT.finditer(line.text):
            yield next(filter(None, match.groups()))
        imprint = _IMPRINT.fullmatch(line.text)
        if imprint and _names_united_nations(line.text):
            yield imprint[1]


def _on_cover(front: FrontPages) -> Iterator[str]:
    """Yield the years of lines above the text that are dates, or end in one."""
    for page in front.pages[:2]:
        for group in title_groups(FrontPages((page,)), with_stamps=True):
            for line in group.lines:
                if match := _ENDS_IN_DATE.fullmatch(line.text):
                    yield match[1]
                elif is_date_line(line.text):
                    yield from re.findall(YEAR, line.text)
                elif re.fullmatch(YEAR, line.text):
                    yield line.text


def _cited(front: FrontPages, title: str) -> Iterator[str]:
    """Yield the years of references to this document itself: ``Alba, A. (2024). Its title``."""
    key = as_key(title)[:_MIN_CITED]
    for line, _ in front_lines(front):
        for match in _CITED.finditer(line.text):
            if len(key) == _MIN_CITED and as_key(line.text[match.end() :]).startswith(key):
                yield match[1]


def _signed(front: FrontPages) -> Iterator[str]:
    """Yield the years of lines that are a place and a year, as under a foreword: ``Lima, 2024``."""
    for line, _ in front_lines(front):
        if match := _PLACE_AND_YEAR.fullmatch(line.text):
            yield match[1]


def _publisher(front: FrontPages) -> str | None:
    """Return who published it; the name of the United Nations may be there, too, for a series."""
    lines = [line.text for line, _ in front_lines(front)]
    holder = next(_named(_HOLDER, lines), None)
    if holder is None and _has_united_nations(front, lines):
        return "United Nations"
    text = "\n".join(lines)
    if front.author and all(_is_organization(name, text) for name in front.author.split(", ")):
        return front.author
    return holder or next(_named(_PUBLISHED_BY, lines), None)


def _named(pattern: re.Pattern[str], lines: Sequence[str]) -> Iterator[str]:
    """Yield the organizations that lines name in a way."""
    for line in lines:
        match = pattern.fullmatch(line)
        if match and _ORGANIZATION.search(match["name"]):
            yield match["name"].strip()


def _has_united_nations(front: FrontPages, lines: Sequence[str]) -> bool:
    heads = [" ".join(line.text for line in masthead(page)) for page in front.pages]
    return any(map(_names_united_nations, lines)) or any(
        re.search(r"\bunited\b.{0,20}\bnations\b", head, re.IGNORECASE) for head in heads
    )


def _names_united_nations(line: str) -> bool:
    """Tell whether a line is their name, or an imprint with it: ``United Nations • New York``."""
    return is_united_nations(re.split("[•·]", line, maxsplit=1)[0].strip())


def _is_organization(name: str, text: str) -> bool:
    """Tell whether a name is that of an organization which the first pages name."""
    is_one = _ORGANIZATION.search(name) is not None or _ACRONYM.fullmatch(name) is not None
    return is_one and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def _tell_apart(derived: Mapping[str, dict[str, object]], rows: Mapping[str, Fields]) -> None:
    """Add to derived titles that other files have, too, what tells those apart; rows stay."""
    effective = {
        file: {**derived.get(file, {}), **dict(rows.get(file, ()))} for file in {**rows, **derived}
    }
    alike: dict[str, list[str]] = defaultdict(list)
    for file, fields in effective.items():
        if fields.get("title"):
            alike[as_key(str(fields["title"]))].append(file)
    for files in alike.values():
        called = [file for file in files if "title" in derived.get(file, {})]
        if len(files) > 1 and called:
            marks = next(
                marks
                for marks in _marks(files, effective)
                if _all_differ(marks, called, alike, effective)
            )
            for file in called:
                _add_mark(derived[file], marks[file], effective[file].get("identifier"))


def _marks(
    files: Sequence[str], effective: Mapping[str, Mapping[str, object]]
) -> Iterator[dict[str, str]]:
    """Yield by file what may tell some apart: symbols, years, file names, at last their paths."""
    for field in ("identifier", "year"):
        yield {file: str(effective[file].get(field) or "") for file in files}
    yield {file: readable_name(PurePosixPath(file).stem) for file in files}
    yield {file: file for file in files}


def _all_differ(
    marks: Mapping[str, str],
    called: Sequence[str],
    titles: Collection[str],
    effective: Mapping[str, Mapping[str, object]],
) -> bool:
    """Tell whether marks tell files apart, and make of no title that of another file."""
    if all(file == mark for file, mark in marks.items()):  # nothing tells more
        return True
    given = [mark for mark in marks.values() if mark]
    return (
        all(marks[file] for file in called)
        and len(set(given)) == len(given)
        and not any(as_key(f"{effective[file]['title']}{marks[file]}") in titles for file in called)
    )


def _add_mark(fields: dict[str, object], mark: str, identifier: object) -> None:
    fields["title"] = f"{fields['title']} ({mark})"
    if mark == identifier and "subtitle" in fields:  # it is in the title
        fields["subtitle"] = str(fields["subtitle"]).removesuffix(mark).removesuffix(", ")
