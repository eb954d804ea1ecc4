"""``/ask``: the answer as a page, and as files to take away."""

import re
from dataclasses import replace
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import QueryParams
from starlette.responses import Response

from service.errors import PermalinkError
from service.interfaces.api.dependencies import InRoom, Room
from service.interfaces.api.problems import INVALID, NOT_FOUND, Trouble
from service.interfaces.api.responses import Presenter
from service.interfaces.web.address import CannotAsk, asking_query, outcome_of
from service.interfaces.web.answer_page import (
    EXPORTS,
    Around,
    PermanentLink,
    answer_page,
    refusal_page,
    take_away,
)
from service.interfaces.web.form import form_of
from service.interfaces.web.localisation import Interface
from service.interfaces.web.pages import OnPages, Pages, start_page
from service.library import Edition
from service.presentation.bibliography import FORMATS, Reference
from service.presentation.links import Links
from service.presentation.memo import MEDIA_TYPE, Memo, MemoQuote, MemoSource, docx_bytes
from service.presentation.permalinks import parse_sealed
from service.presentation.wording import escape_markdown, without_list_marker
from service.records import Answer, Citation

router = APIRouter(include_in_schema=False)

_SLUG = re.compile(r"[^a-z0-9]+")
N_SLUG_CHARS = 50


@router.get("/ask")
def ask(request: Request, room: InRoom, pages: OnPages) -> Response:
    """Answer the question in the address."""
    params = request.query_params
    if "q" not in params:
        return RedirectResponse("/", status_code=303)
    edition = room.library.current()
    outcome = outcome_of(params, room, edition)
    if isinstance(outcome, CannotAsk):
        return _asked_wrongly(request, pages, edition, outcome)
    presenter = room.page_presenter(edition)
    around = _around(request, room, pages, edition)
    if isinstance(outcome, Answer):
        return pages.render(request, "answer.html", answer_page(outcome, around, presenter))
    return pages.render(request, "refusal.html", refusal_page(outcome, around, presenter))


@router.get("/ask/export/{kind}")
def export(kind: str, request: Request, room: InRoom, pages: OnPages) -> Response:
    """Give the answer as a file; where there is none, lead to the page that says so."""
    if kind not in EXPORTS:
        return pages.error(
            request, Trouble(NOT_FOUND, f"no file of kind {kind!r}; known are {', '.join(EXPORTS)}")
        )
    params = request.query_params
    edition = room.library.current()
    outcome = outcome_of(params, room, edition)
    if not isinstance(outcome, Answer):
        return RedirectResponse(f"/ask?{asking_query(params)}", status_code=303)
    around = _around(request, room, pages, edition)
    links = Links(around.base, serve_files=room.settings.serve_files)
    presenter = Presenter(edition, links, room.wording)
    exporting = _Exporting(outcome, around, presenter, pages.interface(request))
    body, media_type = exporting.file(kind)
    name = f"cita-{_slug(outcome.question.text)}.{kind}"
    return Response(
        body,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


class _Exporting:
    """Writes one answer as a file of each kind."""

    def __init__(
        self, answer: Answer, around: Around, presenter: Presenter, interface: Interface
    ) -> None:
        self._answer = replace(answer, language=around.language)
        self._presenter = presenter
        self._words = interface.words
        self._taken = take_away(answer, around, presenter)
        self._day = interface.date(self._taken.built_at)

    def file(self, kind: str) -> tuple[bytes, str]:
        """Return the bytes and their media type."""
        if kind == "docx":
            return docx_bytes(self._memo()), MEDIA_TYPE
        if kind == "md":
            return self._markdown().encode(), "text/markdown; charset=utf-8"
        write, media_type = FORMATS[kind]
        return write(self._references()).encode(), f"{media_type}; charset=utf-8"

    def _note(self) -> str:
        form = self._words.gettext("Quoted by Cita from its index of %(day)s (%(fingerprint)s).")
        return form % {"day": self._day, "fingerprint": self._taken.fingerprint}

    def _markdown(self) -> str:
        said = self._presenter.wording.answer(self._answer, self._presenter.links)
        title = escape_markdown(self._answer.question.text)
        link = f"[{self._words.gettext('Permanent link')}]({self._taken.permalink})"
        return "\n\n".join([f"# {title}", said, self._note(), link]) + "\n"

    def _memo(self) -> Memo:
        gettext = self._words.gettext
        citations = self._answer.citations
        return Memo(
            question=self._answer.question.text,
            language=self._answer.language,
            lead=gettext("The reports say:"),
            quotes=tuple(
                MemoQuote(each.number, without_list_marker(each.quote), each.document.info.language)
                for each in citations
            ),
            sources_title=gettext("Sources"),
            sources=tuple(
                MemoSource(
                    each.number,
                    self._source(each),
                    self._presenter.links.quote(each.document, each.span),
                )
                for each in citations
            ),
            open_words=gettext("Open in the report"),
            note=self._note(),
            permalink_words=gettext("Permanent link"),
            permalink=self._taken.permalink,
        )

    def _source(self, citation: Citation) -> str:
        info = citation.document.info
        year = str(info.year) if info.year else self._words.gettext("no date")
        parts = [info.title, info.publisher, year, self._page(citation)]
        return ", ".join(part for part in parts if part)

    def _page(self, citation: Citation) -> str:
        if citation.page is None:
            return ""
        if citation.page_end and citation.page_end > citation.page:
            both = {"first": citation.page, "last": citation.page_end}
            page = self._words.gettext("pp. %(first)s–%(last)s") % both
        else:
            page = self._words.gettext("p. %(page)s") % {"page": citation.page}
        if citation.page_label is None:
            return page
        printed = self._words.gettext("(printed %(label)s)") % {"label": citation.page_label}
        return f"{page} {printed}"

    def _references(self) -> tuple[Reference, ...]:
        """Return one reference a report, with the pages that are quoted."""
        pages: dict[str, list[str]] = {}
        cited = {}
        for citation in self._answer.citations:
            cited[citation.document.doc_id] = citation.document
            page = self._page(citation)
            noted = pages.setdefault(citation.document.doc_id, [])
            if page and page not in noted:
                noted.append(page)
        return tuple(
            Reference(
                doc_id=doc_id,
                info=document.info,
                url=self._presenter.links.document(doc_id),
                note="; ".join(pages[doc_id]),
            )
            for doc_id, document in cited.items()
        )


def _around(request: Request, room: Room, pages: Pages, edition: Edition) -> Around:
    params = request.query_params
    return Around(
        form=form_of(params, edition),
        language=pages.interface(request).language,
        query=asking_query(params),
        base=pages.base(request),
        link=_link(params),
        stores=room.settings.collect_feedback,
    )


def _link(params: QueryParams) -> PermanentLink | None:
    """Return what a permanent link carries, or ``None`` where the address is not one."""
    if "on" not in params and "cited" not in params:
        return None
    try:
        return PermanentLink(
            made_on=date.fromisoformat(params.get("on", "")).isoformat(),
            made_from=params.get("index", ""),
            sealed=parse_sealed(params.getlist("cited")),
        )
    except (PermalinkError, ValueError):
        return PermanentLink(made_on="", made_from="", sealed=None)


def _asked_wrongly(request: Request, pages: Pages, edition: Edition, wrong: CannotAsk) -> Response:
    form = form_of(request.query_params, edition, error=wrong.question, filter_error=wrong.filters)
    page = start_page(request, pages, edition, form)
    return pages.render(request, "start.html", page, status=INVALID.status)


def _slug(text: str) -> str:
    return _SLUG.sub("-", text.lower())[:N_SLUG_CHARS].strip("-") or "answer"
