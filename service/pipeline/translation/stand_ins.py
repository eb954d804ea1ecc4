"""Lets words of the field go through Apertium under others, and puts them right afterwards.

    "informal settlements" ─▶ pianos ─▶ "los pianos seguros" ─▶ "los asentamientos
    informales seguros", in Portuguese "os assentamentos informais seguros"

Apertium knows some thing of the gender that the term has, so that articles, adjectives
and number around it come out right, which a made-up word in its place would lose. The stand-in is
put in where Apertium's dictionary has looked words up, as a noun: a verb that is spelt alike stays.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from service.pipeline.translation.readings import Unit

FOLDER = Path(__file__).parent
NOUNS_PATH = FOLDER / "quote_nouns.tsv"
ADJECTIVES_PATH = FOLDER / "quote_adjectives.tsv"
NOUNS_HEADER = ("singular", "plural", "spanish", "portuguese")
ADJECTIVES_HEADER = ("english", "spanish", "portuguese")

_ADJECTIVE = "adjective"
_SINGULAR, _PLURAL = "<n><sg>", "<n><pl>"
_ADJECTIVE_TAG = "<adj>"
_N_FORMS = 4
_MAX_UNITS = 8
TARGETS = ("es", "pt")


@dataclass(frozen=True, slots=True)
class StandIn:
    """A word that Apertium has in both languages, of one gender there.

    Attributes:
        english: Its lemma.
        tags: Those of an adjective; a noun's depend on its number.
        forms: Its forms in Spanish and in Portuguese, in the order of those of a term.
    """

    english: str
    tags: str
    forms: tuple[tuple[str, ...], ...]


def _noun(english: str, *forms: str) -> StandIn:
    return StandIn(english, "", tuple((form, f"{form}s") for form in forms))


def _adjective(english: str, tags: str, *stems: str) -> StandIn:
    return StandIn(english, tags, tuple(tuple(stem + e for e in _ENDINGS) for stem in stems))


_ENDINGS = ("o", "a", "os", "as")
_STAND_INS: Mapping[str, tuple[StandIn, ...]] = {
    "m": (
        _noun("piano", "piano"),
        _noun("hat", "sombrero", "chapéu"),
        _noun("shoe", "zapato", "sapato"),
        StandIn("lemon", "", (("limón", "limones"), ("limão", "limões"))),
        _noun("camel", "camello", "camelo"),
        _noun("mosquito", "mosquito"),
        StandIn("dragon", "", (("dragón", "dragones"), ("dragão", "dragões"))),
        _noun("rabbit", "conejo", "coelho"),
        _noun("tiger", "tigre"),
    ),
    "f": (
        _noun("flute", "flauta"),
        _noun("trumpet", "trompeta", "trombeta"),
        _noun("carrot", "zanahoria", "cenoura"),
        _noun("needle", "aguja", "agulha"),
        StandIn("spoon", "", (("cuchara", "cucharas"), ("colher", "colheres"))),
        _noun("butterfly", "mariposa", "borboleta"),
        _noun("whale", "ballena", "baleia"),
        _noun("spider", "araña", "aranha"),
        _noun("doll", "muñeca", "boneca"),
    ),
    _ADJECTIVE: (
        _adjective("golden", "<adj>", "dorad", "dourad"),
        _adjective("bitter", "<adj>", "amarg"),
        _adjective("melodious", "<adj>", "melodios"),
        _adjective("noisy", "<adj><sint>", "ruidos"),
    ),
}
"""What no report on cities speaks of, and offends nobody if one should be left over."""


@dataclass(frozen=True, slots=True)
class Term:
    """A noun, a noun phrase or an adjective of the field.

    Attributes:
        english: Its forms, words apart by a space: the singular, the plural; ``""`` has none.
        kinds: For each target what its stand-in must be: of a gender, or an adjective.
        forms: For each target singular and plural, or an adjective's four forms.
    """

    english: tuple[tuple[str, ...], tuple[str, ...]]
    kinds: Mapping[str, str]
    forms: Mapping[str, tuple[str, ...]]

    @property
    def name(self) -> str:
        """What tells it from other terms."""
        return " ".join((*self.english[0], *self.english[1]))

    @property
    def is_adjective(self) -> bool:
        """Whether it stands beside a noun."""
        return _ADJECTIVE in self.kinds.values()


_BEFORE_I = re.compile(r"\by(?= h?[ií](?![aeo]))", re.IGNORECASE)
"""Spanish "and" before the sound of itself."""

Cast = tuple[tuple[StandIn, Term], ...]
"""Who stands in for whom in one text."""


class Terms:
    """The terms, found in a text that Apertium's dictionary has looked up."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """Take what `read_nouns` and `read_adjectives` found."""
        self._by_words: dict[tuple[str, ...], list[tuple[Term, str]]] = {}
        for term in terms:
            numbers = (_ADJECTIVE_TAG, "") if term.is_adjective else (_SINGULAR, _PLURAL)
            for tags, phrases in zip(numbers, term.english, strict=True):
                for phrase in phrases:
                    key = tuple(phrase.lower().replace("-", " ").split())
                    self._by_words.setdefault(key, []).append((term, tags))

    def played(self, units: Sequence[Unit], target: str) -> tuple[list[Unit], Cast]:
        """Return the words with stand-ins for terms, as long as there are any left, and the cast.

        Args:
            units: A text as Apertium's dictionary has it.
            target: Language that the text is put into in the end; its genders count.
        """
        cast: dict[str, tuple[StandIn, Term]] = {}
        busy = {unit.surface.lower() for unit in units}
        played: list[Unit] = []
        at = 0
        while at < len(units):
            n_units, term, tags = self._longest(units[at : at + _MAX_UNITS + 1])
            if n_units > 1 and _goes_on(units[:at], units[at]):
                n_units, term, tags = self._longest(units[at : at + 1])
            role = term and (cast.get(term.name) or _free(term, target, cast, busy))
            if term and role:
                cast[term.name] = role
                played.append(_played(units[at : at + n_units], role[0], tags))
            else:
                played.append(units[at])
            at += n_units if term and role else 1
        return played, tuple(cast.values())

    def _longest(self, units: Sequence[Unit]) -> tuple[int, Term | None, str]:
        """Return how many units the longest term at their head takes, that term and its tags."""
        words: tuple[str, ...] = ()
        longest: tuple[int, Term | None, str] = (0, None, "")
        for n_units, unit in enumerate(units[:_MAX_UNITS], start=1):
            if n_units > 1 and unit.before not in {"", " "}:
                break
            own = tuple(unit.surface.lower().replace("-", " ").split())
            words += own
            for term, tags in self._by_words.get(words, ()) if own else ():
                if _fits(term, tags, units[:n_units], units[n_units : n_units + 1]):
                    longest = (n_units, term, tags)
            if not words:
                break
        return longest


