"""A run as one HTML file that needs nothing else: no script, no request, light and dark.

run.json, run.jsonl, scores.json, question file ─▶ Page ─▶ templates/report.html ─▶ report.html
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval.errors import RunMismatchError
from eval.measures.descriptions import CAUSE_MEANINGS, IN_MILLISECONDS, MEANINGS, in_order
from eval.records import Cause, Estimate, JudgedQuestion, RunInfo, RunRow, Scores
from eval.reporting.misses import Miss, missed
from eval.reporting.plots import latency_plot, reliability_plot, risk_coverage_plot
from eval.runs.run_folder import load_rows, load_scores
from eval.sets.questions import load_questions

REPORT = "report.html"
"""File of a run folder."""

TEMPLATES_DIR = Path(__file__).parent / "templates"
_HEADLINES = ("exact", "answered", "false answer", "gold@5", "AUROC", "p50 ms")
_COLUMNS = ("exact", "answer", "answered", "false answer", "gold@5")
_LONG_TABLE = 12
"""A table with more rows is folded away."""


@dataclass(frozen=True, slots=True)
class Cell:
    """An estimate in words; ``is_apart`` where the interval leaves out 0."""

    mean: str
    low: str
    high: str
    n: int
    is_apart: bool


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure, its value and what it says."""

    name: str
    cell: Cell
    meaning: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group with a cell for each column of its table, ``None`` where a measure has no value."""

    name: str
    cells: tuple[Cell | None, ...]
    n: int


@dataclass(frozen=True, slots=True)
class Table:
    """Groups of one dimension."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[GroupRow, ...]

    @property
    def is_long(self) -> bool:
        """Tell whether it is better folded away."""
        return len(self.rows) > _LONG_TABLE


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture with title and caption."""

    title: str
    caption: str
    picture: Markup


@dataclass(frozen=True, slots=True)
class CauseRow:
    """A cause with the questions that were missed by it; ``percent`` of all misses."""

    name: str
    anchor: str
    meaning: str
    percent: int
    misses: tuple[Miss, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the template shows of a run."""

    name: str
    started_at: str
    n_questions: int
    n_answerable: int
    headlines: tuple[MeasureRow, ...]
    measures: tuple[MeasureRow, ...]
    plots: tuple[Plot, ...]
    breakdowns: tuple[Table, ...]
    equity: Table | None
    causes: tuple[CauseRow, ...]
    facts: tuple[tuple[str, str], ...]


def write_report(folder: Path, questions_path: Path | None = None) -> Path:
    """Write ``report.html`` into a judged run folder, and return its path.

    Args:
        folder: The run.
        questions_path: Its question file; by default where it was when the run was made.

    Raises:
        RunFormatError: The folder is no judged run.
        RunMismatchError: The question file is gone, or not that of the run.
    """
    scores, rows = load_scores(folder), load_rows(folder)
    questions = _questions(questions_path or Path(scores.run.questions_path), scores.run)
    page = page_of(scores, rows, questions)
    path = folder / REPORT
    path.write_text(render(page), encoding="utf-8")
    return path


def render(page: Page) -> str:
    """Return a page as HTML."""
    style = Markup((TEMPLATES_DIR / "report.css").read_text("utf-8"))  # noqa: S704 - our own file
    return _environment().get_template("report.html").render(page=page, style=style)


def page_of(scores: Scores, rows: Sequence[RunRow], questions: Sequence[JudgedQuestion]) -> Page:
    """Return the page of a run; rows and questions in the order of the set."""
    estimates = scores.measures
    measures = [
        MeasureRow(name, _cell(name, estimates[name]), MEANINGS.get(name, ""))
        for name in in_order(estimates)
    ]
    return Page(
        name=scores.run.name,
        started_at=scores.run.started_at.replace("T", " ").replace("+00:00", " UTC"),
        n_questions=len(questions),
        n_answerable=sum(question.is_answerable for question in questions),
        headlines=tuple(row for row in measures if row.name in _HEADLINES),
        measures=tuple(measures),
        plots=tuple(_plots(scores, rows)),
        breakdowns=tuple(_table(title, groups) for title, groups in scores.groups.items()),
        equity=_equity(scores.equity),
        causes=tuple(_causes(missed(scores.questions, rows, questions))),
        facts=tuple(_facts(scores.run)),
    )


