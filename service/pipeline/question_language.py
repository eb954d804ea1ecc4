"""Tells the language of a question, also where it is one that Cita does not speak.

Short questions are full of names, and a name may look like any language. So words that ask in one
spoken language alone say which one it is ("What does Upala in Costa Rica do?"), and a language that
is not spoken counts only where it is certain and no such word stands there
(docs/decisions.md, D31).
"""

import threading
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from service.records import LANGUAGES, WORD

_MIN_CERTAINTY = 0.5
"""Below it a question counts as English: single names and acronyms have no language."""

_FOREIGN_CERTAINTY = 0.55
_FOREIGN_CERTAINTY_ASKED = 0.2
"""Probability from which a question is in a language that is not spoken: in general, and where it
opens with a word that asks in that language."""

_OTHER_CODES = (
    "am ar bg bn ca cs da de el eu fa fi fr he hi hr ht hu hy id it ja ka kk km ko lo mn my ne nl "
    "no pl ps ro ru si sk sl so sq sr sv sw ta te th tr uk ur uz vi zh"
)
_OTHERS = tuple(_OTHER_CODES.split())
"""Languages that are told from the spoken ones. Galician, Asturian and Aragonese are not among
them: a question in one of them is understood as Spanish or Portuguese is."""

_TELLING = {
    "en": frozenset(
        {"what", "which", "who", "whom", "whose", "when", "where", "why", "how"}
        | {"the", "does", "did", "are"}
    ),
    "es": frozenset(
        {"qué", "cuál", "cuáles", "quién", "quiénes", "dónde", "cuándo", "cómo"}
        | {"cuánto", "cuánta", "cuántos", "cuántas"}
    ),
    "pt": frozenset({"qual", "quais", "quem", "quantos", "quantas", "onde", "não"}),
}
"""Words that ask in one spoken language and in no other one; "como" asks in two."""

_SPOKEN = frozenset.union(*_TELLING.values(), {"como", "para", "los", "um", "uma", "os", "ao"})
"""Words of the spoken languages that no other language asks with."""

_OPENINGS = {
    "de": "wer wie wo was wann warum welche welcher welches wieviel sind ist gibt",
    "fr": "qui que quoi quel quelle quels quelles combien comment où quand pourquoi est",
    "it": "chi che cosa quale quali quanto quanti quante come dove quando perché",
    "nl": "wie wat waar wanneer waarom welke hoe hoeveel zijn",
    "sv": "vem vad var när varför vilka hur",
}

_LOADING = threading.Lock()


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language of a text; English where that cannot be told.

    One that is not among `LANGUAGES` is returned only where it is certain.

    Source:
        Lui and Baldwin (2012), langid.py: An Off-the-shelf Language Identification Tool,
        P12-3005; here in the py3langid version.
    """
    told = [language for language, words in _TELLING.items() if not words.isdisjoint(_words(text))]
    if len(told) == 1:
        return told[0]
    probabilities = {str(language): float(share) for language, share in _identifier().rank(text)}
    likeliest = max(probabilities, key=probabilities.__getitem__)
    if likeliest not in LANGUAGES and _is_foreign(text, likeliest, probabilities[likeliest]):
        return likeliest
    spoken = sum(probabilities[language] for language in LANGUAGES)
    best = max(LANGUAGES, key=probabilities.__getitem__)
    return best if probabilities[best] >= _MIN_CERTAINTY * spoken > 0 else "en"


def _is_foreign(text: str, language: str, certainty: float) -> bool:
    words = _words(text)
    if not _SPOKEN.isdisjoint(words):
        return False
    opens_so = words[:1] and words[0] in _OPENINGS.get(language, "").split()
    return certainty >= (_FOREIGN_CERTAINTY_ASKED if opens_so else _FOREIGN_CERTAINTY)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def load() -> None:
    """Load what tells languages, or wait for the thread that does; takes half a second."""
    _identifier()


def _identifier() -> LanguageIdentifier:
    with _LOADING:  # `cache` alone would let two threads load it twice
        return _loaded()


@cache
def _loaded() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*LANGUAGES, *_OTHERS])
    return identifier
