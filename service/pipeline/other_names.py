"""Puts what a follow-up names into the place of what the question before it names.

    How does Chile help?      And in Peru?       ─▶ How does Peru help?
    Como o Chile ajuda?       E a Colômbia?      ─▶ Como a Colômbia ajuda?
    What is Quito's model?    And Medellín's?    ─▶ What is Medellín's model?
    What is objective 20?     And objective 19?  ─▶ What is objective 19?

Articles go with the names that they belong to.
"""

import re
from collections.abc import Sequence

from indexer.country_names import country_code, is_demonym
from service.pipeline.country_articles import takes_the
from service.pipeline.follow_up_words import FollowUpWords, pattern
from service.pipeline.question import names_in
from service.pipeline.years import years_in

_JOINT = pattern(r",? (?:and|or|vs\.?|versus|y|e|o|u|ou) ")
"""Stands between two names that are asked about at once."""

_CAPITAL = re.compile(r"[^\W\d_][\w'’.-]*")
_ARTICLE = re.compile(r"(?:the|l[ao]s?|el|[ao]s?)\s+(?=[A-ZÀ-Þ])")
_ASKING_TEXT = (
    "how what when where which who whom whose why cómo cuál cuándo cuánto dónde por qué quién "
    "onde qual quais quando quanto quem"
)
_ASKING = frozenset(_ASKING_TEXT.split())
"""Words that begin a question and no name: "Why Peru?"."""

_OWNER = re.compile(r"['’]s$|(?<=s)['’]$")
_NUMBERED = re.compile(r"(?:(?:the|el|la|o|a) )?(?P<kind>[^\W\d_]{3,}) \d{1,3}", re.IGNORECASE)

_WITHOUT_ARTICLE = {
    "en": {"the": ""},
    "es": {"el": "", "la": "", "los": "", "las": "", "del": "de", "al": "a"},
    "pt": {
        "o": "", "a": "", "os": "", "as": "", "do": "de", "da": "de", "dos": "de", "das": "de",
        "no": "em", "na": "em", "nos": "em", "nas": "em", "ao": "a", "à": "a", "pelo": "por",
        "pela": "por",
    },
}  # fmt: skip
"""What is left of an article, with or without a preposition, once the article is taken away."""

_CONTRACTED = {
    "es": {"de el": "del", "a el": "al"},
    "pt": {
        "de o": "do", "de a": "da", "de os": "dos", "de as": "das", "em o": "no", "em a": "na",
        "em os": "nos", "em as": "nas", "a o": "ao", "a a": "à", "por o": "pelo", "por a": "pela",
    },
}  # fmt: skip


def with_other_name(fragment: str, before: str, rules: FollowUpWords, language: str) -> str | None:
    """Put the names, the year or the number of a fragment in the place of that of ``before``.

    Args:
        fragment: What a follow-up consists of besides its opening: "in Peru".
        before: The question before.
        rules: The words of both.
        language: Of both.

    Returns:
        The question; ``None`` if the fragment is no name, or nothing in it has the same part.
    """
    preposition = rules.preposition.match(fragment)
    name = without_preposition(fragment, rules)
    numbered = _with_other_number(name, before)
    if numbered:
        return numbered
    opening = fragment[: len(fragment) - len(name)]
    name = _OWNER.sub("", name)
    year = years_in(name)
    if year and year == [name]:
        years = years_in(before)
        return before.replace(years[-1], name) if years else _appended(before, fragment)
    first, *others = [name] if country_code(name) else _JOINT.split(name)
    is_people = language == "en" and name[:1].isupper() and is_demonym(name)
    people = _with_other_people(name, before) if is_people else None
    if people:
        return people
    if not all(map(is_name, (first, *others))) or (
        others and {first, *others} & {*names_of(before)}
    ):
        return None
    names = [old for old in names_of(before) if old != name]
    alike = [old for old in names if (country_code(old) is None) == (country_code(first) is None)]
    if len(alike) > 1:
        alike = _in_same_part(alike, first, preposition[0] if preposition else "", before)
    if len(alike) != 1 and len(names) == 1 and names[0].isupper() == first.isupper():
        alike = names
    if len(alike) == 1:
        article = _article_in(opening, language)
        return _replaced(before, alike[0], name, article=article, language=language)
    return None if names else _appended(before, fragment if preposition else f"– {name}")


def without_preposition(fragment: str, rules: FollowUpWords) -> str:
    """Return a fragment without the preposition and the article before its name."""
    preposition = rules.preposition.match(fragment)
    name = fragment[preposition.end() :] if preposition else fragment
    article = _ARTICLE.match(name)
    return name[article.end() :] if article else name


def is_name(words: str) -> bool:
    """Tell whether a few words are one name: of a country, or all with a capital."""
    if country_code(words):
        return True
    found = _CAPITAL.findall(words)
    if found and found[0].casefold() in _ASKING:
        return False
    small = {"de", "del", "da", "do", "la", "of", "the"}
    return 0 < len(found) <= 4 and all(word[0].isupper() or word in small for word in found)  # noqa: PLR2004


