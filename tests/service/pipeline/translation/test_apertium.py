"""Apertium's processes answer in time, or are replaced, or are an error."""

import os
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.pipeline.translation.apertium import Apertium, ApertiumError, find_stages
from tests.service.pipeline.translation.conftest import PATIENCE_S


class Engines:
    """Makes engines of shell scripts, and ends them after the test."""

    def __init__(self) -> None:
        self.made: list[Apertium] = []

    def __call__(
        self, script: str, *, timeout_s: float = PATIENCE_S, start_timeout_s: float = PATIENCE_S
    ) -> Apertium:
        stages = (("/bin/sh", "-c", script),)
        engine = Apertium(stages, timeout_s=timeout_s, start_timeout_s=start_timeout_s)
        self.made.append(engine)
        return engine


@pytest.fixture
def engines() -> Iterator[Engines]:
    made = Engines()
    yield made
    for engine in made.made:
        engine.stop()


def test_apertium_marks_are_taken_away(apertium: None) -> None:  # noqa: ARG001
    engine = Apertium(find_stages("spa-eng") or ())
    try:
        assert engine.translate(
            "la *escuela de $5 y @casa xyzzyx"
        ) == "The *school of $5 and @house xyzzyx".replace("*", "").replace("@", "")
    finally:
        engine.stop()


def test_a_silent_child_costs_no_more_than_the_time_limit(engines: Engines) -> None:
    engine = engines("exec sleep 60", timeout_s=0.2, start_timeout_s=0)

    with pytest.raises(ApertiumError, match=re.escape("no translation within 0.2 s")):
        engine.translate("hola")

    assert engine.process_ids == ()


def test_new_processes_that_are_late_are_not_given_up(engines: Engines) -> None:
    engine = engines("sleep 1; exec cat", timeout_s=0.2)

    with pytest.raises(ApertiumError, match="no translation"):
        engine.translate("one")
    ids = engine.process_ids
    engine.start()

    assert engine.process_ids == ids
    assert _patiently(engine, "two") == "two"


def test_who_waits_for_a_silent_child_falls_back_in_time(engines: Engines) -> None:
    engine = engines("exec sleep 60", timeout_s=0.3)

    def ask(number: int) -> str:
        try:
            return engine.translate(str(number))
        except ApertiumError:
            return "failed"

    with ThreadPoolExecutor(3) as threads:
        said = list(threads.map(ask, range(3)))

    assert said == ["failed"] * 3


def test_children_that_end_at_once_are_an_error(engines: Engines) -> None:
    engine = engines("exit 1")

    with pytest.raises(ApertiumError, match="end at once"):
        engine.translate("hola")


def test_children_that_say_something_else_are_an_error(engines: Engines) -> None:
    engine = engines(r"printf 'nothing\0'; exec sleep 60")

    with pytest.raises(ApertiumError, match="end at once"):
        engine.translate("hola")


def test_children_that_end_later_are_replaced(engines: Engines) -> None:
    engine = engines("exec cat")
    first = engine.translate("one")
    (process_id,) = engine.process_ids

    os.kill(process_id, signal.SIGKILL)

    assert (first, engine.translate("two")) == ("one", "two")
    assert engine.process_ids != (process_id,)


@pytest.mark.parametrize("direction", ["missing", "not-there"])
def test_a_direction_that_is_not_installed_is_not_found(direction: str, folder: Path) -> None:
    assert find_stages(direction, modes_dir=folder) is None


def test_every_stage_flushes_at_a_nul(folder: Path) -> None:
    (folder / "two.mode").write_text("cat $1 'a b' | cat -g $2 c\n", encoding="utf-8")

    stages = find_stages("two", modes_dir=folder)

    assert stages is not None
    assert [stage[1:] for stage in stages] == [("-z", "-n", "a b"), ("-z", "-g", "c")]


def _patiently(engine: Apertium, text: str) -> str:
    """Translate although the machine may be busy."""
    for _ in range(100):
        try:
            return engine.translate(text)
        except ApertiumError:
            continue
    return engine.translate(text)
