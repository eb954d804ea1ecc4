"""Whom a question asks for: the part they play, in what, and whether a line tells of that.

"Who chaired the Committee on Locks?" ─▶ chair, of locks ─▶ not ``Chair:`` below "Dredging"
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Self

from indexer.store.lexical_index import content_words
from indexer.store.protocol import Sentences
from service.pipeline.asked_before import turns_of
from service.pipeline.encoded_question import EncodedQuestion
from service.pipeline.question import content_stems, names_in
from service.pipeline.role_labels import roles_at, rows_of_report
from service.pipeline.roles import ROLES, Role, asked_role, label_of, who_did
from service.pipeline.surroundings import titles_of

LONGEST_NAME = 30
"""Words of a line with a name; a longer one is text."""

_N_FIRST = 15
"""First sentences of a report: where its title, place and date are printed."""

_N_ABOVE = 12
"""Sentences above a label, under the same heading, that say whose it is."""

_ENOUGH = 2 / 3
"""Share of a question's words that stand around a label at least; all of its names do."""

_GENERAL = content_stems(
    "session meeting event workshop seminar conference gathering talk debate discussion panel "
    "report guide document note paper publication study text production edition part name list"
)
"""Words for what a report is, or is on, whose absence tells nothing."""

_PREPOSITION = re.compile(
    r"\b(?:of|in|on|about|at|for|from|by|to|with|under|during|between|that|which|who|where)\b|[,;]"
)
_SENTENCE_END = re.compile(r"[?.!](?:\s|\Z)|,? and (?:who|what|when|how|where)\b")


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """Somebody whom a question asks for, a person or a body.

    Attributes:
        question: What is asked now, in the language of the texts.
        role: The part that they play; ``None`` if it is none of `ROLES`.
        words: Stems of what it was played in, without `_GENERAL`.
        names: Those of its names.
        head: The word for what it was played in, or ``None``: ``session``.
    """

    question: str
    role: Role | None
    words: frozenset[str]
    names: frozenset[str]
    head: str | None

    @classmethod
    def by(cls, question: str, *, before: str, text: str) -> Self | None:
        """Return whom a question asks for, or ``None`` if it asks for nobody.

        "¿Quiénes revisaron la guía?" is translated by "Who checked the guide?": its own language
        may tell the role where English does not.

        Args:
            question: What is asked now, in the language of the texts.
            before: What was asked before it, as a statement: what "it" may be.
            text: What is asked now, in its own language.
        """
        found = asked_role(question)
        asked = found[1] if found else who_did(question)
        if asked is None:
            return None
        own = found or asked_role(text)
        rest = _SENTENCE_END.split(question[asked.end() :], maxsplit=1)[0]
        phrase = _PREPOSITION.split(rest, maxsplit=1)[0]
        # "The Quito session. Who chaired it?"
        meant = f"who {rest}" if content_stems(rest) else f"{before} {question[: asked.start()]}"
        return cls(
            question,
            own[0] if own else None,
            content_stems(meant) - _GENERAL,
            content_stems(" ".join(names_in(meant))),
            next(iter(reversed(content_words(phrase, language="en"))), None),
        )

    @classmethod
    def of(cls, question: EncodedQuestion) -> Self | None:
        """Return whom a question asks for now, or ``None`` if it asks for nobody."""
        before = question.english.removesuffix(question.asked)
        return cls.by(question.asked, before=before, text=turns_of(question.text)[-1])

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return the role, and behind it the one under which they may be listed as well."""
        role = self.role
        return (role, *(other for other in ROLES if other.name == role.or_else)) if role else ()

    def is_of_other_role(self, text: str) -> bool:
        """Tell whether a line has those who play another part than the one asked for.

        ``Rapporteur: …`` answers neither who translated nor who catered.
        """
        label = label_of(text)
        if label is None or self._is_labelled(text):
            return False
        labelled = [role for role in ROLES if role.name in label.roles]
        return not any(role.told.search(self.question) for role in labelled)

    def is_told_by(self, text: str) -> bool:
        """Tell whether a sentence says who plays the part, or may do so: if it is none of ours."""
        if self.role is None:
            return True
        return self.role.told.search(text) is not None or self._is_labelled(text)

    def _is_labelled(self, text: str) -> bool:
        label = label_of(text)
        return label is not None and any(role.name in label.roles for role in self.roles)

    def is_about(self, around: frozenset[str]) -> bool:
        """Tell whether the words around a label are those of the question."""
        if self.head is not None and self.head not in around | _GENERAL:
            return False
        n_found = len(self.words & around)
        return self.names - _GENERAL <= around and n_found >= _ENOUGH * len(self.words)

    def is_of_another(self, row: int, sentences: Sentences) -> bool:
        """Tell whether a line has the role in something else than what a question asks about."""
        if self.role is None or self.role.name not in roles_at(row, sentences):
            return False
        opening = stems_of_opening(rows_of_report(row, sentences), sentences)
        around = stems_of_title(row, sentences) | stems_near(row, sentences) | opening
        return not self.is_about(around | content_stems(sentences.sentence_text(row)))


def stems_of_opening(report: range, sentences: Sentences) -> frozenset[str]:
    """Return the stems of what a report opens with."""
    return content_stems(_short(report[:_N_FIRST], sentences))


def stems_of_title(label: int, sentences: Sentences) -> frozenset[str]:
    """Return the stems of the report's title and of the headings above a label."""
    headings = sentences.sentence_block(label).headings
    return content_stems(" ".join([titles_of(label, sentences), *headings]))


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
    return content_stems(" ".join([*block.headings, _short(lines, sentences)]))


def _short(rows: Iterable[int], sentences: Sentences) -> str:
    """Return the lines at some rows; a long one, which thanks many, tells nothing of a place."""
    texts = map(sentences.sentence_text, rows)
    return " ".join(text for text in texts if len(text.split()) <= LONGEST_NAME)
