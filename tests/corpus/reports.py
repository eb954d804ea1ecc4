"""The five source reports as the rules see them: sections by name, words, numbers."""

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from tests.corpus.briefs import REPORT_IDS, Reference

SHARED = Path(os.environ.get("CITA_SHARED", Path(__file__).parents[2].parent / "shared"))
"""Where the reports' texts are; they do not ship."""

NAMED_SECTIONS = {
    ("IOM talk", "Question 1"): "1. Why have cities",
    ("IOM talk", "Question 2"): "2. What challenges",
    ("IOM talk", "Question 3"): "3. What good practices",
    ("IOM talk", "Question 4"): "4. How does",
    ("Dialogue", "Economic opportunity"): "The first policy area",
    ("Dialogue", "Social inclusion"): "Second is social inclusion",
    ("Dialogue", "Access to services"): "Third, access to services",
    ("Dialogue", "Private sector"): "Fourth is partnering",
    ("Dialogue", "Legal support"): "Fifth, legal support",
    ("Dialogue", "Closing"): "In addition to the examples above",
}
"""References whose words are not those of the heading, and how that heading begins."""

OPENINGS = {"Forum note": "Introduction", "IOM talk": "Introduction"}
"""What the text before the first heading is called, where it is more than a title page."""

DISORDERED = {"Guide"}
"""Reports typeset in columns, whose text wanders over section boundaries."""


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, with plain apostrophes and hyphens."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‑", "-"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


_WORD = re.compile(r"\d+(?:[.,]\d+)*(?![^\W_])|[^\W_]+(?:'[^\W_]+)*")
_FOOTNOTE_MARK = re.compile(r"[¹²³⁰⁴-⁹]+")


def words(text: str) -> list[str]:
    """Return the folded words of ``text``; a hyphen parts words, a possessive is dropped."""
    return [re.sub(r"'s$", "", word) for word in _WORD.findall(fold(text))]


@dataclass(frozen=True)
class Section:
    """A headed part of a report, ``[start, end)`` of its text."""

    heading: str
    start: int
    end: int

    @cached_property
    def folded(self) -> str:
        """The heading in the form that keys are compared with."""
        return fold(self.heading)


