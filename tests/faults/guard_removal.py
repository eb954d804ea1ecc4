"""How a guard is taken out for a while.

A function loses its guard by getting the code of another one, so that whoever has imported it by
name gets that, too. Names inside such code are those of the module where it is put.
"""

import importlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import reduce
from typing import Any
from unittest.mock import patch

Removal = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Guard:
    """One guard.

    Attributes:
        name: What it keeps out.
        test: Its test, as pytest names it; one test a guard.
        off: Takes it out for a while.
    """

    name: str
    test: str
    off: Removal


def code(place: str, other: Callable[..., Any]) -> Removal:
    """Return what gives the function at ``module:name`` other code for a while."""

    @contextmanager
    def off() -> Iterator[None]:
        found = _at(place)
        wrapped = getattr(found, "__wrapped__", found)
        before = wrapped.__code__
        wrapped.__code__ = other.__code__
        try:
            yield
        finally:
            wrapped.__code__ = before

    return off


def value(place: str, other: object) -> Removal:
    """Return what puts another value at ``module:name`` for a while."""

    def off() -> AbstractContextManager[object]:
        module, _, path = place.partition(":")
        owner, _, name = path.rpartition(".")
        holder = _at(f"{module}:{owner}") if owner else importlib.import_module(module)
        return patch.object(holder, name, other, create=True)

    return off


def entries(place: str, others: Mapping[str, str]) -> Removal:
    """Return what puts other entries into the mapping at ``module:name`` for a while."""
    return lambda: patch.dict(_at(place), others)


def _at(place: str) -> Any:
    module, _, path = place.partition(":")
    return reduce(getattr, path.split("."), importlib.import_module(module))
