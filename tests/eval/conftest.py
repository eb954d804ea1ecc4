"""A run on an index of two reports, for whatever reads run folders."""

import json
import shutil
from pathlib import Path

import pytest

from eval.bench import bench
from eval.runs.pipeline_opening import open_pipeline
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


@pytest.fixture(scope="session")
def settings(_built: IndexerSettings) -> Settings:
    return Settings(corpus=_built.corpus, index=_built.index_dir, threads=1)


@pytest.fixture(scope="session")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("set") / "set.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in LINES))
    return path


@pytest.fixture(scope="session")
def _run_dir(settings: Settings, questions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "first"
    bench(questions, open_pipeline(None, None, settings), folder)
    return folder


@pytest.fixture
def run_dir(_run_dir: Path, tmp_path: Path) -> Path:
    """A run of a test's own to change."""
    shutil.copytree(_run_dir, tmp_path / "first")
    return tmp_path / "first"
