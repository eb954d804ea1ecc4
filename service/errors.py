"""What can go wrong while answering.

ServiceError
├── SettingsError          a CITA_… variable is unknown or out of bounds
├── UnknownFilterError     a filter names a value the corpus does not have
├── UnknownDocumentError   no document has this id
├── UnknownPassageError    no passage has this id
└── NotReadyError          no index is loaded; says why and what to do
"""


class ServiceError(Exception):
    """Base of all errors of the service; a message says what was wanted, found, and what to do."""


class SettingsError(ServiceError):
    """A ``CITA_…`` variable is unknown or out of bounds."""


class UnknownFilterError(ServiceError):
    """A filter names a value that no document of the corpus has.

    Attributes:
        field: Which filter.
        value: What it named.
    """

    def __init__(self, *, field: str, value: str, known: tuple[str, ...]) -> None:
        self.field = field
        self.value = value
        super().__init__(
            f"no document has {field} {value!r}; the corpus has: {', '.join(known) or 'none'}"
        )


class UnknownDocumentError(ServiceError):
    """No document of the index has this id."""

    def __init__(self, doc_id: str) -> None:
        super().__init__(f"no document {doc_id!r} in the index; GET /v1/documents lists them")


class UnknownPassageError(ServiceError):
    """No passage of the index has this id."""

    def __init__(self, passage_id: str) -> None:
        super().__init__(f"no passage {passage_id!r} in the index; POST /v1/search finds them")


class NotReadyError(ServiceError):
    """No index is loaded."""
