"""Asks a pipeline every question of a set and keeps the answers; an interrupted run goes on.

questions ─▶ those not in run.jsonl yet ─▶ ask ─▶ run.jsonl, a row at a time
"""

import hashlib
import shutil
import subprocess
import tomllib
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

from tqdm import tqdm

from eval.errors import RunMismatchError
from eval.records import JudgedQuestion, RunInfo, RunRow
from eval.runs.pipelines import Pipeline
from eval.runs.run_folder import INFO, ROWS, load_info, load_rows, save_info, save_rows, to_json

_ROOT = Path(__file__).resolve().parents[2]
_MAY_DIFFER = frozenset({"name", "started_at", "questions_path"})


def describe_run(
    folder: Path, questions_path: Path, pipeline: Pipeline, *, n_questions: int
) -> RunInfo:
    """Return the description of a run that starts now."""
    return RunInfo(
        name=folder.name,
        questions_path=str(questions_path),
        questions_sha256=hashlib.sha256(questions_path.read_bytes()).hexdigest(),
        n_questions=n_questions,
        pipeline=pipeline.name,
        index_fingerprint=pipeline.fingerprint,
        index_dir=pipeline.index_place,
        settings=pipeline.knobs,
        git_revision=git_revision(_ROOT),
        cita_version=_version(),
        started_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def record_run(
    questions: Sequence[JudgedQuestion], pipeline: Pipeline, info: RunInfo, folder: Path
) -> tuple[RunRow, ...]:
    """Ask what was not asked yet, and return a row for every question, in the set's order.

    Each row is written as soon as it is there. Progress is shown on a terminal only.

    Raises:
        AskError: A question cannot be asked; those before it are kept.
        RunMismatchError: The folder holds another run.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = {row.qid: row for row in _kept(folder, info)}
    with (folder / ROWS).open("a", encoding="utf-8") as file:
        for question in tqdm(questions, desc=folder.name, unit="question", disable=None):
            if question.qid not in rows:
                rows[question.qid] = pipeline.ask(question)
                file.write(to_json(rows[question.qid]) + "\n")
                file.flush()
    return tuple(rows[question.qid] for question in questions)


def git_revision(folder: Path) -> str | None:
    """Return the revision of a checkout, ``+`` behind it where files were changed, or ``None``."""
    git = shutil.which("git")
    if git is None:
        return None
    results = [
        subprocess.run(  # noqa: S603 - a fixed command
            [git, "-C", str(folder), *arguments], capture_output=True, text=True, check=False
        )
        for arguments in (("rev-parse", "HEAD"), ("status", "--porcelain", "-uno"))
    ]
    if any(result.returncode for result in results):
        return None
    revision, changed = (result.stdout.strip() for result in results)
    return f"{revision}+" if changed else revision


def _kept(folder: Path, info: RunInfo) -> tuple[RunRow, ...]:
    """Return the whole rows of an interrupted run, the torn one cut off; of a new one, none."""
    if not (folder / INFO).is_file():
        save_info(folder, info)
        save_rows(folder, ())
        return ()
    before = load_info(folder)
    differing = [
        field.name
        for field in fields(RunInfo)
        if field.name not in _MAY_DIFFER
        and getattr(before, field.name) != getattr(info, field.name)
    ]
    if differing:
        raise RunMismatchError(
            f"{folder} holds a run with another {', '.join(differing)}; "
            "name another --out, or delete that folder"
        )
    rows = load_rows(folder) if (folder / ROWS).is_file() else ()
    save_rows(folder, rows)
    return rows


def _version() -> str:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])
