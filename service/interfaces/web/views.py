"""What each page shows: one frozen record a template, which uses its fields only.

`Frame` is what stands around every page. Codes (of countries, languages, filters, problems) are
put into words by the templates, in the interface's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from service.interfaces.web.typeset import Group


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One language of the interface.

    Attributes:
        code: ISO 639-1.
        name: In that language itself.
        href: This page in that language, or ``None`` where it is in it.
    """

    code: str
    name: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page.

    Attributes:
        language: Of the interface.
        languages: All of them.
        asked_language: The language that the address asks for, to be kept by forms; or ``None``.
    """

    language: str
    languages: tuple[LanguageLink, ...]
    asked_language: str | None


@dataclass(frozen=True, slots=True)
class FieldTrouble:
    """What is wrong with a field of a form.

    Attributes:
        code: ``empty``, ``too_long``, ``control``, ``unknown``, ``year``, ``years`` or ``other``.
        value: What was typed, counted or found, for people.
        field: Which filter, where it is about one.
    """

    code: str
    value: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter, with how many reports have it.

    Attributes:
        value: As filters name it.
        title: Of the report, where the filter is about reports; else ``None``.
        n_documents: How many reports have it.
        checked: Whether it is in use.
    """

    value: str
    title: str | None
    n_documents: int
    checked: bool


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """One filter: the values that the corpus has."""

    field: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The form, as it was sent.

    Attributes:
        question: What stands in the field.
        error: What is wrong with the question, or ``None``.
        filter_error: What is wrong with the filters, or ``None``.
        groups: Filters with at least one value.
        year_from: As typed.
        year_to: As typed.
        first_year: Of the corpus, or ``None``.
        last_year: Of the corpus, or ``None``.
        n_active: Filters in use.
    """

    question: str = ""
    error: FieldTrouble | None = None
    filter_error: FieldTrouble | None = None
    groups: tuple[FilterGroup, ...] = ()
    year_from: str = ""
    year_to: str = ""
    first_year: int | None = None
    last_year: int | None = None
    n_active: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the corpus covers; countries are codes."""

    n_documents: int
    first_year: int | None
    last_year: int | None
    countries: tuple[str, ...]
    n_countries: int
    themes: tuple[str, ...]
    n_themes: int


@dataclass(frozen=True, slots=True)
class Example:
    """A question that the reports answer.

    Attributes:
        text: The question.
        href: Asks it.
        language: It is in.
    """

    text: str
    href: str
    language: str


@dataclass(frozen=True, slots=True)
class StartPage:
    """The form and some questions to start with.

    Attributes:
        form: The form.
        examples: Questions to start with.
        coverage: What the reports cover, or ``None`` while none is loaded.
        trouble: Why no question can be answered now, or ``None``.
        structured: The site as schema.org describes one, for JSON-LD.
    """

    form: Form
    examples: tuple[Example, ...]
    coverage: Coverage | None
    trouble: str | None
    structured: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Where words stand, for people.

    Attributes:
        doc_id: The report.
        title: Of the report.
        publisher: Of the report.
        year: Of the report.
        language: Of the report.
        page: Physical page, or ``None``.
        page_end: Physical page of the last character, where that is another one.
        page_label: What is printed on it, where that differs.
        headings: Heading path, outermost first.
        href: Opens the report there.
        original_href: Opens the original there, or ``None``.
    """

    doc_id: str
    title: str
    publisher: str | None
    year: int | None
    language: str
    page: int | None
    page_end: int | None
    page_label: str | None
    headings: tuple[str, ...]
    href: str
    original_href: str | None


@dataclass(frozen=True, slots=True)
class QuoteView:
    """One quote.

    Attributes:
        number: Of its citation.
        text: Its words, unchanged.
        groups: Its words as they are set in the report, the highlight marked.
        place: Where it stands.
        context: The passage around it, the quote marked.
        citation: The quote with its source, ready to be pasted into a memo.
    """

    number: int
    text: str
    groups: tuple[Group, ...]
    place: PlaceView
    context: tuple[Group, ...]
    citation: str


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """Consecutive quotes from one report.

    Attributes:
        place: Where the first of them stands.
        quotes: At least one.
        newer: Titles and addresses of the reports that replace this one.
    """

    place: PlaceView
    quotes: tuple[QuoteView, ...]
    newer: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ComparedReport:
    """What one of several reports says.

    Attributes:
        place: Of its first quote.
        figures: Figures in its quotes, as they are written there.
        numbers: Of its quotes.
    """

    place: PlaceView
    figures: tuple[str, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several reports side by side.

    Attributes:
        reports: At least two, the oldest first, those without a year last.
        shared: Figures that at least two of them name.
        differs: Whether at least two of them name figures and share none.
        years: First and last year of them, where these differ; or ``None``.
    """

    reports: tuple[ComparedReport, ...]
    shared: tuple[str, ...]
    differs: bool
    years: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Change:
    """Why an answer is not what it was.

    Attributes:
        kind: ``gone``, ``edited``, ``added``, ``dropped`` or ``moved``.
        title: Of the report, or its id where it is no longer there.
        href: Opens it, or ``None``.
    """

    kind: str
    title: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Replay:
    """How an answer compares with the one that a permanent link was made from.

    Attributes:
        outcome: ``identical``: the same quotes in the same order; ``changed``; or ``damaged``:
            the link cannot be read.
        made_on: Day of the index that the link was made from, ISO 8601.
        same_index: Whether the index is the same, so that only the program can have changed.
        changes: Which documents changed, where it is not identical.
    """

    outcome: str
    made_on: str
    same_index: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class TakeAway:
    """Addresses to take an answer away.

    Attributes:
        permalink: Asks again and says whether the answer is the same; absolute.
        exports: Kind of file and its address.
        built_at: When the index was built, ISO 8601.
        fingerprint: Of the index, its first characters.
    """

    permalink: str
    exports: tuple[tuple[str, str], ...]
    built_at: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class SayForm:
    """The form to say something about an answer.

    Attributes:
        question: As it was asked.
        query: The address's query string, so that thanks can lead back.
        verdict: As ticked.
        comment: As typed.
        keep: Whether the question may be kept.
        missing: Whether no verdict was ticked.
        fingerprint: Of the index that answered.
        cited: What was quoted, as a permanent link carries it.
    """

    question: str
    query: str
    verdict: str = ""
    comment: str = ""
    keep: bool = False
    missing: bool = False
    fingerprint: str = ""
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """An answer.

    Attributes:
        title: The question.
        title_language: It is in.
        form: The form, the question in it.
        support: ``strong``, ``fair`` or ``weak``: how sure we are, in a word.
        blocks: The quotes in reading order, by where they stand.
        n_quotes: How many there are.
        n_reports: How many reports they come from.
        superseded: Reports quoted that a newer one replaces, with the newer ones.
        left_out: Countries of the question that no quote names, as codes, with the address that
            asks only the reports on each, or ``None`` where there are none.
        comparison: Several reports side by side, or ``None`` where there is one.
        replay: Compared with the answer of a permanent link, or ``None`` without one.
        take_away: Addresses to take it away.
        say: The form to say something about it, or ``None`` where nothing is stored.
    """

    title: str
    title_language: str
    form: Form
    support: str
    blocks: tuple[SourceBlock, ...]
    n_quotes: int
    n_reports: int
    superseded: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    left_out: tuple[tuple[str, str | None], ...]
    comparison: Comparison | None
    replay: Replay | None
    take_away: TakeAway
    say: SayForm | None


