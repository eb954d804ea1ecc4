"""Checks an answer that somebody else wrote against the quotes that it cites, by rule.

    answer ─▶ sentences ─▶ numbers in brackets, words in quotation marks, figures ─▶ findings

It tells what can be told without judging meaning: a sentence without findings may still be wrong.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.records import Span
from indexer.segmentation.sentences import sentence_spans
from service.pipeline.figure_comparison import figures_of, normalised_figure
from service.pipeline.question_language import language_of
from service.pipeline.years import years_in

_MARK = re.compile(r"\[(\d{1,4}(?:\s*[,;]\s*\d{1,4})*)\]", re.ASCII)
_LEADING_MARKS = re.compile(rf"(?:\s*{_MARK.pattern})+\s*", re.ASCII)
_QUOTATION = re.compile('“([^“”]+)”|"([^"]+)"|«([^«»]+)»')
_MIN_QUOTED_WORDS = 3
"""Fewer words in quotation marks are a name or a turn of phrase, not a quote."""
_SINGLE_FIGURE = re.compile(r"(?<![\w.,])\d(?![\w.,]*\d)(?!\w)", re.ASCII)


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """One sentence of an answer.

    Attributes:
        span: Where it stands in the answer, with its numbers in brackets.
        citations: Numbers in brackets that are citations, in order, each once.
        unknown_citations: Numbers in brackets that are not.
        altered_quotes: What it has in quotation marks and what stands in no quote word for word.
        unsupported_figures: Figures and years that stand in none of the quotes that it cites.
    """

    span: Span
    citations: tuple[int, ...]
    unknown_citations: tuple[int, ...]
    altered_quotes: tuple[str, ...]
    unsupported_figures: tuple[str, ...]

    @property
    def is_supported(self) -> bool:
        """Tell whether it cites a quote and nothing is amiss."""
        amiss = (*self.unknown_citations, *self.altered_quotes, *self.unsupported_figures)
        return bool(self.citations) and not amiss


@dataclass(frozen=True, slots=True)
class Statement:
    """A text in its language.

    Attributes:
        text: Word for word.
        language: ISO 639-1; it tells which figures have thousands.
    """

    text: str
    language: str = "en"


def check_answer(answer: str, quotes: Mapping[int, Statement]) -> tuple[CheckedSentence, ...]:
    """Check each sentence of an answer.

    Args:
        answer: Any text; its numbers in brackets refer to ``quotes``.
        quotes: What stands in the reports, by its number.
    """
    language = language_of(answer)
    return tuple(
        _checked(span, Statement(span.of(answer), language), quotes)
        for span in _sentences(answer, language)
    )


def _checked(span: Span, sentence: Statement, quotes: Mapping[int, Statement]) -> CheckedSentence:
    numbers = dict.fromkeys(
        int(number)
        for mark in _MARK.finditer(sentence.text)
        for number in re.findall(r"\d+", mark[1])
    )
    cited = tuple(number for number in numbers if number in quotes)
    words = _MARK.sub(" ", sentence.text)
    return CheckedSentence(
        span=span,
        citations=cited,
        unknown_citations=tuple(number for number in numbers if number not in quotes),
        altered_quotes=_altered(words, [quote.text for quote in quotes.values()]),
        unsupported_figures=_unsupported(
            replace(sentence, text=words), [quotes[number] for number in cited]
        ),
    )


def _altered(words: str, quotes: Sequence[str]) -> tuple[str, ...]:
    known = [_spaced(quote) for quote in quotes]
    quotations = [next(filter(None, match.groups())) for match in _QUOTATION.finditer(words)]
    return tuple(
        quotation
        for quotation in quotations
        if len(quotation.split()) >= _MIN_QUOTED_WORDS
        and not any(_spaced(quotation).rstrip(".,;") in quote for quote in known)
    )


def _unsupported(sentence: Statement, quotes: Sequence[Statement]) -> tuple[str, ...]:
    """Return the figures of a sentence that no quote has, neither by value nor as written."""
    as_written = {figure for quote in quotes for figure in _figures(quote.text)}
    values = {
        normalised_figure(figure, quote.language)
        for quote in quotes
        for figure in _figures(quote.text)
    }
    return tuple(
        figure
        for figure in dict.fromkeys(_figures(sentence.text))
        if figure not in as_written and normalised_figure(figure, sentence.language) not in values
    )


def _figures(text: str) -> Iterator[str]:
    yield from figures_of(text)
    yield from years_in(text)
    yield from _SINGLE_FIGURE.findall(text)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _sentences(answer: str, language: str) -> Iterator[Span]:
    """Yield the sentences; numbers behind a full stop belong to the sentence that it ends."""
    pending: Span | None = None
    start = 0
    for line in answer.splitlines(keepends=True):
        for piece in sentence_spans(line, language=language):
            span = Span(start + piece.start, start + piece.end)
            marks = _LEADING_MARKS.match(span.of(answer))
            if pending and marks:
                after = span.start + len(marks[0])
                pending = Span(pending.start, span.start + len(marks[0].rstrip()))
                if after >= span.end:
                    continue
                span = Span(after, span.end)
            if pending:
                yield pending
            pending = span
        start += len(line)
    if pending:
        yield pending
