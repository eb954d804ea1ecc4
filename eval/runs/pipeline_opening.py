"""Opens the pipeline to be asked: that of an index, of a server, or of an earlier run."""

from eval.errors import RunMismatchError
from eval.records import RunInfo
from eval.runs.pipelines import InProcess, OverHttp
from indexer.index_place import IndexPlace, parse_index_place
from indexer.store.generations import store_at
from service.settings import Settings


def open_pipeline(
    place: IndexPlace | None, url: str | None, settings: Settings
) -> InProcess | OverHttp:
    """Return a server's pipeline, or that of an index; by default of the one in the settings.

    Raises:
        AskError: The server cannot be reached.
        IndexerError: There is no index that can be used.
    """
    if url is not None:
        return OverHttp(url)
    return InProcess(store_at(settings.reached(place or settings.index_place)).open(), settings)


def reopen_pipeline(info: RunInfo, settings: Settings) -> InProcess | OverHttp:
    """Return the pipeline that a run asked.

    Raises:
        RunMismatchError: Its index has changed since.
    """
    if info.index_dir is None:
        pipeline = open_pipeline(None, info.pipeline, settings)
    else:
        pipeline = open_pipeline(parse_index_place(info.index_dir), None, settings)
    if pipeline.fingerprint != info.index_fingerprint:
        raise RunMismatchError(
            f"run {info.name} asked index {info.index_fingerprint[:12]}, but it is now "
            f"{pipeline.fingerprint[:12]}; run again under another --out"
        )
    return pipeline
