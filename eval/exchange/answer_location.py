"""Finds where an answer stands in the index: which document, which page, which sentences.

cell "document" ─▶ entry ─┐
cell "page" ──────────────┼─▶ places of the answer ─▶ the sentences around it, once in the text
cell "answer" ────────────┘
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import PurePosixPath

from eval.errors import NotFoundError
from eval.word_matching import content_stems, fold, holds, occurrences, words
from indexer.records import BlockKind, Document, Span
from indexer.store.protocol import StoredIndex
from indexer.store.records import DocumentEntry

_WORD = re.compile(r"[^\W_]+")
_SHOWN_CHARS = 160


@dataclass(frozen=True, slots=True)
class Place:
    """Place of an answer in the index.

    Attributes:
        doc_id: The document.
        quote: Whole sentences of its text, which stand there once.
        span: Where.
        page: Physical page of their first character, ``None`` where there are no pages.
        spelling: The answer in the document's own spelling.
        n_rivals: Other places that hold the answer and are as near to the question.
    """

    doc_id: str
    quote: str
    span: Span
    page: int | None
    spelling: str
    n_rivals: int = 0


def find_document(index: StoredIndex, name: str) -> DocumentEntry:
    """Return the document that a sheet names by id, title, file name or identifier.

    Case, accents and punctuation do not matter, and a title may be cut where it stays clear.

    Raises:
        NotFoundError: None is called so, or several may be; names the nearest ones.
    """
    wanted = _plain(name)
    named = {at: _names(entry) for at, entry in enumerate(index.documents)}
    for fits in (str.__eq__, str.startswith, str.__contains__):
        matching = [
            at for at, names in named.items() if any(fits(own_name, wanted) for own_name in names)
        ]
        if len(matching) == 1:
            return index.documents[matching[0]]
        if matching:
            ids = ", ".join(index.documents[at].doc_id for at in matching[:4])
            raise NotFoundError(
                f"“{name}” may be any of {len(matching)} documents: {ids}; name one"
            )
    hint = _nearest_document(index, named, wanted)
    raise NotFoundError(f"no document of the index is called “{name}”{hint}")


def find_answer(
    index: StoredIndex, answer: str, *, entries: Sequence[DocumentEntry], page: str, question: str
) -> Place:
    """Return the place of an answer; of several on a page, the one nearest the question.

    Args:
        index: Where to look.
        answer: A short string or whole sentences; white space, case and punctuation may differ.
        entries: Documents that may hold it.
        page: Physical page or the number printed on it; empty for any.
        question: What was asked, also in English.

    Raises:
        NotFoundError: It stands nowhere, or not on that page, or in several documents; says where
            it does stand, or which sentence comes nearest.
    """
    if not words(answer):
        raise NotFoundError(f"“{answer}” has no words; copy the answer from the document")
    places = [place for entry in entries for place in _places(index, entry, answer)]
    if not places:
        raise NotFoundError(_not_found_message(index, entries, answer))
    on_page = [place for place in places if not page or _is_on(index, place, page)]
    if not on_page:
        elsewhere = ", ".join(
            dict.fromkeys(_page_description(index, place) for place in places[:4])
        )
        raise NotFoundError(f"it does not stand on page {page}, but on {elsewhere}")
    doc_ids = list(dict.fromkeys(place.doc_id for place in on_page))
    if len(doc_ids) > 1:
        raise NotFoundError(
            f"it stands in {len(doc_ids)} documents: {', '.join(doc_ids[:4])}; name one of them"
        )
    question_stems = content_stems(question, language="en")
    nearness = [
        len(question_stems & content_stems(place.quote, language="en")) for place in on_page
    ]
    best = on_page[nearness.index(max(nearness))]
    return replace(best, n_rivals=nearness.count(max(nearness)) - 1)


def _names(entry: DocumentEntry) -> tuple[str, ...]:
    file = PurePosixPath(entry.file)
    names = (
        entry.doc_id,
        entry.info.title,
        entry.file,
        file.name,
        file.stem,
        entry.info.identifier,
    )
    return tuple(_plain(name) for name in names if name)


def _nearest_document(index: StoredIndex, named: Mapping[int, tuple[str, ...]], wanted: str) -> str:
    """Return a hint at the document whose name, or a word of it, is spelt most like ``wanted``."""
    spelt = {
        form: at for at, names in named.items() for own_name in names for form in own_name.split()
    }
    spelt |= {own_name: at for at, names in named.items() for own_name in names}
    near = get_close_matches(wanted, spelt, n=1)
    return f"; did you mean {index.documents[spelt[near[0]]].doc_id}?" if near else ""


def _plain(name: str) -> str:
    return " ".join(_WORD.findall(fold(name)))


def _places(index: StoredIndex, entry: DocumentEntry, answer: str) -> Iterator[Place]:
    document = index.document(entry.doc_id)
    sentences = [sentence.span for sentence in index.sentences(entry)]
    seen: set[tuple[int, int]] = set()
    for first, last, spelling in _sentence_runs(document.text, sentences, answer):
        if (first, last) in seen:
            continue
        seen.add((first, last))
        span = _once(document.text, sentences, first, last)
        yield Place(
            entry.doc_id, span.of(document.text), span, document.page_at(span.start), spelling
        )


def _sentence_runs(
    text: str, sentences: Sequence[Span], answer: str
) -> Iterator[tuple[int, int, str]]:
    """Yield first and last sentence of every place of the answer, and its spelling there."""
    for match in _pattern(answer).finditer(text):
        place = Span(*match.span())
        inside = [at for at, span in enumerate(sentences) if span.overlaps(place)]
        if inside:
            yield inside[0], inside[-1], match[0]
    for at, span in enumerate(sentences):  # spelt otherwise: “45 per cent” for “45 %”
        if holds(words(span.of(text)), answer):
            yield at, at, answer


def _pattern(answer: str) -> re.Pattern[str]:
    """Return a pattern of the words of an answer, or of one of its ``|`` forms, in order."""
    forms = [
        r"[\W_]+".join(map(re.escape, form_words))
        for form in answer.split("|")
        if (form_words := _WORD.findall(unicodedata.normalize("NFC", form)))
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms) or '(?!)'})(?!\w)", re.IGNORECASE)


def _once(text: str, sentences: Sequence[Span], first: int, last: int) -> Span:
    """Return the sentences' span, with neighbours until it stands in the text once."""
    span = Span(sentences[first].start, sentences[last].end)
    while len(occurrences(text, span.of(text))) > 1:
        first, last = max(first - 1, 0), min(last + 1, len(sentences) - 1)
        span = Span(sentences[first].start, sentences[last].end)
    return span


