"""Errors of the indexer.

IndexerError
├── SettingsError          a CITA_… variable is unknown or out of bounds
├── CorpusError            the corpus folder cannot be used
├── CatalogueError         catalogue.toml cannot be parsed at all
├── UnreadableError        one file cannot be read; the build goes on without it
├── EncoderError           the encoder named by the settings cannot be used
├── IndexWriteError        a generation cannot be written, for example for want of disk space
├── BackupError            a backup cannot be restored; nothing was touched
├── IndexBusyError         another builder is at work on the same index
├── IndexMissingError      there is no index where one was looked for
├── IndexUnreachableError  server or models of an index cannot be reached from here
├── IndexDamagedError      files of the index are missing or do not fit their checksums
└── IndexMismatchError     the index was made by another format or encoder
"""

from enum import StrEnum


class IndexerError(Exception):
    """Base of all errors of the indexer; a message says what was wanted, found, and what to do."""


class SettingsError(IndexerError):
    """A ``CITA_…`` variable is unknown, out of bounds, or names a file that does not fit."""


class CorpusError(IndexerError):
    """The corpus folder is missing, empty, or holds nothing readable."""


class CatalogueError(IndexerError):
    """``catalogue.toml`` is not valid TOML or not a list of ``[[document]]`` tables."""


class Reason(StrEnum):
    """Why a file could not be read, as the build's summary counts it."""

    EMPTY = "empty"
    NO_TEXT = "no text"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    MISLABELLED = "mislabelled"
    TOO_LARGE = "too large"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out of memory"
    UNSUPPORTED = "unsupported"


class UnreadableError(IndexerError):
    """No text can be extracted from a file.

    Attributes:
        reason: The kind of trouble, for counting.
        detail: One sentence that says what was found and what to do.
    """

    def __init__(self, reason: Reason, detail: str) -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(f"{reason}: {detail}")

    def __reduce__(self) -> "tuple[type[UnreadableError], tuple[Reason, str]]":
        """Let the error cross from the extracting process back to the builder."""
        return type(self), (self.reason, self.detail)


class EncoderError(IndexerError):
    """The encoder cannot be found, loaded or exported."""


class IndexWriteError(IndexerError):
    """A new generation cannot be written; the current one is untouched."""


class BackupError(IndexerError):
    """A file is no backup, or was changed or cut short; nothing was touched."""


class IndexBusyError(IndexerError):
    """Another builder is at work on the same index."""


class IndexMissingError(IndexerError):
    """No index stands where one was looked for."""


class IndexUnreachableError(IndexerError):
    """An index may be there, but its server or its models cannot be reached from this machine."""


class IndexDamagedError(IndexerError):
    """Files of the index are missing, cut short, or do not fit their checksums."""


class IndexMismatchError(IndexerError):
    """The index was written in another format, or for another encoder, than this program reads."""
