"""``/search``: every passage with some words, by report and heading, a page at a time."""

from dataclasses import replace
from itertools import groupby
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from indexer.records import Passage
from service.errors import ArgumentError, QuestionError, UnknownFilterError
from service.interfaces.api.problem_kinds import INVALID, NOT_FOUND
from service.interfaces.api.problems import ProblemDetail
from service.interfaces.context import ContextDep
from service.interfaces.web.ask_query import question_query
from service.interfaces.web.block_layout import Marks, typeset_span
from service.interfaces.web.document_find import corrected_words
from service.interfaces.web.form import filter_problem, filters_from, form_of
from service.interfaces.web.passages_export import EXPORTS, PassagesExport
from service.interfaces.web.places import place_view
from service.interfaces.web.rendering import RendererDep
from service.interfaces.web.view_models.example import Example
from service.interfaces.web.view_models.form import FieldProblem, Form
from service.interfaces.web.view_models.passages import (
    HeadingGroup,
    PassagesPage,
    PassageView,
    ReportCount,
    ReportGroup,
)
from service.library import Edition
from service.outcomes import WordsOutcome
from service.pipeline.found_words import FoundPassage, FoundReport, WordMatch, WordsFound
from service.pipeline.question import clean
from service.pipeline.search_terms import Term
from service.presentation.links import Links

router = APIRouter(include_in_schema=False)

N_ON_PAGE = 20
"""Passages on one page."""
N_NAMED = 2
"""Words that passages lack up to which these are named, not counted."""
N_COUNTS = 100
"""Reports listed with their numbers of passages at most."""


class PassagesQuery(BaseModel):
    """Which passages, and which page of them.

    Attributes:
        q: The words.
        match: Passages with most of them, or with any.
        offset: Passages to pass over.
    """

    q: str = ""
    match: WordMatch = WordMatch.MOST
    offset: int = Field(default=0, ge=0, le=10**9)


PassagesQueryDep = Annotated[PassagesQuery, Query()]


@router.get("/search")
def show_passages(
    request: Request, context: ContextDep, renderer: RendererDep, query: PassagesQueryDep
) -> Response:
    """Show every passage with the words in the address."""
    params = request.query_params
    edition = context.service.edition()
    outcome = None
    error = filter_error = None
    if "q" in params:
        try:
            outcome = context.service.find_words(
                query.q,
                filters=filters_from(params),
                match=query.match,
                reader_language=renderer.interface(request).language,
            )
        except QuestionError as problem:
            error = FieldProblem(problem.code, problem.value)
        except (ArgumentError, UnknownFilterError) as problem:
            filter_error = filter_problem(params, problem)
    form = form_of(params, edition, error=error, filter_error=filter_error)
    view = PassagesView(
        query,
        question_query(params),
        context.page_links,
        language=renderer.interface(request).language,
    )
    status = INVALID.status if error or filter_error else 200
    return renderer.render(request, "passages.html", view.page(form, outcome), status=status)


@router.get("/search/export/{kind}")
def export_passages(
    kind: str,
    request: Request,
    context: ContextDep,
    renderer: RendererDep,
    query: PassagesQueryDep,
) -> Response:
    """Return all passages with the words as a file."""
    if kind not in EXPORTS:
        return renderer.error(
            request,
            ProblemDetail(NOT_FOUND, f"no file of kind {kind!r}; known are {', '.join(EXPORTS)}"),
        )
    interface = renderer.interface(request)
    filters = filters_from(request.query_params)
    outcome = context.service.find_words(
        query.q,
        filters=filters,
        match=query.match,
        reader_language=interface.language,
    )
    base_url = renderer.base_url(request)
    export = PassagesExport(
        outcome,
        words=clean(query.q),
        filters=filters,
        links=Links(base_url),
        interface=interface,
        address=f"{base_url}/search?{question_query(request.query_params)}",
    )
    return export.response(kind)


