"""`compare-indexes` tells whether two indexes hold and answer the same."""

from pathlib import Path

import pytest

from eval.__main__ import main
from service.settings import Settings


def test_an_index_is_the_same_as_itself(
    settings: Settings, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(settings.index_dir)

    status = main(["compare-indexes", place, place, "--questions", str(questions)])

    *counts, timing, other_timing = capsys.readouterr().out.splitlines()
    assert status == 0
    assert all(line.endswith(" the same") for line in counts)
    assert "passages' vectors: 2 of 2 the same" in counts
    assert "answers to the last digit: 2 of 2 the same" in counts
    assert timing.startswith(f"{place}: search p50 and p99 ")
    assert other_timing.startswith(place)
