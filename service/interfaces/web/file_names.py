"""Names of the files that pages give away."""

import re

from indexer.folding import folded

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
N_SLUG_CHARS = 50


def attachment(text: str, kind: str, *, otherwise: str) -> dict[str, str]:
    """Return the header that names a file after ``text``, without accents.

    Args:
        text: A question, or the words that were looked for.
        kind: Ending of the name.
        otherwise: The name's stem where ``text`` has no Latin letter.
    """
    stem = _NOT_SLUG.sub("-", folded(text)).strip("-")[:N_SLUG_CHARS].strip("-") or otherwise
    return {"Content-Disposition": f'attachment; filename="cita-{stem}.{kind}"'}
