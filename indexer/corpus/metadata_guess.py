"""Guesses a report's metadata from its own text, for a person to confirm."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from tempfile import gettempdir

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from indexer.errors import IndexWriteError
from indexer.records import BlockKind, Extraction

_FRONT_CHARS = 6_000
"""A report's title, publisher and year stand on its first pages."""

_MIN_WORDS = 40
"""A text of fewer words does not tell its language among all that there are."""

_MIN_CERTAINTY = 0.5

_SHORT_CERTAINTY = 0.9
"""Of a shorter text, among all languages; of any, where it is in none of `_COMMON`."""

_N_PIECES = 24
_PIECE_CHARS = 300
"""Pieces of a text that are looked at by themselves, since lists of names are like any language."""

_CODE_LENGTH = 2

_COMMON_CERTAINTY = {True: 0.6, False: 0.85}
"""And among `_COMMON`: where it has one of the language's small words, and where it has none."""

_COMMON = {
    "en": "the of and in to is was for with by from",
    "es": "el la los las del en y que por para con una se fue son",
    "pt": "o os as da do dos das em na no e que por para com uma foi são",
}
"""Languages that reports of this field are in, with small words that tell them."""

_YEAR = re.compile(r"(?<![\d.,/-])(?:19[5-9]\d|20\d\d)(?![\d.,/-]*\d)")
_DATED = re.compile(
    r"(?:©|\(c\)|copyright|published|publicado|edition|edición|edição)[^.\n]{0,60}?"
    r"((?:19[5-9]|20\d)\d)",
    re.IGNORECASE,
)


def guess_fields(extraction: Extraction) -> dict[str, object]:
    """Return catalogue fields that the text itself suggests; those it does not are left out.

    The title is the file's own or its first heading; the year the one of a copyright line, else
    the one most often named on the first pages; the language the one that its letters are most
    typical of. Countries are none of them: what stands in the catalogue is taken for a person's
    word, and a build reads by itself which ones a report deals with.
    """
    text = _text(extraction)
    guesses = {
        "title": _title(extraction),
        "year": _year(text[:_FRONT_CHARS]),
        "language": guess_language(extraction),
    }
    return {field: value for field, value in guesses.items() if value}


def guess_language(extraction: Extraction) -> str | None:
    """Return the ISO 639-1 code of the language that a report is in, ``None`` if that is not sure.

    A language that reports are rarely in has to be sure of the whole, and to be that of more of its
    pieces than any other; else it is the one of `_COMMON` that half of the pieces are in.

    Source:
        Lui and Baldwin (2012), langid.py: An Off-the-shelf Language Identification Tool,
        P12-3005; here in the py3langid version.
    """
    text = _text(extraction)
    language, certainty = _identified(text)
    if len(text.split(maxsplit=_MIN_WORDS)) < _MIN_WORDS:
        return language if certainty >= _SHORT_CERTAINTY else _common_language(text)
    if language in _COMMON:
        return language if certainty >= _MIN_CERTAINTY else None
    is_sure = certainty >= _SHORT_CERTAINTY and len(language) == _CODE_LENGTH
    return language if is_sure and language == _most_pieces_in(text) else _common_majority(text)


def _most_pieces_in(text: str) -> str:
    languages = Counter(_identified(piece)[0] for piece in _pieces(text))
    return languages.most_common(1)[0][0]


def _common_majority(text: str) -> str | None:
    """Return which of `_COMMON` half of the pieces of a text are in, ``None`` if none is."""
    languages = [_common_identifier().classify(piece)[0] for piece in _pieces(text)]
    language, n_pieces = Counter(languages).most_common(1)[0]
    return str(language) if 2 * n_pieces >= len(languages) else None


def _pieces(text: str) -> Sequence[str]:
    """Return pieces from the whole length of a text."""
    step = max(len(text) // _N_PIECES, _PIECE_CHARS)
    return [text[start : start + _PIECE_CHARS] for start in range(0, len(text), step)]


def _common_language(text: str) -> str | None:
    """Return which of `_COMMON` a short text is in, ``None`` if that is not sure."""
    language, certainty = _common_identifier().classify(text)
    has_small_words = not set(_COMMON[str(language)].split()).isdisjoint(text.casefold().split())
    return str(language) if certainty >= _COMMON_CERTAINTY[has_small_words] else None


def _text(extraction: Extraction) -> str:
    return "\n".join(block.text for block in extraction.blocks)


def _title(extraction: Extraction) -> str | None:
    headings = (block.text for block in extraction.blocks if block.kind is BlockKind.HEADING)
    return extraction.title or next(headings, None)


def _year(front: str) -> int | None:
    last = datetime.now(UTC).year
    dated = [int(year) for year in _DATED.findall(front) if int(year) <= last]
    if dated:
        return max(dated)
    named = Counter(int(year) for year in _YEAR.findall(front) if int(year) <= last)
    return max(named, key=lambda year: (named[year], year), default=None)


def _identified(text: str) -> tuple[str, float]:
    """Return the language that a text's letters are most typical of, and how sure that is."""
    language, certainty = _identifier().classify(text[: 10 * _FRONT_CHARS])
    return str(language), float(certainty)


@cache
def _common_identifier() -> LanguageIdentifier:
    identifier = _opened_identifier()
    identifier.set_languages([*_COMMON])
    return identifier


@cache
def _identifier() -> LanguageIdentifier:
    return _opened_identifier()


def _opened_identifier() -> LanguageIdentifier:
    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:  # it unpacks its model into a temporary file
        raise IndexWriteError(
            f"{gettempdir()} takes no temporary file: {error}; make room there, then build again"
        ) from error
