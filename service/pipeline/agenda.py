"""Tells which line of a programme a question about the time of something asks for.

"At what time does the debate start?" is answered by the line ``14:30 – 16:20 | Debate``, and not by
the one above or below it.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Self

from indexer.store.protocol import Sentences
from service.pipeline.answer_kinds import HOUR_ASKED
from service.pipeline.clock_times import OPENING_CLOCK, UNTIL
from service.pipeline.question import content_stems
from service.pipeline.surroundings import titles_of

_ASKS = re.compile(
    rf"{HOUR_ASKED}|\bwhen (?:exactly )?(?:does|do|did|will|is|are|was|were)\b[^?]*"
    r"\b(?:start|begin|open|close|end|finish|take place|held|speak|talk|due|scheduled"
    r"|present(?:ed)?|turn)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"[\W_]{{0,8}}{OPENING_CLOCK}(?:{UNTIL})?[.\s]*",
    re.IGNORECASE,
)
"""The time, or from when to when, with which a line of a programme opens."""

_GENERAL = content_stems(
    "start begin open end finish take place hold speak talk turn due time hour schedule exact "
    "present presentation programme agenda timetable session meeting event workshop day morning "
    "afternoon"
)
"""Words of such questions that say nothing of which line is asked for."""


class Line(Enum):
    """How a sentence stands to a question about the time of something."""

    UNTOLD = auto()
    """It is no line of a programme, or none that can be told from the others."""
    ASKED = auto()
    """It is the line of what is asked for."""
    OTHER = auto()
    """It is the line of something else."""


@dataclass(frozen=True, slots=True)
class AskedTime:
    """What a question asks the time of.

    Attributes:
        words: Stems of its words, without those that ask and without names.
        names: Stems of its names.
    """

    words: frozenset[str]
    names: frozenset[str]

    @classmethod
    def by(cls, question: str, names: tuple[str, ...]) -> Self | None:
        """Return what an English question asks the time of, or ``None`` if it asks for no time."""
        if not _ASKS.search(question):
            return None
        stems_of_names = content_stems(" ".join(names))
        return cls(content_stems(question) - stems_of_names - _GENERAL, stems_of_names)

    def of(self, row: int, sentences: Sentences) -> Line:
        """Return how the sentence at ``row`` stands to what is asked.

        Who speaks often stands in the line below.
        """
        text = sentences.sentence_text(row)
        times = _TIMES.match(text)
        if times is None:
            return Line.UNTOLD
        subject = content_stems(f"{text[times.end() :]} {speaker_below(row, sentences)}")
        words = self.words - content_stems(titles_of(row, sentences))
        if words:
            if words <= subject:
                return Line.ASKED
            return Line.UNTOLD if (words | self.names) & subject else Line.OTHER
        return Line.ASKED if self.names & subject else Line.UNTOLD


def speaker_below(row: int, sentences: Sentences) -> str:
    """Return the line below one of a programme, if it has no time of its own."""
    below = row + 1
    if below >= sentences.n_sentences:
        return ""
    is_below = (
        sentences.sentence_document(below) == sentences.sentence_document(row)
        and sentences.sentence_block(below).kind is sentences.sentence_block(row).kind
    )
    text = sentences.sentence_text(below) if is_below else ""
    return "" if _TIMES.match(text) else text
