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
from itertools import pairwise

from indexer.country_names import country_code
from indexer.store.lexical_index import content_words
from service.pipeline.asked_before import after, turns_of
from service.pipeline.country_articles import in_country, with_article
from service.pipeline.follow_up_words import (
    FOLLOW_UP_WORDS,
    LANGUAGE_WISH,
    PLURAL_VERBS,
    TOPIC_PRONOUN,
    TOPIC_QUESTION,
    TOPIC_SUBJECT,
    FollowUpWords,
    pattern,
)
from service.pipeline.other_names import (
    is_name,
    is_surely_name,
    names_of,
    with_other_name,
    without_preposition,
)
from service.pipeline.question import MAX_CHARS, clean, names_in, question_text
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
        language: Of the answer, where the follow-up names one or is in another than the question
            before; else ``None``.
    """

    text: str
    is_rewritten: bool = False
    language: str | None = None


_MAX_TOPIC_WORDS = 8
_PUNCTUATION = "¿?¡!.… "
_PLURAL_NOUN = pattern(r"\b(?:\w{3,}[^s\W]s|people|women|men|children|gente)\b")
_ASKING = pattern(
    r"\b(?:were|more|details?|many|much|long|often|large|big|year|years|date|share"
    r"|percentage|took part|años?|fecha|porcentaje|tanto|anos?|data|percentagem|quantia"
    r"|since|until|desde|hasta|até)\b"
)
"""Words that ask for a number or a date, or limit it: they say nothing of a topic."""
_LEADING = re.compile(r"^[¿¡\s]*")
_NAMES_ITS_SUBJECT = re.compile(
    r"[A-ZÀ-Þ][\w’'-]*(?: (?:(?:de|del|do|da|of) )?[A-ZÀ-Þ][\w’'-]*){0,3}, ¿?"
    r"(?:how|what|which|who|why|when|where|c[oó]mo|qu[eé]|qui[eé]n(?:es)?|cu[aá]\w+|d[oó]nde"
    r"|por qu[eéê]|como|qu(?:em|al|ais|ando)|onde|quant[oa]s?)\b(?: [\w’'-]+){3}"
)
"""What goes on with another subject and asks all of it: "Y Dinamarca, ¿cómo acompaña a …?"."""


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
    foreign = _in_another_language(text, before)
    if foreign is not None:
        return foreign
    language = _language_between(text, before)
    rules = FOLLOW_UP_WORDS[language]
    rewritten = _rewritten(words, before, rules, language)
    if rewritten is None or len(rewritten) > MAX_CHARS:
        return StandaloneQuestion(text)
    return StandaloneQuestion(rewritten, is_rewritten=True)


def _in_another_language(text: str, before: str) -> StandaloneQuestion | None:
    """Return what "¿Y México?" means after a question in English; the answer is in Spanish.

    ``None`` where it is no such fragment. Portuguese comes first: "e" opens Spanish ones seldom.
    One that names what nothing in the question before is like stays as it was typed: "¿Y la ONU?".
    """
    words = _bare(text)
    into = language_of(before)
    if into not in FOLLOW_UP_WORDS or FOLLOW_UP_WORDS[into].opening.match(words):
        return None
    for language in sorted(FOLLOW_UP_WORDS.keys() - {into}, reverse=True):
        rules = FOLLOW_UP_WORDS[language]
        opening = rules.opening.match(words)
        rest = words[opening.end() :] if opening else words
        fragment = rules.fragment.match(rest)
        rest = rest[fragment.end() :] if fragment else rest
        is_led = opening or fragment or _leads_to_country(rest, into, language)
        if is_led and _names_only(rest, rules):
            said = _said_in(rest, rules, into)
            swapped = with_other_name(said, before, FOLLOW_UP_WORDS[into], into)
            if swapped and len(swapped) <= MAX_CHARS:
                return StandaloneQuestion(swapped, is_rewritten=True, language=language)
            return StandaloneQuestion(text)
    return None


def _leads_to_country(words: str, into: str, language: str) -> bool:
    """Tell whether words are a preposition of one language alone and a country as it calls it."""
    rules = FOLLOW_UP_WORDS[language]
    if FOLLOW_UP_WORDS[into].preposition.match(words) or not rules.preposition.match(words):
        return False
    name = without_preposition(words, rules)
    code = country_code(name)
    return code is not None and (with_article(code, language) or "").endswith(name)


def _names_only(fragment: str, rules: FollowUpWords) -> bool:
    name = without_preposition(fragment, rules)
    return is_name(name) or is_surely_name(name)


def _said_in(fragment: str, rules: FollowUpWords, language: str) -> str:
    """Return a name, and the preposition before it if it has one, in another language."""
    name = without_preposition(fragment, rules)
    code = country_code(name)
    if rules.preposition.match(fragment) is None:
        return (with_article(code, language) if code else None) or name
    return (in_country(code, language) if code else None) or f"{_IN[language]} {name}"


_IN = {"en": "in", "es": "en", "pt": "em"}


def _rewritten(words: str, before: str, rules: FollowUpWords, language: str) -> str | None:
    """Return the question that ``words`` mean after ``before``; ``None`` if they stand alone."""
    opening = rules.opening.match(words)
    rest = words[opening.end() :] if opening else words
    if opening and _NAMES_ITS_SUBJECT.match(rest):
        return _as_question(rest, before)
    fragment = rules.fragment.match(rest)
    rest = rest[fragment.end() :] if fragment else rest
    if opening or fragment or is_surely_name(rest):
        swapped = with_other_name(rest, before, rules, language)
        if swapped:
            return swapped
        if opening and is_name(without_preposition(rest, rules)):
            return _after(before, words)
    if fragment:
        return _after(before, words) if opening or not _is_whole(rest, language) else None
    is_continued = opening is not None
    if _has_open_pronoun(rest, before, rules) or _leans(
        rest, rules, language, is_continued=is_continued
    ):
        return _with_topic(rest, before, rules, language) or _after(before, words)
    return None


def _is_whole(fragment: str, language: str) -> bool:
    """Tell whether a fragment has both a name and a topic: "remittances in El Salvador"."""
    names = names_of(fragment)
    for name in names:
        fragment = fragment.replace(name, "")
    return bool(names) and _n_content(fragment, language) > 0


def _leans(words: str, rules: FollowUpWords, language: str, *, is_continued: bool) -> bool:
    """Tell whether a question without an open pronoun leans on the one before."""
    if any(not name.isdigit() for name in names_in(words)):  # a year is no topic
        return False
    if rules.general_noun.search(words) or (rules.no_subject and rules.no_subject.fullmatch(words)):
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


def _has_open_pronoun(words: str, earlier: str, rules: FollowUpWords) -> bool:
    """Tell whether a pronoun stands for something that the question does not name.

    Args:
        words: The question.
        earlier: The one before.
        rules: The words of both.
    """
    has_noun = _NO_NAME.search(earlier) is not None
    hidden = rules.empty_pronoun.sub(lambda match: " " * len(match[0]), words)
    for match in rules.pronoun.finditer(hidden):
        if match[0].casefold() in _POSSESSIVES:
            is_open = not _has_owner(words, match, rules)
        else:
            is_plural = rules.plural.fullmatch(match[0]) is not None
            ahead = words[: match.start()]
            clause = max((found.start() for found in rules.clause.finditer(ahead)), default=-1)
            before = ahead[:clause] if clause > 0 else ""
            is_open = not _PLURAL_NOUN.search(before) and (is_plural or not _NOUN.search(before))
            n_named = 0 if has_noun and _SAYS.search(ahead) else _n_named(ahead, rules)
            is_open = is_open and n_named < 1 + is_plural
        if is_open:
            return True
    return False


_SAYS = pattern(
    r"\b(?:sa(?:ys?|id)|kn(?:ows?|ew)|t(?:ells?|old)|explain(?:s|ed)?|th(?:inks?|ought)"
    r"|believe[sd]?|reports?|reported|claim(?:s|ed)?|argue[sd]?|admit(?:s|ted)?|sees?|saw"
    r"|dice[ns]?|dijo|dijeron|dicho|sabe[nsm]?|sabido|explica[nm]?|explic(?:ó|ado|ou)|cuenta[n]?"
    r"|cree[n]?|diz(?:em)?|diss(?:e|eram)|dito|conta[m]?|acha[m]?)"
    r"(?: [A-ZÀ-Þ][\w’'-]*){0,3}"
    r" (?:that|what|which|whether|who|how|why|if|because|que|qué|si|se|quién|quem|c[oó]mo"
    r"|por qu[eé]|porque)\b"
)
"""What says or knows something, mostly of something else: "Does Lima say why it failed?"."""

_NO_NAME = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|un|una|el|la|um|uma|o) (?:[A-ZÀ-Þ][\w’'-]* )?[a-zß-ÿ]*[a-rt-zß-ÿ]\b"
)
"""A noun in the singular that is no name, for which "it" may stand."""


def _n_named(ahead: str, rules: FollowUpWords) -> int:
    """Return how many names a pronoun may stand for: "Did Lima finish what it began?" has one.

    They stand before the clause that tells what, whether or why, and behind no preposition; the
    first word's capital says nothing.
    """
    clause = rules.object_clause.search(ahead)
    words = ahead[: clause.start()].split() if clause else []
    return sum(
        bool(names_of(f"x {word}")) and not rules.preposition.fullmatch(before)
        for before, word in pairwise(words)
    )


def _has_owner(words: str, possessive: re.Match[str], rules: FollowUpWords) -> bool:
    """Tell whether a question names what something belongs to: "How much of its GDP has Peru?".

    Ahead of the possessive that is any noun; behind it a name or a noun with its article, unless
    they stand behind a preposition.
    """
    ahead = _ASKED_OF_IT.sub("", words[: possessive.start()])
    ahead = _NO_PLURAL_NOUN.sub("", ahead)
    if _PLURAL_NOUN.search(ahead) or _SINGULAR_OWNER.search(ahead) or names_of(ahead):
        return True
    behind = words[possessive.end() :].split()[1:]
    return any(
        (_ARTICLE.fullmatch(word) or names_of(f"x {word}"))
        and not rules.preposition.fullmatch(before)
        and not rules.preposition.fullmatch(word)
        for before, word in zip(["", *behind], behind, strict=False)
    )


_ASKED_OF_IT = pattern(r"\b(?:an?|the|el|l[ao]s?|un|uma?|o|a) \w+ (?:of|d[eao]s?) $")
"""What is asked of the owner is not the owner: "the cost of its …"."""

_NO_PLURAL_NOUN = pattern(
    r"\b(?:who|what (?:still|now|also|else|\w+ly)) \w+s\b"
    r"|\b(?:cuánt[oa]s|cuáles|quiénes|quant[oa]s|quais)\b"
)
"""Verbs and question words that look like a noun in the plural: "Who runs its shelters?"."""

_SINGULAR_OWNER = pattern(r"\b(?:an?|the|each|every|which|una?|el|la|cada|uma?|o|a) [^\W\d_]+\b")
_ARTICLE = pattern(r"the|el|l[ao]s?|[ao]s?")
_POSSESSIVES = frozenset(
    ("its", "their", "theirs", "su", "sus", "seu", "seus", "sua", "suas", "dele", "deles", "delas")
)
_NOUN = pattern(r"\b(?:an?|the|un|una|el|la|um|uma|o|a) [^\W\d_]+\b")


def _with_topic(words: str, before: str, rules: FollowUpWords, language: str) -> str | None:
    """Put what the question before asked about in the place of a pronoun."""
    bare = _bare(turns_of(before)[0])
    asked = TOPIC_QUESTION[language].fullmatch(bare)
    if asked is None and language == "en":
        asked = TOPIC_SUBJECT.fullmatch(bare)
    if asked is None or len(asked["topic"].split()) > _MAX_TOPIC_WORDS:
        return None
    one, several = TOPIC_PRONOUN[language]
    if one.fullmatch(asked["topic"]) or several.fullmatch(asked["topic"]):
        return None
    stands_for_it = several if asked["verb"].casefold() in PLURAL_VERBS else one
    hidden = rules.empty_pronoun.sub(lambda match: " " * len(match[0]), words)
    pronoun = stands_for_it.search(hidden)
    if pronoun is None:
        return None
    replaced = f"{words[: pronoun.start()]}{asked['topic']}{words[pronoun.end() :]}"
    return _as_question(replaced, before)


def _after(before: str, words: str) -> str:
    return after(before, _as_question(words, before))


def _as_question(words: str, before: str) -> str:
    """Return words as a question, opened by a mark where the question before is."""
    opening = "¿" if before.startswith("¿") and "¿" not in words else ""
    return f"{opening}{words[:1].upper()}{words[1:]}?"


def _bare(text: str) -> str:
    return _LEADING.sub("", " ".join(text.split())).strip(_PUNCTUATION)


def _n_content(words: str, language: str) -> int:
    content = content_words(_ASKING.sub("", words), language=language)
    return sum(not word.isdigit() for word in content)


def _language_between(text: str, before: str) -> str:
    """Return the language of both: a fragment alone is too short to tell its own."""
    both = language_of(f"{before} {text}")
    return both if both in FOLLOW_UP_WORDS else "en"