class PassagesView:
    """Makes the page of passages."""

    def __init__(
        self, query: PassagesQuery, question_and_filters: str, links: Links, *, language: str
    ) -> None:
        self._language = language
        self._query = query
        self._base = question_and_filters
        self._links = links

    def page(self, form: Form, outcome: WordsOutcome | None) -> PassagesPage:
        """Return one page; without passages where nothing was looked for."""
        found = outcome.found if outcome else None
        offset = self._query.offset
        shown = found.page(offset=offset, limit=N_ON_PAGE) if found else ()
        n_passages = found.n_passages if found else 0
        match = f"&match={self._query.match}" if self._query.match is WordMatch.ANY else ""
        file_query = f"{self._base}{match}&{urlencode({'lang': self._language})}"
        return PassagesPage(
            form=form,
            words=tuple(term.text for term in found.wanted.typed) if found else (),
            english_words=tuple(term.text for term in found.wanted.english) if found else (),
            n_missing=found.n_missing if found else 0,
            missing=_named(found.missing) if found else (),
            corrected=self._corrected(outcome),
            match=self._query.match,
            other_href=self._other_href(found),
            reports=self._reports(shown, outcome) if outcome else (),
            counts=self._counts(found) if found else (),
            first=offset + 1,
            last=offset + len(shown),
            n_passages=n_passages,
            n_any=found.n_any if found else 0,
            n_reports=len(found.reports) if found else 0,
            n_matches=found.n_matches if found else 0,
            previous_href=self._href(max(offset - N_ON_PAGE, 0)) if offset else None,
            next_href=self._href(offset + N_ON_PAGE) if offset + N_ON_PAGE < n_passages else None,
            exports=tuple((kind, f"/search/export/{kind}?{file_query}") for kind in EXPORTS),
            ask_href=f"/ask?{self._base}",
        )

    def _href(self, offset: int, match: WordMatch | None = None) -> str:
        wanted = match or self._query.match
        params = [("match", str(wanted))] if wanted is WordMatch.ANY else []
        params += [("offset", str(offset))] if offset else []
        return f"/search?{self._base}" + (f"&{urlencode(params)}" if params else "")

    def _other_href(self, found: WordsFound | None) -> str | None:
        """Return the address of the other kind of match, where that makes a difference."""
        if found is None or max(map(len, (found.wanted.typed, found.wanted.english))) < 2:  # noqa: PLR2004
            return None
        is_any = self._query.match is WordMatch.ANY
        return self._href(0, WordMatch.MOST if is_any else WordMatch.ANY)

    def _corrected(self, outcome: WordsOutcome | None) -> Example | None:
        """Return the words put right, looked for with the same filters."""
        kept = urlencode([pair for pair in parse_qsl(self._base) if pair[0] != "q"])
        address = f"/search?{kept}&q=" if kept else "/search?q="
        return corrected_words(outcome.corrected, address) if outcome else None

    def _counts(self, found: WordsFound) -> tuple[ReportCount, ...]:
        """Return the reports, each with an address that has it in the place of other reports."""
        others = [pair for pair in parse_qsl(self._base) if pair[0] != "document"]
        others += [("match", str(WordMatch.ANY))] if self._query.match is WordMatch.ANY else []
        return tuple(
            ReportCount(
                title=report.entry.info.title,
                language=report.entry.info.language,
                n_passages=len(report.passages),
                href=f"/search?{urlencode([*others, ('document', report.entry.doc_id)])}",
            )
            for report in found.reports[:N_COUNTS]
        )

    def _reports(
        self, shown: tuple[tuple[FoundReport, FoundPassage], ...], outcome: WordsOutcome
    ) -> tuple[ReportGroup, ...]:
        groups = []
        edition = outcome.edition
        names_missing = outcome.found.match is WordMatch.MOST and not _named(outcome.found.missing)
        find = urlencode({"find": self._query.q})
        for doc_id, pairs in groupby(shown, key=lambda pair: pair[0].entry.doc_id):
            found = list(pairs)
            report = found[0][0]
            passages = [(edition.index.passage(passage.row), passage) for _, passage in found]
            headings = tuple(
                _heading_group(
                    path,
                    tuple(
                        self._passage(*pair, edition, names_missing=names_missing) for pair in under
                    ),
                )
                for path, under in groupby(passages, key=lambda pair: pair[0].headings)
            )
            groups.append(
                ReportGroup(
                    place=headings[0].passages[0].place,
                    n_passages=len(report.passages),
                    n_matches=report.n_matches,
                    find_href=f"{self._links.document(doc_id)}?{find}#quote",
                    groups=headings,
                )
            )
        return tuple(groups)

    def _passage(
        self, passage: Passage, found: FoundPassage, edition: Edition, *, names_missing: bool
    ) -> PassageView:
        document = edition.document(passage.doc_id)
        span = found.new_span(document.text)
        matches = found.new_matches
        query = urlencode({"start": matches[0].start, "find": self._query.q})
        href = f"{self._links.document(passage.doc_id)}?{query}#quote"
        place = place_view(edition, self._links, passage.doc_id, span, headings=passage.headings)
        return PassageView(
            groups=typeset_span(document, span, marks=Marks(matches)),
            place=replace(place, href=href),
            n_matches=len(matches),
            missing=_named(found.missing) if names_missing else (),
            is_apparatus=found.is_apparatus,
        )


def _named(missing: tuple[Term, ...]) -> tuple[str, ...]:
    """Return the words that are lacking where they are few enough to be named."""
    return tuple(term.text for term in missing) if len(missing) <= N_NAMED else ()


def _heading_group(path: tuple[str, ...], passages: tuple[PassageView, ...]) -> HeadingGroup:
    """Return passages under their headings, without the one that the first of them begins with."""
    first = passages[0].groups[0]
    shown = "".join(run.text for run in first.blocks[0].cells[0])
    return HeadingGroup(path[:-1] if path[-1:] == (shown,) else path, passages)
