"""The start page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.interfaces.web.view_models.example import Example
from service.interfaces.web.view_models.form import Form


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What the corpus covers; countries are codes.

    Attributes:
        are_countries_named: Whether most reports have them read from their texts.
        reports: Title, address and language of each report, where they are few and no one told
            what they are about.
    """

    n_documents: int
    first_year: int | None
    last_year: int | None
    countries: tuple[str, ...]
    n_countries: int
    themes: tuple[str, ...]
    n_themes: int
    are_countries_named: bool = False
    reports: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True, slots=True)
class StartPage:
    """The form and some questions to start with.

    Attributes:
        form: The form.
        examples: Questions to start with.
        coverage: What the reports cover, or ``None`` while no index is loaded.
        problem: Why no question can be answered now, or ``None``.
        structured: The site as schema.org describes one, for JSON-LD.
    """

    form: Form
    examples: tuple[Example, ...]
    coverage: CoverageView | None
    problem: str | None
    structured: Mapping[str, object]
