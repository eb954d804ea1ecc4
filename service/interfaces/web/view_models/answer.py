"""The page of an answer."""

from dataclasses import dataclass

from service.interfaces.web.view_models.comparison import Comparison
from service.interfaces.web.view_models.example import Example
from service.interfaces.web.view_models.feedback import FeedbackForm
from service.interfaces.web.view_models.form import Form
from service.interfaces.web.view_models.place import PlaceView
from service.interfaces.web.view_models.replay import Replay
from service.interfaces.web.view_models.text_blocks import Group
from service.presentation.cited_works import CitedWork


@dataclass(frozen=True, slots=True)
class QuoteView:
    """One quote.

    Attributes:
        number: Of its citation.
        text: Its words, unchanged.
        groups: Its words laid out as in the report, the highlight marked.
        place: Where it is found.
        context: The passage around it, the quote marked.
        restated: The sections of reports that it restates; empty where it is the report's own.
        citation: The quote with its source, ready to be pasted into a memo.
        citation_href: The whole address that the citation ends in.
        translation: A rough machine translation, which is no quote; empty without one.
    """

    number: int
    text: str
    groups: tuple[Group, ...]
    place: PlaceView
    context: tuple[Group, ...]
    restated: tuple[CitedWork, ...]
    citation: str
    citation_href: str
    translation: str


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """Consecutive quotes from one report.

    Attributes:
        place: Of the first quote.
        quotes: At least one.
        newer: Titles and addresses of the reports that replace this one.
    """

    place: PlaceView
    quotes: tuple[QuoteView, ...]
    newer: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ExportLinks:
    """Links to keep an answer or to export it.

    Attributes:
        permalink: Asks again and tells whether the answer is the same; absolute.
        exports: Kind of file and its address.
        built_at: When the index was built, ISO 8601.
        fingerprint: Of the index, its first characters.
    """

    permalink: str
    exports: tuple[tuple[str, str], ...]
    built_at: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """An answer.

    Attributes:
        title: The question.
        title_language: Of the question.
        form: The form with the question in it.
        typed: The follow-up that `title` was made of, with the address that asks it as it was
            typed; ``None`` if it stood by itself.
        support: Confidence in a word: ``strong``, ``fair`` or ``weak``.
        reader_language: What the reader reads: the question's language where it is not English,
            else that of the interface.
        foreign_languages: Languages of the quotes that are not in that of the page.
        blocks: The quotes, best first; neighbours of one report together.
        n_quotes: Quotes in all.
        n_reports: Reports they come from.
        superseded: Quoted reports that have a newer edition, each with its newer editions.
        left_out: Countries of the question that no quote names, as codes, with the address that
            asks only the reports on each; ``None`` if there are no such reports.
        notices: What else must be known beside the quotes, in words.
        comparison: The reports side by side; ``None`` if there is only one.
        passages_href: Shows every passage with words of the question.
        replay: Comparison with the answer of a permanent link; ``None`` without one.
        export_links: Links to keep or export it.
        feedback: The feedback form; ``None`` if feedback is not collected.
    """

    title: str
    title_language: str
    form: Form
    typed: Example | None
    support: str
    reader_language: str
    foreign_languages: tuple[str, ...]
    blocks: tuple[SourceBlock, ...]
    n_quotes: int
    n_reports: int
    superseded: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    left_out: tuple[tuple[str, str | None], ...]
    notices: tuple[str, ...]
    comparison: Comparison | None
    passages_href: str
    replay: Replay | None
    export_links: ExportLinks
    feedback: FeedbackForm | None
