"""The five source reports, where they are at hand: their sections, by the names references use.

They do not ship: `load_reports` finds their texts and boundaries in the folder of development data.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from eval.word_matching import fold

RUN = 8
"""So many consecutive words shared with a report are a copy."""

_GUIDE = "un-habitat-2023-mainstreaming-guide"
_IOM_TALK = "iom-2019-migrants-and-cities"
_DIALOGUE = "dialogue-creating-alternatives"
_FORUM_NOTE = "mayoral-forum-2020-session-note"

_OPENINGS = {_FORUM_NOTE: "Introduction", _IOM_TALK: "Introduction"}
"""What the text before the first heading is called, where it is more than a title page."""

_HEADINGS = {
    (_IOM_TALK, "Question 1"): "1. Why have cities",
    (_IOM_TALK, "Question 2"): "2. What challenges",
    (_IOM_TALK, "Question 3"): "3. What good practices",
    (_IOM_TALK, "Question 4"): "4. How does",
    (_DIALOGUE, "Economic opportunity"): "The first policy area",
    (_DIALOGUE, "Social inclusion"): "Second is social inclusion",
    (_DIALOGUE, "Access to services"): "Third, access to services",
    (_DIALOGUE, "Private sector"): "Fourth is partnering",
    (_DIALOGUE, "Legal support"): "Fifth, legal support",
    (_DIALOGUE, "Closing"): "In addition to the examples above",
}
"""Names whose words are not those of the heading, and how that heading begins."""

_DISORDERED = frozenset({_GUIDE})
"""Reports typeset in columns, whose text wanders over section boundaries."""

_CHECKLIST = re.compile(r"Recommendation (\d+) checklist")
_FOOTNOTE_MARK = re.compile(r"[¹²³⁰⁴-⁹]+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a report.

    Attributes:
        heading: Its heading as the text has it.
        text: From its heading to the next.
    """

    heading: str
    text: str


@dataclass(frozen=True)
class Report:
    """One source report.

    Attributes:
        report_id: Its document id.
        text: All of it.
        sections: In the order of the text.
    """

    report_id: str
    text: str
    sections: tuple[Section, ...]

    def section_text(self, name: str) -> str | None:
        """Return the text that a name from a reference stands for, or ``None`` for no such section.

        Footnotes come with the section that marks them. Where columns disorder the text, a section
        brings its neighbours.
        """
        reach = 1 if self.report_id in _DISORDERED else 0
        places = sorted(
            {at + step for at in self._places(name) for step in range(-reach, reach + 1)}
        )
        within = [self.sections[at].text for at in places if 0 <= at < len(self.sections)]
        if not within:
            return None
        marked = set(_FOOTNOTE_MARK.findall("\n".join(within)))
        notes = (line for line in self.text.splitlines() if _footnote_mark(line) in marked)
        return "\n\n".join([*within, *notes])

    @cached_property
    def folded_words(self) -> str:
        """Every word of it without case and accents, a space before and after each."""
        return f" {' '.join(_folded_words(self.text))} "

    @cached_property
    def _folded_headings(self) -> tuple[str, ...]:
        return tuple(fold(section.heading) for section in self.sections)

    def _places(self, name: str) -> list[int]:
        checklist = _CHECKLIST.fullmatch(name)
        if checklist:
            return list(self._checklist(checklist[1]))
        heading = _HEADINGS.get((self.report_id, name))
        beginning = re.escape(fold(heading or name))
        if heading is None:
            beginning += r"(?:\.?\s|\.?$)" if name[:1].isdigit() else r"(?:[.:]\s|[.:]?$)"
        wanted = re.compile(beginning)
        return [at for at, heading in enumerate(self._folded_headings) if wanted.match(heading)]

    def _checklist(self, number: str) -> Iterator[int]:
        """Yield the places of a recommendation's checklist: its heading and the actions below."""
        opening = re.compile(rf"recommendation {number}\..*checklist")
        action = re.compile(rf"action {number}\.\d")
        is_open = False
        for at, heading in enumerate(self._folded_headings):
            is_open = bool(opening.match(heading) or (is_open and action.match(heading)))
            if is_open:
                yield at


def load_reports(shared: Path) -> Mapping[str, Report]:
    """Return the source reports by id; none where ``shared`` does not have them."""
    folder = shared / "corpus"
    if not (folder / "sections.json").is_file():
        return {}
    boundaries = json.loads((folder / "sections.json").read_text(encoding="utf-8"))
    return {
        report_id: _report(
            report_id, (folder / "txt" / f"{report_id}.txt").read_text(encoding="utf-8"), sections
        )
        for report_id, sections in boundaries.items()
    }


def copied_runs(text: str, reports: Iterable[Report]) -> Iterator[str]:
    """Yield every run of `RUN` consecutive words that ``text`` shares with a report."""
    text_words = _folded_words(text)
    words_of_reports = [report.folded_words for report in reports]
    for at in range(len(text_words) - RUN + 1):
        run = " ".join(text_words[at : at + RUN])
        if any(f" {run} " in report_words for report_words in words_of_reports):
            yield run


def _report(report_id: str, text: str, boundaries: list[dict[str, str | int]]) -> Report:
    sections = [
        Section(str(section["heading"]), text[int(section["start"]) : int(section["end"])])
        for section in boundaries
    ]
    opening = text[: int(boundaries[0]["start"])]
    if opening:
        sections.insert(0, Section(_OPENINGS.get(report_id, "Title page"), opening))
    return Report(report_id, text, tuple(sections))


def _footnote_mark(line: str) -> str:
    match = _FOOTNOTE_MARK.match(line)
    return match[0] if match else ""


def _folded_words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
