"""The page about the service: how answers are made, what the reports cover, what is stored."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart.

    Attributes:
        value: A year, a code, a theme or a publisher.
        n_documents: Reports that have it.
        share: Of the longest bar, in whole percent.
    """

    value: str
    n_documents: int
    share: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Reports counted by the values of one field.

    Attributes:
        field: ``year`` or a filter.
        bars: The longest ones, or the latest years in order.
        n_more: Values left out.
    """

    field: str
    bars: tuple[Bar, ...]
    n_more: int


@dataclass(frozen=True, slots=True)
class AboutPage:
    """How answers are made, what the reports cover, and what is stored.

    Attributes:
        n_documents: Reports in the index, or ``None`` while none is loaded.
        n_passages: Passages in the index.
        n_unread: Files that could not be extracted.
        built_at: When the index was built, ISO 8601.
        fingerprint: Of the index.
        encoder: Name of the encoder.
        charts: What the reports cover.
        strong_percent: Confidence from which an answer counts as well supported, in percent.
        fair_percent: The same for supported.
        translates_quotes: Whether quotes are put into Spanish and Portuguese here.
        collects_feedback: Whether feedback is stored.
        serves_files: Whether the originals may be opened.
        embedding_sites: Sites that may embed the form, as the operator wrote them; empty for none.
        embed_snippet: HTML that embeds the form.
    """

    n_documents: int | None
    n_passages: int
    n_unread: int
    built_at: str
    fingerprint: str
    encoder: str
    charts: tuple[Chart, ...]
    strong_percent: int
    fair_percent: int
    translates_quotes: bool
    collects_feedback: bool
    serves_files: bool
    embedding_sites: tuple[str, ...]
    embed_snippet: str
