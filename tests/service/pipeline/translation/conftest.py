"""A translator with Apertium, one without, and a folder for mode files."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.pipeline.translation.apertium import find_stages
from service.pipeline.translation.translator import Translator

PATIENCE_S = 60.0
"""A machine that runs many tests at once may need longer than a question may take."""

NOWHERE = "/nonexistent"

IS_INSTALLED = all(find_stages(direction) for direction in ("spa-eng", "pt-es"))


@pytest.fixture
def apertium() -> None:
    """Ask for the real thing; a machine without it may skip, the one that decides may not."""
    if not IS_INSTALLED and os.environ.get("CI") == "true":
        pytest.fail(
            "CI must have Apertium: apt-get install apertium apertium-eng-spa apertium-es-pt"
        )
    if not IS_INSTALLED:
        pytest.skip(
            "Apertium is not installed: apt-get install apertium apertium-eng-spa apertium-es-pt"
        )


@pytest.fixture
def translator(apertium: None) -> Iterator[Translator]:  # noqa: ARG001 - asked for its effect
    with Translator(timeout_s=PATIENCE_S) as made:
        yield made


@pytest.fixture(scope="module")
def glossary_alone() -> Translator:
    return Translator(search_path=NOWHERE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with mode files of our own making."""
    (tmp_path / "missing.mode").write_text("no-such-program-anywhere", encoding="utf-8")
    return tmp_path
