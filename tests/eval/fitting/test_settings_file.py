from pathlib import Path

import pytest

from eval.errors import TuningError
from eval.fitting.settings_file import load_settings_file, pipeline_with, write_settings_file
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index
from service.pipeline.retrieval import ViewWeights
from service.settings import Settings
from tests.eval.fitting.test_tuning_summary import EXACT, _tuning

VALUES = {
    "dense": 1.0, "lexical": 0.8, "sentence": 0.5, "window": 1.0, "pieces": 2.0,
    "sentence_pieces": 3.0,
    "top_k": 5, "max_quotes": 2, "max_words": 100,
}  # fmt: skip


def _written(path: Path) -> Path:
    found = _tuning(EXACT, threshold=0.4)
    object.__setattr__(found, "values", VALUES)
    write_settings_file(path, found, {"questions": 'a "set".jsonl'})
    return path


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = _written(tmp_path / "new" / "settings.toml")

    found = load_settings_file(path)

    assert found.weights == ViewWeights(1.0, 0.8, 0.5, 1.0, 2.0, 3.0)
    assert found.knobs == {"min_confidence": 0.4, "top_k": 5, "max_quotes": 2, "max_words": 100}
    assert "does NOT gain" in path.read_text()
    assert "gain = [-0.2500, -0.5000, -0.1250]" in path.read_text()


def test_a_settings_file_is_never_written_over(tmp_path: Path) -> None:
    path = _written(tmp_path / "settings.toml")

    with pytest.raises(TuningError, match="is there; name another --out"):
        _written(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("[service", "is no settings file", id="no TOML"),
        pytest.param("[service]\nport = 1", "sets what it cannot: port", id="another setting"),
        pytest.param("[retrieval]\ndense = 'a'", "is no settings file", id="no number"),
    ],
)
def test_what_is_no_settings_file_is_refused(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)

    with pytest.raises(TuningError, match=message):
        load_settings_file(path)


def test_a_pipeline_has_the_settings_of_the_file_and_of_a_search(
    built: IndexerSettings, tmp_path: Path
) -> None:
    index = open_index(built.index_dir, verify=False)

    tuned = load_settings_file(_written(tmp_path / "s.toml")).pipeline(
        index, Settings(max_words=20)
    )
    searched = pipeline_with(index, Settings(), VALUES)

    assert VALUES.items() <= tuned.knobs.items()
    assert tuned.knobs["min_confidence"] == 0.4
    assert VALUES.items() <= searched.knobs.items()
