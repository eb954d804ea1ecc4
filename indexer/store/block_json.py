"""Blocks of a document as JSON, the way the database of an index keeps them."""

import json
from collections.abc import Sequence

from indexer.records import Block, BlockKind, Span


def blocks_to_json(blocks: Sequence[Block]) -> str:
    """Return blocks as JSON, each distinct heading path written once."""
    paths = list(dict.fromkeys(block.headings for block in blocks))
    numbers = {path: number for number, path in enumerate(paths)}
    rows = [
        [
            block.kind.value,
            block.span.start,
            block.span.end,
            numbers[block.headings],
            [block.lead.start, block.lead.end] if block.lead else None,
            int(block.is_apparatus),
        ]
        for block in blocks
    ]
    return json.dumps({"paths": paths, "blocks": rows}, ensure_ascii=False)


def blocks_from_json(text: str) -> tuple[Block, ...]:
    """Read what `blocks_to_json` wrote."""
    content = json.loads(text)
    paths = [tuple(path) for path in content["paths"]]
    return tuple(
        Block(
            BlockKind(kind),
            Span(start, end),
            paths[path],
            Span(*lead) if lead else None,
            is_apparatus=bool(is_apparatus),
        )
        for kind, start, end, path, lead, is_apparatus in content["blocks"]
    )
