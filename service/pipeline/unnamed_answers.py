"""Tells sentences that mention what is asked for and neither name nor count it.

"Which two groups does the town work with?" is not answered by "the town works with two groups",
what an acronym stands for not by a sentence that has the acronym alone, and "How many volunteers
are there?" not by "forty towns have volunteers".
"""

import re
from collections.abc import Sequence

from indexer.country_names import without_countries
from indexer.segmentation.singulars import singular
from indexer.store.lexical_index import content_words
from service.pipeline.answer_kinds import BRACKETED
from service.pipeline.number_words import SCALES, TENS, UNITS, number_of

_SEVERAL = "|".join((*UNITS[1:], *TENS))
_NUMBER = rf"(?:{_SEVERAL}|\d{{1,3}}(?:,\d{{3}})*)"
_NOUN = r"(?!(?:is|was|has|does|this|others?)\b)[a-z-]+(?:s|ren|people)"
_AMOUNT = r"(?:share|percentage|proportion|fraction|number|amount|rate|part|kind|sort|type)s?"
_ASKS_FOR_NAMES = re.compile(
    r"\b(?:which|what|(?:name|list)(?: all)?(?: of)?(?: the)?)(?: are the| were the)? "
    rf"(?:(?!{_AMOUNT}\b|of\b)[a-z0-9-]+ ){{0,3}}?"
    rf"(?!{_AMOUNT}\b)(?P<noun>{_NOUN})\b"
    r"|\bnames? of\b|\bcalled\b|\btheir names\b|\bby name\b",
    re.IGNORECASE,
)
_NUMBERS = re.compile(rf"\b{_NUMBER}\b", re.IGNORECASE)
_COUNTED = re.compile(
    rf"\b(?P<number>{_NUMBER}) (?!(?:other|more|further|additional)\b)"
    rf"(?:[a-z-]+ ){{0,2}}?(?P<noun>{_NOUN})\b",
    re.IGNORECASE,
)
_ITEM = r"[^\s,]+(?: [^\s,]+){0,4}"
_NAMES_FOLLOW = re.compile(
    r"\s*[(–—-]|,? (?:among them|namely|such as|including|in particular)\b|,? (?:in )?[A-ZÀ-Þ]"
)
_NAMES_FURTHER_ON = re.compile(
    rf"\b(?:are|were|include)\b|: {_ITEM}(?:, {_ITEM}){{0,12}},? (?:and|or)\b"
)
"""What they are stands behind a verb, or as a list behind a colon."""
_NAMES_BEFORE = re.compile(  # from a word's start, or behind the one mark that opens it
    r"(?<!\w)(?<![\w’'-][’'-])"
    r"[A-ZÀ-Þ][\w’'-]+(?:, [A-ZÀ-Þ][\w’'-]+){0,12},? (?:and|or) [A-ZÀ-Þ]"
)

