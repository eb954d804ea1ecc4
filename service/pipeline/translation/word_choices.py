"""Chooses between the readings of English words where Apertium's tagger often errs.

    "cities share data" ─▶ its dictionary: share a noun, or a verb ─▶ here: a verb ─▶ its tagger

The tagger takes most words that are both a noun and a verb for nouns ("the city supports" is
"the supports of the city"). Here what stands before and behind a word decides, where it can, and
the tagger decides the rest.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace

from service.pipeline.translation.readings import Place, Unit, first_of, last_of

_MONTHS = frozenset({"march", "may", "august"})
_TAKES_TO_TEXT = (
    "access according addition addressed approach barrier challenge compared comparison "
    "contribution due entitled entitlement exposed limited link linked next obstacle opposed "
    "owing pathway prior regard related relation relative relevant resistant response right "
    "risk solution subject threat transition vulnerability vulnerable "
)
_TAKES_TO = frozenset(_TAKES_TO_TEXT.split())
"""Words whose "to" has a noun behind it."""

_THINGS = frozenset({"housing", "planning", "training", "funding", "monitoring", "upgrading"})
"""Nouns that look like forms of verbs."""

_PEOPLE_TEXT = (
    "child citizen employee employer homeowner household immigrant landlord migrant neighbour "
    "newcomer refugee resident returnee student tenant woman worker "
)
_PEOPLE = frozenset(_PEOPLE_TEXT.split())
"""Before another noun Spanish has these in the plural."""

_NOUNS = frozenset({"n", "np", "unknown", "rpar"})
_MODALS = ("vaux", "vbdo", "vbmod")
_HAS_ARTICLE = frozenset({"det", "adj", "n", "num", "vblex"})


def chosen(units: Sequence[Unit]) -> list[Unit]:
    """Return the words of a text with fewer readings."""
    words: list[Unit] = []
    possessive = _possessive(units)
    for at, unit in enumerate(possessive):
        words.append(_choose(Place(unit, words, possessive[at + 1 :])))
    return words


def _possessive(units: Sequence[Unit]) -> list[Unit]:
    """Return words with the apostrophe behind a plural as a possessive, which Apertium lacks.

    It wants an article, too.
    """
    words: list[Unit] = []
    for unit in units:
        if unit.is_only("apos") and not unit.before and words and words[-1].has("<n><pl>"):
            if not last_of(words[:-1], skipping=()).kinds & _HAS_ARTICLE:
                article = Unit(words[-1].before, "the", ("the<det><def><sp>",))
                words[-1:] = [article, replace(words[-1], before=" ")]
            words.append(Unit(" ", "'s", ("'s<gen>",)))
        else:
            words.append(unit)
    return words


def _choose(place: Place) -> Unit:
    """Return a word with the readings that its surroundings leave."""
    unit = place.unit
    if place.neighbour.has("<np><ant>") and unit.surface[:1].isupper():
        return replace(unit, readings=(f"*{unit.surface}",))  # a surname
    if len(unit.readings) == 1:
        return _people(place)
    if unit.kinds & {"vbser", "vbhaver", "vbdo"}:
        return unit
    rule = next((rule for applies, rule in _RULES if applies(unit)), None)
    return rule(place) if rule else unit


def _people(place: Place) -> Unit:
    """Return a word in the plural if it says people before a noun ("refugee camp")."""
    unit = place.unit
    lemma = first_lemma(unit)
    if unit.has("<n><sg>") and lemma.lower() in _PEOPLE and place.following.is_only("n"):
        return replace(unit, readings=(f"{lemma}<n><pl>",))
    return unit


def first_lemma(unit: Unit) -> str:
    """Return the lemma of a word's first reading."""
    return unit.readings[0].partition("<")[0]


def _plural_or_verb(place: Place) -> Unit:
    """Choose for "supports": supports that there are, or somebody supports."""
    unit, last, following = place.unit, place.last, place.following
    if place.has_subject:
        return unit.keeping("<pri>")
    if last.is_modifier or following.word == "of" or following.is_finite:
        return unit.keeping("<n>", "<np>")
    if _is_verb_between(place):
        return unit.keeping("<pri>")
    goes_on = following.is_only("pr", "adv", "preadv", "cnjadv") or following.has("<adv>")
    is_subject = bool(last.kinds & _NOUNS) and not last.has("<pl>")
    if goes_on and is_subject and not place.has_verb_before:
        return unit if place.has_verb_behind else unit.keeping("<pri>")
    return unit if _begins(place) else unit.keeping("<n>", "<np>")


def _is_verb_between(place: Place) -> bool:
    """Whether a word stands between a subject and what the verb says of it."""
    last, following, begins = place.last, place.following, _begins(place)
    if following.word == "to" and first_of(place.after[1:]).has("<inf>"):
        return not place.has_verb_before
    if place.wants_verb and (begins or following.is_end):
        return True
    if begins and not last.is_end:
        return last.is_only("cnjcoo") or not place.has_verb_before
    is_compound = (last.has("<n><sg>") or last.is_only("np", "unknown")) and following.has("<n>")
    return is_compound and not place.has_verb_before and not place.has_verb_behind