def _is_on(index: StoredIndex, place: Place, page: str) -> bool:
    label = index.document(place.doc_id).page_label(place.page)
    wanted = _plain(page).removeprefix("p ").removeprefix("pag ")
    return wanted in {str(place.page), _plain(label or "")}


def _page_description(index: StoredIndex, place: Place) -> str:
    if place.page is None:
        return f"no page: {place.doc_id} has none, leave the cell empty"
    label = index.document(place.doc_id).page_label(place.page)
    return f"page {place.page}" + (f" (printed {label})" if label else "")


def _not_found_message(index: StoredIndex, entries: Sequence[DocumentEntry], answer: str) -> str:
    """Return a message that an answer was not found, with the sentence that has most of its words.

    Words count by their stems; of two sentences with as many the shorter one is named.
    """
    wanted = content_stems(answer, language="en") or frozenset(words(answer))
    best, nearest = (0, 0), ""
    for entry in entries:
        document = index.document(entry.doc_id)
        for sentence in index.sentences(entry):
            text = sentence.span.of(document.text)
            held = content_stems(text, language="en") or frozenset(words(text))
            likeness = len(wanted & held), -len(held)
            is_heading = document.blocks[sentence.block].kind is BlockKind.HEADING
            if likeness > best and not is_heading:
                best, nearest = likeness, f"“{shortened(text)}” ({_where(document, sentence.span)})"
    where = entries[0].doc_id if len(entries) == 1 else "any document of the index"
    message = f"“{shortened(answer)}” does not stand in {where}"
    return f"{message}; the nearest sentence is {nearest}" if nearest else message


def _where(document: Document, span: Span) -> str:
    page = document.page_at(span.start)
    return document.doc_id if page is None else f"{document.doc_id}, page {page}"


def shortened(text: str) -> str:
    """Return ``text`` in one line of at most 160 characters."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARS else f"{line[: _SHOWN_CHARS - 1]}…"
