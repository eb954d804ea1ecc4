"""Markdown from the templates of ``eval/reporting/templates/``."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.presentation.wording import escape_markdown_line

TEMPLATES_DIR = Path(__file__).parent / "templates"

_THOUSANDTH = 0.001


def render_markdown(template: str, **values: object) -> str:
    """Return a template filled in, ending in one line break.

    Filters: ``md`` escapes for Markdown, ``score`` and ``signed`` write three decimals, ``p`` a
    p-value.
    """
    return _environment().get_template(template).render(values).strip() + "\n"


@cache
def _environment() -> Environment:
    # Markdown comes out, not HTML; the filter `md` escapes.
    environment = Environment(  # noqa: S701
        loader=FileSystemLoader(TEMPLATES_DIR),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["md"] = escape_markdown_line
    environment.filters["score"] = "{:.3f}".format
    environment.filters["signed"] = "{:+.3f}".format
    environment.filters["p"] = _p_value
    return environment


def _p_value(p: float | None) -> str:
    if p is None:
        return ""
    return "< .001" if p < _THOUSANDTH else f"{p:.3f}"
