"""Where an index lies: in a folder of this machine, or in a Milvus server or cluster."""

from argparse import ArgumentTypeError
from dataclasses import dataclass, field
from pathlib import Path

_MILVUS = "milvus:"
_NAME = "cita"


@dataclass(frozen=True, slots=True)
class MilvusPlace:
    """An index in Milvus.

    Attributes:
        uri: Of a server or cluster, such as ``http://milvus:19530``, or path of a file of
            milvus-lite, which ends in ``.db``.
        name: Of the index; the names of its collections begin with it.
        token: Who we are there, ``user:password`` or an API key; empty for nobody.
        models_dir: Folder on this machine with the models of its generations.
    """

    uri: str
    name: str = _NAME
    token: str = field(default="", repr=False)
    models_dir: Path = Path("index/models")

    def __str__(self) -> str:
        return f"{_MILVUS}{self.uri}#{self.name}"


IndexPlace = Path | MilvusPlace


def parse_index_place(text: str) -> IndexPlace:
    """Return the place that ``CITA_INDEX`` names.

    ``milvus:URI``, also ``milvus:URI#NAME`` for one of several indexes there; all else is a folder.

    Raises:
        ValueError: It names no server, an index that no collection can be named after, or a
            password, which would stand in messages and records of runs.
    """
    if not text.startswith(_MILVUS):
        return Path(text)
    if has_password(text):
        raise ValueError(
            "want an address without user, password and @; they go into CITA_MILVUS_TOKEN, as "
            "user:password, or @ and a file"
        )
    uri, _, name = text.removeprefix(_MILVUS).partition("#")
    place = MilvusPlace(uri, name or _NAME)
    if not uri or not place.name.isidentifier() or not place.name.isascii():
        raise ValueError(
            "want milvus:http://HOST:19530, and #NAME after it for one of several indexes, its "
            "name of letters, digits and _"
        )
    return place


def has_password(text: str) -> bool:
    """Tell whether who we are stands in the address of a server; not in that of a file."""
    return "://" in text and "@" in text


def index_argument(text: str) -> IndexPlace:
    """Return the place that an argument of a command names.

    Raises:
        ArgumentTypeError: As `parse_index_place`; with any other error argparse shows the text.
    """
    try:
        return parse_index_place(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error
