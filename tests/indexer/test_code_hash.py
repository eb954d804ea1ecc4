"""The hash of the code that extracts: of what it does alone."""

import ast
from pathlib import Path

import pytest

from indexer.code_hash import ROOMS, statements_sha256
from indexer.corpus import catalogue

CODE = """from a import b

LIMIT = 3
\"\"\"Pages at most.\"\"\"


def first(pages):
    \"\"\"Return the first page.\"\"\"
    return pages[0]
"""


@pytest.mark.parametrize(
    "same",
    [
        pytest.param(CODE.replace("from a", "from c.d"), id="imported from elsewhere"),
        pytest.param(CODE.replace("Return the", "Give the"), id="another docstring"),
        pytest.param(CODE.replace("Pages at most", "How many"), id="a constant explained anew"),
        pytest.param(CODE.replace("    return", "    # Why.\n\n    return"), id="a comment"),
    ],
)
def test_words_and_places_do_not_count(same: str) -> None:
    assert statements_sha256(same) == statements_sha256(CODE)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(CODE.replace("[0]", "[1]"), id="another statement"),
        pytest.param(CODE.replace("LIMIT = 3", "LIMIT = 4"), id="another constant"),
        pytest.param(CODE.replace("pages[0]", "pages['# 0']"), id="a string with a number sign"),
    ],
)
def test_what_code_does_counts(other: str) -> None:
    assert statements_sha256(other) != statements_sha256(CODE)


def test_all_that_describes_a_report_counts() -> None:
    imported = [
        node.module or ""
        for node in ast.walk(ast.parse(Path(catalogue.__file__).read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
    ]
    own = [name.removeprefix("indexer.") for name in imported if name.startswith("indexer.")]
    paths = {f"{name.replace('.', '/')}.py" for name in own}

    uncounted = {path for path in paths if not path.startswith(ROOMS)}

    assert uncounted == {"corpus_names.py", "errors.py", "records.py"}  # names, no code
