"""Every knob of the indexer is known, bounded and named when it is wrong."""

from pathlib import Path

import pytest

from indexer.errors import SettingsError
from indexer.settings import IndexerSettings


def test_without_variables_every_setting_has_its_default() -> None:
    assert IndexerSettings.from_environ({"PATH": "/bin"}) == IndexerSettings()


def test_variables_are_read_as_what_they_set() -> None:
    settings = IndexerSettings.from_environ(
        {
            "CITA_CORPUS": "/reports",
            "CITA_INDEX": "/index",
            "CITA_BUILD_KEEP": "5",
            "CITA_BUILD_TIMEOUT_S": "0.5",
            "CITA_BUILD_PRECISION": "fp32",
        }
    )

    assert settings.corpus == Path("/reports")
    assert settings.index_dir == Path("/index")
    assert settings.build_keep == 5
    assert settings.build_timeout_s == 0.5
    assert settings.build_precision == "fp32"


def test_an_empty_variable_is_not_set() -> None:
    environ = {"CITA_INDEX": "", "CITA_CORPUS": "", "CITA_BUILD_KEEP": ""}

    assert IndexerSettings.from_environ(environ) == IndexerSettings()


def test_variables_of_the_service_are_not_the_indexers_business() -> None:
    assert IndexerSettings.from_environ({"CITA_PORT": "8123"}) == IndexerSettings()


def test_a_misspelt_knob_is_named_beside_those_there_are() -> None:
    with pytest.raises(SettingsError, match=r"CITA_BUILD_KEPT; known are .*CITA_BUILD_KEEP"):
        IndexerSettings.from_environ({"CITA_BUILD_KEPT": "3"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CITA_BUILD_KEEP", "0"),
        ("CITA_BUILD_KEEP", "three"),
        ("CITA_BUILD_MAX_WORDS", "19"),
        ("CITA_BUILD_MAX_WORDS", "401"),
        ("CITA_BUILD_WORKERS", "0"),
        ("CITA_BUILD_WORKERS", "65"),
        ("CITA_BUILD_TIMEOUT_S", "0"),
        ("CITA_BUILD_TIMEOUT_S", "nan"),
        ("CITA_BUILD_MEMORY_MB", "255"),
        ("CITA_BUILD_EXACT_BELOW", "-1"),
        ("CITA_BUILD_PRECISION", "fp16"),
    ],
)
def test_a_value_out_of_bounds_is_named_with_its_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name}='{value}': ."):
        IndexerSettings.from_environ({name: value})


def test_every_corpus_has_an_index_of_its_own(tmp_path: Path) -> None:
    folders = [tmp_path / "a" / "pdf", tmp_path / "b" / "pdf", tmp_path / "b" / "txt"]

    places = [IndexerSettings(corpus=folder).index_dir for folder in folders]

    assert len(set(places)) == 3
    assert [place.parent for place in places] == [Path("index")] * 3
    assert [place.name.rpartition("-")[0] for place in places] == ["pdf", "pdf", "txt"]


def test_one_corpus_has_one_index_however_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pdf").mkdir()
    monkeypatch.chdir(tmp_path)

    named = [Path("pdf"), Path("./pdf/"), Path("pdf/../pdf"), tmp_path / "pdf"]

    assert len({IndexerSettings(corpus=path).index_dir for path in named}) == 1


def test_every_knob_says_what_it_is_for() -> None:
    assert all(field.description for field in IndexerSettings.model_fields.values())
