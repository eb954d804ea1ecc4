"""What holds the rooms apart, and nothing of this machine in what is shipped."""

import ast
import functools
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import grimp
import pytest

from indexer import code_hash
from indexer.store.writing import new_generation
from tests.conftest import ROOT

ROOMS = ("indexer", "service", "eval")
HOLDS_TEXT = {".py", ".toml", ".md", ".j2", ".html", ".css", ".js", ".txt", ".lock", ".json", ""}
OWNERS = {
    "sentence_transformers": "indexer/encoder/building/text_encoder.py",
    "faiss": "indexer/store/vector_index.py",
}
"""The module that may import a library; everybody else asks it."""

MOST_FLOORS = 7
PEERS = ROOT / "eval" / "speed" / "peers"
"""Scripts that run in an environment of other systems."""

_PLACE = re.compile(r"/(?:work|Users)/")
_DOTTED_NAME = re.compile(r"(?<!`)`([A-Za-z_]\w*(?:\.\w+)+)`(?!`)")


def modules() -> list[Path]:
    paths = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return sorted(path for path in paths if PEERS not in path.parents)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(path: Path) -> set[str]:
    """Return the top-level packages that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def declared(group: str) -> set[str]:
    """Return the distributions of a dependency group and of those it includes, normalised."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    names: set[str] = set()
    for item in groups[group]:
        if isinstance(item, dict):
            names |= declared(item["include-group"])
        else:
            names.add(normalised(re.split(r"[\[=<>~! ]", item)[0]))
    return names


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def with_requirements(distributions: set[str]) -> set[str]:
    """Return ``distributions`` and all that is installed with them, extras aside."""
    found: set[str] = set()
    waiting = set(distributions)
    while waiting:
        name = waiting.pop()
        found.add(name)
        try:
            needed = requires(name) or []
        except PackageNotFoundError:
            continue
        plain = {
            normalised(re.split(r"[\[=<>~!; (]", each)[0]) for each in needed if "extra" not in each
        }
        waiting |= plain - found
    return found


def shipped() -> Iterator[Path]:
    """Yield every text file under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("no git checkout; nothing tells what is shipped")
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.suffix in HOLDS_TEXT and path.is_file():
            yield path


@pytest.mark.parametrize(
    "path", [path for path in modules() if path.name == "__init__.py"], ids=relative
)
def test_a_package_says_what_it_is_for_and_does_nothing(path: Path) -> None:
    body = tree(path).body

    assert len(body) == 1
    assert ast.get_docstring(tree(path))


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree(path))


def floors(package: str, graph: grimp.ImportGraph) -> int:
    """Return how many of a folder's files and folders stand on each other at most."""

    @functools.cache
    def height(child: str) -> int:
        below = [
            other
            for other in children
            if other != child
            and graph.direct_import_exists(importer=child, imported=other, as_packages=True)
        ]
        return 1 + max(map(height, below), default=0)

    children = graph.find_children(package)
    return max(map(height, children), default=0)


def test_no_folder_has_more_than_seven_floors() -> None:
    graph = grimp.build_graph(*ROOMS)
    packages = [module for module in graph.modules if graph.find_children(module)]

    too_high = {package: n for package in packages if (n := floors(package, graph)) > MOST_FLOORS}

    assert too_high == {}


def test_nobody_reads_the_environment_but_the_programs() -> None:
    readers = {
        relative(path)
        for path in modules()
        if path.name != "__main__.py"
        and any(
            isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
            for node in ast.walk(tree(path))
        )
    }

    assert readers <= {  # set, for libraries, what only it can
        "indexer/encoder/building/text_encoder.py",
        "indexer/onnx_silence.py",
    }


def test_onnxruntime_is_loaded_where_it_was_silenced_alone() -> None:
    importers = {relative(path) for path in modules() if "onnxruntime" in imported(path)}

    assert importers == {"indexer/onnx_model.py", "indexer/onnx_export.py"}