def _questions(path: Path, run: RunInfo) -> tuple[JudgedQuestion, ...]:
    if not path.is_file():
        raise RunMismatchError(f"there is no {path}; name the run's question file by --questions")
    if sha256(path.read_bytes()).hexdigest() != run.questions_sha256:
        raise RunMismatchError(
            f"{path} was changed since {run.name} asked it; run it again, or name the old file "
            "by --questions"
        )
    return load_questions(path)


def _plots(scores: Scores, rows: Sequence[RunRow]) -> Iterator[Plot]:
    yield Plot(
        "Risk and coverage",
        "Were only the surest answers given: how many of them would be wrong. Lower is better.",
        risk_coverage_plot(scores.curves.risk_coverage),
    )
    yield Plot(
        "Reliability",
        "Questions in ten groups of like confidence; on the dashed line confidence is as it says.",
        reliability_plot(scores.curves.reliability),
    )
    yield Plot(
        "Response times",
        f"Of {len(rows)} questions, one at a time; the last bar holds the slowest ones.",
        latency_plot([row.took_ms for row in rows]),
    )


def _table(title: str, groups: Mapping[str, Mapping[str, Estimate]]) -> Table:
    columns = tuple(
        name for name in _COLUMNS if any(name in estimates for estimates in groups.values())
    )
    rows = tuple(
        GroupRow(group, _cells(columns, estimates), _n_questions(estimates))
        for group, estimates in groups.items()
    )
    return Table(title, columns, rows)


def _equity(equity: Mapping[str, Mapping[str, Estimate]]) -> Table | None:
    regions = list(dict.fromkeys(region for estimates in equity.values() for region in estimates))
    if not regions:
        return None
    columns = tuple(equity)
    rows = []
    for region in regions:
        estimates = {
            measure: equity[measure][region] for measure in columns if region in equity[measure]
        }
        rows.append(
            GroupRow(region, _cells(columns, estimates, signed=True), _n_questions(estimates))
        )
    return Table("region", columns, tuple(rows))


def _cells(
    columns: Sequence[str], estimates: Mapping[str, Estimate], *, signed: bool = False
) -> tuple[Cell | None, ...]:
    return tuple(
        _cell(name, estimates[name], signed=signed) if name in estimates else None
        for name in columns
    )


def _n_questions(estimates: Mapping[str, Estimate]) -> int:
    """Return how many questions a group has, answerable and unanswerable."""
    return sum(estimates[name].n for name in ("answered", "false answer") if name in estimates)


def _cell(name: str, estimate: Estimate, *, signed: bool = False) -> Cell:
    form = "{:.1f}" if name in IN_MILLISECONDS else "{:+.3f}" if signed else "{:.3f}"
    mean, low, high = map(form.format, (estimate.mean, estimate.low, estimate.high))
    return Cell(mean, low, high, estimate.n, is_apart=estimate.is_apart)


def _causes(misses: Mapping[Cause, Sequence[Miss]]) -> Iterator[CauseRow]:
    """Yield the causes, the commonest first."""
    n_misses = sum(map(len, misses.values()))
    for cause, misses_of_cause in sorted(misses.items(), key=lambda pair: -len(pair[1])):
        yield CauseRow(
            name=cause.value,
            anchor=cause.value.replace(" ", "-"),
            meaning=CAUSE_MEANINGS[cause],
            percent=round(100 * len(misses_of_cause) / n_misses),
            misses=tuple(misses_of_cause),
        )


def _facts(run: RunInfo) -> Iterator[tuple[str, str]]:
    yield "questions", f"{run.questions_path} (SHA-256 {run.questions_sha256[:12]})"
    yield "pipeline", run.pipeline
    yield "index", run.index_fingerprint[:12] + (f" in {run.index_dir}" if run.index_dir else "")
    yield "revision", run.git_revision or "no checkout"
    yield "Cita", run.cita_version
    for name, value in sorted(run.settings.items()):
        yield name, "not set" if value is None else str(value)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES_DIR),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
