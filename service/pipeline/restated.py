"""What a quote restates: the sections of reports that its references name.

A brief ends each statement with its references, ``(Guide, Box 3; IOM talk, Question 3)``, and a row
of a table with a cell of them. Who cites the brief's statement cites those sections.
"""

import re
from collections.abc import Iterator, Sequence

from indexer.folding import folded
from indexer.records import BlockKind, Document, SourceReport
from indexer.store.protocol import SearchIndex
from service.records import Citation, RestatedSection

_HEADS = (BlockKind.HEADING, BlockKind.CAPTION)


def restated_sections(
    text: str, sources: Sequence[SourceReport], index: SearchIndex
) -> tuple[RestatedSection, ...]:
    """Return the sections that the references in a text name, each once, in order.

    Args:
        text: A quote.
        sources: The reports that its document restates.
        index: Where their pages are looked up, if they are there themselves.
    """
    found = dict.fromkeys(_references(text, sources))
    return tuple(
        RestatedSection(source, section, *_page(source, section, index))
        for source, section in found
    )


def sources_of(citation: Citation) -> frozenset[str]:
    """Return the ids of the reports that say what is cited: those restated, else its own."""
    restated = frozenset(section.report.doc_id for section in citation.restated)
    return restated or frozenset((citation.document.doc_id,))


def places_by_source(citations: Sequence[Citation]) -> tuple[tuple[int, ...], ...]:
    """Return which of the citations are of one report, as indices, in the order of the first ones.

    What restates a report is of it, whatever document it stands in; what restates two of them
    makes these one, since it does not tell which of them says what.
    """
    groups: list[tuple[frozenset[str], tuple[int, ...]]] = []
    for place, citation in enumerate(citations):
        sources = sources_of(citation)
        together: tuple[int, ...] = (place,)
        apart = []
        for others, earlier in groups:
            if sources.isdisjoint(others):
                apart.append((others, earlier))
            else:
                sources, together = sources | others, (*earlier, *together)
        groups = [*apart, (sources, together)]
    return tuple(sorted(tuple(sorted(together)) for _, together in groups))


def restated_reports(text: str, sources: Sequence[SourceReport]) -> tuple[SourceReport, ...]:
    """Return the reports that the references in a text name, each once, in order."""
    return tuple(dict.fromkeys(source for source, _ in _references(text, sources)))


def _references(text: str, sources: Sequence[SourceReport]) -> Iterator[tuple[SourceReport, str]]:
    by_name = {source.short_name: source for source in sources}
    if not by_name:
        return
    names = "|".join(re.escape(name) for name in sorted(by_name, key=len, reverse=True))
    pattern = rf"(?:^|(?<=[(|;])) ?(?P<name>{names}), (?P<section>[^;()|\n]+?)(?= ?(?:[;)|\n]|$))"
    for match in re.finditer(pattern, text, re.MULTILINE):
        yield by_name[match["name"]], match["section"]


def _page(source: SourceReport, section: str, index: SearchIndex) -> tuple[int | None, str | None]:
    """Return the page of a section and what is printed on it, where the report is at hand."""
    try:
        document = index.document(source.doc_id)
    except KeyError:
        return None, None
    start = _start(document, section)
    page = None if start is None else document.page_at(start)
    return page, document.page_label(page)


def _start(document: Document, section: str) -> int | None:
    """Return where the heading or caption of a section begins; ``None`` if none is called so."""
    wanted = re.compile(re.escape(folded(section)) + r"(?:[.:]?\s|[.:]?$)")
    heads = (
        block.span for block in document.blocks if block.kind in _HEADS and not block.is_apparatus
    )
    return next(
        (span.start for span in heads if wanted.match(folded(span.of(document.text)))), None
    )
