"""Every knob is known, bounded and named when it is wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

from indexer.errors import SettingsError
from service.settings import Settings
from tests.conftest import ROOT


def test_without_variables_every_setting_has_its_default() -> None:
    assert Settings.from_environ({"PATH": "/bin"}) == Settings()


def test_variables_of_the_indexer_and_the_service_are_read() -> None:
    settings = Settings.from_environ(
        {"CITA_CORPUS": "/reports", "CITA_PORT": "8123", "CITA_SERVE_FILES": "false"}
    )

    assert settings.corpus == Path("/reports")
    assert settings.port == 8123
    assert settings.serve_files is False


def test_an_empty_variable_is_not_set() -> None:
    assert Settings.from_environ({"CITA_PUBLIC_URL": "", "CITA_PORT": ""}) == Settings()


def test_the_tests_own_variable_is_nobody_elses_mistake() -> None:
    assert Settings.from_environ({"CITA_SHARED": "/reports"}) == Settings()


def test_a_misspelt_knob_is_named_beside_those_there_are() -> None:
    with pytest.raises(SettingsError, match=r"CITA_PROT; known are .*CITA_PORT"):
        Settings.from_environ({"CITA_PROT": "8000"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CITA_PORT", "0"),
        ("CITA_PORT", "65536"),
        ("CITA_PORT", "eighty"),
        ("CITA_MIN_CONFIDENCE", "1.5"),
        ("CITA_TOP_K", "51"),
        ("CITA_PUBLIC_URL", "cita.example"),
        ("CITA_PUBLIC_URL", "javascript:alert(1)"),
        ("CITA_PUBLIC_URL", "https://cita.example/under/a/path"),
    ],
)
def test_a_value_out_of_bounds_is_named_with_its_variable(name: str, value: str) -> None:
    with pytest.raises(
        SettingsError, match=f"{name}='{value}'".replace("(", r"\(").replace(")", r"\)")
    ):
        Settings.from_environ({name: value})


def test_the_public_address_loses_its_last_slash() -> None:
    settings = Settings.from_environ({"CITA_PUBLIC_URL": "https://cita.example:8443/"})

    assert settings.public_url == "https://cita.example:8443"


def test_every_knob_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_sites_that_may_embed_are_origins_written_in_one_line() -> None:
    settings = Settings.from_environ(
        {"CITA_FRAME_ANCESTORS": "https://intranet.example/ https://*.gob.example"}
    )

    assert settings.frame_ancestors == ("https://intranet.example", "https://*.gob.example")


@pytest.mark.parametrize("sites", ["intranet.example", "https://a.example; script-src *", "*"])
def test_what_is_no_site_is_refused(sites: str) -> None:
    with pytest.raises(SettingsError, match="CITA_FRAME_ANCESTORS"):
        Settings.from_environ({"CITA_FRAME_ANCESTORS": sites})


def test_settings_are_read_without_what_answers_need() -> None:
    script = "import sys, service.settings; print({'numpy', 'limits', 'fastapi'} & {*sys.modules})"

    printed = subprocess.check_output([sys.executable, "-c", script], cwd=ROOT, text=True)

    assert printed == "set()\n"
