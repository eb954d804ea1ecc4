"""Tells sentences that say the opposite of what a question asks for by name, number or manner.

"Which cities keep their limits?" is not answered by a sentence on cities that abolish theirs. A
yes-or-no question is: "Do small cities keep their limits?".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.store.lexical_index import content_words
from service.pipeline.question_language import language_of
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


_ENGLISH = (
    (
        _side(
            "keep(?:s|ing)?|kept|retain(?:s|ed|ing)?|maintain(?:s|ed|ing)?|preserv(?:es?|ed|ing)"
        ),
        _side(
            "abolish(?:es|ed|ing)?|scrap(?:s|ped|ping)?|lift(?:s|ed|ing)?|repeal(?:s|ed|ing)?"
            "|remov(?:es?|ed|ing)|eliminat(?:es?|ed|ing)|liberali[sz](?:es?|ed|ing)"
            "|relax(?:es|ed|ing)?|loosen(?:s|ed|ing)?|eas(?:es?|ed|ing)"
        ),
    ),
    (
        _side("allow(?:s|ed|ing)?|permit(?:s|ted|ting)?|admit(?:s|ted|ting)?"),
        _side("forbid(?:s|den|ding)?|forbade|prohibit(?:s|ed|ing)?|ban(?:s|ned|ning)?"),
    ),
    (
        _side("increas(?:es?|ed|ing)|ris(?:es?|en|ing)|rose|grow(?:s|n|ing)?|grew"),
        _side(
            "decreas(?:es?|ed|ing)|declin(?:es?|ed|ing)|fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?"
            "|shr(?:ink|ank|unk)(?:s|ing)?"
        ),
    ),
    (_side("still|continu(?:es?|ed|ing)"), _side("nolonger")),
)
_SPANISH_AND_PORTUGUESE = (
    (
        _side("mant(?:ien|en|uv)\\w+|conserv\\w+|mant[eéê]m|mant(?:er|iv)\\w*"),
        _side(
            "suprim\\w+|elimin[aóo]\\w*|derog\\w+|abol\\w+|revog\\w+|flexibili[sz]\\w+"
            "|liberali[sz]\\w+"
        ),
    ),
    (
        _side("permit[ei]\\w*|admit[ei]\\w*|autoriza(?!ci|ç)\\w*"),
        _side("proh[ií]b(?!ici)\\w+|pro[ií]b(?!iç)\\w+|veda[mr]?|vedad[ao]s?"),
    ),
    (
        _side("aument\\w+|sub(?:e|en|em|ió|iu|ieron|iram)|crec\\w+|cresc\\w+"),
        _side("disminu\\w+|baj(?:a|ó|an|aron)|ca(?:e|yó|i|iu|íram|en)|diminu\\w+"),
    ),
    (_side("aún|todavía|ainda|sigue[n]?|continu(?:a|am|an)"), _side("nolonger")),
)
_OF_RULES = frozenset((*_ENGLISH[0], *_SPANISH_AND_PORTUGUESE[0]))
"""Much else is kept, and lifted."""

_BARE = re.compile(r"(?:permit|ban)s?\Z", re.IGNORECASE)
"""Verbs that are nouns as often: "which work permits", "the ban on", "of permits"."""

_BEFORE_BARE = re.compile(
    r"(?:to|not|do|does|did|will|would|can|could|may|might|must|shall|should|also|that|who|which"
    r"|they|we|it|law|act|rule|policy|constitution|government|state|country|city|town|council"
    r"|municipality|authority|(?!always\b|its\b)[a-z]{3,}[^s\W]s)\Z",
    re.IGNORECASE,
)
"""What makes a verb of one behind it: who does so, or what asks whether."""

_NO_NAMES = (
    "the|an?|this|that|these|those|all|any|each|every|few|many|more|most|some|such|other|both|its"
    "|his|her|their|our|your|two|three|new|old|and|or|but|of|on|in|for|from|with|under|by|if|when|as"
    "|special|temporary|permanent|local|national|regional|municipal|federal|annual|total|partial"
    "|blanket|outright|general|legal|similar|flight|entry|exit|work|residen(?:ce|cy|t|tial)|travel"
    "|settlement|stay|building|construction|planning|development|land|water|fishing|hunting"
    "|driving|parking|street|vend(?:ing|or)|trad(?:e|ing)|business|operating|event|film|food|market"
    "|export|import|transit|visitor|visa|study|student|employment|labou?r|(?:im)?migration|migrant"
    "|refugee|marriage|smoking|alcohol|plastic|pet|dog|car|vehicle|diesel|traffic|rental|housing"
    "|eviction|camping|begging|sleeping|emissions?|pollution|environmental|mining|logging|carbon"
    "|use|zoning|occupancy|access|burial|demolition|renovation|weapons?|arms|gun"
)
_DONE_BY_NAME = re.compile(
    rf"\b(?!(?i:{_NO_NAMES})\b)[^\W\d_a-zà-ÿ]\w+ (?=(?:permit|ban)s\b"
    r"(?! (?:on|for|of|to|and|or|in|by|from|with|are|is|were|was|have|had|has|do|did|will|would|can"
    r"|could|may|might|must|should|that|which)\b|[.,;:?!)]|\Z))"
)
"""A name, maybe a city's, and behind it what it does: "Lima bans street vending". What opens a
sentence has a capital, too: "Work permits", "Travel bans" are none."""

_NO_VERBS = re.compile(
    r"\b(?:fall(?:s|en|ing)?|fell)\b(?= (?:under|of|within|into|outside|on|upon|ill"
    r"|sick|prey|victim|short|behind|apart|between|back)\b)"
    r"|(?<=\bin the )fall\b(?! in\b)|(?:(?<=\bin )|(?<=\bthis )|(?<=\bof )|(?<=\blast ))fall\b"
    r"|\bdrop(?:s|ped|ping)?\b(?= out\b| off\b|-)|(?:(?<=\bwith )|(?<=\bat ))ease\b"
    r"|\bgr(?:ow(?:s|n|ing)?|ew)\b(?= up\b)"
    r"|(?:(?<=\bla )|(?<=\bde )|(?<=\bpor )|(?<=\buna ))(?:baja|veda)\b"
    r"|\bbaja\b(?! (?:el|los|las?|una?|en|al?|hasta|por|cada|del?)\b|[.,;?]|\Z)"
    r"|(?:(?<=clase )|(?<=planta ))baja\b",
    re.IGNORECASE,
)
"""Words that look like those of a side and say something else: "fall under a law", "in the fall of
2015", "drop-in", "de baja densidad"."""

