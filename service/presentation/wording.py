"""Puts answers and refusals into words with the templates of ``prompts/``; writes no fact."""

import math
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from indexer.records import BlockKind, Document, Span
from indexer.segmentation.table_cells import cells_of
from indexer.store.protocol import StoredIndex
from service.outcomes import Outcome
from service.pipeline.citing import citation_of
from service.pipeline.confidence import Support
from service.pipeline.facets import Coverage, FacetValue
from service.pipeline.notices import Notice, NoticeCode
from service.presentation.citation_words import page_words
from service.presentation.cited_works import (
    CitationPart,
    CitedWork,
    citation_parts,
    containing_work,
    own_work,
    restated_work,
)
from service.presentation.copied_words import copied
from service.presentation.links import Links
from service.records import Answer, Citation, Refusal, RefusalCode

PROMPTS_DIR = Path(__file__).resolve().parents[2] / "prompts"
ANSWER_TEMPLATES = {
    "markdown": "answer.md.j2",
    "text": "answer.txt.j2",
    "html": "answer.html.j2",
}
"""For each format that an answer can be had in, its template."""
N_NAMED = 6
"""Countries or themes named at most when saying what the corpus covers; the rest are counted."""

_MARKDOWN = re.compile(r"([\\`*\[\]<>~|]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|!(?=\[))")
_BLOCK_START = re.compile(r"^(\s*)([-+#=]|\d+(?=[.)](?:\s|$)))")


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the list of sources, as the templates see it.

    Attributes:
        number: The ``[1]`` in the text.
        works: What is cited.
        found_in: Where the quote stands, if it restates the works; else ``None``.
        parts: The citation in parts, a full stop at its end.
        href: Opens the report there.
    """

    number: int
    works: tuple[CitedWork, ...]
    found_in: CitedWork | None
    parts: tuple[CitationPart, ...]
    href: str


@dataclass(frozen=True, slots=True)
class WordPassages:
    """A word of a refused question and the passages that have it.

    Attributes:
        text: As typed.
        n_passages: How many there are.
        href: Shows them.
    """

    text: str
    n_passages: int
    href: str


@dataclass(frozen=True, slots=True)
class NearLine:
    """One line of what comes nearest to a refused question.

    Attributes:
        source: Where it stands, cited as a quote of an answer is.
        language: Of the report, ISO 639-1.
        sentence: What may answer, as it is copied; empty where a passage as a whole is named.
        columns: What the cells of the sentence are, where it is a row of a table.
    """

    source: Source
    language: str
    sentence: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nearest:
    """What comes nearest to a refused question, as the templates and the chats see it.

    Attributes:
        lead: What stands above the lines.
        lines: One for each passage, or, where the first may answer, for each of their sentences.
        may_answer: Whether that is so.
    """

    lead: str
    lines: tuple[NearLine, ...]
    may_answer: bool


class Wording:
    """The templates and the words of each language, loaded once."""

    def __init__(self) -> None:
        self._words = words_by_language()
        # Markdown and plain text are not HTML; the filters escape for Markdown.
        self._templates = Environment(
            loader=FileSystemLoader(PROMPTS_DIR),
            autoescape=select_autoescape(("html.j2",), default_for_string=False),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["md"] = escape_markdown
        self._templates.filters["md_paragraphs"] = escape_markdown_paragraphs
        self._templates.filters["md_quote"] = quote_markdown

    def words(self, language: str) -> Mapping[str, str]:
        """Return the words of a language by their names in ``words.toml``."""
        return self._words[language]

    def sources(self, answer: Answer, links: Links) -> tuple[Source, ...]:
        """Return the sources of an answer, one for each quote."""
        words = self._words[answer.language]
        return tuple(source_of(citation, words, links) for citation in answer.citations)

    def answer(self, answer: Answer, links: Links, *, template: str = "answer.md.j2") -> str:
        """Return the quotes, best first, marked ``[1]``, ``[2]``, and their sources."""
        words = self._words[answer.language]
        text = self._templates.get_template(template).render(
            words=words, quotes=answer.quotes, sources=self.sources(answer, links)
        )
        return text.strip()

    def refusal(self, refusal: Refusal, coverage: Coverage) -> str:
        """Return why there is no answer, and what the corpus does cover."""
        reason = refusal_reason(refusal, self._words[refusal.language])
        text = self._templates.get_template("refusal.md.j2").render(
            reason=reason, coverage=self.coverage(coverage, refusal.language)
        )
        return text.strip()

    def chat_answer(
        self, text: str, *, understood: Sequence[str], support: str, notices: Sequence[str]
    ) -> str:
        """Return an answer and its notices as one Markdown message.

        Args:
            text: The answer, as `answer` puts it into Markdown.
            understood: Notices that stand above it: how the question was understood.
            support: How well it is supported, as `support` says it.
            notices: Those below it.
        """
        template = self._templates.get_template("chat_answer.md.j2")
        return template.render(
            understood=understood, answer=text, support=support, notices=notices
        ).strip()

    def word_passages(self, refusal: Refusal, links: Links) -> tuple[WordPassages, ...]:
        """Return the words of a refused question that reports have, and where."""
        filters, language = refusal.question.filters, refusal.language
        return tuple(
            WordPassages(
                word.text, word.n_passages, links.passages(word.text, filters, language=language)
            )
            for word in refusal.words.counted
        )

    def nearest(self, refusal: Refusal, index: StoredIndex, links: Links) -> Nearest:
        """Return what comes nearest to a refused question, cited as in an answer."""
        words, may_answer = self._words[refusal.language], refusal.may_answer
        places = [
            (scored.passage, span)
            for scored in refusal.nearest
            for span in (scored.likeliest if may_answer else (scored.passage.span,))
        ]
        lines = []
        for number, (passage, span) in enumerate(places, start=1):
            entry = index.entry(passage.doc_id)
            citation = citation_of(span, passage, entry=entry, index=index, number=number)
            if not may_answer:  # a passage may restate a dozen sections
                citation = replace(citation, restated=())
            source = source_of(citation, words, links)
            line = NearLine(source, citation.document.info.language)
            if may_answer:
                columns = _columns(index.document(passage.doc_id), span)
                line = replace(line, sentence=copied(citation.quote), columns=columns)
            lines.append(line)
        lead = words["nearest_may_answer" if may_answer else "nearest"]
        return Nearest(lead, tuple(lines), may_answer=may_answer and bool(lines))

    def whole_refusal(
        self, outcome: Outcome, refusal: Refusal, links: Links, *, template: str
    ) -> str:
        """Return what `refusal` says, with notices, where the words stand, what comes nearest."""
        above, below = self.notices(outcome)
        text = self._templates.get_template(template).render(
            words=self._words[refusal.language],
            refusal=self.refusal(refusal, outcome.coverage),
            notices=[*above, *below],
            passages=self.word_passages(refusal, links),
            may_answer=refusal.may_answer,
            find_nearest=partial(self.nearest, refusal, outcome.edition.index, links),
        )
        return text.strip()

    def support(self, support: Support, language: str) -> str:
        """Say how well an answer is supported, as the page does: in words, without a number."""
        return self._words[language][f"support_{support}"]

    def grounded_prompt(self, result: Answer | Refusal, links: Links) -> str:
        """Return the prompt by which a language model answers from the quotes alone."""
        answer = result if isinstance(result, Answer) else None
        words = self._words["en"]  # the instructions are English, whatever the answer is
        citations = answer.citations if answer else ()
        text = self._templates.get_template("grounded_prompt.md.j2").render(
            question=result.question.text,
            language=language_name(result.language, "en"),
            quotes=answer.quotes if answer else (),
            sources=[source_of(citation, words, links) for citation in citations],
        )
        return text.strip()

    def notice(self, notice: Notice, language: str, *, titles: Mapping[str, str]) -> str:
        """Return what a notice says, in plain text.

        Args:
            notice: The notice.
            language: Language of the words.
            titles: Title of each report of the index, by its id.
        """
        names = {
            NoticeCode.SIDE_MISSING: [
                *(country_name(code, language) for code in notice.countries),
                *notice.sides,
            ],
            NoticeCode.FIGURES_DIFFER: [f"[{number}]" for number in notice.citations],
            NoticeCode.QUESTION_MISSING: _quoted(notice.questions),
            NoticeCode.NOT_DEFINED: _quoted([notice.term]),
            NoticeCode.LANGUAGE: [_language_in_text(code, language) for code in notice.languages],
        }.get(notice.code, [])
        newer = _quoted(titles.get(doc_id, doc_id) for doc_id in notice.newer)
        within = "_within" if notice.is_one_report else ""
        return self._words[language][f"notice_{notice.code}{within}"].format(
            names=_listed(names, language),
            title=titles.get(notice.doc_id, notice.doc_id),
            newer=_listed(newer, language),
            question=notice.question,
        )

    def notices(self, outcome: Outcome) -> tuple[list[str], list[str]]:
        """Return what stands above the quotes: how the question was understood; and what below."""
        language, titles = outcome.result.language, outcome.edition.titles
        above: list[str] = []
        below: list[str] = []
        for notice in outcome.notices:
            texts = above if notice.code is NoticeCode.UNDERSTOOD_AS else below
            texts.append(self.notice(notice, language, titles=titles))
        return above, below

    def coverage(self, coverage: Coverage, language: str) -> tuple[str, ...]:
        """Say, a sentence each, how many reports there are, from when, and about what."""
        words = self._words[language]
        countries = [
            country_name(facet.value, language) for facet in coverage.facets["country"][:N_NAMED]
        ]
        themes = [theme_name(facet.value, language) for facet in coverage.facets["theme"][:N_NAMED]]
        sentences = [_counted(coverage, words)]
        for key, names in (("countries", countries), ("themes", themes)):
            if names:
                facet = {"countries": "country", "themes": "theme"}[key]
                named = [*names, *_rest(coverage.facets[facet], words)]
                sentences.append(words[key].format(names=_listed(named, language)))
        return tuple(sentences)


def _columns(document: Document, span: Span) -> tuple[str, ...]:
    """Return the headings of a table whose row begins where a sentence does, none of other text."""
    block = document.blocks[document.block_number_at(span.start)]
    if block.kind is not BlockKind.TABLE_ROW or block.lead is None:
        return ()
    return cells_of(block.lead.of(document.text))


def source_of(citation: Citation, words: Mapping[str, str], links: Links) -> Source:
    """Return what a citation cites, and where it opens."""
    document = citation.document
    own = own_work(
        document.info,
        words=words,
        headings=citation.headings,
        page=page_words(citation.page, citation.page_end, citation.page_label, words=words),
        superseded=bool(document.superseded_by),
    )
    works = tuple(restated_work(section, words=words) for section in citation.restated) or (own,)
    found_in = containing_work(own, document.info) if citation.restated else None
    return Source(
        number=citation.number,
        works=works,
        found_in=found_in,
        parts=citation_parts(works, found_in, found_in_words=words["found_in"]),
        href=links.quote(document, citation.span),
    )


def refusal_reason(refusal: Refusal, words: Mapping[str, str]) -> str:
    """Return why there is no answer, and what is missing where that is known."""
    code, language, nowhere = refusal.code, refusal.language, refusal.words.nowhere
    if code is RefusalCode.OUTSIDE_CORPUS and not refusal.unknown:
        code = RefusalCode.NOTHING_RELEVANT
    kind = refusal.missing.kind
    missing = [word for word in refusal.missing.words if word not in nowhere]
    form = words["not_sure" if refusal.may_answer else f"missing_{kind}" if kind else code]
    reason = form.format(
        names=_listed(_quoted(refusal.unknown), language),
        language=_language_in_text(refusal.question.language, language),
        confidence=_percent(math.floor(refusal.confidence * 100), language),
        required=_percent(math.ceil((refusal.required or 0) * 100), language),
    )
    if nowhere:
        single = "no_report_has_phrase" if " " in nowhere[0] else "no_report_has_word"
        form = words[single if len(nowhere) == 1 else "no_report_has_words"]
        reason = f"{reason} {form.format(names=', '.join(_quoted(nowhere)))}"
    if refusal.may_answer or not missing:  # what may answer does so in other words
        return reason
    form = words["missing_word" if len(missing) == 1 else "missing_words"]
    return f"{reason} {form.format(names=_listed(_quoted(missing), language))}"


def escape_markdown(text: str) -> str:
    """Return ``text`` so that Markdown shows just it: a report's words must not be markup."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split("\n")))


