"""The part that a question asks for, what it was played in, and whether a label is for that.

"Who chaired the Committee on Locks?" ─▶ chair, of locks ─▶ not ``Chair:`` below "Dredging"
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Self

from indexer.records import BlockKind
from indexer.store.lexical_index import content_words
from indexer.store.protocol import Sentences
from service.pipeline.question import names_in
from service.pipeline.roles import ASKS_WHO_DID, Role, asked_role, label_of, role_asked_for
from service.pipeline.surroundings import titles_of

_MOST_ROWS = 4000
"""Sentences of a report before and behind one of it that are looked through."""

LONGEST_NAME = 30
"""Words of a line with a name; a longer one is text."""

_N_FIRST = 15
"""First sentences of a report: where its title, place and date are printed."""

_N_ABOVE = 12
"""Sentences above a label, under the same heading, that say whose it is."""

_ENOUGH = 2 / 3
"""Share of a question's words that stand around a label at least; all of its names do."""

_GENERAL = frozenset(
    content_words(
        "session meeting event workshop seminar conference gathering talk debate discussion panel "
        "report guide document note paper publication study text production edition part name list",
        language="en",
    )
)
"""Words for what a report is, or is on, whose absence tells nothing."""

_PREPOSITION = re.compile(
    r"\b(?:of|in|on|about|at|for|from|by|to|with|under|during|between|that|which|who|where)\b|[,;]"
)
_ASKS_MORE = re.compile(
    r"\b(?:what|which|how|when|where|why|qu[eé]|c[oó]mo|cu[aá]ndo|d[oó]nde|quando|onde)\b",
    re.IGNORECASE,
)
"""Before who is asked for, what else is: "What came of the session, and who wrote it down?"."""

_SENTENCE_END = re.compile(r"[?.!](?:\s|\Z)|,? and (?:who|what|when|how|where)\b")


@dataclass(frozen=True, slots=True)
class AskedRole:
    """What a question asks for.

    Attributes:
        role: The part played.
        words: Stems of what it was played in, without `_GENERAL`.
        names: Those of its names.
        head: The word for what it was played in, or ``None``: ``session``.
    """

    role: Role
    words: frozenset[str]
    names: frozenset[str]
    head: str | None

    @classmethod
    def by(cls, text: str, english: str) -> Self | None:
        """Return what a question asks for, or ``None`` if that is no role.

        Args:
            text: The question in its own language.
            english: The same in the language of the texts.
        """
        found = asked_role(english)
        role = found[0] if found else role_asked_for(english, text)
        asked = found[1] if found else ASKS_WHO_DID.search(english)
        if role is None or asked is None:
            return None
        before, behind = english[: asked.start()], english[asked.end() :]
        if _ASKS_MORE.search(before):
            return None
        rest = _SENTENCE_END.split(behind, maxsplit=1)[0]
        phrase = _PREPOSITION.split(rest, maxsplit=1)[0]
        meant = f"who {rest}" if stems_of(rest) else before  # "The Quito session. Who chaired it?"
        return cls(
            role,
            stems_of(meant) - _GENERAL,
            stems_of(" ".join(names_in(meant))),
            next(iter(reversed(content_words(phrase, language="en"))), None),
        )

    def is_about(self, around: frozenset[str]) -> bool:
        """Tell whether the words around a label are those of the question."""
        if self.head is not None and self.head not in around | _GENERAL:
            return False
        n_found = len(self.words & around)
        return self.names - _GENERAL <= around and n_found >= _ENOUGH * len(self.words)

    def is_of_another(self, row: int, sentences: Sentences) -> bool:
        """Tell whether a line has the role in something else than what a question asks about."""
        if not is_label(row, self.role, sentences):
            return False
        opening = stems_of_opening(rows_around(row, sentences), sentences)
        around = stems_of_title(row, sentences) | stems_near(row, sentences) | opening
        return not self.is_about(around | stems_of(sentences.sentence_text(row)))


def rows_around(row: int, sentences: Sentences) -> range:
    """Return the rows of the report that holds a sentence, some thousands at most."""
    document = sentences.sentence_document(row)
    before = takewhile(
        lambda other: sentences.sentence_document(other) == document,
        range(row, max(row - _MOST_ROWS, -1), -1),
    )
    behind = takewhile(
        lambda other: sentences.sentence_document(other) == document,
        range(row, min(row + _MOST_ROWS, sentences.n_sentences)),
    )
    return range(min(before), max(behind) + 1)


def is_label(row: int, role: Role, sentences: Sentences) -> bool:
    """Tell whether a line is labelled with a role, and may be quoted."""
    label = label_of(sentences.sentence_text(row))
    if label is None or role.name not in label.roles:
        return False
    block = sentences.sentence_block(row)
    return not block.is_apparatus and block.kind is not BlockKind.TABLE_HEADER


def stems_of_opening(report: range, sentences: Sentences) -> frozenset[str]:
    """Return the stems of what a report opens with."""
    return stems_of(_short(report[:_N_FIRST], sentences))


def stems_of_title(label: int, sentences: Sentences) -> frozenset[str]:
    """Return the stems of the report's title and of the headings above a label."""
    headings = sentences.sentence_block(label).headings
    return stems_of(" ".join([titles_of(label, sentences), *headings]))


def stems_near(label: int, sentences: Sentences) -> frozenset[str]:
    """Return the stems of the headings above a label and of short lines between them and it."""
    block = sentences.sentence_block(label)
    lines = takewhile(
        lambda row: (
            sentences.sentence_document(row) == sentences.sentence_document(label)
            and sentences.sentence_block(row).headings == block.headings
        ),
        range(label - 1, max(label - 1 - _N_ABOVE, -1), -1),
    )
    return stems_of(" ".join([*block.headings, _short(lines, sentences)]))


def _short(rows: Iterable[int], sentences: Sentences) -> str:
    """Return the lines at some rows; a long one, which thanks many, tells nothing of a place."""
    texts = map(sentences.sentence_text, rows)
    return " ".join(text for text in texts if len(text.split()) <= LONGEST_NAME)


def stems_of(text: str) -> frozenset[str]:
    """Return the stems of the content words of an English text."""
    return frozenset(content_words(text, language="en"))
