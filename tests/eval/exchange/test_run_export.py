import json
from pathlib import Path

import pytest

from eval.errors import RunMismatchError
from eval.exchange.conversion import convert, prepare
from eval.exchange.run_export import export_run
from eval.exchange.trec import load_qrels
from eval.runs.run_folder import load_info, load_rows
from service.settings import Settings
from tests.eval.run_samples import load_trec_run


def test_a_run_goes_out_as_trec_files_with_the_same_numbers(
    run_dir: Path, settings: Settings, tmp_path: Path
) -> None:
    export_run(run_dir, "trec", tmp_path / "out", settings)

    run, qrels = (
        load_trec_run(tmp_path / "out" / "run.txt"),
        load_qrels(tmp_path / "out" / "qrels.txt"),
    )
    best = max(run["q1"], key=lambda name: run["q1"][name])
    assert qrels == {"q1": {best: 1}}
    assert list(run["q1"]) == [p.passage_id for p in load_rows(run_dir)[0].passages]


def test_a_run_goes_out_as_squad_and_comes_in_as_a_set(
    run_dir: Path, settings: Settings, tmp_path: Path
) -> None:
    export_run(run_dir, "squad", tmp_path / "out", settings)

    path, corpus_dir = prepare(tmp_path / "out" / "data.json", "squad", tmp_path / "third")

    assert corpus_dir == tmp_path / "third" / "set" / "corpus"
    assert corpus_dir.joinpath("transport.txt").is_file()
    assert {json.loads(line)["qid"] for line in path.read_text().splitlines()} == {"q1", "q2"}


def test_a_run_goes_out_as_beir_and_comes_in_as_a_set(
    run_dir: Path, settings: Settings, tmp_path: Path
) -> None:
    export_run(run_dir, "beir", tmp_path / "out", settings)

    path = convert(tmp_path / "out", "beir", tmp_path / "set")

    (line,) = [json.loads(line) for line in path.read_text().splitlines()]
    assert line["qid"] == "q1"
    assert line["gold"][0]["doc"].startswith("transport-")


def test_a_run_on_an_index_that_was_changed_does_not_go_out(
    run_dir: Path, settings: Settings, tmp_path: Path
) -> None:
    info = (run_dir / "run.json").read_text()
    fingerprint = load_info(run_dir).index_fingerprint
    (run_dir / "run.json").write_text(info.replace(fingerprint, "00" * 32))

    with pytest.raises(RunMismatchError, match="asked index 000000000000, but it is now"):
        export_run(run_dir, "trec", tmp_path / "out", settings)
