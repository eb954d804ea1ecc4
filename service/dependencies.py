"""What the service depends on, and whether each is well: for ``/readyz``."""

import os
from dataclasses import dataclass
from pathlib import Path

from service.library import Edition
from service.pipeline.translation.translator import Means
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Dependency:
    """One thing that answering, or a part of the service, depends on.

    Attributes:
        name: What it is.
        is_well: Whether it can be used.
        is_required: Whether no question is answered without it.
        detail: What was found, and what to do where it is not well.
    """

    name: str
    is_well: bool
    is_required: bool
    detail: str


def dependencies(
    settings: Settings, edition: Edition, *, trouble: str | None
) -> tuple[Dependency, ...]:
    """Look at all that a service with a loaded index depends on; takes well under a millisecond."""
    translation = edition.answerer.models.translator.translation
    return (
        Dependency("index", is_well=True, is_required=True, detail=edition.generation),
        Dependency(
            "newest index",
            is_well=trouble is None,
            is_required=False,
            detail=trouble or "in use",
        ),
        Dependency(
            "translation",
            is_well=translation == Means.APERTIUM,
            is_required=False,
            detail=translation,
        ),
        _originals(settings),
        _state(settings),
    )


def _originals(settings: Settings) -> Dependency:
    is_well = not settings.serve_files or os.access(settings.corpus, os.R_OK | os.X_OK)
    detail = "readable" if is_well else f"{settings.corpus} cannot be read; set CITA_CORPUS"
    return Dependency("originals", is_well=is_well, is_required=False, detail=detail)


def _state(settings: Settings) -> Dependency:
    is_well = not settings.collect_feedback or os.access(_existing(settings.state), os.W_OK)
    detail = "writable" if is_well else f"{settings.state} cannot be written; set CITA_STATE"
    return Dependency("state", is_well=is_well, is_required=False, detail=detail)


def _existing(folder: Path) -> Path:
    """Return ``folder``, or the nearest one above it that is there."""
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if path.is_dir())
