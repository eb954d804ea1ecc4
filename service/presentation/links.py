"""Links into the reports: relative, or absolute where the service has a public address."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from urllib.parse import quote as escaped
from urllib.parse import urlencode

from indexer.records import Span
from service.records import CitedDocument, Filters

_SPAN = re.compile(r"(?P<start>\d{1,10})-(?P<end>\d{1,10})", re.ASCII)
SHA256_CHARS = 12
"""Characters of the hash that a link carries: enough to tell two editions of a report apart."""


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links.

    Attributes:
        public_url: ``scheme://host`` without a slash at the end, or ``None`` for relative links.
        serve_files: Whether there are links to the originals.
    """

    public_url: str | None = None
    serve_files: bool = True

    def document(self, doc_id: str) -> str:
        """Return the address of a report's reading view."""
        return f"{self.public_url or ''}/documents/{escaped(doc_id, safe='')}"

    def quote(self, document: CitedDocument, span: Span, *, among: Sequence[Span] = ()) -> str:
        """Return the address that opens a report at ``span``, which it highlights.

        It carries the hash of the file, so that a link into a report that has changed says so.

        Args:
            document: The report.
            span: The quote.
            among: All that is quoted from the report, in order, to go from one to the next.
        """
        quotes = f"&quotes={spans_in_words(among)}" if len(among) > 1 else ""
        return (
            f"{self.document(document.doc_id)}?start={span.start}&end={span.end}"
            f"&sha256={document.sha256[:SHA256_CHARS]}{quotes}#quote"
        )

    def passages(self, words: str, filters: Filters, *, language: str) -> str:
        """Return the address that shows every passage with some words, of some reports.

        Args:
            words: What the passages have.
            filters: Of the reports.
            language: Of who reads them: one word may be of several languages, and the passages are
                those of the readings that it makes likeliest.
        """
        fields = ((item.name, getattr(filters, item.name)) for item in dataclass_fields(filters))
        kept = [
            (name, str(value))
            for name, wanted in fields
            for value in (wanted if isinstance(wanted, tuple) else (wanted,))
            if value is not None
        ]
        return (
            f"{self.public_url or ''}/search?{urlencode([('q', words), *kept, ('lang', language)])}"
        )

    def original(self, doc_id: str, file: str, *, page: int | None = None) -> str | None:
        """Return the address of an original, of a PDF at ``page``; ``None`` if not served."""
        if not self.serve_files:
            return None
        at_page = f"#page={page}" if page and file.lower().endswith(".pdf") else ""
        return f"{self.public_url or ''}/v1/documents/{escaped(doc_id, safe='')}/file{at_page}"


def spans_in_words(spans: Sequence[Span]) -> str:
    """Write spans as an address carries them: ``30-75,120-260``."""
    return ",".join(f"{span.start}-{span.end}" for span in spans)


def spans_from_words(words: str) -> tuple[Span, ...]:
    """Read what `spans_in_words` wrote; what is no span is left out."""
    matches = (_SPAN.fullmatch(word) for word in words.split(","))
    pairs = ((int(match["start"]), int(match["end"])) for match in matches if match)
    return tuple(Span(start, end) for start, end in pairs if start < end)