def _fits(term: Term, tags: str, units: Sequence[Unit], after: Sequence[Unit]) -> bool:
    """Whether a term can be what some units say: one word must have its reading, or none at all.

    An adjective of several words stands before a noun: "over the long term" has none.
    """
    if len(units) > 1:
        behind = bool(after) and bool(after[0].kinds & {"n", "adj", "unknown"})
        return behind or not term.is_adjective
    unit = units[0]
    return (
        unit.is_only("unknown", "np") or unit.has(tags) or (term.is_adjective and unit.has("<pp>"))
    )


def _goes_on(before: Sequence[Unit], unit: Unit) -> bool:
    """Whether a noun has two adjectives, "federal and local authorities": it stays in its place."""
    joins = bool(before) and before[-1].is_only("cnjcoo") and unit.has("<adj>")
    return joins and len(before) > 1 and before[-2].has("<adj>")


def _free(
    term: Term, target: str, cast: Mapping[str, tuple[StandIn, Term]], busy: set[str]
) -> tuple[StandIn, Term] | None:
    """Return a stand-in that nobody needs, with the term; ``None`` if there is none."""
    taken = busy | {stand_in.english for stand_in, _ in cast.values()}
    free = (word for word in _STAND_INS[term.kinds[target]] if word.english not in taken)
    return next(((word, term) for word in free), None)


