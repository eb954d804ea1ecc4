"""What a question wants of the sentence that answers it, and what one loses that lacks it.

wanted                                             lost in log-odds
the kind of answer, words for who is asked for     3, of what the reader says
that it answers, and states nothing else           6, of what the reader says
that it is about what is asked about               6, of its score, in place of the other 6
names around it                                    3 by share, 6 in a follow-up
one of the years around it                         2
that it asks nothing itself                        2
the cell that is asked for, and one with a value   8
that some sentence has the cell, or the number     2 and 3, lost by all that are read
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

from indexer.encoder.query_encoder import QueryEncoder
from indexer.records import BlockKind
from indexer.store.protocol import Sentences
from service.pipeline.agenda import AskedTime, Line, speaker_below
from service.pipeline.answer_kinds import BRACKETED, Kind, has_wanted_kind, wanted_kinds
from service.pipeline.asked_cells import AskedCell, Match
from service.pipeline.asked_person import AskedPerson
from service.pipeline.encoded_question import EncodedQuestion
from service.pipeline.opposites import says_opposite
from service.pipeline.ordinals import is_of_another_number, lacks_number
from service.pipeline.plans import is_only_planned
from service.pipeline.question import stands_in
from service.pipeline.roles import label_of
from service.pipeline.surroundings import (
    is_elsewhere,
    is_of_other_years,
    names_to_find,
    share_of_names_missing,
)
from service.pipeline.unnamed_answers import counts_others, is_unnamed
from service.pipeline.years import years_in

_OFF_KIND = 3.0
"""Log-odds deducted from a sentence without the wanted kind of answer, such as a number (D15), or
without a word for the part that somebody plays who is asked for."""

_NAMES_MISSING = 3.0
"""Log-odds deducted from a sentence around which none of the question's names stands: it is likely
to be about another place or programme than the one asked about (docs/decisions.md, D29). Twice as
much for a question that goes on from another one (docs/experiments.md, D57)."""

_YEAR_MISSING = 2.0
"""Log-odds deducted from a sentence around which none of the question's years stands (D29)."""

_NOT_GIVEN = 8.0
"""Log-odds deducted from a table row whose cell is empty, or beside the row that is named."""

_OTHER_THING = 6.0
"""Log-odds deducted once from a sentence on another thing than what is asked for (D15)."""

_ASKS = 2.0
"""Log-odds deducted from a sentence that asks itself, such as an item of a checklist (D15)."""

_NUMBER_LACKING = 3.0
"""Log-odds deducted from all where some are about the sixth, none about the seventh (D44)."""

_LEFT_EMPTY = 2.0
"""Log-odds deducted from all sentences where the cell that is asked for is empty."""

_ITEM_THAT_ASKS = re.compile(r"\?[)\]”\"’']*(?:\s*\|?\s*Y(?:es)?\b[\w\s|/]*)?\s*\Z")

_LEAST_LIKE = 0.25
"""Cosine that a question and a heading have at least which may ask for that column."""

_QUANTITY = re.compile(
    r"\bhow (?:many|much)\b|\bwh(?:at|ich) (?:is|are|was|were) the\b|\bnumber of\b", re.IGNORECASE
)
_LISTED = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})


class Lost(NamedTuple):
    """What a sentence loses in log-odds, at least 0.

    Attributes:
        of_reading: For what answers otherwise than asked; it weighs as the reader's log-odds do.
        of_subject: For what is about something else, which weighs more.
    """

    of_reading: float
    of_subject: float