@dataclass(frozen=True, slots=True)
class NearPassage:
    """A passage that is not an answer.

    Attributes:
        snippet: Its first words.
        groups: All of it.
        place: Where it stands.
    """

    snippet: str
    groups: tuple[Group, ...]
    place: PlaceView


@dataclass(frozen=True, slots=True)
class RefusalPage:
    """No answer, and why.

    Attributes:
        title: The question.
        title_language: It is in.
        form: The form, the question in it.
        language: Of `paragraphs`.
        paragraphs: Why there is no answer; then what the corpus covers.
        code: Kind of refusal.
        nearest: What comes nearest.
        suggestions: Questions near to this one that the reports answer.
        examples: Other questions that they answer, where there are no suggestions.
        replay: Compared with the answer of a permanent link, or ``None`` without one.
        say: The form to say something about it, or ``None`` where nothing is stored.
    """

    title: str
    title_language: str
    form: Form
    language: str
    paragraphs: tuple[str, ...]
    code: str
    nearest: tuple[NearPassage, ...]
    suggestions: tuple[Example, ...]
    examples: tuple[Example, ...]
    replay: Replay | None
    say: SayForm | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One report in the list; its countries and its language are codes."""

    title: str
    subtitle: str | None
    publisher: str | None
    year: int | None
    language: str
    countries: tuple[str, ...]
    themes: tuple[str, ...]
    n_pages: int | None
    href: str


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A file that could not be read."""

    file: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """The list of reports.

    Attributes:
        form: The filters.
        sort: ``title``, ``year`` or ``publisher``.
        rows: The reports on this page of the list.
        first: Number of the first of them, 1-based.
        total: Reports that pass the filters.
        of_all: Reports in all.
        previous_href: Of the page before, or ``None``.
        next_href: Of the page after, or ``None``.
        unread: Files that could not be read.
    """

    form: Form
    sort: str
    rows: tuple[DocumentRow, ...]
    first: int
    total: int
    of_all: int
    previous_href: str | None
    next_href: str | None
    unread: tuple[UnreadRow, ...]


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One heading of the outline."""

    title: str
    level: int
    page: int | None
    href: str


@dataclass(frozen=True, slots=True)
class PageTurn:
    """A page that begins, with the way to its neighbours and to the original beside it."""

    label: str | None
    previous_href: str | None
    next_href: str | None
    beside_href: str | None


@dataclass(frozen=True, slots=True)
class SheetLink:
    """A part of a long report."""

    number: int
    first_page: int | None
    last_page: int | None
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class QuoteTurn:
    """One of the quotes of an answer, with the way to its neighbours.

    Attributes:
        number: Of this one, 1-based.
        of: How many the answer quotes from this report.
        previous_href: Opens the one before, or ``None``.
        next_href: Opens the one after, or ``None``.
    """

    number: int
    of: int
    previous_href: str | None
    next_href: str | None


@dataclass(frozen=True, slots=True)
class Beside:
    """The original PDF, which can stand beside the text.

    Attributes:
        file_href: The original at `page`.
        page: Physical page.
        toggle_href: This page with the original beside it, or without.
        is_open: Whether it stands there.
    """

    file_href: str
    page: int
    toggle_href: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A report, or a part of a long one.

    Attributes:
        title: Of the report.
        report: Its metadata.
        authors: Of the report.
        licence: Of the report.
        publisher_href: Where the publisher keeps it, or ``None``.
        original_href: The original, or ``None``.
        outline: Its headings.
        sheets: Its parts; one where it is short.
        previous_href: Of the part before, or ``None``.
        next_href: Of the part after, or ``None``.
        groups: The text.
        turns: For each page that begins here, its label and its neighbours.
        warning: ``changed`` where the link was made for another edition, ``outside`` where it
            points past the end, or ``None``.
        has_quote: Whether something is highlighted.
        quote: Which of an answer's quotes it is, or ``None`` where there is but one.
        beside: The original PDF beside the text, or ``None`` where there is none to show.
        notes: What was lost or repaired while reading.
        newer: Titles and addresses of the reports that replace this one.
        references: Kind of file and address of its reference.
        structured: The report as schema.org describes one, for JSON-LD.
    """

    title: str
    report: DocumentRow
    authors: tuple[str, ...]
    licence: str | None
    publisher_href: str | None
    original_href: str | None
    outline: tuple[OutlineRow, ...]
    sheets: tuple[SheetLink, ...]
    previous_href: str | None
    next_href: str | None
    groups: tuple[Group, ...]
    turns: dict[int, PageTurn]
    warning: str | None
    has_quote: bool
    quote: QuoteTurn | None
    beside: Beside | None
    notes: tuple[str, ...]
    newer: tuple[tuple[str, str], ...]
    references: tuple[tuple[str, str], ...]
    structured: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong.

    Attributes:
        slug: Kind of problem.
        title: Of the problem, in English.
        status: Of the response.
        detail: What was wanted, what came, what to do.
        request_id: For the operator.
        form: To try again.
    """

    slug: str
    title: str
    status: int
    detail: str
    request_id: str
    form: Form


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of a body, or one parameter."""

    name: str
    kind: str
    required: bool
    text: str


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation of the API."""

    operation_id: str
    method: str
    path: str
    summary: str
    description: str
    fields: tuple[FieldView, ...]
    example: str | None
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShapeView:
    """One shape of the API."""

    name: str
    text: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class ProblemView:
    """One kind of problem."""

    slug: str
    status: int
    title: str


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """The API, described for people.

    Attributes:
        version: Of the API.
        operations: In the order of the OpenAPI description.
        shapes: Named shapes, by name.
        problems: Kinds of problems.
    """

    version: str
    operations: tuple[OperationView, ...]
    shapes: tuple[ShapeView, ...]
    problems: tuple[ProblemView, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart.

    Attributes:
        value: What is counted: a year, a code, a theme.
        n_documents: How many reports have it.
        share: Of the longest bar, in whole percent.
    """

    value: str
    n_documents: int
    share: int


