"""Makes a follow-up stand by itself: what it leaves out comes from the turns before, by rule.

    in Spanish please        ─▶ the question before, answered in Spanish
    and in Peru?             ─▶ the question before, with Peru in the place of the country it names
    who pays for it?         ─▶ who pays for X?, where the question before was what X is
    what about costs?        ─▶ the question before – what about costs?
    a question of its own    ─▶ untouched

A question counts as its own unless it leans on something: a pronoun whose noun is not in it, an
opening such as "and", or so few words that it says nothing alone. Rules for each language stand in
one table. docs/experiments.md, D32, has the measurement.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.store.lexical_index import content_words
from service.pipeline.asked_before import after, turns_of
from service.pipeline.country_names import country_code
from service.pipeline.follow_up_words import (
    FOLLOW_UP_WORDS,
    LANGUAGE_WISH,
    TOPIC_PRONOUN,
    TOPIC_QUESTION,
    FollowUpWords,
    pattern,
)
from service.pipeline.question import MAX_CHARS, clean, names_in, question_text, years_in
from service.pipeline.question_language import language_of
from service.records import LANGUAGES

MAX_TURNS = 20
"""Turns that are looked at, the last ones; a chat of any length costs the same."""


@dataclass(frozen=True, slots=True)
class StandaloneQuestion:
    """A question that needs no turn before it.

    Attributes:
        text: The question, cleaned; otherwise as it was typed where it stands by itself.
        is_rewritten: Whether it is not what was typed.
        language: Of the answer, where the follow-up names one; else ``None``.
    """

    text: str
    is_rewritten: bool = False
    language: str | None = None


_MAX_TOPIC_WORDS = 8
_PUNCTUATION = "¿?¡!.… "
_PLURAL_NOUN = pattern(r"\b(?:\w{3,}[^s\W]s|people|women|men|children|gente)\b")
_ASKING = pattern(
    r"\b(?:were|more|details?|many|much|long|often|large|big|year|years|date|share|percentage|años?|fecha|porcentaje"
    r"|tanto|anos?|data|percentagem|quantia|since|until|desde|hasta|até)\b"
)
"""Words that ask for a number or a date, or limit it: they say nothing of a topic."""
_JOINT = pattern(r",? (?:and|or|vs\.?|versus|y|e|o|u|ou) ")
"""Stands between two names that are asked about at once."""

_CAPITAL = re.compile(r"[^\W\d_][\w'’.-]*")
_LEADING = re.compile(r"^[¿¡\s]*")


def standalone_question(text: str, earlier: Sequence[str]) -> StandaloneQuestion:
    """Return a question with what it leaves out, from the user's turns before it.

    Args:
        text: The question, as it was typed.
        earlier: What the user asked before, oldest first; each may be a follow-up itself. One that
            is too long to be asked, or has no word, is passed over.
    """
    before = ""
    for turn in map(clean, earlier[-MAX_TURNS:]):
        if _can_be_asked(turn):
            before = _standalone(turn, before).text
    return _standalone(question_text(text), before)


def _can_be_asked(text: str) -> bool:
    """Tell whether a text is short enough to be asked, and more than marks."""
    return len(text) <= MAX_CHARS and bool(_bare(text))


def _standalone(text: str, before: str) -> StandaloneQuestion:
    if not before or not _can_be_asked(text):
        return StandaloneQuestion(text)
    words = _bare(text)
    for language in LANGUAGES:
        if LANGUAGE_WISH[language].fullmatch(words):
            return StandaloneQuestion(before, is_rewritten=True, language=language)
    language = _language_between(text, before)
    rules = FOLLOW_UP_WORDS[language]
    rewritten = _rewritten(words, before, rules, language)
    if rewritten is None or len(rewritten) > MAX_CHARS:
        return StandaloneQuestion(text)
    return StandaloneQuestion(rewritten, is_rewritten=True)


def _rewritten(words: str, before: str, rules: FollowUpWords, language: str) -> str | None:
    """Return the question that ``words`` mean after ``before``; ``None`` if they stand alone."""
    opening = rules.opening.match(words)
    rest = words[opening.end() :] if opening else words
    fragment = rules.fragment.match(rest)
    rest = rest[fragment.end() :] if fragment else rest
    if opening or fragment or _is_surely_name(rest):
        swapped = _with_other_name(rest, before, rules)
        if swapped:
            return swapped
        if opening and _is_name(_without_preposition(rest, rules)):
            return _after(before, words)
    if fragment:
        return _after(before, words) if opening or not _is_whole(rest, language) else None
    if _leans(rest, rules, language, is_continued=opening is not None):
        return _with_topic(words, before, language) or _after(before, words)
    return None


def _is_whole(fragment: str, language: str) -> bool:
    """Tell whether a fragment has both a name and a topic: "remittances in El Salvador"."""
    names = _names(fragment)
    for name in names:
        fragment = fragment.replace(name, "")
    return bool(names) and _n_content(fragment, language) > 0


def _leans(words: str, rules: FollowUpWords, language: str, *, is_continued: bool) -> bool:
    """Tell whether a question leans on the one before."""
    if _has_open_pronoun(words, rules):
        return True
    if any(not name.isdigit() for name in names_in(words)):  # a year is no topic
        return False
    if rules.general_noun.search(words):
        return True
    n_content = _n_content(words, language)
    if rules.definition.match(words) and n_content:
        return False
    return n_content <= (
        _N_CONTINUED if is_continued else _N_OPEN if rules.open_subject.match(words) else 1
    )


_N_CONTINUED = 5
"""Content words that a question without a name may have after "and" and still lean."""

_N_OPEN = 2
"""Content words that one may have which leaves out what it is about."""


def _has_open_pronoun(words: str, rules: FollowUpWords) -> bool:
    """Tell whether a pronoun stands for something that the question does not name."""
    hidden = rules.empty_pronoun.sub(lambda match: " " * len(match[0]), words)
    for match in rules.pronoun.finditer(hidden):
        ahead = words[: match.start()]
        clause = max((found.start() for found in rules.clause.finditer(ahead)), default=-1)
        is_plural = rules.plural.fullmatch(match[0]) is not None
        nouns = _PLURAL_NOUN.search(ahead[:clause] if clause > 0 else "")
        is_possessive = match[0].casefold() in _POSSESSIVES
        if is_possessive:
            nouns = _PLURAL_NOUN.search(ahead) or _CAPITAL.search(" ".join(names_in(f"x {ahead}")))
        elif not is_plural and clause > 0:
            nouns = nouns or (_NOUN.search(ahead[:clause]) if clause else None)
        if not nouns:
            return True
    return False


_POSSESSIVES = frozenset(
    ("its", "their", "theirs", "su", "sus", "seu", "seus", "sua", "suas", "dele", "deles", "delas")
)
_NOUN = pattern(r"\b(?:an?|the|un|una|el|la|um|uma|o|a) [^\W\d_]+\b")


def _with_other_name(fragment: str, before: str, rules: FollowUpWords) -> str | None:
    """Put the names or the year of a fragment in the place of that of the question before."""
    preposition = rules.preposition.match(fragment)
    name = _without_preposition(fragment, rules)
    year = years_in(name)
    if year and year == [name]:
        years = years_in(before)
        return before.replace(years[-1], name) if years else _appended(before, fragment)
    first, *others = [name] if country_code(name) else _JOINT.split(name)
    if not all(map(_is_name, (first, *others))) or (
        others and {first, *others} & {*_names(before)}
    ):
        return None
    names = [old for old in _names(before) if old != name]
    alike = [old for old in names if (country_code(old) is None) == (country_code(first) is None)]
    if len(alike) > 1:
        alike = _in_same_part(alike, first, preposition[0] if preposition else "", before)
    if len(alike) == 1:
        return re.sub(rf"\b{re.escape(alike[0])}\b", lambda _: name, before)
    if len(names) == 1 and names[0].isupper() == first.isupper():
        return re.sub(rf"\b{re.escape(names[0])}\b", lambda _: name, before)
    return None if names else _appended(before, fragment if preposition else f"– {name}")


def _without_preposition(fragment: str, rules: FollowUpWords) -> str:
    """Return a fragment without the preposition and the article before its name."""
    preposition = rules.preposition.match(fragment)
    name = fragment[preposition.end() :] if preposition else fragment
    return re.sub(r"^(?:the|la|el|a|o)\s+(?=[A-ZÁÉÍÓÚ])", "", name)


def _in_same_part(names: Sequence[str], name: str, preposition: str, before: str) -> list[str]:
    """Return the name that plays the part of a new one in the question before, if one does.

    It stands behind the same preposition; without one it is the first that is an acronym as the
    new one is, or none as that.
    """
    if preposition:
        behind = re.escape(preposition.strip())
        return [
            old
            for old in names
            if re.search(rf"\b{behind} (?:the )?{re.escape(old)}\b", before, re.IGNORECASE)
        ]
    return [old for old in names if old.isupper() == name.isupper()][:1]


def _is_surely_name(words: str) -> bool:
    """Tell whether a few words are a name or a year even where they begin a sentence.

    A single word with a capital may be any word there: "Medellín" and "São Paulo" are none.
    """
    if years_in(words) == [words] or country_code(words):
        return True
    is_several = " " in words or words.isupper() or not words.isascii()
    return is_several and not words.isdigit() and _is_name(words)


def _is_name(words: str) -> bool:
    """Tell whether a few words are one name: of a country, or all with a capital."""
    if country_code(words):
        return True
    found = _CAPITAL.findall(words)
    small = {"de", "del", "da", "do", "la", "of", "the"}
    return 0 < len(found) <= 4 and all(word[0].isupper() or word in small for word in found)  # noqa: PLR2004


def _names(question: str) -> list[str]:
    """Return the names of a question, words in a row as one."""
    bare = _bare(question)
    singles = [name for name in names_in(f"x {bare[:1].lower()}{bare[1:]}") if not name.isdigit()]
    joined: list[str] = []
    for name in singles:
        if joined and f"{joined[-1]} {name}" in question:
            joined[-1] += f" {name}"
        elif name not in joined:
            joined.append(name)
    return joined


def _with_topic(words: str, before: str, language: str) -> str | None:
    """Put what the question before asked about in the place of a pronoun."""
    asked = TOPIC_QUESTION[language].fullmatch(_bare(turns_of(before)[0]))
    if asked is None or len(asked["topic"].split()) > _MAX_TOPIC_WORDS:
        return None
    if TOPIC_PRONOUN[language].fullmatch(asked["topic"]):
        return None
    replaced, n = TOPIC_PRONOUN[language].subn(lambda _: asked["topic"], words, count=1)
    return f"{replaced}?" if n else None


def _after(before: str, words: str) -> str:
    opening = "¿" if before.startswith("¿") else ""
    return after(before, f"{opening}{words[:1].upper()}{words[1:]}?")


def _appended(before: str, words: str) -> str:
    return f"{before.rstrip('?.! ')} {words}?"


def _bare(text: str) -> str:
    return _LEADING.sub("", " ".join(text.split())).strip(_PUNCTUATION)


def _n_content(words: str, language: str) -> int:
    content = content_words(_ASKING.sub("", words), language=language)
    return sum(not word.isdigit() for word in content)


def _language_between(text: str, before: str) -> str:
    """Return the language of both: a fragment alone is too short to tell its own."""
    both = language_of(f"{before} {text}")
    return both if both in FOLLOW_UP_WORDS else "en"