_ASKS_HOW_MANY = re.compile(
    r"\bhow many (?:of (?:the|these|those|its|their) (?:\d[\d.,]* )?)?"
    r"(?:(?!(?:ha[ds]|have|were|was|are|is|did|do|does|can|will)\b)[a-z-]+ ){0,3}?"
    r"(?P<noun>(?!(?:ha|wa|doe|it|hi|their|other|your)s\b)[a-z]{2,}(?:s|ren|people|women|men))(?![\w-])",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\bof (?:these|those|its|their) ", re.IGNORECASE)
_ARE = re.compile(rf" (?:are|were) (?P<noun>{_NOUN})\b", re.IGNORECASE)
"""How many of its members are women: both may be counted."""
_WORD_OR_NUMBER = re.compile(r"[^\W\d_][\w’'-]*|\d+(?:[.,]\d+)*|%")
_IS_NUMBER = re.compile(
    rf"\d+(?:[.,]\d+)*|one|{_SEVERAL}|(?:{'|'.join(TENS)})-[a-z]+|{'|'.join(SCALES)}",
    re.IGNORECASE,
)
_IS_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEAR = re.compile(
    r"(?:in|since|by|until|from|to|of|and|year|early|late|mid|before|after|during|between)\Z",
    re.IGNORECASE,
)
_COUNTS = frozenset(
    ["count", "counts", "number", "numbers", "total", "totals", "has", "have", "had", "with", "of"]
)
"""Words between what is counted and its number: ``The network of towns now counts 45``."""

_NO_UNIT = (
    r"(?!(?:is|was|has|does|this|as|its|us|times|thus|versus|years?|months?|weeks?|days?|hours?)\b)"
)
_IS_NOUN = re.compile(rf"{_NO_UNIT}[a-z]{{2,}}(?:s|ren|people|women|men)\Z", re.IGNORECASE)
_N_BEFORE, _N_BEHIND, _N_RIGHT_BEHIND = 4, 7, 3
"""Words before a number where what has it may stand; words behind it among which what is asked for
may stand ("20 or more new country programmes"), and what else it counts does."""

_ASKS_FOR_ROLE = re.compile(
    r"\b(?:which|what) (?:(?:(?-i:[A-ZÀ-Þ])[\w’'-]+|prime|former|deputy|local|female) )?"
    r"(?P<role>mayor|minister|governor|ambassador|rapporteur"
    r"|facilitator|moderator|president|director|secretary|coordinator)\b(?!['’]| (?-i:[A-ZÀ-Þ]))",
    re.IGNORECASE,
)
"""Of what kind one is asked for: "which Chilean mayor", but not "what President Boric proposes"."""
_ROLES_ELSEWHERE = {
    "mayor": "|alcald|prefeit",
    "minister": "|ministr|secretary of state",
    "governor": "|gobernador|governador",
    "ambassador": "|embajador|embaixador",
    "rapporteur": "|relator",
    "president": "|head of (?:state|government)",
    "director": "|diretor",
    "secretary": "|secret[aá]ri",
    "coordinator": "|coordinador|coordenador",
    "facilitator": "|moderator|chair",
    "moderator": "|facilitator|chair",
}
"""What a role is called besides, as a part of a word."""

_AUXILIARY = (
    "is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|must|shall|should"
)
_PAST = (
    "began|bought|brought|built|came|drew|fell|gave|got|grew|held|kept|led|left|lent|lost|made|met"
    "|paid|put|ran|rose|said|saw|sent|set|sold|spent|stood|took|went|won|wrote"
)
_ACTS = "(?:pay|lend|own|run|help|lead|build|give|sell|win|manage|operate|invest|decide|bid)s"
"""Verbs that are no noun beside a company, so that they may end a question: "Which bank pays?"."""

_BEHIND_COMPANY = (
    r"(?=\s*(?:[?.!,;:)]|\Z)"
    r"| (?:of|that|which|who|whose|in|from|with|behind|on|at|by|near|else)\b"
    r"|(?: (?:also|now|first|currently|originally|actually|still|mainly))?"
    rf" (?:(?:{_AUXILIARY}|{_PAST}|[a-z]+ed)\b|{_ACTS}(?=\s*(?:[?.!,;:)]|\Z))"
    rf"|[a-z]+[a-rt-z]s (?!(?:{_AUXILIARY}|{_PAST}|apply|exist|matter|count|help)\b)[^\W_]))"
)
"""A verb, what tells which one, or the end: the "bank accounts" that migrants open are no bank."""

_ASKS_FOR_COMPANY = re.compile(
    r"\b(?:which|what) (?:[a-z-]+ )?(?:company|firm|bank|corporation|consultancy)"
    rf"{_BEHIND_COMPANY}"
    r"|\b(?:which|what) (?:[a-z-]+ )?(?:companies|firms|banks|corporations|businesses)"
    r" (?:have |has |had )?(?:won|signed|sponsor(?:ed)?)\b",
    re.IGNORECASE,
)
"""One is asked for by its name; several are where they won: else their kind may be told."""

_OF_REPORT = re.compile(
    r"\b(?:Box|Question|Annex|Table|Figure|Section|Chapter|Action|Article|Page|Slide) \d+(?:\.\d+)?"
)
"""A part of a report, as the last cell of a row refers to it."""

_IN_COUNTRIES = frozenset(["city", "town", "municipality", "village", "district", "capital"])
"""What is in countries and is not named by naming them."""

_NAME = re.compile(
    r"(?<=[\w,:;)’”] )[A-ZÀ-Þ][\w’'-]*(?: (?:(?:of|de|del|do|da) )?[A-ZÀ-Þ][\w’'-]*){0,6}"
)
"""A name inside a sentence: "the Province of Pichincha"."""

_OBJECT = (
    r" (?:(?:the|an?|it|them|its|their|this|these|all|some|many|most|each|every|no)\b|\d|[A-ZÀ-Þ])"
)
_OPENS = re.compile(
    r"[\W\d_]*(?P<word>[A-ZÀ-Þ][\w’-]*)"
    rf"(?: (?P<next>[A-ZÀ-Þ]|(?:{_AUXILIARY}|{_PAST}|[a-z]+ed|[a-z]+s(?={_OBJECT}))\b))?"
)
"""The first word of a sentence, with what behind it makes it a name: a verb or another capital.

A word in -s is a verb before an object: "Local banks finance it" has none there."""

_OPENS_WITHOUT_ANY_NAME = frozenset(
    [
        *("Although", "Another", "Anybody", "Anyone", "Both", "Each", "Either", "Everybody"),
        *("Everyone", "Everything", "Much", "Neither", "Nobody", "None", "Nothing", "One", "Other"),
        *("Since", "Somebody", "Someone", "Something", "What", "While"),
    ]
)
"""Beside the stop words; a capital behind them is of another word's: "Since Lima pays"."""

_OPENS_WITHOUT_NAME = _OPENS_WITHOUT_ANY_NAME.union(
    [
        *("Access", "Aid", "Authority", "Capital", "Care", "Cash", "Children", "Council", "Credit"),
        *("Demand", "Education", "Everywhere", "Food", "Funding", "Health", "Help", "Housing"),
        *("Income", "Labour", "Land", "Law", "Legislation", "Men", "Money", "Office", "People"),
        *("Planning", "Police", "Policy", "Power", "Progress", "Research", "Rent", "Services"),
        *("Shelter", "State", "Success", "Support", "Tax", "Training", "Transport", "Trust"),
        *("Water", "Welfare", "Women", "Work", "Youth"),
    ]
)
"""Also what stands without an article at the start of a sentence, unless a capital follows it."""

_IS_ABSTRACT = re.compile(r".{3,}(?:tion|ment|ity|ness|ship|ism)\Z")
"""What such words end in: "Government", "Migration", "Municipality"."""

_ASKS_FOR_WORDS = re.compile(
    r"\b[Ww]hat (?:does|do) (?:the )?(?:acronym |abbreviation )?(?P<acronym>[A-Z]\w*[A-Z]\w*)"
    r" (?:stand for|mean(?! for| to| in))\b"
)
_WORD = re.compile(r"[^\W\d_]+")
_N_BETWEEN = 5
"""Words between two that an acronym is made of at most: "Compact for Safe, Orderly and Regular"."""


def is_unnamed(question: str, sentence: str) -> bool:
    """Tell whether a sentence only counts, or abbreviates, what a question asks the names of.

    One who is asked for by a role is named in a sentence that has the role.

    Args:
        question: In English.
        sentence: In English.
    """
    return (
        _only_counts(question, sentence)
        or _only_abbreviates(question, sentence)
        or _lacks_role(question, sentence)
        or _lacks_company(question, sentence)
    )


def counts_others(question: str, sentence: str) -> bool:
    """Tell whether a sentence has what a question wants counted, and numbers of other things alone.

    Args:
        question: In English; one that asks for two numbers gets ``False``.
        sentence: In English.
    """
    asked = list(_ASKS_HOW_MANY.finditer(question))
    if len(asked) != 1:
        return False
    noun = singular(asked[0]["noun"])
    are = _ARE.match(question, asked[0].end()) if _OF_THEM.search(asked[0][0]) else None
    nouns = [noun, singular(are["noun"])] if are else [noun]
    words = _WORD_OR_NUMBER.findall(BRACKETED.sub(" ", sentence))
    known = _WORD_OR_NUMBER.findall(question)
    numbers = [at for at in range(len(words)) if _is_number(words, at) and words[at] not in known]
    has_it = any(singular(word) == noun for word in words)
    return (
        has_it
        and bool(numbers)
        and all(_counts_other(words, at, noun) for at in numbers for noun in nouns)
    )


def _is_number(words: Sequence[str], at: int) -> bool:
    """Tell whether the word at a place is a number, and no year."""
    is_year = at and _IS_YEAR.fullmatch(words[at]) and _BEFORE_YEAR.match(words[at - 1])
    return _IS_NUMBER.fullmatch(words[at]) is not None and not is_year


def _counts_other(words: Sequence[str], at: int, noun: str) -> bool:
    """Tell whether the number at a place counts something else than ``noun``.

    That is what stands behind it first, unless the noun itself is said to have the number.
    """
    before = words[max(0, at - _N_BEFORE) : at]
    is_had = any(singular(word) == noun for word in before) and not _COUNTS.isdisjoint(before)
    return not is_had and _is_of_others(words[at + 1 : at + 1 + _N_BEHIND], noun)


def _is_of_others(behind: Sequence[str], noun: str) -> bool:
    """Tell whether the words behind a number name something else that it counts, first of all."""
    first = next(
        (at for at, word in enumerate(behind) if _IS_NOUN.match(word) or singular(word) == noun),
        _N_BEHIND,
    )
    return first < _N_RIGHT_BEHIND and singular(behind[first]) != noun


def _only_counts(question: str, sentence: str) -> bool:
    asks = _ASKS_FOR_NAMES.search(question)
    counted = _COUNTED.search(sentence) if asks else None
    if asks is None or counted is None:
        return False
    numbers = {
        number_of(number) for number in _NUMBERS.findall(asks[0] if asks["noun"] else question)
    }
    is_wanted = (
        number_of(counted["number"]) in numbers if numbers else asks["noun"] == counted["noun"]
    )
    return is_wanted and not _has_names(question, sentence, counted)


def _has_names(question: str, sentence: str, counted: re.Match[str]) -> bool:
    """Tell whether what a sentence counts is named in it, too.

    Cities are not named by their countries.
    """
    if _NAMES_BEFORE.search(sentence[: counted.start()]):
        return True
    after = sentence[counted.end() :]
    are_named = _NAMES_FOLLOW.match(after) or _NAMES_FURTHER_ON.search(after)
    if not are_named or singular(counted["noun"].casefold()) not in _IN_COUNTRIES:
        return are_named is not None
    named = without_countries(BRACKETED.sub(" ", after))
    is_of_countries = named != BRACKETED.sub(" ", after)
    return not is_of_countries or bool(_names_beside(question, named))


def _names_beside(question: str, text: str) -> list[str]:
    """Return the names in a text, from the second word on, without those that a question has."""
    known = set(_WORD.findall(question))
    return [name for name in _NAME.findall(text) if known.isdisjoint(_WORD.findall(name))]


def _only_abbreviates(question: str, sentence: str) -> bool:
    asks = _ASKS_FOR_WORDS.search(question)
    if asks is None or "stands for" in sentence:
        return False
    letters = asks["acronym"].removesuffix("s").casefold()
    initials = "".join(word[0].casefold() for word in _WORD.findall(sentence))
    return re.search(f".{{0,{_N_BETWEEN}}}".join(letters), initials) is None


def _lacks_company(question: str, sentence: str) -> bool:
    """Tell whether a company is asked for and a sentence names none, but places at most."""
    if not _ASKS_FOR_COMPANY.search(question):
        return False
    text = without_countries(_OF_REPORT.sub(" ", BRACKETED.sub(" ", sentence)))
    return not _names_beside(question, text) and not _opens_with_name(question, text)


def _opens_with_name(question: str, text: str) -> bool:
    """Tell whether the first word of a text is a name that a question lacks.

    It is in capitals, or stands where a name does: "Scotiabank finances", "Flores Andinas won". A
    plural is none but before a singular verb: "Banks financed", but "Barclays finances".
    """
    opens = _OPENS.match(text)
    if opens is None or not content_words(opens["word"], language="en"):
        return False
    if singular(opens["word"]) in set(map(singular, _WORD.findall(question))):
        return False
    word, behind = opens["word"], opens["next"] or ""
    if len(word) > 1 and word.isupper():
        return True
    if behind[:1].isupper():
        return word not in _OPENS_WITHOUT_ANY_NAME
    if word in _OPENS_WITHOUT_NAME or _IS_ABSTRACT.match(word):
        return False
    is_singular = singular(word) == word.casefold()
    return bool(behind) and (is_singular or behind.endswith("s"))


def _lacks_role(question: str, sentence: str) -> bool:
    asks = _ASKS_FOR_ROLE.search(question)
    if asks is None:
        return False
    role = asks["role"].casefold()
    return not re.search(f"{role}{_ROLES_ELSEWHERE.get(role, '')}", sentence, re.IGNORECASE)
