"""A compendium as its folder describes it: ``compendium.toml`` and the briefs beside it."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).parents[2] / "corpus" / "catalogue.toml"

REPORTS = {
    "un-habitat-2023-mainstreaming-guide": "Guide",
    "cities-alliance-2020-housing-laboratory": "Laboratory",
    "iom-2019-migrants-and-cities": "IOM talk",
    "dialogue-creating-alternatives": "Dialogue",
    "mayoral-forum-2020-session-note": "Forum note",
}
"""The short names that references use."""


@dataclass(frozen=True)
class Brief:
    """One brief: its front matter and its body in Markdown."""

    slug: str
    front: dict[str, Any]
    body: str


@dataclass(frozen=True)
class Part:
    """Briefs under one heading, set in one or two columns."""

    title: str
    columns: int
    briefs: tuple[Brief, ...]


@dataclass(frozen=True)
class Compendium:
    """A compendium as its folder describes it."""

    title: str
    subtitle: str
    year: int
    publisher: str
    parts: tuple[Part, ...]

    @property
    def report_ids(self) -> list[str]:
        """The reports that its briefs cite, in the order of ``REPORTS``."""
        briefs = [brief for part in self.parts for brief in part.briefs]
        cited = {source["report"] for brief in briefs for source in brief.front["sources"]}
        return [report_id for report_id in REPORTS if report_id in cited]


def read_compendium(folder: Path) -> Compendium:
    """Read ``compendium.toml`` and the briefs beside it; each brief stands in one part."""
    facts = tomllib.loads((folder / "compendium.toml").read_text(encoding="utf-8"))
    briefs = {path.stem: _read_brief(path) for path in sorted(folder.glob("*.md"))}
    placed = [slug for part in facts["parts"] for slug in part["briefs"]]
    if sorted(placed) != sorted(briefs):
        wrong = sorted(set(placed) ^ set(briefs)) or sorted(placed)
        raise ValueError(f"{folder.name}: every brief must stand in one part, see {wrong}")
    parts = tuple(
        Part(part["title"], part["columns"], tuple(briefs[slug] for slug in part["briefs"]))
        for part in facts["parts"]
    )
    return Compendium(facts["title"], facts["subtitle"], facts["year"], facts["publisher"], parts)


def full_title(report_id: str) -> str:
    """Return publisher, year and title of a report, as the corpus's catalogue has them."""
    rows = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["document"]
    (row,) = (row for row in rows if Path(row["file"]).stem == report_id)
    year = f" ({row['year']})" if "year" in row else ""
    subtitle = f". {row['subtitle']}" if "subtitle" in row else ""
    return f"{row['publisher']}{year}, {row['title']}{subtitle}"


def _read_brief(path: Path) -> Brief:
    _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    return Brief(path.stem, tomllib.loads(front), body)
