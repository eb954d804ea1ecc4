"""The hash of the code that extracts: of what it does alone."""

import pytest

from indexer.code_hash import statements_sha256

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
