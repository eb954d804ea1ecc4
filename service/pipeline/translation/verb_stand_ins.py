"""Puts other English verbs in the place of those that Apertium lacks or mistranslates.

"The city set up a unit" ─▶ "The city established a unit": the form stays, a particle goes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from service.pipeline.translation.readings import Unit
from service.pipeline.translation.word_choices import first_lemma

VERBS_PATH = Path(__file__).parent / "quote_verbs.tsv"
VERBS_HEADER = ("english", "stand-in")
_ENDINGS = (
    ("ing", "", ("<ger>", "<pprs>", "<subs>")),
    ("ed", "", ("<past>", "<pp>")),
    ("ies", "y", ("<pri><p3><sg>",)),
    ("es", "", ("<pri><p3><sg>",)),
    ("s", "", ("<pri><p3><sg>",)),
    ("", "", ("<inf>", "<pres>")),
)
"""Of a form, of its verb, and what the form may be."""

_VERB = "vblex>"


def with_known_verbs(units: Sequence[Unit], verbs: Mapping[str, str]) -> list[Unit]:
    """Return words with forms of verbs that Apertium lacks as those of others.

    Args:
        units: The words of a text.
        verbs: What `read_verbs` found.
    """
    return [_known(unit, verbs) for unit in units]


def _known(unit: Unit, verbs: Mapping[str, str]) -> Unit:
    """Return a form of a verb that Apertium lacks as that form of the one to take its place.

    It has "rallies" as a noun alone.
    """
    word = unit.word
    if not unit.is_only("unknown", "n", "vblex"):
        return unit
    lemmas = {
        reading.partition("<")[0].lower() for reading in unit.readings if "<vblex>" in reading
    }
    for ending, stem_ending, tags in _ENDINGS:
        stem = word.removesuffix(ending) + stem_ending if word.endswith(ending) else ""
        doubled = stem[:-1] if stem[-1:] == stem[-2:-1] else ""
        stems = (stem, f"{stem}e", doubled) if ending in {"ed", "ing"} else (stem,)
        lemma = next((s for s in stems if s and s in verbs), "")
        if lemma and lemma not in lemmas:
            readings = tuple(f"{verbs[lemma]}<vblex>{tag}" for tag in tags)
            return replace(unit, readings=(*_nouns(unit), *readings))
    return unit


def _nouns(unit: Unit) -> tuple[str, ...]:
    return tuple(reading for reading in unit.readings if "<n>" in reading)


def with_other_verbs(units: Sequence[Unit], verbs: Mapping[str, str]) -> list[Unit]:
    """Return words with verbs replaced, and without the particles that belong to them.

    Args:
        units: The words of a text, with their readings chosen.
        verbs: What `read_verbs` found; the particle of one of two words stays if what takes its
            place has it, too.
    """
    replaced: list[Unit] = []
    at = 0
    while at < len(units):
        unit, rest = units[at], units[at + 1 : at + 3]
        n_between, other = _with_particle(unit, rest, verbs)
        if other:
            replaced += [_in_place(unit, {first_lemma(unit).lower(): other.partition(" ")[0]})]
            replaced += rest[:n_between]
            at += n_between + (1 if " " in other else 2)
        else:
            replaced.append(_in_place(unit, verbs))
            at += 1
    return replaced


def _with_particle(
    unit: Unit, rest: Sequence[Unit], verbs: Mapping[str, str]
) -> tuple[int, str | None]:
    """Return how many adverbs stand before a verb's particle, and what takes the verb's place."""
    if unit.has("<vblex>") and unit.is_only("vblex", "adj"):
        for n_between, particle in enumerate(rest):
            other = verbs.get(f"{first_lemma(unit).lower()} {particle.word}")
            if other:
                return n_between, other
            if not particle.is_only("adv"):
                break
    return 0, None


def _in_place(unit: Unit, verbs: Mapping[str, str]) -> Unit:
    """Return a word with the lemmas of the verbs to take the place of its own."""
    return replace(unit, readings=tuple(_reading(reading, verbs) for reading in unit.readings))


def _reading(reading: str, verbs: Mapping[str, str]) -> str:
    """Return a reading with another verb's lemma; ``bring<vblex><past># together`` is one word."""
    lemma, _, rest = reading.partition("<")
    tags, _, particle = rest.partition("# ")
    other = verbs.get(f"{lemma} {particle}".strip().lower()) if tags.startswith(_VERB) else None
    if other is None:
        return reading
    return f"{other.capitalize() if lemma[0].isupper() else other}<{tags}"


def read_verbs(path: Path) -> dict[str, str]:
    """Return the verbs of the file of verbs, with those that take their place.

    Raises:
        ValueError: A row has not two columns.
    """
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    if tuple(header.split("\t")) != VERBS_HEADER:
        raise ValueError(f"{path} must begin with the row {VERBS_HEADER}, a tab between")
    for number, line in enumerate(lines, start=2):
        if line.count("\t") != 1:
            raise ValueError(f"{path}, line {number}: want two columns, a tab between")
    return dict(line.split("\t") for line in lines)
