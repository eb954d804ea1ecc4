"""What an operator installs: the command does what the service would, the units wall both in."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

UNITS = ROOT / "docs/deployment"
WALLS = {"CapabilityBoundingSet", "Group", "LockPersonality", "NoNewPrivileges", "SystemCallFilter"}


def directives(unit: str) -> dict[str, str]:
    """Return the lines of a unit that say what its processes may not do."""
    lines = (UNITS / unit).read_text("utf-8").splitlines()
    pairs = dict(line.split("=", 1) for line in lines if "=" in line and line[0] != "#")
    starts = ("Private", "Protect", "Restrict", "SystemCall", "UMask", "User")
    return {
        name: value for name, value in pairs.items() if name in WALLS or name.startswith(starts)
    }


def test_the_builder_which_reads_strange_files_is_walled_in_as_the_service_is() -> None:
    assert directives("cita.service").keys() > WALLS
    assert directives("cita-build.service") == directives("cita.service")


def test_the_installed_command_has_the_settings_of_the_service(tmp_path: Path) -> None:
    settings = tmp_path / "cita.env"
    settings.write_text(
        f"# ours\nCITA_RATE_LIMIT=60/minute; 1000/hour\nCITA_STATE={tmp_path}/the state", "utf-8"
    )  # the last line need not end
    text = (ROOT / "docs/deployment/cita").read_text("utf-8")
    for documented, here in {
        "/etc/cita.env": str(settings),
        "/opt/cita": str(ROOT),
        "/usr/sbin/runuser -u cita -- ": "",
    }.items():
        assert documented in text
        text = text.replace(documented, here)
    (tmp_path / "service").mkdir()  # what lies about in the operator's folder is not run
    (tmp_path / "service" / "__main__.py").write_text("raise SystemExit(9)", "utf-8")

    adding = subprocess.run(
        ["sh", "-c", text, "cita", "service", "keys", "add", "portal"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert adding.stdout.startswith("cita_")
    assert str(tmp_path / "the state" / "keys.json") in adding.stderr
    assert "portal" in (tmp_path / "the state" / "keys.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("file", "python", "before", "after"),
    [
        pytest.param("Makefile", "$(RUN)", "\nsetup: ", "\nindex: ", id="systemd"),
        pytest.param("Dockerfile", "python", "COPY prompts", "USER 10001\nVOLUME", id="image"),
    ],
)
def test_what_is_served_is_compiled_where_it_is_installed(
    tmp_path: Path, file: str, python: str, before: str, after: str
) -> None:
    text = (ROOT / file).read_text("utf-8")
    steps = text[text.index(before) : text.index(after)]
    (command,) = re.findall(r"-m compileall (?:.*\\\n)*.*", steps)
    command = f"{python} {command}".replace(python, shlex.quote(sys.executable))

    subprocess.run(  # elsewhere, as the tests' own environment is compiled in part
        ["sh", "-c", command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": ""},
        check=True,
    )

    compiled = {path.name.partition(".")[0] for path in tmp_path.rglob("*.pyc")}
    ours = {path.stem for room in ("indexer", "service") for path in (ROOT / room).rglob("*.py")}
    assert compiled > ours
    assert {"routing", "applications", "onnxruntime_inference_collection", "typing"} <= compiled
