"""Names of HTML elements by what a browser does with them."""

from bs4.element import Comment, Declaration, Doctype, ProcessingInstruction

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav "
    "ol p pre section summary table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
"""Elements that begin a block of their own."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}
"""Elements that are headings, with their level."""

NOT_TEXT = (Comment, Doctype, ProcessingInstruction, Declaration)
"""Parts of a page's source that are no text of it."""
