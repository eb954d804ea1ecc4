"""Runs in Markdown, short enough for a pull request."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from eval.records import Estimate, Scores

_TOPICS = (
    ("Retrieval", ("nDCG@10", "RR", "R@5", "R@20", "gold@1", "gold@5", "gold@10", "gold@20",
                   "complete@5")),
    ("Quotes", ("answer", "exact", "quote precision", "quote recall", "quote F1", "page",
                "verbatim", "cited", "citation precision", "citation recall", "highlight EM",
                "highlight F1", "SQuAD EM", "SQuAD F1")),
    ("Refusing", ("answered", "false answer", "AUROC", "coverage@20", "false answers@80", "AURC")),
    ("Calibration", ("ECE", "Brier")),
    ("Time", ("p50 ms", "p95 ms")),
)  # fmt: skip
_BY_GROUP = ("gold@5", "answer", "exact", "answered", "false answer")
_DIMENSIONS = ("language", "type", "difficulty")
_N_CAUSES = 5
_SIDE_BY_SIDE = ("exact", "answer", "gold@5", "nDCG@10", "quote F1", "highlight F1", "SQuAD F1",
                 "answered", "false answer", "AUROC", "AURC", "ECE")  # fmt: skip


def run_summary(scores: Scores) -> str:
    """Return a run's description, measures with intervals, groups, regions, causes of misses."""
    return "\n".join(
        [*_heading(scores), "", *_measures(scores), "", *_groups(scores), *_equity(scores),
         *_causes(scores)]
    ) + "\n"  # fmt: skip


def overview(runs: Sequence[Scores]) -> str:
    """Return the main measures of runs on different sets side by side, and their causes."""
    names = [scores.run.name for scores in runs]
    measures = [name for name in _SIDE_BY_SIDE if any(name in scores.measures for scores in runs)]
    lines = [
        f"| | {' | '.join(names)} |",
        f"|---|{'---:|' * len(names)}",
        f"| questions | {' | '.join(str(scores.run.n_questions) for scores in runs)} |",
        *(
            f"| {name} | {' | '.join(_beside(name, scores) for scores in runs)} |"
            for name in measures
        ),
        "",
        *(f"{scores.run.name}: {line}" for scores in runs for line in _causes(scores)),
    ]
    return "\n".join(lines) + "\n"


def _beside(name: str, scores: Scores) -> str:
    estimate = scores.measures.get(name)
    return f"{estimate.mean:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]" if estimate else "–"


def _heading(scores: Scores) -> Iterator[str]:
    run = scores.run
    revision = run.git_revision[:10] if run.git_revision else "unknown"
    yield f"## {run.name}: {run.n_questions} questions of `{run.questions_path}`"
    yield ""
    yield (
        f"{run.pipeline} · index {run.index_fingerprint[:12]} · questions "
        f"{run.questions_sha256[:12]} · revision {revision} · Cita {run.cita_version} · "
        f"{run.started_at}"
    )


def _measures(scores: Scores) -> Iterator[str]:
    yield "| | measure | value | 95 % | n |"
    yield "|---|---|---:|---|---:|"
    for topic, names in _TOPICS:
        for name in names:
            if name in scores.measures:
                estimate = scores.measures[name]
                mean, bounds = _digits(name, estimate.mean), _bounds(name, estimate)
                yield f"| {topic} | {name} | {mean} | {bounds} |"
                topic = ""  # noqa: PLW2901 - stands in its first row only


def _groups(scores: Scores) -> Iterator[str]:
    yield f"| group | {' | '.join(_BY_GROUP)} |"
    yield f"|---|{'---:|' * len(_BY_GROUP)}"
    for dimension in _DIMENSIONS:
        for group, estimates in scores.groups.get(dimension, {}).items():
            yield f"| {dimension} {group} | {' | '.join(_cells(estimates))} |"
    yield ""


def _cells(estimates: Mapping[str, Estimate]) -> Sequence[str]:
    return [
        f"{estimates[name].mean:.3f} ({estimates[name].n})" if name in estimates else "–"
        for name in _BY_GROUP
    ]


def _equity(scores: Scores) -> Iterator[str]:
    if not scores.equity:
        return
    measures = list(scores.equity)
    yield (
        "Difference of each region to the mean of all "
        "(* where its interval does not hold 0, on 10 questions or more):"
    )
    yield ""
    yield f"| region | {' | '.join(measures)} |"
    yield f"|---|{'---:|' * len(measures)}"
    for region in sorted({region for table in scores.equity.values() for region in table}):
        cells = (_difference(scores.equity[measure].get(region)) for measure in measures)
        yield f"| {region} | {' | '.join(cells)} |"
    yield ""


def _difference(estimate: Estimate | None) -> str:
    if estimate is None:
        return "–"
    mark = " *" if estimate.is_apart else ""
    return f"{estimate.mean:+.3f} [{estimate.low:+.3f}, {estimate.high:+.3f}] ({estimate.n}){mark}"


def _causes(scores: Scores) -> Iterator[str]:
    counted = Counter(question.cause for question in scores.questions if question.cause)
    commonest = " · ".join(f"{cause.value} {n}" for cause, n in counted.most_common(_N_CAUSES))
    yield f"Commonest causes of misses: {commonest or 'none'}"


def _digits(name: str, value: float) -> str:
    return f"{value:.1f}" if name.endswith(" ms") else f"{value:.3f}"


def _bounds(name: str, estimate: Estimate) -> str:
    return f"{_digits(name, estimate.low)}–{_digits(name, estimate.high)} | {estimate.n}"