@dataclass(frozen=True, slots=True)
class WantedAnswer:
    """What a sentence should have that answers a question.

    Attributes:
        question: In the language of the texts, what was asked before it included.
        asked: What it asks now.
        kinds: Kinds of answers, such as a number.
        person: Who is asked for, ``None`` if nobody is.
        time: What is asked the time of, ``None`` if nothing is.
        names: Names of places, programmes and people that should stand around it.
        names_missing: Log-odds to deduct where none of them does.
        is_told: Whether some sentence that is read has words for the part of who is asked for.
    """

    question: str
    asked: str
    kinds: tuple[Kind, ...]
    person: AskedPerson | None
    time: AskedTime | None
    names: tuple[str, ...]
    names_missing: float
    is_told: bool = False

    @classmethod
    def by(cls, question: EncodedQuestion, person: AskedPerson | None) -> Self:
        """Return what a question wants that asks for ``person``."""
        return cls(
            question.english,
            question.asked,
            wanted_kinds(question.asked),
            person,
            AskedTime.by(question.asked, question.names),
            question.names,
            2 * _NAMES_MISSING if question.goes_on else _NAMES_MISSING,
        )

    def among(self, rows: Sequence[int], sentences: Sentences) -> Self:
        """Return what is wanted of one of the sentences at ``rows``, which are those read."""
        texts = map(sentences.sentence_text, rows)
        return replace(
            self,
            names=tuple(names_to_find(self.names, rows, sentences)),
            is_told=self.person is not None and any(map(self.person.is_told_by, texts)),
        )

    def is_of_kind(self, text: str) -> bool:
        """Tell whether a sentence, or words of one, hold the kind of answer that is asked for."""
        return has_wanted_kind(text, self.asked, self.kinds)

    def line(self, row: int, sentences: Sentences) -> Line:
        """Return how a sentence stands to a question about the time of something."""
        return Line.UNTOLD if self.time is None else self.time.of(row, sentences)

    def is_asked(self, row: int, cell: AskedCell, sentences: Sentences) -> bool:
        """Tell whether a sentence is the table row or the line of a programme asked for."""
        return cell.match is Match.FOUND or self.line(row, sentences) is Line.ASKED

    def lost(
        self, row: int, answer: str, cell: AskedCell, sentences: Sentences, encoder: QueryEncoder
    ) -> Lost:
        """Return what a sentence loses.

        It may answer the other half of a question.

        Args:
            row: The sentence.
            answer: What of it should have the kind of answer.
            cell: What is asked for of a table row.
            sentences: Where it stands.
            encoder: Tells whether a column is asked for.
        """
        text = sentences.sentence_text(row)
        line = self.line(row, sentences)
        below = speaker_below(row, sentences) if line is Line.ASKED else ""
        names = [name for name in self.names if not stands_in(below, name)]
        missing = share_of_names_missing(names, row, sentences)
        is_of_other_year = is_of_other_years(self.asked, row, sentences)
        is_off_subject = (
            self._is_about_other(row, line, missing, sentences)
            or (is_of_other_year and bool(years_in(BRACKETED.sub(" ", text))))
            or _asks_other_column(cell, encoder)
        )
        subject = (
            self.names_missing * missing
            + _YEAR_MISSING * is_of_other_year
            + _ASKS * (_ITEM_THAT_ASKS.search(text) is not None)
            + _NOT_GIVEN * (cell.match in {Match.EMPTY, Match.OTHER_ROW})
            + _OTHER_THING * is_off_subject
        )
        if not is_off_subject and self._answers_other(text):
            return Lost(_OTHER_THING, subject)
        is_answer = self.is_of_kind(answer) and self._tells(row, sentences)
        return Lost(0.0 if is_answer else _OFF_KIND, subject)

    def lost_by_all(self, cells: Sequence[AskedCell], texts: Iterable[str]) -> float:
        """Return what all sentences that are read lose if none has what is asked for.

        Args:
            cells: What is asked for of each, if it is a table row.
            texts: The sentences.
        """
        matches = {cell.match for cell in cells}
        is_left_empty = Match.EMPTY in matches and Match.FOUND not in matches
        return _LEFT_EMPTY * is_left_empty + _NUMBER_LACKING * lacks_number(self.question, texts)

    def _answers_other(self, text: str) -> bool:
        """Tell whether a sentence answers otherwise than asked.

        It counts other things, counts what should be named, only plans what is asked about, or
        has those who play another part.
        """
        return (
            counts_others(self.asked, text)
            or is_unnamed(self.asked, text)
            or is_only_planned(self.asked, text)
            or (self.person is not None and self.person.is_of_other_role(text))
        )

    def _is_about_other(self, row: int, line: Line, missing: float, sentences: Sentences) -> bool:
        """Tell whether a sentence is about something else than what is asked about.

        It is another line of a programme, about the sixth where the seventh is asked for, of
        another town or country, has the part asked for in something else, or says the opposite.

        Args:
            row: The sentence.
            line: How it stands to what is asked the time of.
            missing: Share of the names that do not stand around it.
            sentences: Where it stands.
        """
        text = sentences.sentence_text(row)
        return (
            line is Line.OTHER
            or is_of_another_number(self.question, text)
            or (missing == 1.0 and is_elsewhere(self.question, self.names, text))
            or (self.person is not None and self.person.is_of_another(row, sentences))
            or says_opposite(self.asked, text)
        )

    def _tells(self, row: int, sentences: Sentences) -> bool:
        """Tell whether a sentence may tell who plays the part that is asked for.

        Words for a part are never all known: where no sentence has one, only lines of lists, with
        names of all kinds, tell nothing of it.
        """
        text = sentences.sentence_text(row)
        if self.person is None or self.person.is_told_by(text):
            return True
        is_listed = sentences.sentence_block(row).kind in _LISTED or label_of(text) is not None
        return not (self.is_told or is_listed)


def _asks_other_column(cell: AskedCell, encoder: QueryEncoder) -> bool:
    """Tell whether a question names a table's row and asks for what none of its columns is."""
    if cell.match is not Match.NO_COLUMN or not cell.headings or not _QUANTITY.search(cell.rest):
        return False
    asked, *headings = encoder.encode([cell.rest, *cell.headings])
    return max(float(asked @ heading) for heading in headings) < _LEAST_LIKE
