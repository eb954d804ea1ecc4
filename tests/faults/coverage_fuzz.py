"""Looks for bytes that a reader of files cannot bear, led by the code that they reach (Atheris).

Atheris is not among our dependencies; give it an environment that also finds ours:

    PYTHONPATH=.venv/lib/python3.11/site-packages:. fuzz-env/bin/python \
        -m tests.faults.coverage_fuzz pdf OUT SEEDS -max_total_time=1800 -timeout=600

Each finding is told once, by the place that raised, and its input is kept in ``OUT``: what is not
an `UnreadableError` (the builder reports such a file as one that its reader failed on), and what
takes more than `SLOW_S` of a core, whatever else the machine does. A builder's process bears both:
it has limits of its own.
"""

import copy
import io
import random
import resource
import sys
import time
import traceback
import zipfile
from pathlib import Path

import atheris  # type: ignore[import-untyped, import-not-found, unused-ignore]
from lxml import etree

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
_VALUES = (
    "",
    "0",
    "1",
    "-1",
    "99999999999999999999",
    "1e9",
    "NaN",
    "none",
    "\u0661",
    "\u00b2",
    "x" * 99,
)
_TEXTS = (
    "",
    " ",
    "1.",
    "a" * 5000,
    "1" * 400,
    "\u202e",
    "\u0301",
    "\u00ad" * 50,
    "(" * 500,
    "\u2028",
)


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
            if part:
                archive.writestr(name, part)
    return held.getvalue()


def parts_of_docx(path: Path) -> bytes:
    """Return what `docx_of` makes a Word file like ``path`` of."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        return _PART_ENDS.join(archive.read(name) if name in names else b"" for name in _PARTS)


def mutated_parts(content: bytes, most_bytes: int, seed: int) -> bytes:
    """Change the trees of a Word file's parts: bytes changed at random are hardly ever XML."""
    chance = random.Random(seed)  # noqa: S311
    parts = content.split(_PART_ENDS)
    number = chance.choice([number for number, part in enumerate(parts) if part] or [0])
    try:
        tree = etree.fromstring(parts[number])
    except (etree.XMLSyntaxError, ValueError):
        return bytes(atheris.Mutate(content, most_bytes))
    for _ in range(chance.randrange(1, 5)):
        _change(tree, chance)
    parts[number] = etree.tostring(tree)
    changed = _PART_ENDS.join(parts)
    return changed if len(changed) <= most_bytes else content


def _change(tree: etree._Element, chance: random.Random) -> None:
    """Copy, move, remove or rename an element, or change an attribute or a text."""
    elements = list(tree.iter("*"))
    element, other = chance.choice(elements), chance.choice(elements)
    way = chance.randrange(6)
    if way == 0:
        other.append(copy.deepcopy(element))
    elif way == 1 and other not in element.iter() and element is not tree:
        other.addnext(element) if other is not tree else other.append(element)
    elif way == 2 and element is not tree:
        element.getparent().remove(element)  # type: ignore[union-attr]
    elif way == 3:
        element.tag = other.tag
    elif way == 4 and element.attrib:
        name = chance.choice(list(element.attrib))
        element.set(name, chance.choice(_VALUES))
    else:
        element.text = chance.choice(_TEXTS)


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
        began = time.process_time()
        try:
            extract_file(name, packed)
        except _BORNE:
            pass
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__} at {last.filename}:{last.lineno}: {error}"
            findings.add(place.split(": ", maxsplit=1)[0] + f" {str(error)[:60]}", name, packed)
        if time.process_time() - began > SLOW_S:
            findings.add(f"slow: {time.process_time() - began:.0f} s", name, packed)

    by_tree = {"custom_mutator": mutated_parts} if kind == "docx" else {}
    atheris.Setup([sys.argv[0], *sys.argv[3:]], one_input, **by_tree)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
