"""Passage ids, read back."""

import re

from indexer.records import Span

_PASSAGE_ID = re.compile(r"(?P<doc_id>.+):(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})")


def parse_passage_id(passage_id: str) -> tuple[str, Span] | None:
    """Return document id and span of a passage; ``None`` if this is no passage's id."""
    parts = _PASSAGE_ID.fullmatch(passage_id)
    if parts is None or int(parts["start"]) >= int(parts["end"]):
        return None
    return parts["doc_id"], Span(int(parts["start"]), int(parts["end"]))
