"""Words as Apertium's dictionary has them, and what stands before and behind a word.

The format between its stages: ``^share/share<n><sg>/share<vblex><inf>$``, a word and what it may
be; ``^xyz/*xyz$`` is a word that it lacks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_UNIT = re.compile(r"\^((?:[^/$\\]|\\.)*)/((?:[^$\\]|\\.)*)\$")
_TAG = re.compile(r"<([^<>]+)>")
_FINITE = re.compile(r"<(?:pri|past|pres)>")
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_PUBLIC = re.compile(r"\^(in) (public)/[^$]*\$(?= \^\w+/\w+<n>)", re.IGNORECASE)
_IN_AND_PUBLIC = r"^\1/in<pr>$ ^\2/public<adj>$"
"""Before a noun the dictionary's adverb is none."""

_NOMINAL = frozenset({"det", "predet", "num", "adj", "n", "np", "unknown"})
"""What a noun phrase may begin with."""

ADVERBS = ("adv", "preadv")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word with what it may be.

    Attributes:
        before: What stands between the word before and this one.
        surface: The word as it is written.
        readings: Lemmas with tags, as ``share<n><sg>``; of an unknown word the word with a star.
    """

    before: str
    surface: str
    readings: tuple[str, ...]

    @property
    def word(self) -> str:
        """The word in small letters."""
        return self.surface.lower()

    @property
    def kinds(self) -> frozenset[str]:
        """The first tags of its readings: noun, determiner and the like."""
        return frozenset(_kind(reading) for reading in self.readings)

    def has(self, tags: str) -> bool:
        """Tell whether a reading has these tags in a row."""
        return any(tags in reading for reading in self.readings)

    def is_only(self, *kinds: str) -> bool:
        """Tell whether all its readings are of these kinds."""
        return bool(self.readings) and self.kinds <= set(kinds)

    def keeping(self, *tags: str) -> "Unit":
        """Return it with the readings that have any of these tags, if there are any."""
        kept = tuple(r for r in self.readings if any(tag in r for tag in tags))
        return replace(self, readings=kept or self.readings)

    @property
    def is_end(self) -> bool:
        """Whether a phrase ends here: at a comma, a bracket, a full stop, or the text's end."""
        return not self.readings or self.is_only("sent", "cm", "lpar", "rpar", "guio")

    @property
    def is_to(self) -> bool:
        """Whether it is "to", or ends so, as "in order to" does."""
        return self.word.split(" ")[-1] == "to"

    @property
    def is_nominal(self) -> bool:
        """Whether a noun phrase begins with it."""
        if not self.readings or self.word == "that":
            return False
        begins = self.kinds <= _NOMINAL or bool(self.kinds & {"det", "num", "adj"})
        return begins or self.has("<vblex><pp>")

    @property
    def is_finite(self) -> bool:
        """Whether it can be nothing but a finite verb."""
        if self.kinds & {"vbhaver", "vbdo"}:
            return not self.has("<ger>")
        return bool(self.readings) and all(
            _kind(reading) in {"vaux", "vbmod"}
            or ("<vb" in reading and _FINITE.search(reading) is not None)
            for reading in self.readings
        )

    @property
    def is_modifier(self) -> bool:
        """Whether a noun must follow."""
        if self.is_only("num", "pr"):
            return not self.is_to and not _YEAR.fullmatch(self.surface)
        is_participle = self.is_only("vblex") and self.has("<pp>") and not self.has("<past>")
        is_determiner = self.is_only("det", "predet") or self.is_only("adj")
        return is_participle or is_determiner or self.word == "whose"

    @property
    def opens_clause(self) -> bool:
        """Whether a clause begins with it, or behind it."""
        return self.has("<rel>") or self.is_only("sent", "cnjsub", "cnjadv")


def _kind(reading: str) -> str:
    tag = _TAG.search(reading)
    return tag[1] if tag else "unknown"


NONE = Unit("", "", ())
"""Before the first word and behind the last one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands.

    Attributes:
        unit: The word.
        before: The words before it, with the readings that were chosen.
        after: Those behind it.
    """

    unit: Unit
    before: Sequence[Unit]
    after: Sequence[Unit]

    @property
    def last(self) -> Unit:
        """The word before it, without adverbs."""
        return last_of(self.before)

    @property
    def neighbour(self) -> Unit:
        """The word right before it."""
        return last_of(self.before, skipping=())

    @property
    def following(self) -> Unit:
        """The word behind it."""
        return first_of(self.after)

    @property
    def has_verb_before(self) -> bool:
        """Whether its clause has a finite verb before it."""
        return _has_verb(self.before[::-1])

    @property
    def has_verb_behind(self) -> bool:
        """Whether its clause has a finite verb behind it."""
        return _has_verb(self.after)

    @property
    def has_subject(self) -> bool:
        """Whether a verb must follow: a relative or a personal pronoun stands before."""
        is_pronoun = self.last.has("<prn><subj>") and self.last.is_only("prn")
        return is_pronoun or (self.last.has("<rel>") and self.last.word != "whose")

    @property
    def wants_verb(self) -> bool:
        """Whether a relative or a conjunction stands before, without its verb so far."""
        bound = (unit for unit in reversed(self.before) if unit.opens_clause or unit.is_finite)
        opening = next(bound, NONE)
        return opening.opens_clause and not opening.is_only("sent")


def first_of(units: Sequence[Unit]) -> Unit:
    """Return the first of some words."""
    return units[0] if units else NONE


def last_of(units: Sequence[Unit], *, skipping: tuple[str, ...] = ADVERBS) -> Unit:
    """Return the last of some words that is not of the kinds skipped."""
    return next((unit for unit in reversed(units) if not unit.is_only(*skipping)), NONE)


def _has_verb(units: Sequence[Unit]) -> bool:
    """Whether a finite verb comes before the next clause."""
    ending = next((unit for unit in units if unit.opens_clause or unit.is_finite), NONE)
    return ending.is_finite and not ending.opens_clause


def units_of(stream: str) -> list[Unit]:
    """Return the words of a text that Apertium's dictionary has looked up."""
    units: list[Unit] = []
    end = 0
    stream = _IN_PUBLIC.sub(_IN_AND_PUBLIC, stream)
    for match in _UNIT.finditer(stream):
        units.append(Unit(stream[end : match.start()], match[1], tuple(match[2].split("/"))))
        end = match.end()
    return [*units, Unit(stream[end:], "", ())] if stream[end:] else units


def stream_of(units: Sequence[Unit]) -> str:
    """Return words in Apertium's format."""
    return "".join(map(_written, units))


def _written(unit: Unit) -> str:
    written = f"^{unit.surface}/{'/'.join(unit.readings)}$" if unit.readings else ""
    return unit.before + written
