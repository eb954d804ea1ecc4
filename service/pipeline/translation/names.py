"""Finds what a question's translation must leave alone: names, acronyms, codes, quoted titles."""

import re
from collections.abc import Sequence

from indexer.folding import folded
from indexer.records import Span
from service.pipeline.translation.phrases import Word

_QUOTED = re.compile(r"[«“\"„']\s*([A-ZÀ-Þ][^«»“”\"„]{2,}?)\s*[»”\"']")
_CODE = re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d_])\w+(?:-\w+)*\b|\b[^\W\d_]+-\d+\b")
_INSIDE = frozenset({" ", "-", "'", "’"})
_JOINS = frozenset({"da", "das", "de", "del", "do", "dos", "e", "el", "la", "las", "los", "y"})
_MAX_JOINS = 2
_ENDS_SENTENCE = re.compile(r"(?:^|[.?!:;¿¡«»“”\"(…])\s*$")
_STARTERS_TEXT = (
    "a ademas alem ante antes ao aos apos ate bajo cada com como con conforme cual cuales "
    "cuando cuanta cuantas cuanto cuantos da dado das de deles dentro depois desde despues "
    "desse deste diga dime do donde dos durante e el em en entre es esta este existe existem "
    "existen explica explique foi foram fue fueron ha hasta hay la las lo los mas na nas no nos "
    "o onde os para pela pelo por porque pra qual quais quando quanta quantas quanto quantos "
    "que quem quien quienes sao se segun segundo sem ser si sin sobre son tras um uma un una y"
)
_STARTERS = frozenset(_STARTERS_TEXT.split())
"""Words that open a question, folded: their capital says nothing."""


_INSTITUTIONS_TEXT = (
    "acao accion agencia agenda alianca alianza banco biblioteca camara carta codigo comision "
    "comissao comite congreso congresso consejo conselho constitucion constituicao convencao "
    "convencion corte declaracao declaracion decreto defensoria departamento direcao "
    "direccion escola escuela estado estados estatuto estrategia fondo foro forum fundo "
    "gobierno governo guia hospital iglesia igreja informe instituto lei ley mar ministerio "
    "oceano organizacao organizacion pacto parlamento plan plano politica programa provincia "
    "regiao region registro relatorio rio secretaria secretario senado sistema tratado "
    "tribunal uniao union universidad universidade"
)
_INSTITUTIONS = frozenset(_INSTITUTIONS_TEXT.split())
"""Words whose names are descriptions, which an English report translates."""


def quoted_titles(text: str) -> list[Span]:
    """Return what stands in quotation marks and begins with a capital, without the marks."""
    return [Span(match.start(1), match.end(1)) for match in _QUOTED.finditer(text)]


def codes(text: str) -> list[Span]:
    """Return words that mix letters and digits, such as ``COVID-19``."""
    return [Span(match.start(), match.end()) for match in _CODE.finditer(text)]


def name_at(text: str, words: Sequence[Word]) -> int:
    """Return how many of ``words`` of ``text`` a name at the first of them takes, 0 for no name.

    A name is a run of capitalised words, joined by at most two small ones ("Rio de Janeiro"). A
    capital at the start of a sentence counts if another follows at once, or a colon ("Upala: …").
    """
    n_words = _run(text, words)
    first = words[0]
    if not n_words or not opens_sentence(text, first) or _is_acronym(first):
        return n_words
    if folded(first.text) in _STARTERS:
        return 0
    next_is_capitalised = n_words > 1 and words[1].is_capitalised
    return n_words if next_is_capitalised or text[first.end :].startswith(":") else 0


def begins_institution(word: Word) -> bool:
    """Whether a capitalised word begins the name of a ministry, a law, a sea or the like."""
    return word.is_capitalised and folded(word.text) in _INSTITUTIONS


def opens_sentence(text: str, word: Word) -> bool:
    """Whether a word is the first of a sentence of ``text``, or of what stands in brackets."""
    return bool(_ENDS_SENTENCE.search(text[: word.start]))


def _run(text: str, words: Sequence[Word]) -> int:
    n_words = 0
    for at, word in enumerate(words):
        if at and text[words[at - 1].end : word.start] not in _INSIDE:
            break
        if word.is_capitalised:
            n_words = at + 1
        elif folded(word.text) not in _JOINS or at - n_words >= _MAX_JOINS:
            break
    return n_words


def _is_acronym(word: Word) -> bool:
    return len(word.text) > 1 and word.text.isupper()
