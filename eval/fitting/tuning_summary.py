"""The result of a search for settings as Markdown."""

from eval.fitting.tuning import Tuning
from eval.reporting.markdown import render_markdown


def tuning_summary(tuning: Tuning, *, development: str, held_apart: str) -> str:
    """Return the result of a search; ``development`` and ``held_apart`` name its question files."""
    names = {"development": development, "held_apart": held_apart}
    return render_markdown("tuning.md.j2", tuning=tuning, names=names)