@dataclass(frozen=True, slots=True)
class Chart:
    """How many reports there are of each value of one thing.

    Attributes:
        field: ``year`` or a filter.
        bars: The longest ones, or in order of years.
        n_more: Values left out.
    """

    field: str
    bars: tuple[Bar, ...]
    n_more: int


@dataclass(frozen=True, slots=True)
class AboutPage:
    """How answers are made, what they rest on, and what is stored.

    Attributes:
        n_documents: Reports in the index, or ``None`` while none is loaded.
        n_passages: Passages in it.
        n_unread: Files that could not be read.
        built_at: When it was built, ISO 8601.
        fingerprint: Of the index.
        encoder: Name of the encoder.
        charts: What the reports cover.
        strong_percent: Estimated certainty from which an answer counts as well supported.
        fair_percent: As for supported.
        stores: Whether what people say is stored.
        serves_files: Whether the originals may be opened.
        may_embed: Sites that may show the form, as the operator wrote them; empty for none.
        snippet: What an intranet pastes into its page.
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
    stores: bool
    serves_files: bool
    may_embed: tuple[str, ...]
    snippet: str


@dataclass(frozen=True, slots=True)
class EmbedPage:
    """The form alone, to be shown inside another page."""

    form: Form


@dataclass(frozen=True, slots=True)
class SaidPage:
    """Thanks, or the form again where no verdict was ticked.

    Attributes:
        say: The form.
        back_href: The answer that it was about.
        kept: Whether the question was kept with it.
    """

    say: SayForm
    back_href: str
    kept: bool
