"""Settings files: the choice of `python -m eval tune`, with its origin."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.errors import TuningError
from eval.fitting.tuning import KNOBS, WEIGHTS, Tuning, Values
from eval.runs.pipelines import InProcess
from indexer.store.protocol import StoredIndex
from service.pipeline.retrieval import ViewWeights
from service.settings import Settings

_SERVICE, _RETRIEVAL, _FOUND = "service", "retrieval", "found"


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """Contents of a settings file.

    Attributes:
        weights: Of the retrieval views.
        knobs: Of the service, by the names of its settings.
    """

    weights: ViewWeights
    knobs: Mapping[str, float]

    def pipeline(self, index: StoredIndex, settings: Settings) -> InProcess:
        """Return the pipeline of an index with the file's settings in place of ``settings``."""
        own = Settings.model_validate({**settings.model_dump(), **self.knobs})
        return InProcess(index, own, weights=self.weights)


def pipeline_with(index: StoredIndex, settings: Settings, values: Values) -> InProcess:
    """Return the pipeline of an index with a setting of a search."""
    weights = ViewWeights(**{name: values[name] for name in WEIGHTS})
    knobs = {name: int(values[name]) for name in KNOBS}
    return InProcess(index, settings.model_copy(update=knobs), weights=weights)


def write_settings_file(path: Path, tuning: Tuning, origin: Mapping[str, str]) -> None:
    """Write a settings file.

    Args:
        path: Must not be there yet.
        tuning: Result of the search.
        origin: Question files, index and revision, by name.

    Raises:
        TuningError: The file is there.
    """
    if path.exists():
        raise TuningError(f"{path} is there; name another --out, or remove it")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(_lines(tuning, origin)) + "\n", encoding="utf-8")


def load_settings_file(path: Path) -> SettingsFile:
    """Read a settings file.

    Raises:
        TuningError: It is no TOML, or sets what it cannot.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        weights, knobs = content.get(_RETRIEVAL, {}), content.get(_SERVICE, {})
        unknown = {*weights} - {*WEIGHTS} | {*knobs} - {*KNOBS, "min_confidence"}
        if unknown:
            raise TuningError(f"{path} sets what it cannot: {', '.join(sorted(unknown))}")
        return SettingsFile(ViewWeights(**{k: float(v) for k, v in weights.items()}), knobs)
    except (tomllib.TOMLDecodeError, TypeError, ValueError) as error:
        raise TuningError(f"{path} is no settings file: {error}") from error


def _lines(tuning: Tuning, origin: Mapping[str, str]) -> Iterator[str]:
    verdict = "gains" if tuning.is_gain else "does NOT gain"
    yield f"# Found by `python -m eval tune`; {verdict} on the questions held apart."
    yield f"[{_SERVICE}]"
    yield f"min_confidence = {tuning.threshold}"
    yield from (f"{name} = {tuning.values[name]}" for name in KNOBS)
    yield f"\n[{_RETRIEVAL}]"
    yield from (f"{name} = {tuning.values[name]}" for name in WEIGHTS)
    yield f"\n[{_FOUND}]"
    yield from (
        f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in origin.items()
    )
    yield f"n_settings = {tuning.n_settings}"
    yield f"wrong_costs = {tuning.plan.wrong_costs}"
    for gain in tuning.gains:
        yield f"\n[{_FOUND}.{json.dumps(gain.measure)}]"
        yield f"before = {gain.before:.4f}"
        yield f"after = {gain.after:.4f}"
        yield f"gain = [{gain.change.mean:.4f}, {gain.change.low:.4f}, {gain.change.high:.4f}]"
        yield f"p = {gain.p}"
