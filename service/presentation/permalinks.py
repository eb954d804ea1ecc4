"""Permanent links: what an answer quoted goes into its address, and is compared when it is opened.

No answer is stored. A link carries, for each quote, where it stood and the first characters of two
hashes: of the report's file and of the quoted words.

cited=<sha256 of the file, 12>.<start>-<end>.<sha256 of the words, 12>.<document id>
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.answer_options import N_ITEMS
from service.errors import PermalinkError
from service.presentation.links import SHA256_CHARS
from service.records import Answer, Refusal

_CITED = re.compile(
    r"(?P<sha256>[0-9a-f]{12})\.(?P<start>[0-9]{1,10})-(?P<end>[0-9]{1,10})\."
    r"(?P<words>[0-9a-f]{12})\.(?P<doc_id>.{1,300})"
)


class ChangeKind(StrEnum):
    """What happened to a document between a link and its replay."""

    GONE = "gone"
    EDITED = "edited"
    ADDED = "added"
    DROPPED = "dropped"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class SealedQuote:
    """One quote, as a permanent link carries it.

    Attributes:
        doc_id: The report.
        sha256: Of its file, the first `SHA256_CHARS`.
        start: Where the quote stood.
        end: One past its last character.
        words: Hash of the quoted words, the first `SHA256_CHARS`.
    """

    doc_id: str
    sha256: str
    start: int
    end: int
    words: str

    def __str__(self) -> str:
        """Return it as the address carries it."""
        return f"{self.sha256}.{self.start}-{self.end}.{self.words}.{self.doc_id}"


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """Why an answer is not what it was.

    Attributes:
        kind: ``gone``: the report is no longer here; ``edited``: its file is another one;
            ``added``: it is quoted now and was not; ``dropped``: it was quoted and is not now,
            though it is the same; ``moved``: other sentences of it, or another order.
        doc_id: The report.
    """

    kind: ChangeKind
    doc_id: str


def seal(outcome: Answer | Refusal) -> tuple[SealedQuote, ...]:
    """Return what a permanent link to ``outcome`` carries; of a refusal, nothing."""
    if isinstance(outcome, Refusal):
        return ()
    return tuple(
        SealedQuote(
            doc_id=citation.document.doc_id,
            sha256=citation.document.sha256[:SHA256_CHARS],
            start=citation.span.start,
            end=citation.span.end,
            words=_digest(citation.quote),
        )
        for citation in outcome.citations
    )


def parse_sealed(texts: Sequence[str]) -> tuple[SealedQuote, ...]:
    """Read what an address carries.

    Raises:
        PermalinkError: It was cut or changed on its way.
    """
    sealed = []
    for text in texts[: N_ITEMS + 1]:
        match = _CITED.fullmatch(text)
        if match is None:
            raise PermalinkError
        sealed.append(
            SealedQuote(
                match["doc_id"],
                match["sha256"],
                int(match["start"]),
                int(match["end"]),
                match["words"],
            )
        )
    return tuple(sealed)


def changes_between(
    before: Sequence[SealedQuote], now: Sequence[SealedQuote], hashes: Mapping[str, str]
) -> tuple[DocumentChange, ...]:
    """Say which documents made an answer change; nothing where it is identical.

    Identical means the same words of the same reports in the same order: a report that was filed
    again with other bytes and the same words still counts as edited.

    Args:
        before: What the link carries.
        now: What is quoted now.
        hashes: Hash of the file of every report that is here, by its id.
    """
    if [_identity(quote) for quote in before] == [_identity(quote) for quote in now]:
        return ()
    changes = _what_became(before, now, hashes)
    then = {quote.doc_id for quote in before}
    for quote in now:
        if quote.doc_id not in then:
            changes[quote.doc_id] = ChangeKind.ADDED
    if not changes:  # the same reports, other sentences or another order
        order_only = dict.fromkeys(quote.doc_id for quote in now)
        moved = [
            doc_id for doc_id in order_only if _words_of(before, doc_id) != _words_of(now, doc_id)
        ]
        changes = dict.fromkeys(moved or order_only, ChangeKind.MOVED)
    return tuple(DocumentChange(kind, doc_id) for doc_id, kind in changes.items())


def _what_became(
    before: Sequence[SealedQuote], now: Sequence[SealedQuote], hashes: Mapping[str, str]
) -> dict[str, ChangeKind]:
    """Tell which of the reports quoted before are gone, edited, or no longer quoted."""
    still_quoted = {quote.doc_id for quote in now}
    changes = {}
    for quote in before:
        current = hashes.get(quote.doc_id)
        if current is None:
            changes[quote.doc_id] = ChangeKind.GONE
        elif not current.startswith(quote.sha256):
            changes[quote.doc_id] = ChangeKind.EDITED
        elif quote.doc_id not in still_quoted:
            changes[quote.doc_id] = ChangeKind.DROPPED
    return changes


def _identity(sealed: SealedQuote) -> tuple[str, str, str]:
    return sealed.doc_id, sealed.sha256, sealed.words


def _words_of(sealed: Sequence[SealedQuote], doc_id: str) -> list[str]:
    return [quote.words for quote in sealed if quote.doc_id == doc_id]


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:SHA256_CHARS]
