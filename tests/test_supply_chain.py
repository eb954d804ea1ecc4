"""What is installed may be shipped with, is pinned, and the weights are those that were judged."""

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest

from tests.conftest import ROOT
from tests.test_architecture import declared, with_requirements

ALLOWED = re.compile(
    r"apache|bsd|mit\b|mit-cmu|isc|mpl|mozilla|python software|psf|hpnd|public domain|unlicense|"
    r"zlib|cc0|0bsd|historical permission|artistic",
    re.IGNORECASE,
)
"""Licences under which what we need to serve and build may be passed on with Cita."""

FORBIDDEN = re.compile(r"\bA?GPL|affero|\bSSPL|commons clause|non-?commercial", re.IGNORECASE)
"""What would bind those who pass Cita on, also beside a licence that allows it."""


def may_be_used(licence: str) -> bool:
    return bool(ALLOWED.search(licence)) and not FORBIDDEN.search(licence)


def licence_of(found: Distribution) -> str:
    fields = found.metadata
    classifiers = [
        line for line in fields.get_all("Classifier") or [] if line.startswith("License")
    ]
    return " ".join([fields["License-Expression"] or "", *classifiers, fields["License"] or ""])[
        :2000
    ]


@pytest.mark.parametrize("name", sorted(with_requirements(declared("build"))))
def test_every_package_that_we_run_on_has_a_licence_that_we_may_use(name: str) -> None:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        pytest.skip("not wanted on this system")

    assert may_be_used(licence_of(found)), licence_of(found)


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("MIT License", True),
        ("Apache-2.0 AND BSD-2-Clause", True),
        ("MIT AND AGPL-3.0-only", False),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", False),
        ("Apache-2.0 with Commons Clause", False),
        ("", False),
    ],
)
def test_a_licence_that_binds_us_is_found_beside_one_that_does_not(
    licence: str, *, expected: bool
) -> None:
    assert may_be_used(licence) is expected


def test_every_package_is_held_to_its_hashes_but_pytorch() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8").replace("\\\n", "")
    pins = {line.partition("==")[0]: line for line in lock.splitlines() if line}
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]

    assert len(pins) > 100
    assert {name for name, line in pins.items() if "--hash=sha256:" not in line} == {"torch"}
    assert pins["torch"] in groups["build"]  # `make lock` takes it from there
    assert "pip" in pins  # it is the first to be installed
