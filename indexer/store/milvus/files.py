"""Files in a collection: compressed, in parts that fit a text field."""

import base64
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from indexer.errors import IndexDamagedError
from indexer.store.milvus.collections import MOST_CHARACTERS, UNUSED, Collections, Kind

MANIFEST = "manifest"
VOCABULARY = "vocabulary"
PIECES = "pieces"

_PART_CHARACTERS = MOST_CHARACTERS // 4 * 4
_PARTS_AT_ONCE = 256
"""Some 17 MB, well below what one answer of Milvus may have."""


def entries_name(number: int) -> str:
    """Return the name of the file with the entries of the ``number``-th thousand of documents."""
    return f"entries/{number:09d}"


def file_rows(name: str, content: bytes) -> Iterable[dict[str, object]]:
    """Yield the rows of one file."""
    text = base64.b64encode(zlib.compress(content)).decode("ascii")
    starts = range(0, len(text), _PART_CHARACTERS)
    for part, start in enumerate(starts):
        yield {
            "key": f"{name}#{part}",
            "name": name,
            "part": part,
            "n_parts": len(starts),
            "content": text[start : start + _PART_CHARACTERS],
            "unused": UNUSED,
        }


def read_file(collections: Collections, name: str, *, is_fresh: bool = False) -> bytes:
    """Return the content of one file, however large.

    Raises:
        IndexDamagedError: It is not there, or not whole.
        MilvusError: Milvus cannot answer.
    """
    content = ""
    part, n_parts = 0, 1
    while part < n_parts:
        condition = f'name == "{name}" and part >= {part} and part < {part + _PARTS_AT_ONCE}'
        rows = collections.query(
            Kind.FILES, condition, ["part", "n_parts", "content"], is_fresh=is_fresh
        )
        if not rows:
            raise IndexDamagedError(f"{collections.name(Kind.FILES)} has no whole file {name!r}")
        content += "".join(row["content"] for row in sorted(rows, key=lambda row: row["part"]))
        part, n_parts = part + len(rows), int(rows[0]["n_parts"])
    return _content(content, name)


def read_files(collections: Collections, names: Sequence[str]) -> dict[str, bytes]:
    """Return the contents of small files by name; those that are not there are left out.

    Raises:
        IndexDamagedError: One is not whole.
        MilvusError: Milvus cannot answer.
    """
    wanted = ", ".join(f'"{name}"' for name in names)
    parts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in collections.query(Kind.FILES, f"name in [{wanted}]", ["name", "part", "content"]):
        parts[row["name"]].append((row["part"], row["content"]))
    return {
        name: _content("".join(text for _, text in sorted(part)), name)
        for name, part in parts.items()
    }


def _content(text: str, name: str) -> bytes:
    try:
        return zlib.decompress(base64.b64decode(text))
    except (ValueError, zlib.error) as error:
        raise IndexDamagedError(f"file {name!r} of the index in Milvus is damaged") from error
