"""Finds the lines of a report that are labelled with who plays a part: ``Facilitator: …``."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from indexer.records import BlockKind
from indexer.store.protocol import Sentences
from service.pipeline.roles import label_of

RoleLabels = Mapping[str, Sequence[int]]
"""Rows of the labels of a report by the name of their role, in order."""


def rows_of_report(row: int, sentences: Sentences) -> range:
    """Return the rows of the report that holds a sentence."""
    document, rows = sentences.sentence_document(row), range(sentences.n_sentences)
    return range(
        bisect_left(rows, document, hi=row, key=sentences.sentence_document),
        bisect_right(rows, document, lo=row, key=sentences.sentence_document),
    )


def labels_in(report: range, sentences: Sentences) -> RoleLabels:
    """Return all labels of a report, found in one scan."""
    labels: dict[str, list[int]] = defaultdict(list)
    for row in report:
        for role in roles_at(row, sentences):
            labels[role].append(row)
    return {role: tuple(rows) for role, rows in labels.items()}


def roles_at(row: int, sentences: Sentences) -> frozenset[str]:
    """Return the names of the roles that a line is labelled with, if it may be quoted."""
    label = label_of(sentences.sentence_text(row))
    if label is None:
        return frozenset()
    block = sentences.sentence_block(row)
    may_be_quoted = not block.is_apparatus and block.kind is not BlockKind.TABLE_HEADER
    return label.roles if may_be_quoted else frozenset()
