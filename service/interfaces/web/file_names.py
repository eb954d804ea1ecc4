"""Names of the files that pages give away."""

import re
from collections.abc import Iterator

from indexer.folding import folded
from service.records import Filters

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
N_SLUG_CHARS = 50
N_FILTER_CHARS = 30


def attachment(text: str, kind: str, *, otherwise: str, filters: Filters) -> dict[str, str]:
    """Return the header that names a file after ``text`` and its filters, without accents.

    Args:
        text: A question, or the words that were looked for.
        kind: Ending of the name.
        otherwise: The name's stem where ``text`` has no Latin letter.
        filters: Which reports were looked at: a file of some must not pass for one of all.
    """
    stem = _slug(text, N_SLUG_CHARS) or otherwise
    narrowed = _slug(" ".join(_filter_words(filters)), N_FILTER_CHARS)
    if not narrowed and filters != Filters():  # in another script
        narrowed = "filtered"
    name = "-".join(filter(None, ("cita", stem, narrowed)))
    return {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}


def _slug(text: str, n_chars: int) -> str:
    return _NOT_SLUG.sub("-", folded(text)).strip("-")[:n_chars].strip("-")


def _filter_words(filters: Filters) -> Iterator[str]:
    yield from filters.country
    yield from filters.theme
    yield from filters.publisher
    yield from filters.language
    yield from filters.document
    if filters.year_from:
        yield f"from {filters.year_from}"
    if filters.year_to:
        yield f"to {filters.year_to}"
