"""Finds what a question asks the meaning of: "What is a refugee?", "What does IDP stand for?".

question ─▶ the term ─▶ where reports define it ─▶ that is asked for, as an article by its number
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from indexer.segmentation.definitions import definition_key
from indexer.segmentation.singulars import singular
from indexer.segmentation.table_cells import cells_of
from indexer.store.records import NamedRows
from service.pipeline.named_things import MOST_PLACES, NamedThings
from service.pipeline.searchable_texts import SearchableTexts
from service.records import Question

_TERM = r"(?P<term>[^?!.,;:]+?)"
_NOT_THE = r"(?!(?-i:the [^A-Z\s]))"
"""``What is the New Urban Agenda?`` asks what that is, ``What are the priorities?`` which."""

_CALLED = r"(?:the (?:term|word|phrase|abbreviation|acronym|letters) )?"
_WHERE = (
    r"(?: (?:here|exactly|in (?:short|brief|this context|other words))"
    r"|,? (?:in|according to|for|under) (?:the|this|these|your|that)?\s?(?:\w+ ){0,3}"
    r"(?:reports?|guides?|documents?|papers?|publications?))?"
)
_ASKED = tuple(
    re.compile(rf"(?:^|[.!?;:,] |¿){pattern}{_WHERE}\s*[?.!]*\s*$", re.IGNORECASE)
    for pattern in (
        rf"what(?:['’]s|(?: exactly)? (?:is|are))(?: exactly)?(?: meant by)? {_NOT_THE}{_TERM}",
        rf"what do(?:es)? {_CALLED}{_TERM} (?:mean|stand for|refer to|denote)",
        rf"what means {_TERM}",  # as Apertium has it
        rf"(?:please )?(?:define|explain) (?:what )?{_TERM}(?: is| are| means?)?",
        rf"(?:what(?:['’]s| is) )?(?:the |a |your )?(?:definition|meaning) of {_TERM}",
        rf"{_TERM} (?:definition|meaning)",
        rf"how (?:is|are) {_TERM} (?:defined|understood)",
        rf"how do(?:es)? .{{1,60}}? (?:define|understand) {_TERM}",
        rf"(?:o )?qu[eé] (?:es|son|é|são|significan?|significam|quiere decir|quer dizer) {_TERM}",
        rf"(?:o )?qu[eé] se enti?ende por {_TERM}",
        rf"(?:la )?defini(?:ción|ção) de {_TERM}",
    )
)
_COMPARED = tuple(
    re.compile(rf"{pattern}\s*[?.!]*\s*$", re.IGNORECASE)
    for pattern in (
        r"\bdifferences? between (?P<term>[^?!.,;:]+?) and (?P<other>[^?!.,;:]+?)",
        r"\bhow do(?:es)? (?P<term>[^?!.,;:]+?) differ from (?P<other>[^?!.,;:]+?)",
        r"^(?P<term>[^?!.,;:]+?) (?:vs\.?|versus) (?P<other>[^?!.,;:]+?)",
    )
)
_WITHIN = re.compile(r" (?:in|of|for|within|under) [^?!.A-ZÀ-Þ\d]+\Z")
"""Where a term is used: ``an acupuncture project in urban policy``; no place and no year."""

_OPENS_NO_TERM = re.compile(
    "some|any|all|that|this|behind|these|those|their|its|his|her|our|your|my|main|key|best|good"
    "|different|other|how|why|what|when|where|who|which|whether|there|it|they"
)
_ENDS_NO_TERM = re.compile(
    "about|for|of|like|to|in|on|with|by|known|done|it|that|this|them|[a-z]{3,}ed"
)
_IN_NO_TERM = re.compile(
    "at|plus|minus|wrong|next|new|left|true|possible|enough|else|more|less|most|better|worse|built"
    "|used|made|(?!.*hous).+ing"
)
"""Words that open, end or stand in what is none, or may be none: "good about it", "being built"."""

_WORD = re.compile(r"[\w-]+")
_ARTICLE = re.compile(r"\A(?:an?|the|una?|el|l[ao]s?|os?|as|uma?) ", re.IGNORECASE)
_HYPHEN = re.compile(r"[-\u2010\u2011]")
_IS_THE = re.compile(r"\b(what (?:is|are) )the ", re.IGNORECASE)
_TOLD = (
    r"(?:, as [^,;|]{2,90},)?[^.,;|]{0,25}?(?:\b(?:is|are|was|were|means?|refers?"
    r"|consists?|includes?|involves?|defined|understood)\b"
    r"|\s?[:|–]|,? (?:that|which|who)\b)"
)
_MOST_WORDS = 3
"""Words of what surely is a term, with nothing before or behind that says more of it."""

_QUOTES = "“”\"'‘’«» "


def with_definitions(
    named: NamedThings, question: Question, english: str, texts: SearchableTexts
) -> NamedThings:
    """Return what a question names, or else the definitions that it asks for.

    Args:
        named: What it names.
        question: In its own language.
        english: Its text in the language of the texts.
        texts: Where to look.
    """
    if named.places or named.missing:
        return named
    asked = [*_asked_terms(_with_bare_term(question, english)), *_asked_terms(question.text)]
    alone = [tuple(_WITHIN.sub("", term) for term in terms) for terms in asked]
    for terms in dict.fromkeys([*asked, *alone]):
        found = [_defined(term, question, texts) for term in terms]
        if all(found):
            places = tuple(place for places in found for place in places)
            return NamedThings(places, asks_itself=True)
    return named


def undefined_term(
    named: NamedThings, question: Question, english: str, quoted: Iterable[str]
) -> str | None:
    """Return the term whose meaning a question asks for, in its words, if no report tells it.

    ``None`` also where it may ask for something else: "What is the aim?", "What is São Paulo?".

    Args:
        named: What it names, definitions included.
        question: In its own language.
        english: Its text in the language of the texts.
        quoted: The sentences that are quoted, which may say what it is without defining it.
    """
    term, *compared = next(_asked_terms(_with_bare_term(question, english)), ("",))
    bare = _ARTICLE.sub("", term.strip(_QUOTES))
    is_short = 0 < len(bare.split()) <= _MOST_WORDS
    is_other = re.search(r"[A-ZÀ-Þ\d]", bare) or _may_be_none(bare)
    if not is_short or compared or is_other or named.places:
        return None
    if any(tells_of(bare, text) for text in quoted):
        return None
    own = next(_asked_terms(question.text), None)
    return _ARTICLE.sub("", own[0].strip(_QUOTES)) if own else None


def _may_be_none(term: str) -> bool:
    """Tell whether something may be no term: "happening", "being built", "at stake"."""
    words = _WORD.findall(term.casefold())
    if not words:
        return True
    return bool(
        _OPENS_NO_TERM.fullmatch(words[0])
        or _ENDS_NO_TERM.fullmatch(words[-1])
        or any(map(_IN_NO_TERM.fullmatch, words))
    )


def tells_of(term: str, text: str) -> bool:
    """Tell whether a text says something of a term: that it is, or means, what stands behind it.

    So does a sentence that opens with the term. Hyphens do not count: "cohousing", "co-housing".
    """
    words = r"[\W_]*".join(map(_either_number, re.findall(r"[^\W_]+", term)))
    opening = r"\A[\W_]*(?:(?:an?|the|such|these) )?"
    pattern = rf"{opening}{words}\b|\b{words}\b{_TOLD}"
    return re.search(pattern, _HYPHEN.sub("", text), re.IGNORECASE) is not None


def _either_number(word: str) -> str:
    """Return a pattern for a noun in the singular or the plural."""
    return re.sub(r"y\Z", "(?:y|ie)", singular(word)) + r"\w{0,3}"


def _with_bare_term(question: Question, english: str) -> str:
    """Return a question for a meaning without the article that only the other language needs.

    "¿Qué es el alquiler social?" is "What is social rent?", not "the social rent".
    """
    is_translated = question.language != "en" and any(_asked_terms(question.text))
    return _IS_THE.sub(r"\1", english) if is_translated else english


def _asked_terms(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the terms whose meaning a question may ask for, those of a comparison together."""
    for pattern in _COMPARED:
        if found := pattern.search(text):
            yield found["term"], found["other"]
    for pattern in _ASKED:
        if found := pattern.search(text):
            yield (found["term"],)


def _defined(term: str, question: Question, texts: SearchableTexts) -> Sequence[NamedRows]:
    """Return the entries that define a term or, where there are none, the sentences that do.

    Of an acronym that a table spells out, those of its words come first.
    """
    found = _entries(term.strip(_QUOTES), question, texts)
    sentences = (
        texts.sentences.sentence_text(place.first) for place in found if not place.is_mention
    )
    rows = (cells for cells in map(cells_of, sentences) if len(cells) == 2)  # noqa: PLR2004
    spelled_out = (place for _, long in rows for place in _entries(long, question, texts))
    return [*spelled_out, *found]


def _entries(term: str, question: Question, texts: SearchableTexts) -> Sequence[NamedRows]:
    key = definition_key(term)
    found = texts.named([key], question.filters) if key else ()
    return [place for place in found if not place.is_mention][:MOST_PLACES] or found[:MOST_PLACES]
