import json
import shutil
from pathlib import Path

import pytest

from eval.bench import bench, convert, export, open_pipeline, prepare, reopen_pipeline
from eval.errors import RunMismatchError, SetFormatError
from eval.exchange.trec import load_qrels, load_run
from eval.runs.run_folder import load_info, load_rows, load_scores
from indexer.settings import IndexerSettings
from service.settings import Settings

LINES: list[dict[str, object]] = [
    {
        "qid": "q1", "question": "How often does the tram run?", "answerable": True,
        "gold": [{"doc": "transport", "quote": "The tram line reaches the reception centre every "
                  "ten minutes."}],
        "answer_strings": ["ten minutes"],
    },
    {"qid": "q2", "question": "Which pizza does Naples like best?", "answerable": False},
]  # fmt: skip


@pytest.fixture(scope="module")
def settings(_built: IndexerSettings) -> Settings:
    return Settings(corpus=_built.corpus, index=_built.index_dir, threads=1)


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("set") / "set.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in LINES))
    return path


@pytest.fixture(scope="module")
def _run_dir(settings: Settings, questions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "first"
    bench(questions, open_pipeline(None, None, settings), folder)
    return folder


@pytest.fixture
def run_dir(_run_dir: Path, tmp_path: Path) -> Path:
    """A run of a test's own to change."""
    shutil.copytree(_run_dir, tmp_path / "first")
    return tmp_path / "first"


def test_a_run_leaves_rows_scores_and_a_summary(run_dir: Path) -> None:
    scores = load_scores(run_dir)

    assert scores.measures["exact"].mean == 1.0
    assert scores.measures["gold@1"].mean == 1.0
    assert scores.measures["verbatim"].mean == 1.0
    assert scores.run == load_info(run_dir)
    assert [row.qid for row in load_rows(run_dir)] == ["q1", "q2"]
    assert (run_dir / "summary.md").read_text().startswith("## first: 2 questions")


def test_a_run_can_be_repeated_to_the_last_digit(
    settings: Settings, questions: Path, run_dir: Path, tmp_path: Path
) -> None:
    bench(questions, open_pipeline(settings.index_dir, None, settings), tmp_path / "again")

    first, again = load_scores(run_dir), load_scores(tmp_path / "again")

    assert first.questions == again.questions
    assert {k: v for k, v in first.measures.items() if not k.endswith(" ms")} == {
        k: v for k, v in again.measures.items() if not k.endswith(" ms")
    }


def test_a_run_goes_out_as_trec_files_with_the_same_numbers(
    run_dir: Path, settings: Settings, tmp_path: Path
) -> None:
    export(run_dir, "trec", tmp_path / "out", settings)

    run, qrels = load_run(tmp_path / "out" / "run.txt"), load_qrels(tmp_path / "out" / "qrels.txt")
    best = max(run["q1"], key=lambda name: run["q1"][name])
    assert qrels == {"q1": {best: 1}}
    assert list(run["q1"]) == [p.passage_id for p in load_rows(run_dir)[0].passages]


def test_a_run_goes_out_as_squad_and_comes_in_as_a_set(
    run_dir: Path, settings: Settings, tmp_path: Path
) -> None:
    export(run_dir, "squad", tmp_path / "out", settings)

    path, corpus_dir = prepare(tmp_path / "out" / "data.json", "squad", tmp_path / "third")

    assert corpus_dir == tmp_path / "third" / "set" / "corpus"
    assert corpus_dir.joinpath("transport.txt").is_file()
    assert {json.loads(line)["qid"] for line in path.read_text().splitlines()} == {"q1", "q2"}


def test_a_run_goes_out_as_beir_and_comes_in_as_a_set(
    run_dir: Path, settings: Settings, tmp_path: Path
) -> None:
    export(run_dir, "beir", tmp_path / "out", settings)

    path = convert(tmp_path / "out", "beir", tmp_path / "set")

    (line,) = [json.loads(line) for line in path.read_text().splitlines()]
    assert line["qid"] == "q1"
    assert line["gold"][0]["doc"].startswith("transport-")


def test_questions_of_our_own_and_trec_topics_bring_no_corpus(
    questions: Path, tmp_path: Path
) -> None:
    (tmp_path / "topics.tsv").write_text("q1\tHow often?\n")
    (tmp_path / "qrels.txt").write_text("q1 0 transport 1\n")

    assert prepare(questions, "cita", tmp_path / "run") == (questions, None)
    path, corpus_dir = prepare(tmp_path, "trec", tmp_path / "run")
    assert corpus_dir is None
    assert json.loads(path.read_text())["gold"] == [{"doc": "transport", "alt": True}]


def test_a_folder_of_answers_is_converted(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text('{"doc_id": "d", "title": "T", "text": "It is."}\n')
    (tmp_path / "questions.jsonl").write_text(
        '{"qid": "q", "question": "?", "answerable": false}\n'
    )

    path = convert(tmp_path, "cita", tmp_path / "set")

    assert (path.parent / "corpus" / "d.txt").read_text() == "It is.\n"


def test_a_question_file_brings_nothing_to_convert(questions: Path, tmp_path: Path) -> None:
    with pytest.raises(SetFormatError, match="brings no documents to convert"):
        convert(questions, "cita", tmp_path / "set")


def test_a_run_on_an_index_that_was_changed_does_not_go_out(
    run_dir: Path, settings: Settings, tmp_path: Path
) -> None:
    info = (run_dir / "run.json").read_text()
    fingerprint = load_info(run_dir).index_fingerprint
    (run_dir / "run.json").write_text(info.replace(fingerprint, "00" * 32))

    with pytest.raises(RunMismatchError, match="asked index 000000000000, but it is now"):
        export(run_dir, "trec", tmp_path / "out", settings)


def test_a_run_of_a_server_is_reopened_there(
    run_dir: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []

    def opened(index_dir: Path | None, url: str | None, settings: Settings) -> object:
        del index_dir, settings
        asked.append(url)
        return type("Server", (), {"fingerprint": load_info(run_dir).index_fingerprint})()

    monkeypatch.setattr("eval.bench.open_pipeline", opened)
    info = json.loads((run_dir / "run.json").read_text())
    info |= {"index_dir": None, "pipeline": "http://127.0.0.1:9"}
    (run_dir / "run.json").write_text(json.dumps(info))

    reopen_pipeline(load_info(run_dir), settings)

    assert asked == ["http://127.0.0.1:9"]
