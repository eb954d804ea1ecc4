"""Puts comparisons and tunings into words, with the templates of ``eval/reporting/templates/``."""

from collections.abc import Collection
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.comparison.run_comparison import Comparison
from eval.fitting.tuning import Tuning
from eval.measures.descriptions import IN_MILLISECONDS
from service.presentation.wording import escape_markdown_line

TEMPLATES_DIR = Path(__file__).parent / "templates"
N_SHOWN = 15
"""Questions named of those that gained, and of those that lost."""

_THOUSANDTH = 0.001


def tell_comparison(
    comparison: Comparison, *, broken: Collection[str] = (), n_shown: int = N_SHOWN
) -> str:
    """Return a comparison as Markdown.

    Args:
        comparison: Two runs.
        broken: Measures that dropped beyond their limits.
        n_shown: Questions named at most of those that gained, and of those that lost.
    """
    template = _environment().get_template("comparison.md.j2")
    told = template.render(
        comparison=comparison, broken=broken, timings=IN_MILLISECONDS, n_shown=n_shown
    )
    return told.strip() + "\n"


def tell_tuning(tuning: Tuning, *, development: str, held_apart: str) -> str:
    """Return what a search found as Markdown; the other two are names of question files."""
    names = {"development": development, "held_apart": held_apart}
    template = _environment().get_template("tuning.md.j2")
    return template.render(tuning=tuning, names=names).strip() + "\n"


@cache
def _environment() -> Environment:
    # What comes out is Markdown, not HTML; the filter `md` escapes for Markdown.
    environment = Environment(  # noqa: S701
        loader=FileSystemLoader(TEMPLATES_DIR),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["md"] = escape_markdown_line
    environment.filters["score"] = "{:.3f}".format
    environment.filters["signed"] = "{:+.3f}".format
    environment.filters["p"] = _told_p
    return environment


def _told_p(p: float | None) -> str:
    if p is None:
        return ""
    return "< .001" if p < _THOUSANDTH else f"{p:.3f}"
