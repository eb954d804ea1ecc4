"""Looks for bytes that a reader of files cannot bear, led by the code that they reach (Atheris).

Atheris is not among our dependencies; give it an environment that also finds ours:

    PYTHONPATH=.venv/lib/python3.11/site-packages:. fuzz-env/bin/python \
        -m tests.faults.coverage_fuzz pdf OUT SEEDS -max_total_time=600 -timeout=60

Each finding is told once, by the place that raised, and its input is kept in ``OUT``: what is not
an `UnreadableError` (the builder reports such a file as one that its reader failed on), and what
takes more than `SLOW_S`. A builder's process bears both: it has limits of its own.
"""

import io
import resource
import sys
import time
import traceback
import zipfile
from pathlib import Path

import atheris  # type: ignore[import-not-found,unused-ignore]

with atheris.instrument_imports(include=["indexer.extraction", "pypdf", "bs4", "soupsieve"]):
    from indexer.errors import UnreadableError
    from indexer.extraction.formats import extract_file

SLOW_S = 10.0
_MEMORY_BYTES = 3 << 30
_BORNE = (UnreadableError, RecursionError, MemoryError)
"""What the builder names: see `indexer.extraction.sandbox`."""

_RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Target="word/document.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
</Relationships>"""
_PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml")
_PART_ENDS = b"\n<!--part-->\n"


class Findings:
    """The places that raised, each with the first input that reached it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, place: str, name: str, content: bytes) -> None:
        """Tell a place and keep its input, once."""
        if place in self._places:
            return
        self._places.add(place)
        path = self._folder / f"{len(self._places)}-{name}"
        path.write_bytes(content)
        (self._folder / "findings.txt").open("a").write(f"{path.name}: {place}\n")


def docx_of(content: bytes) -> bytes:
    """Return a Word file whose parts are ``content``, cut at `_PART_ENDS`."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("_rels/.rels", _RELATIONS)
        for name, part in zip(_PARTS, content.split(_PART_ENDS), strict=False):
            archive.writestr(name, part)
    return held.getvalue()


def parts_of_docx(path: Path) -> bytes:
    """Return what `docx_of` makes a Word file like ``path`` of."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        return _PART_ENDS.join(archive.read(name) if name in names else b"" for name in _PARTS)


def main() -> None:
    """Fuzz one format until the time is over."""
    kind, out = sys.argv[1], Path(sys.argv[2])
    findings = Findings(out)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))

    def one_input(content: bytes) -> None:
        name = f"input.{kind}"
        packed = content
        if kind == "docx" and not content.startswith(b"PK"):
            packed = docx_of(content)
        began = time.monotonic()
        try:
            extract_file(name, packed)
        except _BORNE:
            pass
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__} at {last.filename}:{last.lineno}: {error}"
            findings.add(place.split(": ", maxsplit=1)[0] + f" {str(error)[:60]}", name, packed)
        if time.monotonic() - began > SLOW_S:
            findings.add(f"slow: {time.monotonic() - began:.0f} s", name, packed)

    atheris.Setup([sys.argv[0], *sys.argv[3:]], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
