"""Rules on plain strings that every format shares: what to wash out, and what a line is.

Nothing here knows a file format. Text is cleaned once, when it is extracted, and never afterwards.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.extraction.line_end_hyphens import Spelling
from indexer.superscripts import superscript

_LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
}
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ufffe\uffff" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_WINGDINGS_BULLETS = dict.fromkeys("\uf0a7\uf0b7\uf0d8\uf076\uf06c\uf06e\uf02d", "•")
_WASH = str.maketrans(
    {
        **{chr(code): "" for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()},
        **dict.fromkeys(_INVISIBLE, ""),
        **{chr(code): "" for code in range(0xD800, 0xE000)},
        **_LIGATURES,
        **_WINGDINGS_BULLETS,
    }
)

_ESCAPED_MONEY = re.compile(r"(?<!\\)\\+(?=\$\s*\d)")
"""What a converter to Markdown wrote before a sum, and a file of it or its print still has."""

_BULLET = re.compile(r"[-–—−‒*•◦‣⁃∙·●○▪▫■□◆◇▸▹►▶➢➤✓✔√☐☑✗✦❖o](?:\s+|$)|[•●▪■✓✔➢➤](?=\w)")
_ENUMERATOR = re.compile(
    r"(?:\(?(?:\d{1,3}|[A-Za-z]|[ivxl]{2,5}|[IVXL]{2,5})\)|(?:\d{1,3}|[a-zA-Z]|[ivx]{2,5})\.)\s+"
)
_HEADING_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})(?P<stop>\.|\))?\s+(?=\S)")
_CHAPTER = re.compile(
    r"(?i:(?P<word>chapter|part|section|annex|appendix|recommendation|action|box|step|module|"
    r"cap[ií]tulo|parte|secci[oó]n|se[cç][aã]o|anexo|ap[eé]ndice|ap[eê]ndice|recomendaci[oó]n|"
    r"recomenda[cç][aã]o|acci[oó]n|a[cç][aã]o|recuadro|quadro|caixa|paso|passo|m[oó]dulo))"
    r"\s+(?P<number>\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-H])(?:\s*[.:–—-]\s*|\s*$)(?P<rest>.*)"
)
_BOX_WORDS = frozenset({"box", "recuadro", "quadro", "caixa"})
_INNER_WORDS = _BOX_WORDS | {"action", "acción", "ação", "step"}
_ANNEX = re.compile(r"(?i:annex(?:es)?|appendix|appendices|anexos?|ap[eéê]ndices?)\b")
_CAPTION = re.compile(
    r"(?i:(?:table|figure|fig\.|chart|graph|map|photo|image|cuadro|tabla|gr[aá]fico|figura|mapa|foto|"
    r"tabela|imagen|imagem)\s+[\divx]+(?:\.\d+)*\s*(?:[.:–—-]|$)|(?:source|fuente|fonte)s?:\s)"
)
_MARKED_NOTE = re.compile(r"(?:[¹²³⁰-⁹ⁱ†‡*]+|\^\{?[\w*]{1,6}\}?)\s*(?=\S)(?![*\w]*\*)")
_NUMBERED_NOTE = re.compile(r"\[?\d{1,3}\]?\s+(?=[A-ZÀ-Þ“\"'])")
_SOURCE_SIGNS = re.compile(
    r"https?://|www\.|\b[Ii]bid\b|\bop\. cit\b|\bpp?\.\s?\d|\((?:1[89]|20)\d\d\)|\(undated\)|"
    r"\b(?:available|disponible|disponível) (?:at|en|em)\b|\b(?:see|véase|ver) also\b|\bet al\b",
    re.IGNORECASE,
)
_CONTENTS_LINE = re.compile(
    r"(?P<title>\S.*?)\s*(?:(?:[.·…_]\s?){3,}|\t|\s{3,})[\s.·…]*(?P<page>\d{1,4}|[ivxlc]{1,6})$"
)
_EMPHASIS = (
    re.compile(r"(?<!\*)\*\*(?=\S)([^*]+?)(?<=\S)\*\*(?!\*)"),
    re.compile(r"(?<![\w_])__(?=\S)([^_]+?)(?<=\S)__(?![\w_])"),
    re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])"),
)
_MARKUP_TAG = re.compile(
    r"</?(?:ul|ol|li|br|p|b|i|u|em|strong|sup|sub|span|div|table|tbody|tr|td|th|font)\b[^<>]*>",
    re.IGNORECASE,
)
_RAISED = re.compile(r"<sup>([^<>]{1,20})</sup>", re.IGNORECASE)
_TERMINAL = tuple(".!?…:;")
_CLOSERS = "\"'”’»)]*"
_NOTE_SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DANGLING_WORDS = (
    "a an and as at but by for from in into is nor of on or over per than that the their this to "
    "under via was were which while who with without whose are be been has have its "
    "al con de del desde e el en entre la las lo los o para por que se sin sobre su sus un una y "
    "à ao aos com da das do dos em na nas no nos os pela pelo sem sob um uma às"
)
_DANGLING = frozenset(_DANGLING_WORDS.split())
_TITLE_OPENING = re.compile(r"[¿¡“\"'(‘]*(?:[^\W\d_]|\d+(?:st|nd|rd|th|[ºª°])\s|(?:19|20)\d\d\b)")
_NO_TITLE = re.compile(
    r"[¿¡“\"'(‘]*[a-zà-öø-ÿ]|(?i:total|subtotal|all rights|copyright|prepared by|"
    r"elaborado por|(?:principal |lead )?authors?:|coordinators?:|editors?:|reviewers?:|"
    r"design and layout|financial support)"
)
_LONG_TEXT = 60
_MAX_TITLE = 400
_MAX_CAPTION = 300
_MAX_CREDIT_WORDS = 40
_SHORT_WORD = 3
_PROPER_WORD = re.compile(r"[^\W\d_]{4}")


def clean(text: str) -> str:
    """Return ``text`` as one washed line, NFC, with single plain spaces, stripped.

    Soft hyphens, zero-width and direction marks, control characters and lone surrogates go;
    ligatures are spelt out; bullets of the Wingdings range become ``•``; a backslash before a sum
    in dollars goes. May be empty. Cleaning twice changes nothing more.
    """
    return unicodedata.normalize("NFC", " ".join(_washed(text).split()))


def clean_lines(text: str) -> list[str]:
    """Return the lines of ``text``, washed as `clean` does but with tabs and indents kept.

    A form feed ends a line and leaves a blank one, so that no paragraph crosses it.
    """
    broken = text.replace("\f", "\n\n").replace("\r\n", "\n").replace("\v", "\n")
    return [
        unicodedata.normalize("NFC", _keep_tabs(_washed(line)))
        for line in re.split(r"[\n\r\x85\u2028\u2029]", broken)
    ]


def _washed(text: str) -> str:
    return _ESCAPED_MONEY.sub("", text.translate(_WASH))


def _keep_tabs(line: str) -> str:
    return re.sub(r"[^\S\t]", " ", line).rstrip()


def strip_emphasis(text: str) -> str:
    """Return ``text`` without paired ``**bold**``, ``__bold__`` and ``*italic*`` markers."""
    for pattern in _EMPHASIS:
        text = pattern.sub(r"\1", text)
    return text


def strip_tags(text: str) -> str:
    """Return ``text`` with the HTML tags of inline and list markup turned into spaces.

    What stands in a pair of ``sup`` is written in superscript signs.
    """
    return _MARKUP_TAG.sub(" ", _RAISED.sub(lambda raised: superscript(raised[1]), text))


def join_lines(lines: Iterable[str], spelling: Spelling) -> str:
    """Return wrapped lines as one, mending words that were hyphenated at a line's end.

    Args:
        lines: In order, any surrounding white space.
        spelling: The document's, which decides about hyphens at line ends.
    """
    pieces: list[str] = []
    for line in map(str.strip, lines):
        link = spelling.link(pieces[-1], line) if pieces else ""
        if link is not None and pieces:
            pieces[-1] = pieces[-1][:-1] + link
        elif pieces and pieces[-1] and line:
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces).strip()


def split_bullet(line: str) -> tuple[str, str] | None:
    """Return a list item as ``(marker, rest)``, or ``None`` for any other line.

    Every drawn bullet comes back as ``"- "``; numbers and letters keep their form: ``"(a) "``,
    ``"2. "``. A single capital with a full stop is an initial, not a marker.
    """
    stripped = line.strip()
    if bullet := _BULLET.match(stripped):
        rest = stripped[bullet.end() :].lstrip()
        inner = _ENUMERATOR.match(rest)
        if inner and not re.match(r"[A-Za-z]\.", rest):  # "- 1. What …": one item, two markers
            return inner[0].strip() + " ", rest[inner.end() :]
        return "- ", rest
    number = _ENUMERATOR.match(stripped)
    if not number or re.match(r"[A-Z]\.", stripped):
        return None
    return number[0].strip() + " ", stripped[number.end() :]


def heading_depth(line: str) -> int:
    """Return how deep a section number at the start of ``line`` goes; 0 without one.

    ``"2. Findings"`` is 1, ``"2.1 Cities"`` is 2, ``"Annex 3: Sources"`` is 1, ``"Box 4. …"`` and
    ``"Action 2.1: …"`` are 2. Says nothing about whether the rest reads like a heading: `is_title`.
    """
    name = part_name(line)
    if name is None:
        return 0
    depth = len(name.number)
    return max(depth, 2) if name.word in _INNER_WORDS else depth


@dataclass(frozen=True, slots=True)
class PartName:
    """What a heading calls the part that it opens.

    Attributes:
        word: In lower case, such as ``"annex"``; empty for a section number alone.
        number: Its components: ``("2", "1")`` of ``"Action 2.1: …"``.
    """

    word: str
    number: tuple[str, ...]

    @property
    def is_box(self) -> bool:
        """It is a box, which stands beside the text and holds no numbered part."""
        return self.word in _BOX_WORDS

    def closes(self, other: "PartName") -> bool:
        """Tell whether a part of this name cannot stand inside of one named ``other``.

        A box holds no numbered part, and ``"Action 2.1"`` stands in no other ``"Action"``. Section
        numbers alone may begin anew inside of a section; only a higher one ends it.
        """
        if other.is_box:
            return True
        if self.word != other.word or self.number[: len(other.number)] == other.number:
            return False
        return bool(self.word) or tuple(map(int, self.number)) > tuple(map(int, other.number))


def part_name(line: str) -> PartName | None:
    """Return the word and number that ``line`` begins with, if it does."""
    if chapter := _CHAPTER.match(line):
        return PartName(chapter["word"].lower(), tuple(chapter["number"].split(".")))
    number = _HEADING_NUMBER.match(line)
    if not number or ("." not in number["number"] and not number["stop"]):
        return None
    return PartName("", tuple(number["number"].split(".")))


def is_annex(line: str) -> bool:
    """Tell whether ``line`` opens an annex, or the annexes."""
    return _ANNEX.match(line) is not None


def is_chapter(line: str) -> bool:
    """Tell whether ``line`` opens a part by name and number, such as ``Annex 2: …``.

    The rest of the line may be a whole sentence (a recommendation is), but only one.
    """
    chapter = _CHAPTER.match(line)
    if not chapter or len(line) > _MAX_TITLE:
        return False
    return re.search(r"[.!?]\s+[A-ZÀ-Þ]", chapter["rest"]) is None


def is_title(line: str, *, max_words: int = 16) -> bool:
    """Tell whether ``line`` reads like a heading: short, begun with a capital, not a sentence.

    A section number before it counts for nothing. A line that ends in a preposition or an article
    is the upper half of a broken sentence.
    """
    number = _HEADING_NUMBER.match(line)
    title = line[number.end() :] if number and heading_depth(line) else line
    words = re.findall(r"\w[\w'’/&-]*", title)
    if not words or len(words) > max_words or not _PROPER_WORD.search(title):
        return False
    if not _TITLE_OPENING.match(title) or _NO_TITLE.match(title):
        return False
    return words[-1].lower() not in _DANGLING and not _is_sentence(title.rstrip(_NOTE_SIGNS))


def _is_sentence(title: str) -> bool:
    """Tell whether a line ends, goes on or breaks off as headings do not."""
    return (
        title.endswith((".", ",", ";", ":", "…", "="))
        or "://" in title
        or "@" in title
        or re.search(r"[.!?]\s+[A-ZÀ-Þ]", title) is not None
    )


def is_all_capitals(line: str) -> bool:
    """Tell whether every letter of ``line`` is a capital, and there are at least four."""
    letters = [letter for letter in line if letter.isalpha()]
    return len(letters) > _SHORT_WORD and all(letter == letter.upper() for letter in letters)


def is_footnote(line: str) -> bool:
    """Tell whether ``line`` is the text of a note: ``¹ …``, ``^{iv} …``, ``31 Author (2017) …``.

    A plain number is a note's only if the line cites: a year in brackets, a page, an address.
    """
    stripped = line.strip()
    if re.match(r"[-•]\s+(?=\^|[¹²³⁰-⁹ⁱ\d])", stripped):
        stripped = stripped[1:].lstrip()
    if _MARKED_NOTE.match(stripped) and not stripped.startswith(("**", "* ")):
        return True
    return bool(_NUMBERED_NOTE.match(stripped) and _SOURCE_SIGNS.search(stripped))


def is_caption(line: str) -> bool:
    """Tell whether ``line`` names a table or figure, gives its source, or credits a photo."""
    if _CAPTION.match(line):
        return len(line) <= _MAX_CAPTION
    is_credit = "©" in line and not re.match(r"(?i)\W*(?:copyright|©|all rights|derechos)", line)
    return is_credit and len(line.split()) <= _MAX_CREDIT_WORDS


def contents_entry(line: str) -> tuple[str, str] | None:
    """Return a table-of-contents line as ``(title, page)``, or ``None`` for any other line."""
    entry = _CONTENTS_LINE.fullmatch(line.strip()) if len(line) <= _MAX_TITLE else None
    if not entry or not any(map(str.isalpha, entry["title"])):
        return None
    return entry["title"].rstrip(" .·…_\t"), entry["page"]


def ends_sentence(text: str) -> bool:
    """Tell whether ``text`` ends as a sentence does, closing quotes and note numbers aside."""
    return text.rstrip(_NOTE_SIGNS + _CLOSERS + " ").endswith(_TERMINAL)


def is_continued(text: str, following: str) -> bool:
    """Tell whether ``following`` is the second half of a paragraph that ``text`` began.

    True when ``text`` stops without an end and ``following`` goes on in lower case, or when a long
    ``text`` breaks off at a preposition, an article or a hyphen.
    """
    if ends_sentence(text) or not following[:1].isprintable():
        return False
    if following.lstrip("\"“‘'(")[:1].islower():
        return True
    last_word = text.rsplit(maxsplit=1)[-1:]
    return len(text) >= _LONG_TEXT and last_word != [] and last_word[0] in _DANGLING
