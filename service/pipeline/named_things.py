"""Finds what a question names by kind and number: "Article 15", "Recommendation 9", "Village 57".

question ─▶ its names ─▶ where they stand, exactly ─┬─▶ the thing itself is asked for
                                                     └─▶ something in it, or about it
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.records import BlockKind
from indexer.segmentation.numbered_names import NumberedName, kinds_of, numbered_names, title_key
from indexer.store.protocol import Sentences
from indexer.store.records import NamedRows
from service.pipeline.answer_kinds import wanted_kinds
from service.pipeline.question import content_stems
from service.pipeline.searchable_texts import SearchableTexts
from service.pipeline.surroundings import titles_of
from service.records import Question

_LEADING_ROWS = 12
"""Sentences of a thing that are wanted where the question asks for the thing itself."""

MOST_PLACES = 100
"""Places of one thing that may answer at most, as many as there are passages like a question
(`service.pipeline.retrieval.N_CANDIDATES`): "Figure 1" stands or is mentioned in every report."""

_ASKING = (
    "about address advise aim announce call centre concern consist contain content cover deal "
    "declare decree deem describe discuss establish exact explain focus follow give headline "
    "include information introduce law lay mean mention name order outline paper present "
    "prescribe propose provide provision publication read recommend refer regulate report require "
    "say set show speak specify state stipulate study subject suggest summarise summarize summary "
    "talk text theme title topic treat wording word write written document guide decision entitle"
)
"""Words that ask for a thing itself, or say where it stands, and not for anything in it."""

_ABOUT = re.compile(
    r"(?:\b(?:says?|said|states?|reports?|writes?|written|tells?(?: us)?|know|read|dicen?|"
    r"informan?|dizem|diz) (?:about|on|of|sobre|acerca de|de)|\b(?:summari[sz]e|resum[ea])"
    r"(?: the)?(?: (?:section|chapter|box|part))?(?: on| about| called)?|"
    r"\b(?:section|chapter|box|part|sección|capítulo|seção) (?:on|about|called|titled|sobre))"
    r" (?P<title>[^?!]+)",
    re.IGNORECASE,
)
"""How people ask about a heading by its words."""

_SCOPE = re.compile(
    r",? (?:of|in|from|by) (?P<where>(?:(?!(?:and|or|about|on|for|with|which|that|who|what|how|"
    r"have|has|is|are|was|do|does|say|state|cover|provide|set|show|deal|describe|contain|give|require|"
    r"recommend|propose|regulate|establish)s?\b)[\w’'-]+ ?){1,8})",
    re.IGNORECASE,
)
"""Where a thing stands, said right behind its name: ``of the housing report``."""

_YEAR = re.compile(r" (?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class NamedThings:
    """What a question names with a number.

    Attributes:
        places: Where it stands, and where it is mentioned; only where it stands, as the question's
            other words say, if the question asks for nothing else.
        missing: Names that are nowhere in the texts.
        asks_itself: Whether the question asks for nothing but what is said there.
        items: What is to be listed, in order, where the question asks for a list of such things.
        is_whole: Whether all of a place is wanted, and not just what its first sentences state.
    """

    places: tuple[NamedRows, ...] = ()
    missing: tuple[str, ...] = ()
    asks_itself: bool = False
    items: tuple[NamedRows, ...] = ()
    is_whole: bool = False

    @property
    def n_passages(self) -> int:
        """Return how many passages hold the items of a list, at most."""
        return 2 * len(self.items)

    @property
    def runs(self) -> tuple[range, ...]:
        """Return the rows of the sentences that may answer; few where the thing is asked for."""
        if self.items:
            return tuple(item.rows[:1] for item in self.items)
        most = _LEADING_ROWS if self.asks_itself else None
        return tuple(place.rows[:most] for place in self.places)


def find_named_things(question: Question, english: str, texts: SearchableTexts) -> NamedThings:
    """Return what a question names with a number.

    Args:
        question: In its own language.
        english: Its text in the language of the texts.
        texts: Where to look.
    """
    names = numbered_names(question.text, any_case=True)
    if not names:
        return _titled(question, english, texts)
    translated = numbered_names(english, any_case=True)
    by_name = [_places(name, translated, question, texts) for name in names]
    found = [(name, places) for name, places in zip(names, by_name, strict=True) if places]
    kinds = {key.split()[0] for name, _ in found for key in name.keys}
    missing = [
        name.text
        for name, places in zip(names, by_name, strict=True)
        if not places and _is_missing(name, kinds, question, texts)
    ]
    if missing or not found:
        return NamedThings(missing=tuple(dict.fromkeys(missing)))
    places = _inside_each_other([places for _, places in found], english, texts.sentences)
    return _fitting(places, english, texts.sentences)


def _titled(question: Question, english: str, texts: SearchableTexts) -> NamedThings:
    """Return what stands under the heading that a question asks about in its own words."""
    titles = [_ABOUT.search(text) for text in dict.fromkeys((question.text, english))]
    texts_of = [t for title in titles if title for t in (title["title"], _bare(title["title"]))]
    keys = sorted({key for text in texts_of if (key := title_key(text))})
    found = texts.named(keys, question.filters) if keys else ()
    found = likeliest(found, english, texts.sentences)
    return NamedThings(found, asks_itself=bool(found))


def _bare(title: str) -> str:
    """Return a title without the article before it."""
    return re.sub(r"^(?:the|el|la|los|las|o|a|os|as) ", "", title, flags=re.IGNORECASE)


def _places(
    name: NumberedName,
    translated: Sequence[NumberedName],
    question: Question,
    texts: SearchableTexts,
) -> tuple[NamedRows, ...]:
    """Return where a thing stands, and then where it is mentioned."""
    number = _number(name)
    english = (other for other in translated if _number(other) == number)
    keys = name.keys.union(*(other.keys for other in english))
    found = texts.named(sorted(keys), question.filters)
    likely = texts.named(sorted(name.likely_keys), question.filters) if name.likely_keys else ()
    for places in (found, likely):
        if any(not place.is_mention for place in places):
            return places
    return found if name.is_known_kind or name.text[0].isupper() else ()


def _number(name: NumberedName) -> str:
    return min(name.keys).split()[-1]


def _is_missing(
    name: NumberedName, kinds: set[str], question: Question, texts: SearchableTexts
) -> bool:
    """Tell whether a thing that is nowhere is a thing: of a known kind, or one among numbered ones.

    Of several numbers of a kind some may be missing; and a year says nothing: "the Act 2006".
    """
    own = {key.split()[0] for key in name.keys}
    if not own.isdisjoint(kinds) or any(_YEAR.search(key) for key in name.keys):
        return False
    return name.is_known_kind or any(texts.numbers_of(kind, question.filters) for kind in own)


def _inside_each_other(
    by_name: Sequence[Sequence[NamedRows]], english: str, sentences: Sentences
) -> tuple[NamedRows, ...]:
    """Return the places of all names; of "Article 15 of Decree 418", those in the decree."""
    documents = [
        {sentences.sentence_document(place.first) for place in _standing(places)}
        for places in by_name
    ]
    common = set.intersection(*documents)
    inside = (
        [place for place in places if sentences.sentence_document(place.first) in common]
        if common
        else places
        for places in by_name
    )
    every = [place for places in inside for place in likeliest(places, english, sentences)]
    standing = _standing(every)
    return tuple(place for place in every if not any(_holds(place, other) for other in standing))


def likeliest(
    places: Sequence[NamedRows], english: str, sentences: Sentences
) -> tuple[NamedRows, ...]:
    """Return `MOST_PLACES` at most, in their order.

    Those come first where a thing stands, and of them those of the reports whose title and
    publisher have most of a question's words; no report need be read for that.
    """
    if len(places) <= MOST_PLACES:
        return tuple(places)
    by_title = reports_by_title((place.first for place in places), english, sentences)
    rank = {report: at for at, report in enumerate(by_title)}
    best = sorted(
        range(len(places)),
        key=lambda at: (
            places[at].is_mention,
            rank[sentences.sentence_document(places[at].first)],
        ),
    )
    return tuple(places[at] for at in sorted(best[:MOST_PLACES]))


def reports_by_title(rows: Iterable[int], english: str, sentences: Sentences) -> list[int]:
    """Return the reports of some sentences, first those named by most words of a question.

    Args:
        rows: Of the sentences.
        english: The question.
        sentences: Where the rows point.
    """
    words = content_stems(english)
    row_of = {sentences.sentence_document(row): row for row in rows}
    return sorted(
        row_of, key=lambda report: -len(words & content_stems(titles_of(row_of[report], sentences)))
    )


def _standing(places: Sequence[NamedRows]) -> Sequence[NamedRows]:
    """Return where something stands, or all places if it is only mentioned."""
    return [place for place in places if not place.is_mention] or places


def _holds(place: NamedRows, other: NamedRows) -> bool:
    """Tell whether another thing of another kind stands within a place."""
    is_other = place.key.split()[0] != other.key.split()[0]
    return is_other and place.first <= other.first and other.last <= place.last


def other_words(english: str) -> frozenset[str]:
    """Return the content words of a question beside its names, and beside those that ask.

    Where a thing stands is no part of what is asked about it: "Section 2.1 of the housing report".
    """
    text = english
    for name in reversed(numbered_names(english, any_case=True)):
        scope = _SCOPE.match(text, name.span.end)
        text = f"{text[: name.span.start]} {text[scope.end() if scope else name.span.end :]}"
    words = [word for word in re.findall(r"[^\W_]+", text) if not kinds_of(word)]
    return content_stems(" ".join(words)) - content_stems(_ASKING)


def _fitting(places: Sequence[NamedRows], english: str, sentences: Sentences) -> NamedThings:
    """Return the places that explain all words of a question by their title, headings and header.

    Then the question asks for the thing itself. Where none does, all may answer.
    """
    words = other_words(english)
    fitting = tuple(
        place
        for place in places
        if not place.is_mention and words <= content_stems(surroundings(place, sentences))
    )
    if fitting and (_is_row(fitting[0], sentences) or not wanted_kinds(english)):
        return NamedThings(_where_asked(fitting, english, sentences), asks_itself=True)
    return NamedThings(tuple(places))


def _where_asked(
    places: Sequence[NamedRows], english: str, sentences: Sentences
) -> tuple[NamedRows, ...]:
    """Return the places whose report and headings have most words of where the question looks."""
    names = numbered_names(english, any_case=True)
    scopes = [scope["where"] for name in names if (scope := _SCOPE.match(english, name.span.end))]
    words = content_stems(" ".join(scopes))
    shared = [len(words & content_stems(surroundings(place, sentences))) for place in places]
    most = max(shared)
    return tuple(place for place, n in zip(places, shared, strict=True) if n == most)


def surroundings(place: NamedRows, sentences: Sentences) -> str:
    """Return the report's title, publisher, the headings and the table's header of a place."""
    block = sentences.sentence_block(place.first)
    lead = sentences.lead_row(place.first) if _is_row(place, sentences) else None
    header = "" if lead is None else sentences.sentence_text(lead)
    return " ".join([titles_of(place.first, sentences), *block.headings, header])


def _is_row(place: NamedRows, sentences: Sentences) -> bool:
    return sentences.sentence_block(place.first).kind is BlockKind.TABLE_ROW
