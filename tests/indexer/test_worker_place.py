"""Where the workers of a build are is said in one word."""

import pytest

from indexer.worker_place import WorkerPlace, parse_worker_place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("local", WorkerPlace(), id="this machine"),
        pytest.param("ray", WorkerPlace(is_ray=True), id="workers here"),
        pytest.param(
            "ray:10.0.0.5:6379", WorkerPlace(is_ray=True, address="10.0.0.5:6379"), id="a cluster"
        ),
    ],
)
def test_a_place_is_read(text: str, expected: WorkerPlace) -> None:
    assert parse_worker_place(text) == expected


@pytest.mark.parametrize("text", ["", "dask", "local:2"])
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="want local, ray"):
        parse_worker_place(text)
