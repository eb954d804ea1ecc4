"""What can go wrong while answering.

ServiceError
├── ArgumentError          an argument of `python -m service ask`, or a filter typed, does not fit
├── BadFieldError          a field of a request does not fit, for a reason of the service's own
│   ├── UnknownModelError  a chat asks for a model that we are not
│   └── UnknownParameterError  a filter in an address names a value the corpus does not have
├── QuestionError          a question cannot be asked as it is
├── UnknownFilterError     a filter names a value the corpus does not have
├── UnknownDocumentError   no document has this id
├── UnknownPassageError    no passage has this id
├── FileNotServedError     the operator does not give the originals away
├── FileGoneError          the original is no longer in the corpus folder
├── KeyFileError           the file of API keys is damaged, or cannot be read or written
├── KeyLabelError          a label names no key, or is none, or is in use
├── ExposedError           anybody who reaches the address could ask, and nobody said so
├── FeedbackOffError       feedback is not collected here
├── FeedbackNotStoredError the folder of CITA_STATE cannot be written
├── PermalinkError         a permanent link is damaged
├── FileChangedError       the original is not the one that was indexed
├── CanaryError            the canary's file cannot be used, or the service does not answer it
├── NoLongerWantedError    an answer takes too long, or whoever asked has left
└── NotReadyError          no index is loaded; says why and what to do
"""

from pathlib import Path


class ServiceError(Exception):
    """Base of all errors of the service; a message says what was wanted, found, and what to do."""


class ArgumentError(ServiceError):
    """An argument of ``python -m service ask``, or a filter typed into the form, does not fit."""


class BadFieldError(ServiceError):
    """A field of a request does not fit, for a reason of the service's own.

    Attributes:
        field: Its name in the request.
        value: What it holds.
        problem: What is wrong with it and what to do.
    """

    def __init__(self, *, field: str, value: str, problem: str) -> None:
        self.field = field
        self.value = value
        self.problem = problem
        super().__init__(f"{field}: {problem}")


class UnknownModelError(BadFieldError):
    """A chat asks for a model that we are not."""

    def __init__(self, model: str, *, known: str) -> None:
        super().__init__(field="model", value=model, problem=f"there is no such model; use {known}")


class UnknownParameterError(BadFieldError):
    """A filter in an address names a value that no document of the corpus has."""


class QuestionError(ServiceError):
    """A question is blank or too long.

    Attributes:
        code: ``empty`` or ``too_long``.
        value: Its length; empty where it is blank.
    """

    def __init__(self, message: str, *, code: str, value: str = "") -> None:
        self.code = code
        self.value = value
        super().__init__(message)


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


class CanaryError(ServiceError):
    """The canary's file cannot be used, or the service that it asks does not answer."""


class NoLongerWantedError(ServiceError):
    """An answer takes longer than requests may, or whoever asked has left."""

    def __init__(self) -> None:
        super().__init__("the answer took too long; try again in a while")


class FileNotServedError(ServiceError):
    """The operator does not give the originals away."""

    def __init__(self) -> None:
        super().__init__(
            "originals are not served here; GET /v1/documents/{id}/text gives the text"
        )


class FileGoneError(ServiceError):
    """The original is no longer in the corpus folder."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file!r} was indexed but is no longer in the corpus folder; put it back, or rebuild "
            "the index"
        )


class FileChangedError(ServiceError):
    """The original is not the one that was indexed, so its pages may not be those we cite."""

    def __init__(self, file: str) -> None:
        super().__init__(f"{file!r} has changed since it was indexed; rebuild the index")


class KeyFileError(ServiceError):
    """The file of API keys is damaged, or cannot be read or written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be used: {reason}; restore it, or remove it and add keys")


class KeyLabelError(ServiceError):
    """A label names no key, or is none, or is in use."""


class ExposedError(ServiceError):
    """Anybody who reaches the address could ask, and the operator did not say so."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} can be reached from other machines, and nobody has to say who they are; add a "
            "key (`python -m service keys add LABEL`), set CITA_PROXY_USER_HEADER behind a proxy "
            "that signs users in, or CITA_OPEN_ACCESS=true to let everybody ask"
        )


class FeedbackOffError(ServiceError):
    """The operator does not collect feedback."""

    def __init__(self) -> None:
        super().__init__("feedback is not collected here (CITA_COLLECT_FEEDBACK)")


class FeedbackNotStoredError(ServiceError):
    """The folder of ``CITA_STATE`` cannot be written."""

    def __init__(self) -> None:
        super().__init__("nothing was stored; try again later, or tell the operator")


class PermalinkError(ServiceError):
    """A permanent link was cut or changed on its way."""

    def __init__(self) -> None:
        super().__init__("the permanent link is damaged; ask the question again")
