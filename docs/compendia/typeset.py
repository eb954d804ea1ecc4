"""Typeset the compendia: Markdown briefs of a folder become one PDF for the corpus.

    docs/compendia/<name>/compendium.toml, *.md ──▶ story (platypus) ──▶ corpus/compendia/<name>.pdf

Run ``python -m docs.compendia.typeset`` after every change of a source. The same sources give
the same bytes on one machine; the text is the same on all (fonts come from PyPI).
"""

import html
import io
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    FrameBreak,
    HRFlowable,
    NextPageTemplate,
    PageBreak,
    Paragraph,
    Spacer,
)
from reportlab.platypus.tableofcontents import TableOfContents

from docs.compendia import look
from docs.compendia.look import STYLES, Styles
from docs.compendia.markdown import blocks
from docs.compendia.pages import BodyStart, Heading, Pages, column
from docs.compendia.sources import REPORTS, Brief, Compendium, Part, full_title, read_compendium

HERE = Path(__file__).parent
MAX_PLACES = 4
OUTPUT_DIR = HERE.parents[1] / "corpus" / "compendia"


def tell(compendium: Compendium) -> Iterator[Flowable]:
    """Yield all that is set, from cover to list of reports."""
    yield from _cover(compendium)
    yield from _front_matter(compendium)
    for number, part in enumerate(compendium.parts, start=1):
        yield from _part(part, number)
    yield from _reports(compendium)


def _cover(compendium: Compendium) -> Iterator[Flowable]:
    yield NextPageTemplate("imprint")
    yield Paragraph(compendium.publisher.upper(), look.PUBLISHER)
    yield _rule(look.ACCENT, 1.6, width=54, after=30)
    title, _, more = compendium.title.partition(": ")
    yield Paragraph(html.escape(title), look.COVER_TITLE)
    if more:
        yield Paragraph(html.escape(more), look.COVER_MORE)
    yield Paragraph(html.escape(compendium.subtitle), look.COVER_SUBTITLE)
    yield Spacer(0, 60)
    yield Paragraph(f"Practice briefs<br/>{compendium.year}<br/>CC BY 4.0", look.COVER_SMALL)


def _front_matter(compendium: Compendium) -> Iterator[Flowable]:
    yield PageBreak()
    yield NextPageTemplate("front")
    yield Paragraph("About this compendium", STYLES[2].heading)
    names = " and ".join(REPORTS[report_id] for report_id in compendium.report_ids)
    for text in (
        "A practice brief tells in its own words what a report says about one subject.",
        "References in parentheses name a report and its section.",
        f"The short names {names} are spelled out under Reports cited at the end.",
        "The text may be used under the licence Creative Commons Attribution 4.0 (CC BY 4.0).",
    ):
        yield Paragraph(text, STYLES[2].body)
    yield PageBreak()
    yield Paragraph("Contents", look.FRONT_TITLE)
    contents = TableOfContents(dotsMinLevel=9, rightColumnWidth=30)
    contents.levelStyles = look.CONTENTS
    yield contents


def _part(part: Part, number: int) -> Iterator[Flowable]:
    yield NextPageTemplate(["1", "1"] if part.columns == 1 else ["2-opening", "2"])
    yield PageBreak()
    if number == 1:
        yield BodyStart()
    yield Paragraph(f"PART {number}", look.PART_LABEL)
    yield Heading(part.title, look.PART_TITLE, level=0, key=f"part-{number}")
    yield _rule(look.ACCENT, 0.8, before=7, after=16)
    if part.columns > 1:
        yield NextPageTemplate("2")
        yield FrameBreak()
    for at, brief in enumerate(part.briefs):
        if at:
            yield Spacer(0, 22)
            yield CondPageBreak(180 if part.columns > 1 else 290)
        yield from _brief(brief, STYLES[part.columns], column(0, part.columns)[2])


def _brief(brief: Brief, styles: Styles, width: float) -> Iterator[Flowable]:
    yield Paragraph(html.escape(_facts(brief)).upper(), styles.kicker)
    yield Heading(brief.front["title"], styles.title, level=1, key=brief.slug)
    yield from blocks(brief.body, styles, width=width, slug=brief.slug)


def _facts(brief: Brief) -> str:
    places = [str(Locale("en").territories[code]) for code in brief.front["countries"]]
    year = f"facts of {brief.front['year']}" if "year" in brief.front else "undated"
    return " · ".join([*(places if len(places) <= MAX_PLACES else ()), year])


def _reports(compendium: Compendium) -> Iterator[Flowable]:
    yield NextPageTemplate("1")
    yield PageBreak()
    yield Heading("Reports cited", STYLES[1].title, level=0, key="reports")
    yield _rule(look.HAIRLINE, 0.8, after=12)
    for report_id in compendium.report_ids:
        title = html.escape(full_title(report_id))
        yield Paragraph(f"<b>{REPORTS[report_id]}</b>: {title}.", STYLES[1].body)


def _rule(
    color: Color,
    thickness: float,
    *,
    width: float | str = "100%",
    before: float = 0,
    after: float = 0,
) -> HRFlowable:
    return HRFlowable(
        width=width,
        thickness=thickness,
        color=color,
        spaceBefore=before,
        spaceAfter=after,
        hAlign="LEFT",
    )


def typeset(folder: Path) -> bytes:
    """Return the PDF of the compendium in ``folder``."""
    look.register_fonts()
    compendium = read_compendium(folder)
    target = io.BytesIO()
    in_ascii, rl_config.useA85 = rl_config.useA85, 0  # streams as they are: a fifth smaller
    try:
        Pages(target, compendium).multiBuild(list(tell(compendium)))
    finally:
        rl_config.useA85 = in_ascii
    return target.getvalue()


def main() -> None:
    """Typeset every compendium beside this script."""
    OUTPUT_DIR.mkdir(parents=True, exist_ok=True)
    for facts in sorted(HERE.glob("*/compendium.toml")):
        (OUTPUT_DIR / f"{facts.parent.name}.pdf").write_bytes(typeset(facts.parent))


if __name__ == "__main__":
    main()
