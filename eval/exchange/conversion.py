"""Question sets of any format → a question file, and a corpus folder where the set brings one."""

from pathlib import Path

from eval.errors import SetFormatError
from eval.exchange.beir import load_beir, load_folder
from eval.exchange.public_sets import CORPUS, PublicSet, write_set
from eval.exchange.squad import load_squad
from eval.exchange.trec import load_trec

FORMATS = ("cita", "squad", "beir", "trec")
CONVERTED = ("squad", "beir", "cita")
"""Formats of sets that bring documents."""

SET = "set"
"""Folder in a run's own that holds the converted set."""


def convert(path: Path, set_format: str, folder: Path) -> Path:
    """Turn a public set into a folder that Cita indexes; return its question file.

    Args:
        path: A SQuAD file, a BEIR folder, or a folder of ``corpus.jsonl`` and ``questions.jsonl``.
        set_format: One of `CONVERTED`.
        folder: Where ``corpus/`` and ``questions.jsonl`` go.

    Raises:
        SetFormatError: The set is not in that format, or brings no documents.
    """
    return write_set(_public_set(path, set_format), folder)


def prepare(path: Path, set_format: str, folder: Path) -> tuple[Path, Path | None]:
    """Return the question file of a set, and its corpus folder where it brings one.

    A question file of our own is returned as it is. TREC topics are asked of an existing index.

    Args:
        path: The set.
        set_format: One of `FORMATS`.
        folder: Of the run; a converted set goes into its ``set/``.
    """
    if set_format == "cita" and path.is_file():
        return path, None
    if set_format == "trec":
        return write_set(PublicSet((), load_trec(path)), folder / SET), None
    return convert(path, set_format, folder / SET), folder / SET / CORPUS


def _public_set(path: Path, set_format: str) -> PublicSet:
    if set_format == "squad":
        return load_squad(path)
    if set_format == "beir":
        return load_beir(path)
    if set_format == "cita" and path.is_dir():
        return load_folder(path)
    raise SetFormatError(f"{path} in format {set_format!r} brings no documents to convert")
