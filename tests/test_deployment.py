"""The command that an operator installs does what the service would."""

import subprocess
from pathlib import Path

from tests.conftest import ROOT


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
