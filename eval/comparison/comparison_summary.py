"""A comparison as Markdown, short enough for a pull request."""

from collections.abc import Collection

from eval.comparison.run_comparison import Comparison
from eval.measures.descriptions import IN_MILLISECONDS
from eval.reporting.markdown import render_markdown

N_SHOWN = 15
"""Questions named of those that gained, and of those that lost."""


def comparison_summary(
    comparison: Comparison, *, dropped: Collection[str] = (), n_shown: int = N_SHOWN
) -> str:
    """Return a comparison as Markdown.

    Args:
        comparison: Two runs.
        dropped: Measures that dropped beyond their limits.
        n_shown: Questions named at most of those that gained, and of those that lost.
    """
    return render_markdown(
        "comparison.md.j2",
        comparison=comparison,
        dropped=dropped,
        timings=IN_MILLISECONDS,
        n_shown=n_shown,
    )
