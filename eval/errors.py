"""What can go wrong while judging.

EvalError
└── QuestionFormatError    a question file has lines that cannot be read
"""

from collections.abc import Sequence
from pathlib import Path


class EvalError(Exception):
    """Base of all errors of the bench; a message says what was wanted, found, and what to do."""


class QuestionFormatError(EvalError):
    """Lines of a question file are no judged questions.

    Attributes:
        path: The file.
        faults: What is wrong, one sentence each, as ``(line, fault)``; lines count from 1.
    """

    def __init__(self, path: Path, faults: Sequence[tuple[int, str]]) -> None:
        self.path = path
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{path}:{line}: {fault}" for line, fault in self.faults))
