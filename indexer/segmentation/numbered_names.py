"""Names of things made of a kind and a number: ``Article 15``, ``Recuadro 4``, ``Village 57``.

A name is known by its keys, one for each kind that its word may stand for: ``Quadro 4`` in
Portuguese is ``box 4`` and ``table 4``. Keys are equal where kind and number are, whatever the
language, so that Recommendation 9 is never Recommendation 19.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from indexer.folding import folded
from indexer.records import Span

_WORDS = {
    "act": "act",
    "action": "action accion acao",
    "activity": "activity actividad atividade",
    "agreement": "agreement acuerdo acordo",
    "amendment": "amendment enmienda emenda",
    "annex": "annex annexe anexo",
    "appendix": "appendix apendice",
    "article": "article articulo artigo art",
    "axis": "axis eje eixo",
    "box": "box recuadro caixa quadro",
    "chapter": "chapter capitulo",
    "chart": "chart graph grafico",
    "clause": "clause clausula",
    "commitment": "commitment compromiso compromisso",
    "component": "component componente",
    "decision": "decision decisao",
    "decree": "decree decreto",
    "directive": "directive directiva diretiva",
    "figure": "figure fig figura",
    "goal": "goal objetivo meta sdg ods",
    "guideline": "guideline directriz diretriz",
    "indicator": "indicator indicador",
    "item": "item",
    "law": "law ley lei",
    "lesson": "lesson leccion licao",
    "measure": "measure medida",
    "module": "module modulo",
    "objective": "objective objetivo",
    "option": "option opcion opcao",
    "ordinance": "ordinance ordenanza",
    "outcome": "outcome",
    "output": "output producto produto",
    "paragraph": "paragraph para parrafo paragrafo",
    "part": "part parte",
    "phase": "phase fase",
    "pillar": "pillar pilar",
    "point": "point punto ponto",
    "priority": "priority prioridad prioridade",
    "principle": "principle principio",
    "proposal": "proposal propuesta proposta",
    "protocol": "protocol protocolo",
    "recommendation": "recommendation recomendacion recomendacao",
    "regulation": "regulation reglamento regulamento",
    "resolution": "resolution resolucion resolucao",
    "rule": "rule regla regra",
    "schedule": "schedule",
    "section": "section seccion secao seccao sec",
    "stage": "stage etapa",
    "step": "step paso passo etapa",
    "strategy": "strategy estrategia",
    "table": "table tabla cuadro tabela quadro",
    "target": "target meta",
    "title": "title titulo",
}
"""For each kind, the words that stand for it: without accents, in lower case, in the singular."""

NUMBERED_HEADING = "heading"
"""Kind of a heading with nothing but a number before it: ``2.1 Housing``."""

TITLED = "titled"
"""Kind of a heading that is called by its words."""

_LONGEST_TITLE = 20
_HEADINGS = frozenset({"chapter", "section", "part", "point", "title"})
_PARAGRAPHS = frozenset({"point", "item"})
"""Kinds by which people call such a heading, and a numbered paragraph."""

_LEGAL = frozenset({"law", "decree", "act", "resolution", "ordinance"})
"""Kinds whose numbers may be written with a full stop for each thousand: ``Ley 21.325``."""

_PLURALS = (("ies", "y"), ("ices", "ix"), ("oes", "ao"), ("es", ""), ("s", ""))
_NUMBER = r"(?:[A-Z]\.)?\d{1,4}(?:[./]\d{1,4})*[a-z]?|[IVXLC]{1,7}|[A-Z](?:\.\d{1,3})*"
_END = r"(?![\w%]|[./]\d|,\d{3}|\s?(?:%|per cent))"
_NAME = re.compile(
    rf"(?<![\w-])(?P<kind>[^\W\d_][\w’'-]*)\.?\s+"
    rf"(?:(?:no\.?|nos\.?|n\.?\s?[°ºo]\.?|núm\.?|number|número|nº)\s*)?"
    rf"(?P<number>(?-i:{_NUMBER})){_END}"
    rf"(?P<more>(?:\s*(?:,|–|-|&|\b(?:and|or|to|y|e|o|ou|a)\b)\s*(?-i:{_NUMBER}){_END})*)",
    re.IGNORECASE,
)
_MORE = re.compile(rf"(?P<joint>–|-|\bto\b|\ba\b|[,&]|\b\w{{1,3}}\b)\s*(?P<number>{_NUMBER})")
_RANGE = frozenset({"–", "-", "to", "a"})
_LEADING_NUMBER = re.compile(
    r"(?P<number>(?:[A-Z]\.)?\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[A-Z])(?P<stop>[.)]|\s*[–—:])?\s+(?=\S)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN = re.compile(r"(?=[IVXLC])(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_LONGEST_RANGE = 30
_NO_KIND_WORDS = (
    "a about above after all almost and approximately around as at before below between by "
    "circa de del do da das dos e el en em entre es for from hasta her his in is its la las los "
    "more nearly no of on only or over page pages página pagina per since some than that the their "
    "these this those to under until up was were with y day days year years week weeks month "
    "months hour hours age aged january february march april may june july august september "
    "october november december enero febrero marzo abril mayo junio julio agosto septiembre "
    "octubre noviembre diciembre janeiro fevereiro março maio junho julho setembro outubro "
    "novembro dezembro jan feb mar apr jun jul aug sep sept oct nov dec usd us eur covid how "
    "what which who when where why"
)
_NO_KIND = frozenset(_NO_KIND_WORDS.split())
"""Words that make no name with the number behind them: of quantity, time and place."""


@dataclass(frozen=True, slots=True)
class NumberedName:
    """The name of one thing.

    Attributes:
        keys: Kind and number, ``article 15``; one for each kind that its word may stand for.
        text: As it is written; kind and number alone where several numbers share a kind.
        span: Where it stands, together with the other numbers of its kind.
        is_known_kind: Whether its kind is one of those that documents are made of, such as an
            article, and not just any word, such as a village.
    """

    keys: frozenset[str]
    text: str
    span: Span
    is_known_kind: bool

    @property
    def likely_keys(self) -> frozenset[str]:
        """Return the keys under which the thing may stand if it does not bear its kind's word."""
        parts = [tuple(key.split(" ", 1)) for key in self.keys]
        headings = {f"{NUMBERED_HEADING} {number}" for kind, number in parts if kind in _HEADINGS}
        paragraphs = {f"paragraph {number}" for kind, number in parts if kind in _PARAGRAPHS}
        return frozenset(headings | paragraphs) - self.keys


