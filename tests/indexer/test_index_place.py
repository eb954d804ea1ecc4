"""``CITA_INDEX`` names a folder or an index in Milvus."""

from argparse import ArgumentParser
from pathlib import Path

import pytest

from indexer.errors import SettingsError
from indexer.index_place import IndexPlace, MilvusPlace, index_argument, parse_index_place
from indexer.settings import IndexerSettings

SERVER = "http://milvus:19530"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("index/mine", Path("index/mine"), id="folder"),
        pytest.param(f"milvus:{SERVER}", MilvusPlace(SERVER, "cita"), id="server"),
        pytest.param(f"milvus:{SERVER}#laws", MilvusPlace(SERVER, "laws"), id="one of several"),
        pytest.param("milvus:/data/i.db", MilvusPlace("/data/i.db"), id="file of milvus-lite"),
    ],
)
def test_a_place_is_read(text: str, expected: IndexPlace) -> None:
    assert parse_index_place(text) == expected


def test_a_place_in_milvus_is_written_as_it_is_read() -> None:
    place = MilvusPlace(SERVER, "laws", "root:hidden")

    assert parse_index_place(str(place)) == MilvusPlace(SERVER, "laws")
    assert "hidden" not in f"{place} {place!r}"


@pytest.mark.parametrize("text", ["milvus:", f"milvus:{SERVER}#my-laws", f"milvus:{SERVER}#ñ"])
def test_a_place_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="want milvus:"):
        IndexerSettings.from_environ({"CITA_INDEX": text})


WITH_PASSWORD = "milvus:http://root:hi/d#den@milvus:19530"  # noqa: S105


def test_a_password_in_an_address_is_refused_and_not_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SettingsError, match="CITA_MILVUS_TOKEN") as refused:
        IndexerSettings.from_environ({"CITA_INDEX": WITH_PASSWORD})
    parser = ArgumentParser()
    parser.add_argument("--from", type=index_argument)
    with pytest.raises(SystemExit):
        parser.parse_args(["--from", WITH_PASSWORD])

    shown = capsys.readouterr().err
    assert "CITA_MILVUS_TOKEN" in shown
    assert "root" not in f"{refused.value} {shown}"


def test_a_file_may_have_an_at_in_its_name() -> None:
    assert parse_index_place("milvus:/data/a@b.db") == MilvusPlace("/data/a@b.db")


def test_token_and_models_come_from_the_settings(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("root:hidden\n")
    environ = {
        "CITA_INDEX": f"milvus:{SERVER}",
        "CITA_MILVUS_TOKEN": f"@{tmp_path / 'token'}",
        "CITA_MODELS": "/srv/models",
    }

    settings = IndexerSettings.from_environ(environ)

    assert settings.index_place == MilvusPlace(SERVER, "cita", "root:hidden", Path("/srv/models"))
    assert settings.reached(MilvusPlace(SERVER, "laws")) == MilvusPlace(
        SERVER, "laws", "root:hidden", Path("/srv/models")
    )
    assert settings.reached(Path("index/other")) == Path("index/other")