def _begins(place: Place) -> bool:
    """Whether an object, or a clause in its place, begins behind a word."""
    is_clause = first_of(place.after[1:]).is_only("det", "n", "np", "prn")
    return place.following.is_nominal or (place.following.word == "that" and is_clause)


def _noun_or_verb(place: Place) -> Unit:
    """Choose for "support": the support, to support, or they support."""
    unit, last, following = place.unit, place.last, place.following
    noun, verb = unit.keeping("<n>", "<np>", "<adj>"), unit.keeping("<inf>")
    if unit.word in _TAKES_TO and following.word == "to":
        return noun
    if last.is_to:
        taker = last_of(place.before[:-1]).word
        takes_noun = bool({taker, taker.removesuffix("s")} & _TAKES_TO)
        return noun if takes_noun or following.word == "of" else verb
    if last.is_only(*_MODALS):
        return verb
    if last.is_modifier or following.word == "of" or following.is_finite:
        return noun
    return _present(place)


def _present(place: Place) -> Unit:
    """Choose for "share" in "cities share data"; what opens a list's item is an infinitive."""
    unit, last, following = place.unit, place.last, place.following
    begins = following.is_nominal or following.has("<n><pl>")
    if place.has_subject or _is_of_several(place):
        return unit.keeping("<pres>")
    if last.is_end and not last.is_only("cm"):
        has_object = begins and not following.has("<n><sg>") and not following.is_only("prn")
        return unit.keeping("<inf>" if has_object else "<n>")
    if last.is_only("cnjcoo", "cm") and "det" in following.kinds:
        return unit.keeping("<inf>" if any(u.has("<inf>") for u in place.before) else "<pres>")
    return unit.keeping("<n>") if last.has("<n><sg>") else unit


def _is_of_several(place: Place) -> bool:
    """Whether a subject in the plural stands before, and no other verb."""
    last, following = place.last, place.following
    is_joined = any(unit.is_only("cnjcoo") for unit in place.before[-3:-1])
    if place.has_verb_before or not last.kinds & {"n", "np"}:
        return False
    if following.is_nominal or following.has("<n><pl>"):
        return last.has("<pl>") or is_joined
    return last.has("<n><pl>") and following.is_only("pr") and not place.has_verb_behind


def _bare_verb(place: Place) -> Unit:
    """Choose for "provide": to provide, or they provide; what opens a list's item is the first."""
    unit, last = place.unit, place.last
    opens = last.is_end and not last.is_only("cm") and place.following.is_nominal
    if opens or last.is_only(*_MODALS) or last.is_to:
        return unit.keeping("<inf>")
    is_verb = bool(last.kinds & {"n", "np"}) and not place.has_verb_before
    return unit.keeping("<pres>") if is_verb else unit


def _past_or_participle(place: Place) -> Unit:
    """Choose for "provided": somebody provided, or what is provided."""
    unit, last, following = place.unit, place.last, place.following
    if last.kinds & {"vbser", "vbhaver"} or last.has("<ger>") or not place.before:
        return unit.keeping("<pp>", "<adj>")
    if unit.has("<n>") and (last.is_modifier or following.word == "of"):
        return unit.keeping("<n>")
    is_this = last.word == "this" and following.is_only("pr", "det")
    if place.has_subject or last.has("<prn><subj>") or is_this:
        return unit.keeping("<past>")
    if _is_participle(last, following):
        return unit.keeping("<pp>", "<adj>")
    return _like_earlier(place) if last.is_only("cnjcoo") else _after_noun(place)


def _is_participle(last: Unit, following: Unit) -> bool:
    if following.word in {"by", "of"} or last.is_modifier:
        return True
    if last.word in {"those", "that", "as", "when", "if", "than"}:
        return True
    return last.is_only("cm") and following.is_only("pr", "adv")


def _like_earlier(place: Place) -> Unit:
    """Choose the form that the last such word has: "has built and sold", "built and sold"."""
    for earlier in reversed(place.before):
        if earlier.is_only("vblex") and earlier.has("<past>") != earlier.has("<pp>"):
            return place.unit.keeping("<past>" if earlier.has("<past>") else "<pp>")
    return place.unit


def _after_noun(place: Place) -> Unit:
    """Choose for "the city provided": a participle if the clause has or may have another verb."""
    unit, following = place.unit, place.following
    if not place.last.kinds & {*_NOUNS, "num"}:
        return unit
    has_object = bool(following.kinds & {"det", "num"}) or following.has("<pos>")
    is_alone = not place.has_verb_behind and not _has_past(place.after)
    is_past = not place.has_verb_before and (is_alone or has_object)
    return unit.keeping("<past>" if is_past else "<pp>")


def _has_past(after: Sequence[Unit]) -> bool:
    """Whether a form that may be the past of the clause's verb, or who does it, stands behind."""
    clause = itertools.takewhile(lambda unit: not unit.opens_clause and not unit.is_end, after)
    return any(
        unit.word == "by" or (unit.has("<past>") and unit.is_only("vblex")) for unit in clause
    )