def numbered_names(text: str, *, any_case: bool = False) -> tuple[NumberedName, ...]:
    """Return the names with a number in a text, in order; ``Articles 3 to 5`` are three.

    A kind that is not among the known ones counts where its number is in digits and no year.

    Args:
        text: A sentence, a heading, a question.
        any_case: Whether such a kind counts without a capital, too, as in what people type.
    """
    return tuple(
        name for match in _NAME.finditer(text) for name in _names_of(match, any_case=any_case)
    )


def leading_name(text: str) -> NumberedName | None:
    """Return the name that a text begins with."""
    match = _NAME.match(text)
    return next(_names_of(match), None) if match else None


def leading_number(text: str) -> tuple[str, int] | None:
    """Return the number that a heading or a paragraph begins with, and where its words begin."""
    match = _LEADING_NUMBER.match(text)
    if match is None or (not match["stop"] and not match["number"][0].isdigit()):
        return None
    return canonical_number(match["number"]), match.end()


def title_key(text: str) -> str | None:
    """Return the key of what stands under a title, whatever its number, case and accents.

    ``2.3 Housing for families`` and "housing for families" are the same; a title of more than
    `_LONGEST_TITLE` words, or of none, has none.
    """
    stripped = text.strip(" \t-–—•*:.?!¿¡\"'“”‘’«»()")
    name, number = leading_name(stripped), leading_number(stripped)
    start = name.span.end if name and name.is_known_kind else number[1] if number else 0
    words = re.findall(r"[^\W_]+", folded(stripped[start:]))
    return f"{TITLED} {' '.join(words)}" if 0 < len(words) <= _LONGEST_TITLE else None


def kinds_of(word: str) -> frozenset[str]:
    """Return the kinds that a word stands for, in the singular or plural; most for none."""
    return next((kinds for form in _singulars(folded(word)) if (kinds := _kinds(form))), _NONE)


def canonical_number(number: str) -> str:
    """Return a number in one spelling: ``IV`` is ``4``, letters are small, stops at its end gone.

    The letters C, D, L and M alone count as letters.
    """
    if _ROMAN.fullmatch(number) and number not in {"C", "L"}:
        values = [_ROMAN_DIGITS[letter] for letter in number]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return str(sum(-value if value < after else value for value, after in pairs))
    return number.lower().rstrip(".")


_NONE: frozenset[str] = frozenset()


def _names_of(match: re.Match[str], *, any_case: bool = False) -> Iterator[NumberedName]:
    kinds = kinds_of(match["kind"])
    numbers = _numbers(match) if kinds else [match["number"]]
    if not kinds and not _may_name(match, any_case=any_case):
        return
    span = Span(match.start(), match.end() if len(numbers) > 1 else match.end("number"))
    for number in numbers:
        keys = {key for kind in kinds or {folded(match["kind"])} for key in _keys(kind, number)}
        written = match.string[match.start() : match.end("number")]
        text = written if len(numbers) == 1 else f"{match['kind']} {number}"
        yield NumberedName(frozenset(keys), text, span, is_known_kind=bool(kinds))


def _may_name(match: re.Match[str], *, any_case: bool) -> bool:
    """Tell whether a word that is no known kind names something with its number."""
    is_word = (any_case or match["kind"][0].isupper()) and folded(match["kind"]) not in _NO_KIND
    number = match["number"]
    return is_word and number[0].isdigit() and not _YEAR.fullmatch(number)


def _numbers(match: re.Match[str]) -> list[str]:
    """Return all numbers of a kind: of ``3 to 5`` and ``3, 4 and 5`` three."""
    numbers = [match["number"]]
    if not folded(match["kind"]).endswith("s"):
        return numbers
    for more in _MORE.finditer(match["more"]):
        first, last = numbers[-1], more["number"]
        if more["joint"] in _RANGE and first.isdigit() and last.isdigit():
            between = range(int(first) + 1, int(last))
            numbers += map(str, between if len(between) <= _LONGEST_RANGE else ())
        numbers.append(last)
    return numbers


def _keys(kind: str, number: str) -> Iterator[str]:
    canonical = canonical_number(number)
    if kind in _LEGAL and re.fullmatch(r"\d{1,3}(?:\.\d{3})+", canonical):
        canonical = canonical.replace(".", "")
    yield f"{kind} {canonical}"


@cache
def _kinds(form: str) -> frozenset[str]:
    return frozenset(kind for kind, words in _WORDS.items() if form in words.split())


def _singulars(word: str) -> Iterator[str]:
    yield word
    for ending, singular in _PLURALS:
        if word.endswith(ending):
            yield word.removesuffix(ending) + singular