def is_surely_name(words: str) -> bool:
    """Tell whether a few words are a name or a year even where they begin a sentence.

    A single word with a capital may be any word there: "Medellín" and "São Paulo" are none.
    """
    if years_in(words) == [words] or country_code(words):
        return True
    is_several = " " in words or words.isupper() or not words.isascii()
    return is_several and not words.isdigit() and is_name(words)


def names_of(question: str) -> list[str]:
    """Return the names of a question, words in a row as one."""
    bare = question.lstrip("¿¡ ")
    singles = [name for name in names_in(f"x {bare[:1].lower()}{bare[1:]}") if not name.isdigit()]
    joined: list[str] = []
    for name in singles:
        if joined and f"{joined[-1]} {name}" in question:
            joined[-1] += f" {name}"
        elif name not in joined:
            joined.append(name)
    whole = [_whole_country(name, question) for name in joined]
    return [name for name in whole if not any(name in other for other in whole if other != name)]


def _whole_country(name: str, question: str) -> str:
    """Return a name with the words before it that make it a country's: "Dominican Republic"."""
    before = re.search(rf"(?:(\w+) )?(\w+) {re.escape(name)}\b", question)
    if before is None or country_code(name):
        return name
    longer = (" ".join(filter(None, (*before.groups(), name))), f"{before[2]} {name}")
    return next((country for country in longer if country_code(country)), name)


def _with_other_number(name: str, before: str) -> str | None:
    """Put "objective 19" in the place of the one objective that ``before`` names by its number."""
    numbered = _NUMBERED.fullmatch(name)
    if numbered is None:
        return None
    old = re.findall(rf"\b{numbered['kind']} \d{{1,3}}\b", before, re.IGNORECASE)
    new = name[numbered.start("kind") :]
    return before.replace(old[0], new) if len(old) == 1 and old[0] != new else None


def _with_other_people(name: str, before: str) -> str | None:
    """Put a people in the place of the one that ``before`` names, or else behind it.

    "Haitian" of "Haitian families" gives no place to "Venezuelans". ``None`` where the name may be
    a town's that merely ends like a people: "Mexicali".
    """
    words = _CAPITAL.findall(before)
    peoples = {word for word in words if is_demonym(word) and word != name}
    alike = [word for word in peoples if word.endswith("s") == name.endswith("s")]
    if not peoples and not name.endswith("s"):
        return None
    if len(peoples) != 1 or not alike:
        return _appended(before, f"– {name}")
    return re.sub(rf"\b{re.escape(alike[0])}\b", lambda _: name, before)


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


def _article_in(words: str, language: str) -> str:
    """Return the article among the words before a name: "a" in "E na"; empty without one."""
    last = words.split()[-1:]
    word = last[0].casefold() if last else ""
    left = _WITHOUT_ARTICLE[language].get(word)
    if left is None:
        return ""
    contracted = _CONTRACTED.get(language, {})
    return next((pair.split()[1] for pair, short in contracted.items() if short == word), word)


def _replaced(before: str, old: str, name: str, *, article: str, language: str) -> str:
    """Put one name in the place of another, with its own article.

    Its capitals count: "La Paz" is not "la paz". In English an article before a name may belong to
    what follows it ("the Leverkusen model"): see `_in_english`.
    """
    if language == "en":
        return _in_english(before, old, name, article=article)
    articles, contracted = _WITHOUT_ARTICLE[language], _CONTRACTED.get(language, {})
    leads = "|".join([*articles, *{pair.split()[0] for pair in contracted}])

    def with_article(match: re.Match[str]) -> str:
        lead = match["lead"] or ""
        left = articles.get(lead.casefold(), lead)
        led = " ".join(filter(None, (left, article)))
        led = contracted.get(led.casefold(), led)
        led = f"{led[:1].upper()}{led[1:]}" if lead[:1].isupper() else led
        return " ".join(filter(None, (led, name)))

    leading = rf"(?:\b(?P<lead>(?i:{leads})) )?\b{re.escape(old)}\b"
    return re.sub(leading, with_article, before)


def _in_english(before: str, old: str, name: str, *, article: str) -> str:
    """Put one English name in the place of another.

    "The" goes with a country that has it ("the Netherlands"), or where no noun follows; any other
    stays, as it is that of a noun behind: "the Peru programme".
    """
    has_own = takes_the(old)

    def replacement(match: re.Match[str]) -> str:
        is_kept = country_code(old) is None or (not has_own and match["noun"] is not None)
        the = match["the"] if is_kept or article else ""
        if not the and article:
            the = "The" if match.start() == 0 else article
        owner = match["owner"] or ""
        if owner:
            owner = owner[0] if takes_the(name) and name.endswith("s") else f"{owner[0]}s"
        return " ".join(filter(None, (the, name))) + owner

    owner = r"['’](?= \w)" if old.endswith("s") else r"['’]s\b"
    behind = rf"(?P<owner>['’]s\b|{owner})?(?P<noun>(?= [a-z]))?"
    written = rf"(?:\b(?P<the>[Tt]he) )?\b{re.escape(old)}\b{behind}"
    return re.sub(written, replacement, before)


def _appended(before: str, words: str) -> str:
    return f"{before.rstrip('?.! ')} {words}?"