def escape_markdown_line(text: str) -> str:
    """Do the same for ``text`` that begins a line, where ``-`` or ``1.`` would make a list."""
    return _BLOCK_START.sub(_escape_marker, escape_markdown(text))


def escape_markdown_paragraphs(text: str) -> str:
    """Return plain text so that Markdown shows just it, paragraph by paragraph."""
    return "\n\n".join(escape_markdown_line(part) for part in text.split("\n\n"))


def quote_markdown(text: str) -> str:
    """Return ``text`` as a Markdown quotation, each of its lines a paragraph."""
    lines = [line for line in text.split("\n") if line.strip()]
    return "\n>\n".join(f"> {escape_markdown_line(line)}" for line in lines)


def country_name(code: str, language: str) -> str:
    """Return a country's name in ``language``; the code itself where there is none."""
    return _territories(language).get(code, code)


def language_name(code: str, language: str) -> str:
    """Return a language's name in ``language``; the code itself where there is none."""
    from babel import Locale  # noqa: PLC0415 - half the start of the command line, seldom needed

    name = str(Locale(language).languages.get(code, code))
    return name[:1].upper() + name[1:]


def theme_name(theme: str, language: str) -> str:
    """Return a theme of a catalogue in words of ``language``; its own where there are none."""
    return _themes().get(language, {}).get(theme, theme.replace("-", " "))


