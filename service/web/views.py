"""What each page shows: one frozen record a template, which uses its fields only."""

from dataclasses import dataclass

from service.web.typeset import Group, Part


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter, with how many reports have it."""

    value: str
    label: str
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
    error: str | None = None
    filter_error: str | None = None
    groups: tuple[FilterGroup, ...] = ()
    year_from: str = ""
    year_to: str = ""
    first_year: int | None = None
    last_year: int | None = None
    n_active: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the corpus covers, for people."""

    n_documents: int
    first_year: int | None
    last_year: int | None
    countries: tuple[str, ...]
    n_countries: int
    themes: tuple[str, ...]
    n_themes: int


@dataclass(frozen=True, slots=True)
class StartPage:
    """The form and some questions to start with.

    Attributes:
        title: Of the browser's window.
        form: The form.
        examples: Questions with their addresses.
        coverage: What the reports cover, or ``None`` while none is loaded.
        trouble: Why no question can be answered now, or ``None``.
    """

    title: str
    form: Form
    examples: tuple[tuple[str, str], ...]
    coverage: Coverage | None
    trouble: str | None


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Where words stand, for people.

    Attributes:
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
        parts: Its words, the highlight marked.
        place: Where it stands.
        context: The passage around it, the quote marked.
    """

    number: int
    parts: tuple[Part, ...]
    place: PlaceView
    context: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """An answer.

    Attributes:
        title: Of the browser's window.
        form: The form, the question in it.
        support: ``strong``, ``fair`` or ``weak``: how sure we are, in a word.
        quotes: In reading order.
        n_reports: How many reports they come from.
    """

    title: str
    form: Form
    support: str
    quotes: tuple[QuoteView, ...]
    n_reports: int


@dataclass(frozen=True, slots=True)
class NearPassage:
    """A passage that is not an answer."""

    groups: tuple[Group, ...]
    place: PlaceView


@dataclass(frozen=True, slots=True)
class RefusalPage:
    """No answer, and why.

    Attributes:
        title: Of the browser's window.
        form: The form, the question in it.
        language: Of `reason` and `coverage`.
        paragraphs: Why there is no answer; then what the corpus covers.
        code: Kind of refusal.
        nearest: What comes nearest.
        examples: Questions that the reports answer, with their addresses.
    """

    title: str
    form: Form
    language: str
    paragraphs: tuple[str, ...]
    code: str
    nearest: tuple[NearPassage, ...]
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One report in the list."""

    title: str
    subtitle: str | None
    publisher: str | None
    year: int | None
    language: str
    language_name: str
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
        title: Of the browser's window.
        rows: The reports on this page of the list.
        first: Number of the first of them, 1-based.
        total: Reports in all.
        previous_href: Of the page before, or ``None``.
        next_href: Of the page after, or ``None``.
        unread: Files that could not be read.
    """

    title: str
    rows: tuple[DocumentRow, ...]
    first: int
    total: int
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
    """A page that begins, with the way to its neighbours."""

    label: str | None
    previous_href: str | None
    next_href: str | None


@dataclass(frozen=True, slots=True)
class SheetLink:
    """A part of a long report."""

    number: int
    first_page: int | None
    last_page: int | None
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A report, or a part of a long one.

    Attributes:
        title: Of the browser's window.
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
        notes: What was lost or repaired while reading.
        newer: Titles and addresses of the reports that replace this one.
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
    notes: tuple[str, ...]
    newer: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong.

    Attributes:
        title: Of the browser's window.
        status: Of the response.
        detail: What was wanted, what came, what to do.
        request_id: For the operator.
        form: To try again.
    """

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
        title: Of the browser's window.
        version: Of the API.
        operations: In the order of the OpenAPI description.
        shapes: Named shapes, by name.
        problems: Kinds of problems.
    """

    title: str
    version: str
    operations: tuple[OperationView, ...]
    shapes: tuple[ShapeView, ...]
    problems: tuple[ProblemView, ...]
