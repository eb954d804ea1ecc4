"""Chooses what to quote: the fewest sentences that answer, the likeliest first.

candidates, best first ─▶ the best for each side of a comparison before the others
                       ─▶ with the neighbour they lean on ─▶ within the budget
                       ─▶ and the sentence between two of them ─▶ neighbours joined into one quote
                       ─▶ best quote first
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from indexer.records import BlockKind, Span
from indexer.store.protocol import Sentences
from indexer.superscripts import without_superscripts
from service.answer_options import AnswerOptions
from service.pipeline.candidates import CandidateSentence, announces
from service.pipeline.facts import SAME_COSINE, adds_nothing
from service.pipeline.figure_conflicts import figures_conflict
from service.records import count_words

_JOINED_MARGIN = 0.12
"""A sentence this much worse than the best one is not quoted, even right beside a quoted one."""

_GOING_ON_MARGIN = 0.2
_AS_LIKELY = 1.0
"""Unless it goes on from one and the reader finds it hardly less likely to answer, by so much in
log-odds: views find names, and where a sentence has named a place the next one has “the city”."""

_MARGINS = (0.05, 0.02)
"""A quote of its own is made of a sentence at most this much worse than the best one: the second
quote, and each further one (docs/decisions.md, D27)."""

_MAX_LIST_WORDS = 40
"""A list's lead and the items before the one that answers are quoted with it up to this length."""

_LEAST_OF_ANOTHER = -3.0
"""Log-odds that a sentence has at least that becomes one more quote, however like the question,
unless that has several names (docs/decisions.md, D27)."""