@pytest.mark.parametrize(
    "module", ["service.interfaces.app", "service.__main__", "indexer.__main__"]
)
def test_a_program_starts_without_what_only_building_needs(module: str) -> None:
    script = (
        f"import sys, {module}; heavy = "
        "{'torch', 'transformers', 'sentence_transformers', 'onnxscript', 'pypdf', 'tqdm'}; "
        "sys.exit(str(sorted(heavy & set(sys.modules)) or ''))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.stderr.strip() == ""


def test_the_service_needs_only_what_it_declares() -> None:
    script = (
        "import sys; old = set(sys.modules); import service.__main__, service.interfaces.app; "
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - old}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())

    unwanted = {
        name
        for group in ("build", "dev")
        for name in _packages(declared(group) - with_requirements(declared("serve")))
        if name in loaded
    }

    assert unwanted == set()


def _packages(distributions: set[str]) -> set[str]:
    return {
        package
        for package, owners in packages_distributions().items()
        if {normalised(owner) for owner in owners} <= distributions
    }


@pytest.mark.parametrize(
    ("room", "groups"),
    [("indexer", ["build", "milvus", "ray"]), ("service", ["serve", "teams"]), ("eval", ["dev"])],
)
def test_what_a_room_imports_is_declared_or_comes_with_it(room: str, groups: list[str]) -> None:
    owners = packages_distributions()
    within = [path for path in modules() if path.is_relative_to(ROOT / room)]
    names = {name for path in within for name in imported(path)}
    foreign = names - set(sys.stdlib_module_names) - set(ROOMS)
    installed = set().union(*(with_requirements(declared(group)) for group in groups))

    undeclared = {
        name
        for name in foreign
        if not {normalised(owner) for owner in owners.get(name, [name])} & installed
    }

    assert undeclared == set()


def test_the_versions_that_an_index_records_are_of_what_building_installs() -> None:
    recorded = {*code_hash.LIBRARIES, *new_generation.LIBRARIES}

    assert {normalised(name) for name in recorded} <= declared("build")


def test_every_library_that_extracts_decides_what_an_index_is() -> None:
    owners = packages_distributions()
    readers = {
        normalised(owner)
        for room in ("extraction", "segmentation")
        for path in (ROOT / "indexer" / room).rglob("*.py")
        for name in imported(path) - set(sys.stdlib_module_names)
        for owner in owners.get(name, [])
    }

    assert readers <= {normalised(name) for name in code_hash.LIBRARIES}


def members(node: ast.Module | ast.ClassDef) -> Iterator[str]:
    """Yield the names that a module or a class defines, with those inside of its classes."""
    for child in node.body:
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield child.name
        if isinstance(child, ast.ClassDef):
            yield from (f"{child.name}.{name}" for name in members(child))
        if isinstance(child, ast.Assign | ast.AnnAssign):
            yield from (name.id for name in ast.walk(child) if isinstance(name, ast.Name))


def dotted_names(path: Path) -> Iterator[str]:
    """Yield the dotted names in back-ticks in a module's docstrings that are no files beside it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            names = _DOTTED_NAME.findall(str(node.value.value))
            yield from (name for name in names if not (path.parent / name).is_file())


def test_a_dotted_name_in_a_docstring_is_that_of_something() -> None:
    known: set[str] = set()
    for path in modules():
        module = relative(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name in (module, *(f"{module}.{member}" for member in members(tree(path)))):
            parts = name.split(".")
            known |= {".".join(parts[at:]) for at in range(len(parts))}

    stale = {
        f"{relative(path)}: {name}"
        for path in modules()
        for name in dotted_names(path)
        if name not in known
    }

    assert stale == set()


def test_nothing_shipped_names_a_place_of_this_machine() -> None:
    found = [
        f"{relative(path)}:{number}"
        for path in shipped()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if _PLACE.search(line)
    ]

    assert found == []
