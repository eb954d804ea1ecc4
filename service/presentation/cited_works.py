"""What a quote is cited by, in words that are the same on every page and in every file.

    Peter Grant, A Guide, UN-Habitat, 2023, Box 3, p. 14. In the words of: Cita,
    A brief, What is next, p. 7.

What a document says of another report is that report's, in the document's words: the report comes
first, and what follows says whose words were quoted.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.records import DocumentInfo, SourceReport
from service.presentation.citation_words import page_words
from service.presentation.punctuation import full_stop, within
from service.records import RestatedSection

_NUMBER = re.compile(r"\d+(?:\.\d+){0,9}")


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A report as a citation names it, and the place in it.

    Attributes:
        title: As printed.
        language: Of the title.
        author: Who stands before the title: its authors, else its publisher; may be empty.
        publication: Publisher, unless it is the author, and year; may be empty.
        section: In the report; empty where there is none.
        page: In words; empty where there are no pages.
        superseded: That a newer edition replaces it, in words; empty where none does.
    """

    title: str
    language: str
    author: str = ""
    publication: str = ""
    section: str = ""
    page: str = ""
    superseded: str = ""

    @property
    def before_title(self) -> str:
        """Return what stands before the title."""
        return f"{self.author}, " if self.author else ""

    @property
    def after_title(self) -> str:
        """Return what stands after the title."""
        publication = f", {self.publication}" if self.publication else ""
        replaced = f" ({self.superseded})" if self.superseded else ""
        place = "".join(f", {part}" for part in (self.section, self.page) if part)
        return f"{publication}{replaced}{place}"


@dataclass(frozen=True, slots=True)
class CitationPart:
    """A part of a citation: the title of a report, or the words between titles.

    Attributes:
        text: The words, with their spaces.
        title_language: Of a title, ISO 639-1; ``None`` for other words.
    """

    text: str
    title_language: str | None = None


def citation_parts(
    works: Sequence[CitedWork], found_in: CitedWork | None, *, found_in_words: str
) -> tuple[CitationPart, ...]:
    """Return a citation in parts, a full stop at its end.

    Args:
        works: What is cited, at least one.
        found_in: Where the quote stands, if it restates the works.
        found_in_words: Words before that.
    """
    parts = list(_of_works(works))
    if found_in:
        parts += [CitationPart(f"{_stop(parts)} {found_in_words} "), *_of_works([found_in])]
    return tuple(_joined([*parts, CitationPart(_stop(parts))]))


def own_work(
    info: DocumentInfo,
    *,
    words: Mapping[str, str],
    headings: Sequence[str] = (),
    page: str = "",
    superseded: bool = False,
) -> CitedWork:
    """Return a document that is cited itself.

    Args:
        info: Its metadata.
        words: Of the language, by their names in ``words.toml``.
        headings: Above the place in it, outermost first.
        page: In words.
        superseded: Whether a newer edition replaces it.
    """
    section = headings[-1] if headings and headings[-1] != info.title else ""
    return CitedWork(
        info.title,
        info.language,
        author_of(info),
        publication_of(info, words=words),
        within(section),
        page,
        words["superseded"] if superseded else "",
    )


def containing_work(own: CitedWork, info: DocumentInfo) -> CitedWork:
    """Return a document in which a restated section was found.

    Its year is left out: what is cited is of the year of the work.
    """
    return replace(own, author=info.publisher or "", publication="")


def restated_work(restated: RestatedSection, *, words: Mapping[str, str]) -> CitedWork:
    """Return the section of a report that a quote restates."""
    report = restated.report
    return CitedWork(
        report.title,
        report.language,
        author_of(report),
        publication_of(report, words=words),
        section_of(restated, words=words),
        page_words(restated.page, None, restated.page_label, words=words),
    )


def section_of(restated: RestatedSection, *, words: Mapping[str, str]) -> str:
    """Return a section that a quote restates; a number alone is said to be of a section."""
    section = within(restated.section)
    is_number = _NUMBER.fullmatch(section) is not None
    return words["section"].format(number=section) if is_number else section


def author_of(report: DocumentInfo | SourceReport) -> str:
    """Return who a report is by: its authors, else its publisher; may be empty."""
    return ", ".join(report.authors) or report.publisher or ""


def publication_of(report: DocumentInfo | SourceReport, *, words: Mapping[str, str]) -> str:
    """Return the publisher of a report, unless it is its author too, and the year."""
    publisher = report.publisher if report.authors else None
    return ", ".join(filter(None, (publisher, str(report.year or words["no_date"]))))


def _of_works(works: Sequence[CitedWork]) -> Iterator[CitationPart]:
    """Yield the works; of one that is cited twice in a row the second time its place alone."""
    earlier: CitedWork | None = None
    for work in works:
        place = ", ".join(filter(None, (work.section, work.page)))
        if earlier and place and replace(earlier, section=work.section, page=work.page) == work:
            yield CitationPart(f"; {place}")
            continue
        yield CitationPart(("; " if earlier else "") + work.before_title)
        yield CitationPart(work.title, work.language)
        yield CitationPart(work.after_title)
        earlier = work


def _stop(parts: Sequence[CitationPart]) -> str:
    return full_stop("".join(part.text for part in parts))


def _joined(parts: Sequence[CitationPart]) -> Iterator[CitationPart]:
    """Yield the parts without empty ones, words that follow each other as one."""
    words = ""
    for part in parts:
        if part.title_language is None:
            words += part.text
            continue
        if words:
            yield CitationPart(words)
        yield part
        words = ""
    if words:
        yield CitationPart(words)