_LEANS_BACK = re.compile(
    r"""(?: [-•–]\s+ )?
    (?: this | these | those | that | it | its | they | their | them | he | she | his | her
      | such | both | however | but | yet | nevertheless | nonetheless | instead | otherwise
      | conversely | therefore | thus | hence | consequently | accordingly | as\ a\ result
      | in\ addition | additionally | moreover | furthermore | also | likewise | similarly
      | (?:until|since|by|before|after)\ (?:then|that|this) | then
      | the\ (?:latter|former) | (?:all|both|each|most|many|some|one|none)\ of\ (?:these|those|them)
      | to\ (?:this|that)\ end | for\ (?:this|that)\ (?:reason|purpose) | (?:in|by)\ doing\ so
      | in\ contrast | for\ example | for\ instance | meanwhile | still | rather | and | or | so
      | este | esta | estos | estas | ese | esa | ello | ellos | sin\ embargo | pero | además
      | por\ lo\ tanto | hasta\ entonces | desde\ entonces | para\ ello | asimismo | por\ ejemplo
      | isso | isto | esses | essas | eles | elas | no\ entanto | porém | além\ disso | portanto
      | até\ então | desde\ então | para\ isso
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)

_SEVERAL = re.compile(
    r"\b(?:ways|steps|measures|actions|activities|reasons|examples|initiatives|programmes|programs"
    r"|projects|methods|approaches|options|strategies|strands|tools|challenges|barriers|benefits"
    r"|effects|causes|forms|kinds|types|solutions|policies|efforts|goals|aims|several|various"
    r"|a number of|two|three|four|five)\b",
    re.IGNORECASE,
)
_OPENS_LIST = re.compile(
    r"(?:one (?:of (?:these|them|the)|such|way|example|option|measure|approach|reason|is|was)"
    r"|(?:these|they|those|examples|such [a-z]+) (?:include|included|are|were|range|ranged)"
    r"|(?:some|several|a few) (?:of (?:these|them)|examples|cases)"
    r"|among (?:these|them)|first(?:ly)?,|for (?:example|instance)|namely)\b",
    re.IGNORECASE,
)
_GOES_ON_LISTING = re.compile(
    r"(?:one|another|a (?:second|third|further)|second(?:ly)?|third(?:ly)?|others?|finally|lastly)"
    r"\b",
    re.IGNORECASE,
)
"""A sentence that speaks of several things, the one behind it that begins to tell them, and those
that go on: ``… has sought ways to …. One way was …. Another was …``."""

_MOST_LISTED = 3
"""Sentences of such a list that are quoted with what speaks of it, at most."""

Chosen = Mapping[int, CandidateSentence]
"""Rows to quote, each with the candidate that it is quoted for."""


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """Neighbouring sentences that make one quote.

    Attributes:
        document: Position of the document in the index, or of the text among the caller's.
        span: Whole sentences of its text.
        best: The best of them.
        highlight: The words of the best one that answer, as a span of the quote, or ``None``.
    """

    document: int
    span: Span
    best: CandidateSentence
    highlight: Span | None = None


def choose_quotes(
    candidates: Sequence[CandidateSentence],
    sentences: Sentences,
    options: AnswerOptions,
    *,
    sides: Sequence[str] = (),
    names_several: bool = False,
) -> tuple[QuotedSpan, ...]:
    """Return what to quote, the likeliest to answer first; empty if there are no candidates.

    Args:
        candidates: Best first.
        sentences: Where their rows point.
        options: How many quotes and words there may be.
        sides: Names that the question puts side by side: each gets the best quote that has it.
        names_several: Whether the question has several names: what is said of one of them alone is
            unlikely to answer it, and quoted nevertheless.
    """
    chosen: Chosen = {}
    best = max((candidate.score for candidate in candidates), default=0.0)
    near = [candidate for candidate in candidates if candidate.score >= best - _GOING_ON_MARGIN]
    nearer = [candidate for candidate in near if candidate.score >= best - _JOINED_MARGIN]
    of_sides = _for_each_side(nearer, sentences, sides)
    for sentence in [*of_sides, *near]:
        if sentence.row in chosen or _is_repeated(sentence.row, chosen, sentences):
            continue
        for support in _with_support(sentence.row, sentences):
            extended = {**chosen, **{row: sentence for row in support if row not in chosen}}
            n_quotes, n_extended = len(_runs(chosen, sentences)), len(_runs(extended, sentences))
            is_noise = not names_several and 0 < n_quotes < n_extended and _is_unlikely(sentence)
            is_near = best - sentence.score <= _margin(n_quotes, n_extended)
            is_wanted = (
                sentence in of_sides
                or (is_near and not is_noise)
                or (n_quotes == n_extended and _goes_on_as_likely(sentence, chosen))
            )
            if is_wanted and _fits(extended, sentences, options):
                chosen = extended
                break
        if not chosen:  # rather too long or without its support than nothing
            needed = support if announces(sentences.sentence_text(sentence.row)) else [sentence.row]
            chosen = dict.fromkeys(needed, sentence)
    chosen = _with_contradiction(candidates, chosen, sentences, options)
    chosen = _with_gaps_filled(chosen, sentences, options)
    return tuple(sorted(_joined(chosen, sentences), key=lambda quote: -quote.best.score))


def _with_contradiction(
    candidates: Sequence[CandidateSentence],
    chosen: Chosen,
    sentences: Sentences,
    options: AnswerOptions,
) -> Chosen:
    """Add what says the same as the best sentence with another figure, however much less likely."""
    if not chosen:
        return chosen
    best = max(chosen.values(), key=lambda candidate: candidate.score)
    text = sentences.sentence_text(best.row)
    for candidate in candidates:
        if candidate.row in chosen or candidate.log_odds is None or _is_unlikely(candidate):
            continue
        languages = _languages(best.row, candidate.row, sentences)
        if figures_conflict(text, sentences.sentence_text(candidate.row), languages=languages):
            extended = {**chosen, candidate.row: candidate}
            return extended if _fits(extended, sentences, options) else chosen
    return chosen


def _goes_on_as_likely(sentence: CandidateSentence, chosen: Chosen) -> bool:
    """Tell whether a sentence right behind a chosen one is as likely to answer."""
    before = chosen.get(sentence.row - 1)
    if before is None or before.log_odds is None or sentence.log_odds is None:
        return False
    return sentence.log_odds >= before.log_odds - _AS_LIKELY


def _is_unlikely(candidate: CandidateSentence) -> bool:
    return candidate.log_odds is not None and candidate.log_odds < _LEAST_OF_ANOTHER


def _margin(n_quotes: int, n_extended: int) -> float:
    """Return how much worse than the best a sentence may be that makes so many quotes of so many.

    What goes on from a quote makes it fuller; one more quote is one more to read in vain.
    """
    if n_extended <= max(n_quotes, 1):
        return _JOINED_MARGIN
    return _MARGINS[min(n_extended - 2, len(_MARGINS) - 1)]


def _for_each_side(
    candidates: Sequence[CandidateSentence], sentences: Sentences, sides: Sequence[str]
) -> list[CandidateSentence]:
    """Return the best candidate for each of ``sides`` that has one; one may stand for several."""
    best: list[CandidateSentence] = []
    for side in sides:
        name = re.compile(rf"\b{re.escape(side)}\b", re.IGNORECASE)
        if not any(_names(name, candidate.row, sentences) for candidate in best):
            naming = (c for c in candidates if _names(name, c.row, sentences))
            best += [*naming][:1]
    return sorted(best, key=lambda candidate: -candidate.score)


def _names(name: re.Pattern[str], row: int, sentences: Sentences) -> bool:
    """Tell whether a sentence, or the heading right above it, has a name."""
    heading = sentences.sentence_block(row).headings[-1:]
    return any(
        name.search(without_superscripts(text)) for text in (sentences.sentence_text(row), *heading)
    )


def _with_support(row: int, sentences: Sentences) -> Iterator[list[int]]:
    """Yield a sentence with the sentences that it needs to be understood, most of them first.

    These are the sentence before it if it leans on that, the lead of a list item and, for a lead,
    its items: all of them, or the first ones; and what tells the several things it speaks of.
    """
    announced = _announced(row, sentences)
    if announced:
        for end in range(announced[-1], row, -1):
            yield [row, *range(row + 1, end + 1)]
    elif announces(sentences.sentence_text(row)):
        yield [row, row + 1]  # a candidate that announces something is followed by that
    else:
        support = _with_sentence_before(row, sentences)
        if listed := _listed_behind(row, sentences):
            yield [*support, *listed]
        yield support


def _listed_behind(row: int, sentences: Sentences) -> list[int]:
    """Return the sentences right behind one that tell the several things that it speaks of."""
    if not _SEVERAL.search(sentences.sentence_text(row)):
        return []
    listed: list[int] = []
    for after in range(row + 1, min(row + 1 + _MOST_LISTED, sentences.n_sentences)):
        pattern = _GOES_ON_LISTING if listed else _OPENS_LIST
        text = sentences.sentence_text(after)
        if not (sentences.is_same_block(row, after) and pattern.match(text)):
            break
        listed.append(after)
    return listed


def _announced(row: int, sentences: Sentences) -> range:
    """Return the items of the list that a sentence with a colon announces, if it does."""
    if not announces(sentences.sentence_text(row)):
        return range(0)
    end = row + 1
    while end < sentences.n_sentences and sentences.lead_row(end) == row:
        end += 1
    return range(row + 1, end)


def _with_sentence_before(row: int, sentences: Sentences) -> list[int]:
    support = [row]
    if (
        _LEANS_BACK.match(sentences.sentence_text(row))
        and row
        and sentences.is_same_block(row - 1, row)
    ):
        support.insert(0, row - 1)
    lead = sentences.lead_row(support[0])
    if sentences.sentence_block(row).kind is not BlockKind.LIST_ITEM or lead is None:
        return support
    # A lead by itself says nothing: it comes with all that stands between it and the item.
    whole = [*range(lead, support[0]), *support]
    is_short = _n_words(whole, sentences) <= _MAX_LIST_WORDS
    return whole if is_short else support


def _is_repeated(row: int, chosen: Chosen, sentences: Sentences) -> bool:
    """Tell whether a sentence says what a chosen one says, and no other figure, year or name."""
    if not chosen:
        return False
    vectors = sentences.sentence_vectors(np.asarray([*chosen, row]))
    text = sentences.sentence_text(row)
    return any(
        cosine > SAME_COSINE
        and adds_nothing(
            text,
            sentences.sentence_text(other),
            languages=_languages(row, other, sentences),
        )
        for other, cosine in zip(chosen, vectors[:-1] @ vectors[-1], strict=True)
    )


def _languages(row: int, other: int, sentences: Sentences) -> tuple[str, str]:
    return sentences.info_of(row).language, sentences.info_of(other).language


def _fits(chosen: Chosen, sentences: Sentences, options: AnswerOptions) -> bool:
    n_quotes = len(_runs(chosen, sentences))
    return options.allow(n_quotes=n_quotes, n_words=_n_words(chosen, sentences))


def _n_words(rows: Iterable[int], sentences: Sentences) -> int:
    return count_words(map(sentences.sentence_text, rows))


def _joined(chosen: Chosen, sentences: Sentences) -> list[QuotedSpan]:
    """Join neighbouring sentences of one block or list into one quote."""
    return [_quoted(run, chosen, sentences) for run in _runs(chosen, sentences)]


def _runs(chosen: Chosen, sentences: Sentences) -> list[list[int]]:
    runs: list[list[int]] = []
    for row in sorted(chosen):
        if runs and row == runs[-1][-1] + 1 and _goes_on(row, sentences):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _with_gaps_filled(chosen: Chosen, sentences: Sentences, options: AnswerOptions) -> Chosen:
    """Add a sentence that alone stands between two chosen ones: they read better as one quote."""
    for run, following in pairwise(_runs(chosen, sentences)):
        between = run[-1] + 1
        if following[0] != between + 1 or not all(
            _goes_on(row, sentences) for row in (between, following[0])
        ):
            continue
        nearer = max((chosen[run[-1]], chosen[following[0]]), key=lambda sentence: sentence.score)
        extended = {**chosen, between: nearer}
        if _fits(extended, sentences, options):
            chosen = extended
    return chosen


def _goes_on(row: int, sentences: Sentences) -> bool:
    """Tell whether a sentence stands in one block or list with the one before it.

    So does what is announced with what announces it; a table row is a quote by itself.
    """
    if sentences.is_same_block(row - 1, row):
        return True
    if sentences.sentence_block(row).kind is BlockKind.TABLE_ROW:
        return False
    is_same = sentences.sentence_document(row - 1) == sentences.sentence_document(row)
    if is_same and announces(sentences.sentence_text(row - 1)):
        return True
    lead = sentences.lead_row(row)
    return lead is not None and lead in (row - 1, sentences.lead_row(row - 1))


def _quoted(run: Sequence[int], chosen: Chosen, sentences: Sentences) -> QuotedSpan:
    best = max((chosen[row] for row in run), key=lambda sentence: sentence.score)
    start = sentences.sentence_span(run[0]).start
    span = Span(start, sentences.sentence_span(run[-1]).end)
    highlight = best.highlight if best.row in run else None
    if highlight is not None:
        shift = sentences.sentence_span(best.row).start - start
        highlight = Span(highlight.start + shift, highlight.end + shift)
    return QuotedSpan(sentences.sentence_document(run[0]), span, best, highlight)