def _played(units: Sequence[Unit], stand_in: StandIn, tags: str) -> Unit:
    """Return the stand-in for some units; of a single one, readings as another word stay."""
    first = units[0]
    is_acronym = first.surface[:2].isupper()
    is_capitalised = first.surface[0].isupper() and not is_acronym
    lemma = stand_in.english.capitalize() if is_capitalised else stand_in.english
    others = [] if len(units) > 1 or stand_in.tags else _others(first)
    return replace(first, readings=(lemma + (stand_in.tags or tags), *others))


def _others(unit: Unit) -> list[str]:
    """Return the readings as a verb."""
    return [reading for reading in unit.readings if "<vb" in reading]


def is_left_over(text: str, cast: Cast) -> bool:
    """Tell whether Apertium left a stand-in in English, so that nothing can take its place."""
    words = set(re.findall(r"\w+", text.lower()))
    return any(not words.isdisjoint(_in_english(stand_in)) for stand_in, _ in cast)


def _in_english(stand_in: StandIn) -> frozenset[str]:
    """Return what it is in English and no word in Spanish or Portuguese."""
    own = {form for forms in stand_in.forms for form in forms}
    return frozenset({stand_in.english, f"{stand_in.english}s"}) - own


def unplayed(text: str, cast: Cast, target: str) -> str:
    """Return a translation with the terms in place of their stand-ins."""
    meant = {
        form: term.forms[target][min(at, len(term.forms[target]) - 1)]
        for stand_in, term in cast
        for own in stand_in.forms
        for at, form in enumerate(own)
    }
    if not meant:
        return text
    pattern = rf"\b(?:{'|'.join(sorted(meant, key=len, reverse=True))})\b"
    filled = re.sub(
        pattern,
        lambda match: _cased(meant[match[0].lower()], match[0]),
        text,
        flags=re.IGNORECASE,
    )
    return _BEFORE_I.sub("e", filled) if target == "es" else filled


def _cased(word: str, like: str) -> str:
    return word[:1].upper() + word[1:] if like[0].isupper() else word


def read_nouns(path: Path) -> list[Term]:
    """Return the rows of the file of nouns.

    Raises:
        ValueError: A row has not four columns, or no gender.
    """
    terms = []
    for number, cells in _rows(path, NOUNS_HEADER):
        singular, plural, *foreign = cells
        genders = {target: forms[0] for target, forms in zip(TARGETS, foreign, strict=True)}
        if not set(genders.values()) <= {"m", "f"} or min(map(len, foreign)) < len(foreign):
            raise ValueError(f"{path}, line {number}: want a gender, m or f, and what it stands by")
        forms = {target: forms[1:] for target, forms in zip(TARGETS, foreign, strict=True)}
        terms.append(Term((singular, plural), genders, forms))
    return terms


def read_adjectives(path: Path) -> list[Term]:
    """Return the rows of the file of adjectives.

    Raises:
        ValueError: A row has not three columns, or not four forms.
    """
    terms = []
    for number, (english, *foreign) in _rows(path, ADJECTIVES_HEADER):
        if any(len(forms) != _N_FORMS for forms in foreign):
            raise ValueError(
                f"{path}, line {number}: want {_N_FORMS} forms, both genders and numbers"
            )
        kinds = dict.fromkeys(TARGETS, _ADJECTIVE)
        terms.append(Term((english, ()), kinds, dict(zip(TARGETS, foreign, strict=True))))
    return terms


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[tuple[str, ...]]]]:
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    if tuple(header.split("\t")) != columns:
        raise ValueError(f"{path} must begin with the row {columns}, tabs between")
    for number, line in enumerate(lines, start=2):
        cells = [tuple(filter(None, cell.split(" | "))) for cell in line.split("\t")]
        if len(cells) != len(columns):
            raise ValueError(f"{path}, line {number}: want {len(columns)} columns, tabs between")
        yield number, cells
