"""The rules that hold a practice brief to its sources: nothing invented, nothing copied.

brief ──▶ statements ──▶ a reference each ──▶ the cited sections ──▶ numbers, names
                    └──▶ runs of words ─────▶ the whole reports
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from tests.corpus.briefs import REPORT_IDS, Brief, Finding, Reference, Statement
from tests.corpus.names import Lexicon, NamedWords, invented_names
from tests.corpus.numbers import digits, numbers, percentages, quantity_words
from tests.corpus.reports import RUN, Reports, words


def read_list(name: str) -> tuple[str, ...]:
    """Read a word list of this folder: one entry a line, ``#`` starts a remark."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return tuple(filter(None, (line.split("#")[0].strip() for line in lines)))


# ── references ──────────────────────────────────────────────────────────────────────────────────


def check_references(brief: Brief) -> list[Finding]:
    """Check that every statement has a reference and that the front matter lists it."""
    listed = listed_references(brief)
    used = {reference for s in brief.statements for reference in s.references}
    faults = [(s.line, fault) for s in brief.statements if (fault := _reference_fault(s))]
    faults += [
        (s.line, f"{r.report}, {r.section} is not in [[sources]]")
        for s in brief.statements
        for r in sorted({*s.references} - listed)
    ]
    faults += [
        (1, f"[[sources]] lists {r.report}, {r.section}, which nothing cites")
        for r in sorted(listed - used)
    ]
    return [Finding(line, "reference", fault) for line, fault in faults]


def listed_references(brief: Brief) -> set[Reference]:
    """Return the report sections that the front matter lists."""
    names = {report_id: name for name, report_id in REPORT_IDS.items()}
    return {
        Reference(names[source["report"]], section)
        for source in brief.front.get("sources", [])
        if source.get("report") in names
        for section in source.get("sections", [])
    }


def _reference_fault(statement: Statement) -> str:
    shown = f"“…{statement.text[-60:]}”"
    if statement.malformed:
        return f"{statement.malformed} {shown}"
    if statement.kind == "other":
        return f"no {statement.text} in a brief"
    if statement.kind == "heading" or statement.is_lead_in:
        return ""
    if not statement.references:
        return f"no reference at the end of {shown}"
    if statement.kind == "sentence" and statement.text[-1] not in ".?!:":
        return f"no full stop after the reference of {shown}"
    return ""


def check_sections(brief: Brief, reports: Reports) -> list[Finding]:
    """Check that every section that is cited or listed exists."""
    cited = [(s.line, reference) for s in brief.statements for reference in s.references]
    cited += [(1, reference) for reference in listed_references(brief)]
    return [
        Finding(line, "section", f"{r.report} has no section {r.section!r}")
        for line, r in cited
        if not reports.has(r)
    ]


# ── numbers and names ───────────────────────────────────────────────────────────────────────────


def check_facts(brief: Brief, reports: Reports, lexicon: Lexicon) -> list[Finding]:
    """Check numbers and names: a statement's in its sections, a heading's in all of the brief's."""
    everything = tuple(sorted(listed_references(brief)))
    judged = [
        Statement(1, "heading", brief.front.get(name, ""), everything)
        for name in ("title", "summary")
    ]
    for s in brief.statements:
        loose = s.kind == "heading" or s.is_lead_in
        judged.append(Statement(s.line, s.kind, s.text, everything if loose else s.references))
    return [
        Finding(statement.line, "fact", f"{fault} — “{statement.text[:60]}…”")
        for statement in judged
        if statement.references and all(map(reports.has, statement.references))
        for fault in _fact_faults(statement, reports, lexicon)
    ]


