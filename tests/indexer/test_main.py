"""The command line of those who look after an index."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.__main__ import main
from indexer.settings import IndexerSettings
from indexer.store.generations import current_generation, generations, open_index
from tests.conftest import ROOT, index_content

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def operator(built: IndexerSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of an operator who looks after the index of ``built``."""
    for name in [name for name in os.environ if name.startswith("CITA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CITA_CORPUS", str(built.corpus))
    monkeypatch.setenv("CITA_INDEX", str(built.index_dir))
    monkeypatch.setenv("CITA_BUILD_PRECISION", "fp32")


def test_build_says_what_is_indexed(built: IndexerSettings, capsys: Said) -> None:
    (built.corpus / "water.md").write_text("# Water\n\nThe pipes reach 900 homes.\n", "utf-8")

    code = main(["build"])

    said = capsys.readouterr()
    assert code == 0
    assert f"{built.index_dir} built in " in said.out
    assert ": 3 documents, " in said.out
    assert said.err == ""


def test_build_of_an_unchanged_corpus_is_up_to_date(built: IndexerSettings, capsys: Said) -> None:
    code = main(["build", "--strict", "--quiet"])

    assert code == 0
    assert f"{built.index_dir} is up to date: 2 documents" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"), [(["build"], 0), (["build", "--strict"], 1)], ids=["lenient", "strict"]
)
def test_a_file_that_cannot_be_read_is_named_last(
    built: IndexerSettings, capsys: Said, arguments: list[str], code: int
) -> None:
    (built.corpus / "empty.pdf").write_bytes(b"")

    found = main(arguments)

    assert found == code
    assert capsys.readouterr().out.splitlines()[-1].startswith("not read: empty.pdf (empty: ")


def test_folders_named_on_the_line_come_before_those_of_the_environment(
    built: IndexerSettings, capsys: Said, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    (built.corpus / "transport.txt").rename(built.corpus.parent / "moved.txt")
    other.mkdir()
    (built.corpus.parent / "moved.txt").rename(other / "transport.txt")

    code = main(["build", "--corpus", str(other), "--index", str(built.index_dir)])

    assert code == 0
    assert ": 1 documents, " in capsys.readouterr().out
    assert [entry.doc_id for entry in open_index(built.index_dir).documents] == ["transport"]


def test_report_names_the_documents(capsys: Said) -> None:
    code = main(["report"])

    said = capsys.readouterr().out
    assert code == 0
    assert "\nhousing " in said
    assert "2 documents, " in said


def test_report_json_is_the_manifest(built: IndexerSettings, capsys: Said) -> None:
    code = main(["report", "--json"])

    manifest = json.loads(capsys.readouterr().out)
    assert code == 0
    assert manifest["fingerprint"] == open_index(built.index_dir).manifest.fingerprint


def test_inspect_shows_a_documents_passages(capsys: Said) -> None:
    code = main(["inspect", "transport"])

    assert code == 0
    assert "The tram line reaches the reception centre" in capsys.readouterr().out


def test_verify_counts_the_files_that_fit(capsys: Said) -> None:
    code = main(["verify"])

    assert code == 0
    assert "files fit their checksums" in capsys.readouterr().out


def test_verify_names_a_file_that_does_not_fit(built: IndexerSettings, capsys: Said) -> None:
    path = open_index(built.index_dir).folder / "passages.npy"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)

    code = main(["verify"])

    assert code == 2
    assert "passages.npy does not fit its checksum; rebuild it" in capsys.readouterr().err


def test_rollback_names_the_generation_that_is_current_now(
    built: IndexerSettings, capsys: Said
) -> None:
    first = current_generation(built.index_dir)
    (built.corpus / "transport.txt").unlink()
    main(["build"])

    code = main(["rollback"])

    assert code == 0
    assert f"current is now {first}, which is held" in capsys.readouterr().out.splitlines()[-1]
    assert current_generation(built.index_dir) == first


def test_a_build_after_a_rollback_waits_until_it_is_told(
    built: IndexerSettings, capsys: Said
) -> None:
    first = current_generation(built.index_dir)
    (built.corpus / "transport.txt").unlink()
    main(["build"])
    main(["rollback"])
    capsys.readouterr()

    assert main(["build"]) == 0
    assert f"{first} is held since the rollback: nothing was built." in capsys.readouterr().out
    assert current_generation(built.index_dir) == first

    main(["build", "--release"])
    assert current_generation(built.index_dir) != first
    main(["build"])
    assert "is up to date" in capsys.readouterr().out


def test_remove_takes_a_report_out_and_says_where_it_is(
    built: IndexerSettings, capsys: Said
) -> None:
    code = main(["remove", "transport"])

    aside = built.corpus / ".removed" / "transport.txt"
    assert code == 0
    assert f"transport.txt moved to {aside}; move it back" in capsys.readouterr().out
    assert [entry.doc_id for entry in open_index(built.index_dir).documents] == ["housing"]
    assert len(generations(built.index_dir)) == 2


def test_remove_purge_leaves_no_trace_in_the_index(built: IndexerSettings) -> None:
    code = main(["remove", "--purge", "transport"])

    held = index_content(built.index_dir)
    assert code == 0
    assert len(generations(built.index_dir)) == 1
    assert b"tram line" not in held


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["inspect", "nowhere"], "it has: housing, transport", id="inspect"),
        pytest.param(["remove", "nowhere"], "no document nowhere", id="remove"),
        pytest.param(["rollback"], "no generation before", id="rollback"),
        pytest.param(["build", "--corpus", "/nowhere"], "no folder /nowhere", id="corpus"),
        pytest.param(["report", "--index", "/nowhere"], "no index in /nowhere", id="report"),
        pytest.param(["verify", "--index", "/nowhere"], "python -m indexer build", id="verify"),
        pytest.param(["build", "--index", "/dev/null/x"], "/dev/null/x", id="index no folder"),
    ],
)
def test_an_error_is_one_sentence_and_changes_nothing(
    built: IndexerSettings, capsys: Said, arguments: list[str], says: str
) -> None:
    before = current_generation(built.index_dir)

    code = main(arguments)

    said = capsys.readouterr()
    assert code == 2
    assert says in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert current_generation(built.index_dir) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["backup", "out.tar"],
        ["restore", "missing.tar"],
        ["restore", "text.tar"],
        ["rollback"],
        ["remove", "housing"],
        ["verify"],
        ["build", "--corpus", "empty"],
    ],
    ids=" ".join,
)
def test_a_command_that_fails_leaves_nothing_where_a_name_was_mistyped(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.tar").write_text("no archive", "utf-8")
    before = sorted(tmp_path.rglob("*"))

    code = main([*arguments, "--index", "mistyped/index"])

    assert code == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("arguments", [[], ["mend"], ["inspect"], ["build", "--fast"]])
def test_what_is_no_command_is_told_how_to_use_them(arguments: list[str], capsys: Said) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)

    assert stopped.value.code == 2
    assert "usage: python -m indexer" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("CITA_BUILD_KEPT", "3", "known are"),
        ("CITA_BUILD_KEEP", "many", "valid integer"),
        ("CITA_BUILD_WORKERS", "0", "greater than or equal to 1"),
    ],
)
def test_a_wrong_setting_stops_the_program_with_one_sentence(
    built: IndexerSettings, name: str, value: str, says: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "indexer", "build"],
        cwd=ROOT,
        env={**os.environ, name: value},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert name in done.stderr
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert len(generations(built.index_dir)) == 1
