"""Finds where a document says what a term means: entries of a glossary, sentences that define.

Internally displaced persons (IDPs): Persons who had to …  ─▶ internally displaced person, idp
A welcoming city is defined as one that …                  ─▶ welcoming city
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.folding import folded
from indexer.records import Block, BlockKind
from indexer.segmentation.singulars import singular
from indexer.segmentation.table_cells import cells_of

DEFINED = "defined"
"""How the keys of defined terms begin."""

_LONGEST_TERM = 6
_LEAST_MEANING = 5
_TELLING_MEANING = 15
"""Words of a term at most; of what is said of it at least, and where that has no full stop."""

_ARTICLE = re.compile(r"(?:the|an?|el|la|los|las|una?|os?|as?|uma?) (?=\S)", re.IGNORECASE)
_TERM = r"(?P<term>[^\W\d_][^.:;?!()“”\"|]{1,60}?)[”\"]?(?:\s*\((?P<short>[^()]{2,20})\))?"
_ENTRY = re.compile(rf"[“\"]?{_TERM}[”\"]?:\s+(?P<meaning>.+)", re.DOTALL)
_GLOSSARY_ENTRY = re.compile(rf"[“\"]?{_TERM}[”\"]?\s*(?::|[–—]|\s-)\s+(?P<meaning>.+)", re.DOTALL)
_SENTENCE = re.compile(
    rf"""(?:[^\W\d_][\w’'-]*(?:\ [\w’'-]+){{0,4}},\ )?      # Meanwhile, / In this guide,
    (?:the\ (?:term|word|phrase)\ )?[“\"]?{_TERM}[”\"]?\s*(?=[\s,])
    (?:\s(?:is|are|can\ be|may\ be)\ (?:\w+ly\ |often\ |here\ )?
        (?:defined|understood)\b[^.:;]{{0,40}}?\bas
      | ,\ as\ [^,]{{2,90}}\ (?:defines?|understands?)(?:\ (?:it|them))?,
          \ (?!(?:and|or|but|which|who|that|however)\b)(?=\w)
      | \srefers?\ to | \smeans(?!\ to\b) | \s(?:is|are)\ those\ (?:who|that|which)
      | \sse\ (?:definen?|entienden?)\b[^.:;]{{0,40}}?\bcomo | \sse\ refieren?\ a | \ssignifica
      | \s(?:é|são)\ (?:definid|entendid)[oa]s?\ como | \sreferem?-se\ a)
    \b(?P<meaning>.+)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_NO_TERM = re.compile(
    r"(?:this|that|these|those|it|which|what|they|there|he|she|we|you|one|and|but|or|not|any|all"
    r"|esto|esta|este|eso|isso|isto|ello)\b|.*\b(?:an?|any|the|no|some|by|of|which|what|that)\Z",
    re.IGNORECASE | re.DOTALL,
)
"""What opens or ends what is no term: ``This means``, ``a means``."""

_WHOLE = re.compile(r"[.!?…”\"’')\]]\W*[\d⁰¹²³⁴-⁹]*\s*\Z")
_GLOSSARY = re.compile(
    r"\b(?:glossary|definitions?|key (?:terms|concepts)|terminology|acronyms?|abbreviations?"
    r"|glosario|definiciones|términos|siglas|glossário|definições|termos)\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"(?=(?:\W*[A-Z]){2})[\w&/-]{2,12}\Z")
MARKERS = "-•*–▪◦· \t"
"""What a list item may open with."""


@dataclass(frozen=True, slots=True)
class Definition:
    """That a text says what a term means.

    Attributes:
        keys: Of the term, and of what it is called for short.
        is_entry: Whether the text opens with the term as a glossary does.
    """

    keys: frozenset[str]
    is_entry: bool


def definition_key(term: str) -> str | None:
    """Return the key of a term, whatever its case, accents, article and number; ``None`` if long.

    ``Refugees`` and "a refugee" are the same; a term has at most six words.
    """
    words = [folded(singular(word)) for word in re.findall(r"[^\W_]+", _without_article(term))]
    return f"{DEFINED} {' '.join(words)}" if 0 < len(words) <= _LONGEST_TERM else None


def definition_in(text: str, block: Block) -> Definition | None:
    """Return what a block's first sentence defines, or any other sentence of it; mostly nothing.

    Args:
        text: The sentence.
        block: Where it stands.
    """
    if block.is_apparatus or block.kind in {BlockKind.HEADING, BlockKind.CAPTION}:
        return None
    if block.kind is BlockKind.TABLE_ROW:
        return _in_row(text, block)
    stripped = text.strip().lstrip(MARKERS)
    is_glossary = _is_in_glossary(block)
    is_paragraph = block.kind is BlockKind.PARAGRAPH  # list items often open with what they are on
    entry = None
    if is_glossary or is_paragraph:
        entry = (_GLOSSARY_ENTRY if is_glossary else _ENTRY).match(stripped)
    found = entry or _SENTENCE.match(stripped)
    if found is None or _NO_TERM.match(found["term"]):
        return None
    least = _LEAST_MEANING if _WHOLE.search(stripped) else _TELLING_MEANING
    if len(found["meaning"].split()) < least:
        return None
    keys = frozenset(_keys(found))
    return Definition(keys, is_entry=entry is not None) if keys else None


def _is_in_glossary(block: Block) -> bool:
    return any(_GLOSSARY.search(heading) for heading in block.headings[-2:])


def _in_row(text: str, block: Block) -> Definition | None:
    """Return what a row of two cells defines: an acronym, or a term of a glossary."""
    cells = cells_of(text)
    is_glossary = _is_in_glossary(block)
    if len(cells) != 2 or not (is_glossary or _ACRONYM.match(cells[0].strip())):  # noqa: PLR2004
        return None
    key = definition_key(cells[0])
    return Definition(frozenset({key}), is_entry=True) if key and cells[1].strip() else None


def _keys(found: re.Match[str]) -> Iterator[str]:
    for name in ("term", "short"):
        if found[name] and (key := definition_key(found[name])):
            yield key


def _without_article(term: str) -> str:
    article = _ARTICLE.match(term)
    is_acronym = article is not None and len(article[0]) > 2 and article[0].strip().isupper()  # noqa: PLR2004
    return term[article.end() :] if article and not is_acronym else term
