"""Errors of the evaluation.

EvalError
├── QuestionFormatError    a question file has lines that cannot be read
├── SetFormatError         a public set lacks files or fields of its format
├── RunFormatError         a run folder lacks a file, or one of its files is damaged
├── RunMismatchError       a run folder holds another run
├── AskError               a question could not be asked
├── SpreadsheetError       a file is no sheet of questions
├── NotFoundError          something that a row of a sheet names is not in the index
├── ComparisonError        two runs did not answer the same questions
├── TuningError            questions that cannot be used for tuning
├── ExtractorError         an extractor to compare with is not there, or cannot read a file
└── MeasurementError       a program whose speed is measured does not run
"""

from collections.abc import Sequence
from pathlib import Path


class EvalError(Exception):
    """Base of all errors here; a message says what was wanted, found, and what to do."""


class QuestionFormatError(EvalError):
    """A question file has lines that are no judged questions.

    Attributes:
        path: The file.
        faults: What is wrong, one sentence each, as ``(line, fault)``; lines count from 1.
    """

    def __init__(self, path: Path, faults: Sequence[tuple[int, str]]) -> None:
        self.path = path
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{path}:{line}: {fault}" for line, fault in self.faults))


class SetFormatError(EvalError):
    """A public set lacks files or fields of its format."""


class RunFormatError(EvalError):
    """A run folder lacks a file, or one of its files is damaged."""


class RunMismatchError(EvalError):
    """A run folder holds a run of other questions, another index or other settings."""


class AskError(EvalError):
    """A question could not be asked, or the server's answer does not follow our API."""


class SpreadsheetError(EvalError):
    """A file is no sheet of questions; says which columns are wanted."""


class NotFoundError(EvalError):
    """Something that a row of a sheet names is not in the index; names the nearest match."""


class ComparisonError(EvalError):
    """Two runs, or a run and a baseline, did not answer the same questions."""


class TuningError(EvalError):
    """The questions cannot be used for tuning: too few, or not apart from those held back."""


class ExtractorError(EvalError):
    """An extractor that ours is compared with is not installed, or cannot read a file."""


class MeasurementError(EvalError):
    """A program whose speed is measured failed, or did not start."""