def _fact_faults(statement: Statement, reports: Reports, lexicon: Lexicon) -> Iterator[str]:
    references = tuple(sorted(set(statement.references)))
    where = "; ".join(f"{r.report}, {r.section}" for r in references[:4])
    text = reports.passage(references)
    for fault in sorted(number_faults(statement, _figures(text), reports)):
        yield f"{fault} in {where}"
    about = " ".join(reports.by_name[r.report].about for r in references)
    for name in sorted(invented_names(statement.text, _named_words(text), about, reports, lexicon)):
        yield f"name “{name}” not in {where}"


class Figures:
    """The numbers of a passage, in the forms that statements are compared with."""

    def __init__(self, text: str) -> None:
        self.numbers = numbers(text, generous=True)
        self.percentages = percentages(text, generous=True)
        self.quantity_words = quantity_words(text)


_figures = lru_cache(maxsize=512)(Figures)
_named_words = lru_cache(maxsize=512)(NamedWords)


def number_faults(statement: Statement, passage: Figures, reports: Reports) -> Iterator[str]:
    """Yield what is wrong with each number of ``statement`` that ``passage`` does not have.

    A heading, title or summary may count in words what the brief tells.
    """
    told = digits if statement.kind == "heading" else numbers
    text = _without_section_names(statement, reports)
    yield from (
        f"number {n} not" for n in told(text) - passage.numbers - _own_years(statement, reports)
    )
    not_shares = passage.numbers - passage.percentages
    yield from (f"{n} is no percentage" for n in percentages(statement.text) & not_shares)
    unheard = quantity_words(statement.text) - passage.quantity_words
    yield from (f"“{word}” not" for word in unheard)


def _without_section_names(statement: Statement, reports: Reports) -> str:
    """Take out of the text the names of sections that its reports have: ``Action 8.2``."""
    cited = {reports.by_name[r.report] for r in statement.references}

    def keep(match: re.Match[str]) -> str:
        return "" if any(report.find(match[0]) for report in cited) else match[0]

    named = r"\b(?:Action|Annex|Box|Question|Recommendation) \d+(?:\.\d)?"
    return re.sub(named, keep, statement.text)


def _own_years(statement: Statement, reports: Reports) -> set[Decimal]:
    """Return the years of the cited reports, where ``statement`` names them as such.

    A title or a summary may; a sentence in the forms "as of 2019" and "the 2019 talk".
    """
    years = {reports.by_name[r.report].year for r in statement.references} - {None}
    own = r"\bas of (?:\w+ )?{0}\b|\b{0} (?:\w+ )?(?:talk|guide|laboratory|note|report)\b"
    return {
        Decimal(year)
        for year in filter(None, years)
        if statement.kind == "heading" or re.search(own.format(year), statement.text, re.IGNORECASE)
    }


# ── copying ─────────────────────────────────────────────────────────────────────────────────────


def check_copying(brief: Brief, reports: Reports, official_names: Sequence[str]) -> list[Finding]:
    """Find runs of eight or more consecutive words that a report has too."""
    texts = [(1, brief.front.get(name, "")) for name in ("title", "summary")]
    texts += [(s.line, cell) for s in brief.statements for cell in s.text.split(" | ")]
    return [
        Finding(line, "copy", f"shared with the {name}: “{run}”")
        for line, text in texts
        for run, name in copied_runs(text, reports, official_names)
    ]


@cache
def _folded(name: str) -> str:
    return " ".join(words(name))


def copied_runs(
    text: str, reports: Reports, official_names: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield each longest shared run of ``text`` and a report that has it; a name breaks a run."""
    sequence = f" {' '.join(words(text))} "
    for name in sorted(official_names, key=len, reverse=True):  # the longest name first
        sequence = sequence.replace(f" {_folded(name)} ", " · ")
    read = sequence.split()
    at = 0
    while at + RUN <= len(read):
        found = reports.shingles.get(tuple(read[at : at + RUN]))
        end = at + RUN
        if found is None:
            at += 1
            continue
        while end < len(read) and tuple(read[end - RUN + 1 : end + 1]) in reports.shingles:
            end += 1
        yield " ".join(read[at:end]), found
        at = end - RUN + 1