def _irregular_past(place: Place) -> Unit:
    """Choose for "rose": the flower, or what has risen."""
    if place.last.is_modifier or place.has_verb_before:
        return place.unit.keeping("<n>")
    return place.unit.keeping("<past>") if place.last.kinds & {*_NOUNS, "num"} else place.unit


def _relative(place: Place) -> Unit:
    """Choose for "that" and "which": behind a noun they go on about it."""
    unit, last, following = place.unit, place.neighbour, place.following
    if unit.word in {"which", "who"} and place.before and not last.has("<vblex>"):
        return unit.keeping("<rel>")
    is_verb = any("<vb" in reading or "<vaux" in reading for reading in following.readings)
    is_about = bool(last.kinds & {"n", "np", "unknown"}) and is_verb
    return unit.keeping("<rel>") if is_about else unit


def _preposition(place: Place) -> Unit:
    """Choose for "on" and "since": before a noun phrase they are no adverbs."""
    unit, following = place.unit, place.following
    if following.is_end:
        return unit.keeping("<adv>")
    is_nominal = following.is_nominal or following.has("<n>") or following.has("<ger>")
    if unit.word == "as":
        is_nominal = following.has("<n>") or following.is_only("det", "np", "unknown")
    return unit.keeping("<pr>") if is_nominal else unit


def _gerund(place: Place) -> Unit:
    """Choose for "planning": a noun behind what a noun must follow, and before a preposition."""
    unit, last, following = place.unit, place.neighbour, place.following
    is_thing = unit.word in _THINGS and not last.has("<vbser>")
    if (last.is_only("det") or is_thing) and not following.kinds & {"det", "prn"}:
        return unit.keeping("<n>")
    ends = following.is_end or following.is_only("pr", "cnjcoo", "n", "vblex", "vbser", "vaux")
    after_noun = "n" in last.kinds and not last.has("<pl>")
    is_alone = last.is_end and not following.is_only("n", "pr")
    return unit.keeping("<n>") if ends and (last.is_modifier or after_noun or is_alone) else unit


def _adverbial(place: Place) -> Unit:
    """Choose for "where" and "when": they ask nothing but in front."""
    return place.unit.keeping("<rel>", "<cnjadv>") if place.before else place.unit


def _since(place: Place) -> Unit:
    """Choose for "since": before a clause it gives a reason, before a date a time."""
    is_clause = not place.following.is_only("num") and place.has_verb_behind
    if place.neighbour.is_end and is_clause:
        return replace(place.unit, readings=("because<cnjadv>",))
    return _preposition(place)


def _month(place: Place) -> Unit:
    """Choose for "March": a month beside a preposition or a figure."""
    is_date = place.last.is_only("pr", "num") or place.following.is_only("num")
    is_month = is_date and place.unit.surface[0].isupper()
    return place.unit.keeping("<n>") if is_month else place.unit


def _half(place: Place) -> Unit:
    """Choose for "half": a noun before "of"."""
    return place.unit.keeping("<n>") if place.following.word == "of" else place.unit


def _most(place: Place) -> Unit:
    """Choose for "most": before a noun it is the greater part of them, not the superlative."""
    following = place.following
    is_part = following.has("<n><pl>") or following.is_only("np", "unknown", "n")
    is_free = not place.neighbour.is_only("det")
    return place.unit.keeping("<det>") if is_part and is_free else place.unit


def _modal(place: Place) -> Unit:
    """Choose for "must" and "will": verbs but behind what a noun must follow."""
    return place.unit if place.neighbour.is_modifier else place.unit.keeping("<vaux>")


def _conjunction(place: Place) -> Unit:
    """Choose for "while": no noun but behind an article."""
    return place.unit if place.last.is_only("det") else place.unit.keeping("<cnjadv>")


def _is_any(*words: str) -> Callable[[Unit], bool]:
    return lambda unit: unit.word in words


def _may_be(*tags: str) -> Callable[[Unit], bool]:
    return lambda unit: all(unit.has(tag) for tag in tags)


_RULES: tuple[tuple[Callable[[Unit], bool], Callable[[Place], Unit]], ...] = (
    (_is_any("that", "which", "who"), _relative),
    (_is_any("where", "when"), _adverbial),
    (_is_any("since"), _since),
    (_is_any("half"), _half),
    (_is_any("most"), _most),
    (_is_any(*_MONTHS), _month),
    (_is_any("while"), _conjunction),
    (_may_be("<vaux>", "<n>"), _modal),
    (lambda unit: unit.is_only("adv", "preadv", "cnjadv", "pr") and unit.has("<pr>"), _preposition),
    (_may_be("<vblex><pri>", "<n><pl>"), _plural_or_verb),
    (_may_be("<vblex><past>", "<vblex><pp>"), _past_or_participle),
    (_may_be("<vblex><past>", "<n><sg>"), _irregular_past),
    (_may_be("<vblex><inf>", "<n><sg>"), _noun_or_verb),
    (lambda unit: unit.is_only("vblex") and unit.has("<vblex><inf>"), _bare_verb),
    (_may_be("<vblex><ger>", "<n><sg>"), _gerund),
)
"""The first that applies to a word chooses its readings."""
