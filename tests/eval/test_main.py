import re
import shlex

import pytest

from eval.__main__ import _parser, main
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8").replace("\\\n", " ")
COMMANDS = re.findall(r"python -m eval ([a-z].*?)(?:`|$)", GUIDE, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_guide_is_understood(command: str) -> None:
    assert _parser().parse_args(shlex.split(command)).command


def test_an_unknown_setting_stops_every_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CITA_TOPK", "5")

    assert main(["overview", "runs/none"]) == 2
    assert "SettingsError: unknown settings: CITA_TOPK" in capsys.readouterr().err