@dataclass(frozen=True, eq=False)
class Report:
    """One source report: its text and its sections, in the order of the text."""

    name: str
    text: str
    sections: tuple[Section, ...]
    about: str = ""
    """Title, publisher and authors: names that a statement may always use."""
    year: int | None = None
    """Year of publication."""

    def find(self, key: str) -> tuple[int, ...]:
        """Return the places, in ``sections``, that the reference ``key`` names."""
        checklist = re.fullmatch(r"Recommendation (\d+) checklist", key)
        if checklist:
            return self._checklist(checklist[1])
        beginning = NAMED_SECTIONS.get((self.name, key))
        if beginning is not None:
            wanted = re.compile(re.escape(fold(beginning)))
        else:
            end = r"(?:\.?\s|\.?$)" if key[:1].isdigit() else r"(?:[.:]\s|[.:]?$)"
            wanted = re.compile(re.escape(fold(key)) + end)
        return tuple(i for i, s in enumerate(self.sections) if wanted.match(s.folded))

    def _checklist(self, number: str) -> tuple[int, ...]:
        start = re.compile(rf"recommendation {number}\..*checklist", re.IGNORECASE)
        within = re.compile(rf"action {number}\.\d", re.IGNORECASE)
        found: list[int] = []
        for at, section in enumerate(self.sections):
            follows = found and found[-1] == at - 1 and within.match(section.heading)
            if follows or start.match(section.heading):
                found.append(at)
        return tuple(found)

    def passage(self, key: str) -> str:
        """Return the text that a statement citing ``key`` is judged by.

        Where columns disorder the text, each section brings its neighbours.
        """
        reach = 1 if self.name in DISORDERED else 0
        pieces = []
        for at in self.find(key):
            first = self.sections[max(0, at - reach)]
            last = self.sections[min(len(self.sections) - 1, at + reach)]
            pieces.append(self.text[first.start : max(last.end, self.sections[at].end)])
        return "\n".join([*pieces, *self._footnotes("\n".join(pieces))])

    def _footnotes(self, passage: str) -> list[str]:
        """Return the footnotes that ``passage`` points at; they may stand in a later section."""
        marks = set(_FOOTNOTE_MARK.findall(passage))
        lines = self.text.splitlines()
        return [n for n in lines if (m := _FOOTNOTE_MARK.match(n)) and m[0] in marks]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The folded words that stand in lower case somewhere in the text."""
        return frozenset(w for raw in _WORD.findall(self.text) if raw.islower() for w in words(raw))

    @cached_property
    def names(self) -> frozenset[str]:
        """The folded words that stand with a capital within a sentence of the text."""
        inside = re.findall(r"(?<=[a-z,;] )[A-ZÀ-Þ][^\W_]*", self.text)
        return frozenset(fold(word) for word in inside)


@dataclass(frozen=True, eq=False)
class Reports:
    """All reports, by short name."""

    by_name: Mapping[str, Report]

    def has(self, reference: Reference) -> bool:
        """Tell whether the report that ``reference`` names has such a section."""
        return bool(self.by_name[reference.report].find(reference.section))

    def passage(self, references: Iterable[Reference]) -> str:
        """Return the text that a statement with these references is judged by."""
        return "\n".join(self._passages[r] for r in references)

    @cached_property
    def _passages(self) -> "_Passages":
        return _Passages(self)

    @cached_property
    def common_words(self) -> frozenset[str]:
        """The folded words that stand in lower case somewhere in the reports."""
        return frozenset().union(*(report.vocabulary for report in self.by_name.values()))

    @cached_property
    def names(self) -> frozenset[str]:
        """The folded words that stand with a capital within a sentence of the reports."""
        return frozenset().union(*(report.names for report in self.by_name.values()))

    @cached_property
    def shingles(self) -> Mapping[tuple[str, ...], str]:
        """Every run of ``RUN`` consecutive words, and a report that has it."""
        found: dict[tuple[str, ...], str] = {}
        for report in self.by_name.values():
            sequence = words(report.text)
            for at in range(len(sequence) - RUN + 1):
                found.setdefault(tuple(sequence[at : at + RUN]), report.name)
        return found


class _Passages(dict[Reference, str]):
    """Passages by reference, each made when it is first asked for."""

    def __init__(self, reports: Reports) -> None:
        super().__init__()
        self._reports = reports

    def __missing__(self, reference: Reference) -> str:
        report = self._reports.by_name[reference.report]
        return self.setdefault(reference, report.passage(reference.section))


RUN = 8
"""So many consecutive words shared with a report are a copy."""


@cache
def load_reports(shared: Path = SHARED) -> Reports | None:
    """Read the five reports, or return ``None`` where they are not at hand."""
    corpus = shared / "corpus"
    if not (corpus / "sections.json").is_file():
        return None
    boundaries = json.loads((corpus / "sections.json").read_text(encoding="utf-8"))
    sources = {s["id"]: s for s in json.loads((corpus / "sources.json").read_text("utf-8"))}
    reports = {}
    for name, report_id in REPORT_IDS.items():
        text = (corpus / "txt" / f"{report_id}.txt").read_text(encoding="utf-8")
        source = sources[report_id]
        facts = [source["title"], source["publisher"], *source["authors"], name]
        sections = [Section(s["heading"], s["start"], s["end"]) for s in boundaries[report_id]]
        if sections[0].start:
            sections.insert(0, Section(OPENINGS.get(name, "Title page"), 0, sections[0].start))
        reports[name] = Report(name, text, tuple(sections), " ".join(facts), source["year"])
    return Reports(reports)
