"""Takes out one guard at a time and sees that the test which names it fails.

It is a plugin of pytest, too: the drill runs the tests of all guards once as they are, where every
one must pass, and once with each test's guard gone, where none may pass. To try one by hand:

    GUARDS_OFF=1 python -m pytest -p tests.faults.guards TEST
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults.guard_list import GUARDS

_OFF = "GUARDS_OFF"
_REPORT = "GUARDS_REPORT"
_FIRST = (
    "tests/service/interfaces/middleware/test_allowed_hosts.py"
    "::test_a_load_balancer_may_ask_for_health_by_any_name"
)
"""Has no guard of the list: what the tests share is made before anything is taken out."""


def drill(work: Path, _: int) -> tuple[str, bool]:
    """Run the tests of all guards with and without them; return what was seen."""
    tests = [_FIRST, *(guard.test for guard in GUARDS)]
    with_guards, without = (_outcomes(tests, work, off=off) for off in ("", "1"))
    lines, is_well = [], True
    for guard in GUARDS:
        before, after = with_guards.get(guard.test), without.get(guard.test)
        lines.append(f"{guard.name}: {before} with it, {after} without; {guard.test}")
        is_well = is_well and (before, after) == ("passed", "failed")
    return "\n".join([*lines, f"{len(GUARDS)} guards taken out"]), is_well


def _outcomes(tests: list[str], work: Path, *, off: str) -> dict[str, str]:
    report = work / f"outcomes{off}.txt"
    with (work / f"pytest{off}.log").open("wb") as log:
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "tests.faults.guards", *tests],
            cwd=ROOT,
            env={**os.environ, _OFF: off, _REPORT: str(report)},
            check=False,  # tests are meant to fail
            stdout=log,
            stderr=log,
        )
    lines = report.read_text("utf-8").splitlines()
    return {test: outcome for outcome, _, test in (line.partition(" ") for line in lines)}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Take out the guard of a test around it, fixtures included."""
    removals = {guard.test: guard.off for guard in GUARDS} if os.environ.get(_OFF) else {}
    with removals.get(item.nodeid, nullcontext)():
        return (yield)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Write down how a test ended."""
    path = os.environ.get(_REPORT)
    if path and (report.when == "call" or report.outcome != "passed"):
        with Path(path).open("a", encoding="utf-8") as lines:
            lines.write(f"{report.outcome} {report.nodeid}\n")
