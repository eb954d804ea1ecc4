"""Read a practice brief: its front matter, its blocks, its statements and their references."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

REPORT_IDS = {
    "Guide": "un-habitat-2023-mainstreaming-guide",
    "Laboratory": "cities-alliance-2020-housing-laboratory",
    "IOM talk": "iom-2019-migrants-and-cities",
    "Dialogue": "dialogue-creating-alternatives",
    "Forum note": "mayoral-forum-2020-session-note",
}
"""Short names, as references write them, and the reports they stand for."""

Kind = Literal["heading", "sentence", "row", "other"]

_FRONT_MATTER = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.DOTALL)
_REFERENCES = re.compile(rf"\s*\(((?:{'|'.join(REPORT_IDS)}),[^()]*)\)(?=[.?!:]?$)")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|Mr|Mrs|Ms|Dr|St|No|vs|cf|al|Art)|\b[A-Z])\.$")
_SENTENCE_END = re.compile(r"[.?!][\"”’)]*\s+(?=[\"“‘(¿¡]*[A-ZÀ-Þ0-9])")


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """One place in one report: ``Guide, Action 1.2``."""

    report: str
    """Short name."""
    section: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A heading, a sentence (of a paragraph or a list item) or a table row of a brief.

    ``text`` has no markup and no reference; the cells of a row are parted by `` | ``.
    """

    line: int
    kind: Kind
    text: str
    references: tuple[Reference, ...] = ()
    malformed: str = ""
    """What is wrong with its reference, if anything is."""

    @property
    def is_lead_in(self) -> bool:
        """Whether it only announces the items below it."""
        return self.kind == "sentence" and self.text.endswith(":") and not self.references


@dataclass(frozen=True, slots=True)
class Brief:
    """A practice brief."""

    front: dict[str, Any]
    body: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong with a brief: where, by which rule, what."""

    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.line}: {self.rule}: {self.message}"


class BriefFormatError(ValueError):
    """A file that is no brief: no front matter, or none that TOML can read."""


def read_brief(path: Path) -> Brief:
    """Read the brief at ``path``."""
    return parse_brief(path.read_text(encoding="utf-8"))


def parse_brief(source: str) -> Brief:
    """Part a brief into front matter and statements; lines count from the file's first."""
    found = _FRONT_MATTER.match(source)
    if not found:
        raise BriefFormatError("wanted TOML between two lines of +++ at the top, then the body")
    try:
        front = tomllib.loads(found[1])
    except tomllib.TOMLDecodeError as error:
        raise BriefFormatError(f"front matter is no TOML: {error}") from error
    first_line = source[: found.start(2)].count("\n") + 1
    return Brief(front, found[2], tuple(_statements(found[2], first_line)))


def split_sentences(text: str) -> list[str]:
    """Split at full stops, question and exclamation marks before a capital or a digit."""
    starts, ends = [0], []
    for mark in _SENTENCE_END.finditer(text):
        if not _ABBREVIATION.search(text[: mark.start() + 1]):
            ends.append(mark.end())
            starts.append(mark.end())
    return [text[a:b].strip() for a, b in zip(starts, [*ends, len(text)], strict=True)]


def _statements(body: str, first_line: int) -> Iterator[Statement]:
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    for before, token in pairwise([Token("start", "", 0), *tokens]):
        line = first_line + (token.map[0] if token.map else 0)
        if before.type == "heading_open":
            yield Statement(line, "heading", plain_text(token))
        elif before.type == "paragraph_open":
            yield from (_sentence(line, text) for text in split_sentences(plain_text(token)))
        elif token.type in {"blockquote_open", "fence", "code_block", "html_block"}:
            yield Statement(line, "other", token.type.removesuffix("_open"))
    for header, line, cells in _rows(tokens):
        yield _row(first_line + line, header, cells)


def _rows(tokens: Iterable[Token]) -> Iterator[tuple[list[str], int, list[str]]]:
    """Yield the rows of every table: the header's cells, the row's line in the body, its cells."""
    header: list[str] = []
    cells: list[str] = []
    line = 0
    for before, token in pairwise(tokens):
        if token.type == "tr_open":
            cells, line = [], (token.map or [0])[0]
        elif before.type in {"th_open", "td_open"}:
            cells.append(plain_text(token))
        elif token.type == "thead_close":
            header = cells
        elif token.type == "tr_close" and before.type == "td_close":
            yield header, line, cells


def plain_text(inline: Token) -> str:
    """Return the words of an inline token without markup, on one line."""
    pieces = [
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for child in inline.children or ()
    ]
    return re.sub(r"\s+", " ", "".join(pieces)).strip()


def _sentence(line: int, text: str) -> Statement:
    found = _REFERENCES.search(text)
    if not found:
        return Statement(line, "sentence", text)
    bare = text[: found.start()] + text[found.end() :]
    return _referenced(line, "sentence", bare, found[1])


def _row(line: int, header: Sequence[str], cells: Sequence[str]) -> Statement:
    if header[-1] != "Reference":
        malformed = f'the last column must be "Reference", not "{header[-1]}"'
        return Statement(line, "row", " | ".join(cells), (), malformed)
    return _referenced(line, "row", " | ".join(cells[:-1]), cells[-1].strip("()"))


def _referenced(line: int, kind: Kind, text: str, written: str) -> Statement:
    references, faults = [], []
    for piece in filter(None, map(str.strip, written.split(";"))):
        report, _, section = (part.strip() for part in piece.partition(","))
        if report not in REPORT_IDS or not section or "," in section:
            faults.append(piece)
        else:
            references.append(Reference(report, section))
    malformed = f'wanted "Report, Section; Report, Section", found "{"; ".join(faults)}"'
    return Statement(line, kind, text, tuple(references), malformed if faults else "")