_NO_LONGER = re.compile(
    r"\b(?:no longer|not any ?more|ya no|já não|(?:dej|deix)(?:a|ó|an|am|ou|aron|aram) de)\b",
    re.IGNORECASE,
)
"""Read as one word, and as no turn."""

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

_N_AHEAD = 8
"""Characters by which a word that begins a sentence is known."""

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
    words = _words_of(sentence)
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
    words = _words_of(question)
    pairs = _ENGLISH if language_of(question) == "en" else _SPANISH_AND_PORTUGUESE
    return tuple(
        _Asked(own, other, frozenset(_beside(words, own)))
        for pair in pairs
        for own, other in (pair, pair[::-1])
        if _has(words, own) and not _has(words, other)
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text, and whether it may be a verb there."""

    text: str
    may_be_verb: bool

    def is_of(self, side: _Side) -> bool:
        return self.may_be_verb and side.match(self.text) is not None


def _words_of(text: str) -> list[_Word]:
    """Return the words of a text; names and nouns that look like verbs are none."""
    no_verbs = {match.start() for match in _NO_VERBS.finditer(text)}
    done_by_names = {match.end() for match in _DONE_BY_NAME.finditer(text)}
    words: list[_Word] = []
    for match in _WORD.finditer(text):
        word = match[0]
        is_name = word[0].isupper() and _is_inside(
            text[max(0, match.start() - _N_AHEAD) : match.start()]
        )
        before = words[-1].text if words else ""
        is_noun = (
            _BARE.match(word) is not None
            and _BEFORE_BARE.match(before) is None
            and match.start() not in done_by_names
        )
        words.append(_Word(word, not (is_name or is_noun or match.start() in no_verbs)))
    return words


def _is_inside(ahead: str) -> bool:
    """Tell whether a word stands inside a sentence, by the characters before it."""
    bare = ahead.rstrip(' \t\n¿¡"“‘«(•*–—-')
    return bool(bare) and bare[-1] not in ".!?:;|"


def _is_said_of(asked: _Asked, sentence: Sequence[_Word]) -> bool:
    """Tell whether a sentence has the other side alone, and says it of the same thing."""
    if _has(sentence, asked.own):
        return False
    same = asked.beside & _beside(sentence, asked.other)
    return bool(same) and (asked.own not in _OF_RULES or _A_RULE in same)


def _has(words: Sequence[_Word], side: _Side) -> bool:
    return any(word.is_of(side) for word in words)


def _beside(words: Sequence[_Word], side: _Side) -> set[str]:
    """Return what stands beside the words of a side, each by its beginning."""
    return {
        _A_RULE if _RULE.match(word.text) else word.text[:_N_STEM].casefold()
        for at, verb in enumerate(words)
        if verb.is_of(side)
        for word in words[max(0, at - _N_BESIDE) : at + 1 + _N_BESIDE]
        if len(word.text) >= _N_LEAST and not word.is_of(side) and _says_something(word.text)
    }


def _says_something(word: str) -> bool:
    return all(content_words(word, language=language) for language in LANGUAGES)
