"""Agreement with other extractors in words and numbers."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields

from eval.extraction.agreement import Agreement
from eval.extraction.faults import (
    MAX_FIGURE_SHARE,
    MAX_GLUED_OR_TORN_SHARE,
    Counts,
    Fault,
    count,
    faults_of,
)

_MOST_FAULTS = 12
_MOST_LINES = 20
_NAME_WIDTH = 44


def agreement_summary(agreements: Sequence[Agreement], *, n_worst: int) -> Iterator[str]:
    """Yield the lines of the summary: a table, the totals, the worst pages, what is left out."""
    names = [field.name for field in fields(Counts)]
    titles = [name.replace("_", " ") for name in names]
    total = Counts()
    yield "  ".join(["file".ljust(_NAME_WIDTH), *titles])
    for agreement in agreements:
        counts = count(agreement)
        total.add(counts)
        yield _row(agreement.path.name, counts)
    yield _row("all", total)
    yield ""
    yield from _shares(total)
    yield ""
    yield from _worst_pages(agreements, n_worst)
    yield from _left_out(agreements)


def _row(name: str, counts: Counts) -> str:
    cells = (f"{getattr(counts, field.name):{len(field.name)},}" for field in fields(counts))
    return "  ".join([name[:_NAME_WIDTH].ljust(_NAME_WIDTH), *cells])


def _shares(total: Counts) -> Iterator[str]:
    yield _share(
        "figures missing or read otherwise",
        total.figures_otherwise,
        total.figures,
        most=MAX_FIGURE_SHARE,
    )
    yield _share(
        "words glued or torn", total.glued_or_torn, total.words, most=MAX_GLUED_OR_TORN_SHARE
    )
    yield f"numbers of notes inside a figure: {total.notes_in_figures:,} (at most 0)"
    yield _share("words missing or read otherwise", total.words_missing, total.words)
    yield _share("words that only we have", total.only_ours, total.words)


def _share(what: str, n: int, of: int, *, most: float | None = None) -> str:
    rate = f"1 in {of / n:,.0f}" if n else "none"
    goal = f"; at most 1 in {1 / most:,.0f}" if most else ""
    return f"{what}: {n:,} of {of:,} ({rate}{goal})"


def worst_pages(
    agreements: Sequence[Agreement], n_worst: int
) -> list[tuple[Agreement, int, list[Fault]]]:
    """Return the pages with most faults as file, physical page and faults; most faults first."""
    pages: dict[tuple[int, int], list[Fault]] = defaultdict(list)
    for at, agreement in enumerate(agreements):
        for fault in faults_of(agreement):
            pages[at, fault.page].append(fault)
    ranked = sorted(pages.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(agreements[at], page, faults) for (at, page), faults in ranked[:n_worst]]


def _worst_pages(agreements: Sequence[Agreement], n_worst: int) -> Iterator[str]:
    for agreement, page, faults in worst_pages(agreements, n_worst):
        yield f"{agreement.path.name}, page {page}: {len(faults)} faults"
        for fault in faults[:_MOST_FAULTS]:
            yield f"  {fault.kind}: {fault.context}"
        if len(faults) > _MOST_FAULTS:
            yield f"  … and {len(faults) - _MOST_FAULTS} more"


def _left_out(agreements: Sequence[Agreement]) -> Iterator[str]:
    lines: Counter[str] = Counter()
    for agreement in agreements:
        lines.update(agreement.left_out)
    yield f"\nleft out on purpose: {lines.total():,} lines, {len(lines):,} different ones"
    for line, n in lines.most_common(_MOST_LINES):
        yield f"  {n:,} × {line}"
