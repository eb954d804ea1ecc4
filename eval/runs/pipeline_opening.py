"""Opens the pipeline to be asked: that of an index, of a server, or of an earlier run."""

from pathlib import Path

from eval.errors import RunMismatchError
from eval.records import RunInfo
from eval.runs.pipelines import InProcess, OverHttp
from indexer.store.generations import open_index
from service.settings import Settings


def open_pipeline(
    index_dir: Path | None, url: str | None, settings: Settings
) -> InProcess | OverHttp:
    """Return a server's pipeline, or that of an index; by default of the one in the settings.

    Raises:
        AskError: The server cannot be reached.
        IndexerError: There is no index that can be used.
    """
    if url is not None:
        return OverHttp(url)
    return InProcess(open_index(index_dir or settings.index_dir), settings)


def reopen_pipeline(info: RunInfo, settings: Settings) -> InProcess | OverHttp:
    """Return the pipeline that a run asked.

    Raises:
        RunMismatchError: Its index has changed since.
    """
    if info.index_dir is None:
        pipeline = open_pipeline(None, info.pipeline, settings)
    else:
        pipeline = open_pipeline(Path(info.index_dir), None, settings)
    if pipeline.fingerprint != info.index_fingerprint:
        raise RunMismatchError(
            f"run {info.name} asked index {info.index_fingerprint[:12]}, but it is now "
            f"{pipeline.fingerprint[:12]}; run again under another --out"
        )
    return pipeline
