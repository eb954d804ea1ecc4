"""Quotes a thing that a question asks for by its name: its title and what is said right under it.

A heading with nothing but its name is not quoted; a row of a table is quoted alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from indexer.records import BlockKind, Span
from indexer.segmentation.numbered_names import leading_name, leading_number
from indexer.store.protocol import Sentences
from indexer.store.records import NamedRows
from service.answer_options import AnswerOptions
from service.pipeline.candidates import CandidateSentence, may_be_quoted
from service.pipeline.named_things import NamedThings
from service.pipeline.quoting import QuotedSpan
from service.pipeline.retrieval import Retrieved
from service.records import count_words

_MAX_SENTENCES = 4
_MAX_WORDS = 90
"""Sentences and words that are quoted of one thing at most; the first sentence always is."""

_TITLES = frozenset({BlockKind.HEADING, BlockKind.CAPTION})


def named_quotes(
    named: NamedThings,
    read: Sequence[CandidateSentence],
    retrieved: Retrieved,
    sentences: Sentences,
    options: AnswerOptions,
) -> tuple[QuotedSpan, ...]:
    """Return the quotes for a thing that is asked for by its name, one a document and thing.

    Args:
        named: What the question names.
        read: Candidates, best first.
        retrieved: Where it stands among what was retrieved.
        sentences: Where rows point.
        options: How many quotes and words there may be.

    Returns:
        Best document first; none where the question asks for something else.
    """
    if not named.asks_itself:
        return ()
    if named.items:
        return tuple(_listed(named.items, retrieved, sentences, options))
    by_row = _by_row(retrieved) | {candidate.row: candidate for candidate in read}
    quotes: dict[tuple[str, int], tuple[QuotedSpan, int]] = {}
    for place in named.places:
        key = (place.key, sentences.sentence_document(place.first))
        rows = [*place.rows] if named.is_whole else _rows_to_quote(place, sentences)
        quote = _quote(rows, by_row, sentences)
        if quote is not None and key not in quotes:
            quotes[key] = quote, count_words(map(sentences.sentence_text, rows))
    ranked = sorted(quotes.values(), key=lambda counted: counted[0].best.passage)
    return tuple(_within(ranked, options))


def _by_row(retrieved: Retrieved) -> dict[int, CandidateSentence]:
    """Return every retrieved sentence, headings too, with the score of its passage."""
    scored = retrieved.sentences
    return {
        row: CandidateSentence(row, passage, retrieved.passages[passage].score)
        for row, passage in zip(map(int, scored.rows), map(int, scored.passages), strict=True)
    }


def _listed(
    items: Sequence[NamedRows], retrieved: Retrieved, sentences: Sentences, options: AnswerOptions
) -> Iterator[QuotedSpan]:
    """Yield the first sentence of each item of a list, in order, as many as there may be."""
    by_row = _by_row(retrieved)
    n_words = 0
    for number, item in enumerate(items[: options.max_items]):
        n_words += count_words([sentences.sentence_text(item.first)])
        if item.first not in by_row or (number and n_words > options.max_item_words):
            return
        span = sentences.sentence_span(item.first)
        yield QuotedSpan(sentences.sentence_document(item.first), span, by_row[item.first])


def _within(
    quotes: Iterable[tuple[QuotedSpan, int]], options: AnswerOptions
) -> Iterator[QuotedSpan]:
    """Yield the first quotes that are short enough together; the first one in any case.

    Args:
        quotes: Each with its number of words.
        options: How many quotes and words there may be.
    """
    n_words = 0
    for n_quotes, (quote, n_own) in enumerate(quotes, start=1):
        n_words += n_own
        if n_quotes > 1 and not options.allow(n_quotes=n_quotes, n_words=n_words):
            return
        yield quote


def _quote(
    rows: Sequence[int], by_row: Mapping[int, CandidateSentence], sentences: Sentences
) -> QuotedSpan | None:
    known = [by_row[row] for row in rows if row in by_row]
    if not known:
        return None
    best = max(known, key=lambda candidate: candidate.score)
    span = Span(sentences.sentence_span(rows[0]).start, sentences.sentence_span(rows[-1]).end)
    return QuotedSpan(sentences.sentence_document(rows[0]), span, best)


def _rows_to_quote(place: NamedRows, sentences: Sentences) -> list[int]:
    """Return the rows of the title, if it says something, and of the first sentences under it."""
    rows = [*place.rows]
    if not _says_something(rows[0], sentences):
        rows = rows[1:]
    chosen: list[int] = []
    n_words = n_stating = 0
    for row in rows:
        is_stating = may_be_quoted(sentences, row)
        n_words += count_words([sentences.sentence_text(row)])
        if n_stating and (n_words > _MAX_WORDS or n_stating >= _MAX_SENTENCES or not is_stating):
            break
        if is_stating or not _is_idle(row, sentences):
            chosen.append(row)
        n_stating += is_stating
    while len(chosen) > 1 and sentences.sentence_text(chosen[-1]).rstrip().endswith(":"):
        chosen.pop()
    return [*range(chosen[0], chosen[-1] + 1)] if chosen else []


def _says_something(row: int, sentences: Sentences) -> bool:
    """Tell whether a thing's first sentence is more than its name."""
    text = sentences.sentence_text(row).strip("-•*–▪◦· \t")
    name, number = leading_name(text), leading_number(text)
    rest = text[name.span.end if name else number[1] if number else 0 :]
    return any(letter.isalpha() for letter in rest)


def _is_idle(row: int, sentences: Sentences) -> bool:
    return sentences.sentence_block(row).kind not in _TITLES
