"""What the README promises: its settings, its commands, its example."""

import re
import subprocess

import pytest

from indexer.extraction.formats import extract_file
from indexer.settings import PREFIX
from service.settings import Settings
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(CITA_[A-Z_]+)` \| (.+) \|$", README, re.MULTILINE))


@pytest.mark.parametrize("field", sorted(Settings.model_fields))
def test_every_setting_stands_in_the_table_with_its_default(field: str) -> None:
    described = Settings.model_fields[field]

    row = ROWS[f"{PREFIX}{field.upper()}"]

    default = "" if described.default is None else f"`{described.default}`"
    assert row == f"{default} | {described.description}"


def test_the_table_has_no_setting_that_does_not_exist() -> None:
    assert set(ROWS) == {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)\b", README))))
def test_every_make_target_that_is_named_exists(target: str) -> None:
    done = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "command", sorted(set(re.findall(r"python -m (indexer|service|eval) ([a-z]+)", README)))
)
def test_every_command_that_is_named_exists(command: tuple[str, str]) -> None:
    room, name = command

    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / room).rglob("*.py"))

    assert f'"{name}"' in code


def test_the_example_quotes_what_the_corpus_says() -> None:
    quotes = re.findall(r"^> “(.+)” \[\d\]$", README, re.MULTILINE)
    texts = " ".join(
        block.text
        for path in sorted((ROOT / "corpus").rglob("*"))
        if path.suffix in {".md", ".pdf"} and path.name != "README.md"
        for block in extract_file(path.name, path.read_bytes()).blocks
    )

    assert quotes
    assert all(quote in texts for quote in quotes)


def test_nothing_claims_that_the_reports_do_not_answer() -> None:
    """Cita can say that it found no answer; that there is none it cannot know."""
    folders = (ROOT / name for name in ("service", "prompts", "docs/integrations"))
    paths = [ROOT / "README.md", *(path for folder in folders for path in folder.rglob("*.*"))]
    kinds = {".py", ".md", ".html", ".po", ".toml", ".j2", ".js", ".ts", ".json", ".yaml"}

    claiming = [
        str(path.relative_to(ROOT))
        for path in paths
        if path.suffix in kinds
        and re.search(
            r"reports\W+do\W+not\W+answer|los informes no responden|os relatórios não respondem",
            path.read_text("utf-8"),
        )
    ]

    assert claiming == []
