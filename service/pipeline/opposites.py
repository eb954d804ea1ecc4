"""Tells sentences that say the opposite of what a question asks for by name, number or manner.

"Which cities keep their limits?" is not answered by a sentence on cities that abolish theirs. A
yes-or-no question is: "Do small cities keep their limits?".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.store.lexical_index import content_words
from service.records import LANGUAGES

_Side = re.Pattern[str]

_RULE = re.compile(
    r"(?:limit|límite|restricci|restriç|restriction|rule|regla|regra|requirement|requisit"
    r"|condition|condici|condiç|control|quota|curfew|barrier|barreira)",
    re.IGNORECASE,
)
"""What is kept and abolished alike, and is called by one name as well as by another."""

_N_BESIDE = 5
"""Words on either side of a verb among which stands what it is said of."""

_N_STEM, _N_LEAST = 5, 4
"""First letters by which two forms of a word are known for one, and letters that one has at least.
"""


def _side(words: str) -> _Side:
    return re.compile(rf"(?:{words})\Z", re.IGNORECASE)


_PAIRS = (
    (
        _side(
            "keep(?:s|ing)?|kept|retain(?:s|ed|ing)?|maintain(?:s|ed|ing)?|preserv(?:es?|ed|ing)"
            "|mant(?:ien|en|uv)\\w+|conserv\\w+|mant[eéê]m|mant(?:er|iv)\\w*"
        ),
        _side(
            "abolish(?:es|ed|ing)?|scrap(?:s|ped|ping)?|lift(?:s|ed|ing)?|repeal(?:s|ed|ing)?"
            "|remov(?:es?|ed|ing)|eliminat(?:es?|ed|ing)|liberali[sz](?:es?|ed|ing)"
            "|relax(?:es|ed|ing)?|loosen(?:s|ed|ing)?|eas(?:es?|ed|ing)"
            "|suprim\\w+|elimin[aóo]\\w*|derog\\w+|abol\\w+|revog\\w+|flexibili[sz]\\w+"
        ),
    ),
    (
        _side(
            "allow(?:s|ed|ing)?|permit(?:s|ted|ting)?|admit(?:s|ted|ting)?"
            "|permit[ei]\\w*|admit[ei]\\w*|autoriza\\w*"
        ),
        _side(
            "forbid(?:s|den|ding)?|forbade|prohibit(?:s|ed|ing)?|ban(?:s|ned|ning)?"
            "|proh[ií]b\\w+|pro[ií]b\\w+|veda[mr]?|vedad[ao]s?"
        ),
    ),
    (
        _side(
            "increas(?:es?|ed|ing)|ris(?:es?|en|ing)|rose|grow(?:s|n|ing)?|grew"
            "|aument\\w+|sub(?:e|en|em|ió|iu|ieron|iram)|crec\\w+|cresc\\w+"
        ),
        _side(
            "decreas(?:es?|ed|ing)|declin(?:es?|ed|ing)|fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?"
            "|shr(?:ink|ank|unk)(?:s|ing)?|disminu\\w+|baj(?:a|ó|an|aron)|ca(?:e|yó|i|iu|íram|en)"
            "|diminu\\w+"
        ),
    ),
    (
        _side("still|aún|todavía|ainda|sigue[n]?|continu(?:es?|a|am|an|ed|ing)"),
        _side("nolonger"),
    ),
)
_NO_LONGER = re.compile(
    r"\b(?:no longer|not any ?more|ya no|já não|(?:dej|deix)(?:a|ó|an|am|ou|aron|aram) de)\b",
    re.IGNORECASE,
)
"""Read as one word, and as no turn."""

_OF_RULES = _PAIRS[0]
"""Much else is kept, and lifted."""

_A_RULE = "rule"

_TURNS = re.compile(
    r"\b(?:not|never|without|except|unless|neither|nor|no|n[ãa]o|sin|sem|salvo|ni|nem|nunca"
    r"|but|pero|mas|while|whereas|(?:exclu|excep|excet)\w+|out)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words by which a sentence says of one thing what it does not say of another."""

_ASKS_WHAT = re.compile(
    r"(?:^|[.!?;:] )[¿\"“(]*(?:\w+ )?(?:which|what|who|whom|whose|where|when|why|how|list|name"
    r"|qué|cuál(?:es)?|quién(?:es)?|dónde|cuándo|cómo|por qué|cuánt[oa]s?|lista|nombra"
    r"|que|qual|quais|quem|onde|quando|como|quant[oa]s?|liste)\b"
    r"|, ¿?(?:which|what|how|qué|cuál(?:es)?|cuánt[oa]s|qual|quais)\b",
    re.IGNORECASE,
)
"""Opens a question that neither yes nor no answers, maybe behind a preposition or a situation."""

_N_QUESTIONS = 64
"""Questions whose sides are kept: each is asked of a dozen sentences."""

_WORD = re.compile(r"[^\W\d_]+")


def says_opposite(question: str, sentence: str) -> bool:
    """Tell whether a sentence has the opposite of what a question asks about, and that alone.

    Args:
        question: One that yes or no answers is answered by the opposite, too.
        sentence: In the language of the question.
    """
    sides = _sides_asked_for(question)
    if not sides:
        return False
    sentence = _NO_LONGER.sub("nolonger", sentence)
    words = _WORD.findall(sentence)
    return any(_is_said_of(side, words) for side in sides) and not _TURNS.search(sentence)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A side of a pair that a question asks for, the other one, and what stands beside it."""

    own: _Side
    other: _Side
    beside: frozenset[str]


@lru_cache(maxsize=_N_QUESTIONS)
def _sides_asked_for(question: str) -> tuple[_Asked, ...]:
    """Return the sides of which a question has one alone; none where yes or no answers it."""
    if not _ASKS_WHAT.search(question) or _TURNS.search(question):
        return ()
    words = _WORD.findall(question)
    return tuple(
        _Asked(own, other, frozenset(_beside(words, own)))
        for pair in _PAIRS
        for own, other in (pair, pair[::-1])
        if _has(words, own) and not _has(words, other)
    )


def _is_said_of(asked: _Asked, sentence: Sequence[str]) -> bool:
    """Tell whether a sentence has the other side alone, and says it of the same thing."""
    if _has(sentence, asked.own):
        return False
    same = asked.beside & _beside(sentence, asked.other)
    return bool(same) and (asked.own not in _OF_RULES or _A_RULE in same)


def _has(words: Sequence[str], side: _Side) -> bool:
    return any(side.match(word) for word in words)


def _beside(words: Sequence[str], side: _Side) -> set[str]:
    """Return what stands beside the words of a side, each by its beginning."""
    return {
        _A_RULE if _RULE.match(word) else word[:_N_STEM].casefold()
        for at, verb in enumerate(words)
        if side.match(verb)
        for word in words[max(0, at - _N_BESIDE) : at + 1 + _N_BESIDE]
        if len(word) >= _N_LEAST and not side.match(word) and _says_something(word)
    }


def _says_something(word: str) -> bool:
    return all(content_words(word, language=language) for language in LANGUAGES)