@cache
def words_by_language() -> dict[str, dict[str, str]]:
    """Return the words of each language by their names in ``words.toml``."""
    return tomllib.loads((PROMPTS_DIR / "words.toml").read_text("utf-8"))


@cache
def _themes() -> dict[str, dict[str, str]]:
    return tomllib.loads((PROMPTS_DIR / "themes.toml").read_text("utf-8"))


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale  # noqa: PLC0415 - as above

    return dict(Locale(language).territories)


def _quoted(names: Iterable[str]) -> list[str]:
    return [f"“{name}”" for name in names]


def _language_in_text(code: str, language: str) -> str:
    """Return a language's name as it is written inside a sentence."""
    name = language_name(code, language)
    return name if language == "en" else name.lower()


def _percent(number: int, language: str) -> str:
    from babel.numbers import format_percent  # noqa: PLC0415 - as above

    return format_percent(number / 100, locale=language)


def _counted(coverage: Coverage, words: dict[str, str]) -> str:
    years = ""
    if coverage.first_year is not None:
        is_one_year = coverage.first_year == coverage.last_year
        years = words["years_one" if is_one_year else "years_many"].format(
            first=coverage.first_year, last=coverage.last_year
        )
    kind = "coverage" if coverage.n_all is None else "filtered"
    form = words[f"{kind}_one" if coverage.n_documents == 1 else f"{kind}_many"]
    return form.format(n=coverage.n_documents, all=coverage.n_all, years=years)


def _rest(facets: Sequence[FacetValue], words: dict[str, str]) -> list[str]:
    n_more = len(facets) - N_NAMED
    return [words["more"].format(n=n_more)] if n_more > 0 else []


def _listed(names: Iterable[str], language: str) -> str:
    from babel.lists import format_list  # noqa: PLC0415 - as above

    return format_list(list(names), locale=language)


def _escape_marker(match: re.Match[str]) -> str:
    marker = match[2]
    return f"{match[1]}{marker}\\" if marker.isdigit() else f"{match[1]}\\{marker}"
