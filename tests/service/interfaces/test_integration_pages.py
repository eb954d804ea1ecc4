"""The pages of docs/integrations/ run as they stand, with the address of a server of ours."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from service.__main__ import _parser
from tests.service.conftest import ROOT

PAGES = sorted((ROOT / "docs" / "integrations").glob("*.md"))
LOCAL = re.compile(r"(?:http://)?localhost:8000")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = [
    pytest.param(language, code, id=f"{page.stem} {number}")
    for page in PAGES
    for number, (language, code) in enumerate(_BLOCK.findall(page.read_text("utf-8")), start=1)
    if not code.startswith("make ")
]


@pytest.mark.parametrize(("language", "code"), BLOCKS)
def test_every_block_runs_and_prints_an_answer(language: str, code: str, server: str) -> None:
    if language == "json":
        server_command = json.loads(code)["mcpServers"]["cita"]
        _, module, *arguments = server_command["args"]
        assert module == "service"
        assert _parser().parse_args(arguments).run
        return
    if not language and shutil.which("curl") is None:
        pytest.skip("no curl; the command is for a shell that has it")
    program = [sys.executable, "-c"] if language == "python" else ["bash", "-c"]

    done = subprocess.run(
        [*program, LOCAL.sub(server, code)],
        env={key: value for key, value in os.environ.items() if not key.startswith("CITA_")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    assert "170,000" in done.stdout


def test_every_page_starts_from_zero() -> None:
    assert PAGES
    for page in PAGES:
        assert "## First answer\n\n```\nmake serve\n```" in page.read_text("utf-8"), page.name


def test_the_readme_leads_to_every_page() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")

    assert [page.name for page in PAGES if f"docs/integrations/{page.name}" not in readme] == []
