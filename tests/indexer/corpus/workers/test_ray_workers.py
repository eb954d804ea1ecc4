"""Ray's workers give what this machine gives, the files that cannot be read too."""

import sys
from collections.abc import Iterator
from dataclasses import fields

import numpy as np
import pytest

from indexer.corpus.catalogue import open_corpus
from indexer.corpus.distinct_files import ReportFile, report_files, without_copies
from indexer.corpus.workers import ray_workers
from indexer.corpus.workers.local_workers import LocalWorkers
from indexer.corpus.workers.ray_workers import RayWorkers, WorkersError
from indexer.encoder.building.document_vectors import Encoders, groups_of
from indexer.encoder.building.text_encoder import Encoder
from indexer.errors import IndexerError
from indexer.progress import Progress
from indexer.segmentation.cut_documents import CutDocument
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index


@pytest.fixture
def settings(built: IndexerSettings) -> IndexerSettings:
    """Settings of a corpus of two reports and two files that cannot be read."""
    (built.corpus / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (built.corpus / "empty.txt").write_bytes(b"")
    return built


@pytest.fixture
def encoders(encoder: Encoder) -> Encoders:
    return Encoders(encoder, None)


@pytest.fixture
def reports(settings: IndexerSettings, encoders: Encoders) -> tuple[ReportFile, ...]:
    corpus = without_copies(open_corpus(settings.corpus))
    return report_files(corpus, encoders=encoders, settings=settings)


@pytest.fixture
def ray_here(settings: IndexerSettings, encoders: Encoders) -> Iterator[RayWorkers]:
    """One worker of Ray on this machine."""
    ray = pytest.importorskip("ray", reason="the extra `ray` is not installed")
    yield RayWorkers(None, settings=settings, encoders=encoders, progress=Progress(is_shown=False))
    ray.shutdown()


@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_reports_are_read_and_embedded_as_on_this_machine(
    settings: IndexerSettings,
    encoders: Encoders,
    reports: tuple[ReportFile, ...],
    ray_here: RayWorkers,
) -> None:
    local = LocalWorkers(settings=settings, encoders=encoders, progress=Progress(is_shown=False))
    index = open_index(settings.index_dir, verify=False)

    ours, theirs = list(local.read(reports)), list(ray_here.read(reports))
    cuts = [outcome for outcome in theirs if isinstance(outcome, CutDocument)]
    vectors = [each for group in ray_here.embed(groups_of(cuts, encoders)) for each in group or ()]

    assert theirs == ours
    assert len(ours) - len(cuts) == 2
    for cut, embedded in zip(cuts, vectors, strict=True):
        stored = index.vectors_of(index.entry(cut.document.doc_id))
        assert np.array_equal(embedded.sentences, stored.sentences)
        assert np.array_equal(embedded.passages, stored.passages)
        for field in fields(stored.pieces):
            ours_of, theirs_of = (getattr(v.pieces, field.name) for v in (stored, embedded))
            assert np.array_equal(theirs_of, ours_of)


def test_what_failed_for_want_of_memory_is_tried_again() -> None:
    tries: list[str] = []

    def fails_twice(item: str) -> str:
        tries.append(item)
        if len(tries) < ray_workers._N_TRIES:
            raise IndexerError("no process could be started; free memory, then retry")
        return f"{item} read"

    done = ray_workers.called(fails_twice, {"item": ray_workers.packed("a.pdf")})

    assert ray_workers.unpacked(done["outcome"]) == "a.pdf read"
    with pytest.raises(OSError, match="gone"):
        ray_workers.called(never, {"item": ray_workers.packed("b.pdf")})


def never(_: str) -> str:
    raise OSError("gone")


def test_a_worker_with_another_encoder_is_refused(settings: IndexerSettings) -> None:
    with pytest.raises(WorkersError, match=r"install the same requirements\.lock"):
        ray_workers.encoders_of(ray_workers.Job(settings, "fp32", "another"))


def test_without_ray_the_extra_is_named(
    settings: IndexerSettings, encoders: Encoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)

    with pytest.raises(WorkersError, match="pip install --group ray"):
        RayWorkers(None, settings=settings, encoders=encoders, progress=Progress(is_shown=False))
