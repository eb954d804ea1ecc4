"""The pages of docs/integrations/ run as they stand, with the address of a server of ours."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
import yaml
from pydantic import SecretStr

from service.__main__ import _parser
from service.settings import Settings
from tests.service.conftest import ROOT
from tests.service.interfaces.workplaces import SIGNING_SECRET

FOLDER = ROOT / "docs" / "integrations"
PAGES = [page for page in sorted(FOLDER.glob("*.md")) if page.name != "README.md"]
LOCAL = re.compile(r"(?:http://)?localhost:8000")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = [
    pytest.param(language, code, id=f"{page.stem} {number}")
    for page in PAGES
    for number, (language, code) in enumerate(_BLOCK.findall(page.read_text("utf-8")), start=1)
    if not code.startswith(("make ", "CITA_", "python -m pip "))
    and language not in {"html", "json", "yaml"}
]


def blocks(page: str, beginning: str) -> list[str]:
    """Return the blocks of a page that begin so."""
    text = (ROOT / "docs" / "integrations" / page).read_text("utf-8")
    return [code for _, code in _BLOCK.findall(text) if code.startswith(beginning)]


def test_the_command_for_clients_of_mcp_is_one_of_ours() -> None:
    (code,) = blocks("mcp.md", "{")
    _, module, *arguments = json.loads(code)["mcpServers"]["cita"]["args"]

    assert module == "service"
    assert _parser().parse_args(arguments).run


def test_every_frame_shows_what_the_page_says(server: str) -> None:
    frames = blocks("web-pages.md", "<iframe")

    shown = [
        urlopen(LOCAL.sub(server, frame.split('"')[1])).read()  # noqa: S310
        for frame in frames
    ]

    assert b"<form" in shown[0]
    assert b"170,000" in shown[1]


def test_the_site_that_may_show_a_frame_is_a_setting() -> None:
    (command,) = blocks("web-pages.md", "CITA_FRAME")
    name, site = command.split()[0].split("=")

    assert Settings.from_environ({name: site}).frame_ancestors == (site,)


@pytest.mark.parametrize("page", ["slack.md", "teams.md"])
def test_the_settings_of_a_command_are_known_and_read_from_files(page: str, tmp_path: Path) -> None:
    (command,) = blocks(page, "CITA_")
    (tmp_path / "secret").write_text("xoxb-of-nobody\n", "utf-8")
    *settings, make, serve = command.split()
    environ = dict(setting.split("=", 1) for setting in settings)

    read = Settings.from_environ(
        {
            name: f"@{tmp_path}/secret" if value.startswith("@") else value
            for name, value in environ.items()
        }
    )

    assert (make, serve) == ("make", "serve")
    assert "xoxb" not in repr(read)
    secrets = [value for _, value in read if isinstance(value, SecretStr)]
    assert {secret.get_secret_value() for secret in secrets} == {"xoxb-of-nobody"}


def test_the_manifests_name_our_addresses() -> None:
    slack = yaml.safe_load(blocks("slack.md", "display_information:")[0])
    teams = json.loads(blocks("teams.md", "{")[0])

    urls = [
        slack["features"]["slash_commands"][0]["url"],
        slack["settings"]["event_subscriptions"]["request_url"],
        slack["settings"]["interactivity"]["request_url"],
    ]
    assert {urlsplit(url).path for url in urls} == {"/slack"}
    assert teams["bots"][0]["botId"] == teams["id"]


def test_the_sdk_of_teams_is_pinned() -> None:
    (command,) = blocks("teams.md", "python -m pip")
    python, *arguments = command.split()

    done = subprocess.run(
        [sys.executable, *arguments, "--dry-run", "--no-index", "--quiet"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )

    assert python == "python"
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("language", "code"), BLOCKS)
def test_every_block_runs_and_prints_an_answer(language: str, code: str, server: str) -> None:
    if not language and shutil.which("curl") is None:
        pytest.skip("no curl; the command is for a shell that has it")
    program = [sys.executable, "-c"] if language == "python" else ["bash", "-c"]

    done = subprocess.run(
        [*program, LOCAL.sub(server, code)],
        env={
            **{key: value for key, value in os.environ.items() if not key.startswith("CITA_")},
            "PYTHONPATH": str(ROOT / "docs" / "integrations"),
            "CITA_SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "INBOX_PORT": "0",
        },
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


def test_the_readme_and_the_index_lead_to_every_page() -> None:
    readme, index = (path.read_text("utf-8") for path in (ROOT / "README.md", FOLDER / "README.md"))

    assert [page.name for page in PAGES if f"docs/integrations/{page.name}" not in readme] == []
    assert [page.name for page in PAGES if f"]({page.name})" not in index] == []
