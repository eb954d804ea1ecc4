"""What the pages for people who change Cita promise: paths, decisions, and lists that are whole."""

import argparse
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from eval.__main__ import _parser as eval_parser
from indexer.extraction.formats import _FORMATS, Format
from service.__main__ import _parser as service_parser
from service.interfaces.api.documents import MEDIA_TYPES
from service.interfaces.api.schemas.answers import AskRequest
from service.interfaces.web.localisation import TRANSLATIONS_DIR, load_interfaces
from service.pipeline.translation import glossary
from service.presentation.wording import Wording, theme_name
from service.records import LANGUAGES
from tests.conftest import ROOT

PAGES = (ROOT / "CONTRIBUTING.md", ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
FOLDERS = ("corpus", "docs", "eval", "indexer", "prompts", "service", "tests", ".ci")
MADE_LATER = {"corpus/reports/"}
"""Folders that no checkout has."""

HOLDS_DECISIONS = {".py", ".toml", ".md", ".j2", ".html", ".css", ".js", ".tsv"}
TRANSLATED = [language for language in LANGUAGES if language != "en"]

_CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"`([^`\s]+)`")
_LINK = re.compile(r"\]\(([^)#:]+)\)|\bsrc=\"([^\":]+)\"")
_DECISION = re.compile(r"\bD\d{1,2}\b")


def named_paths(page: Path) -> Iterator[str]:
    """Yield what a page has in backticks and what is a path of this tree by its beginning."""
    for quoted in _QUOTED.findall(_CODE_BLOCK.sub("", page.read_text("utf-8"))):
        path = quoted.partition("::")[0]
        if path.partition("/")[0] in FOLDERS and "/" in path:
            yield path


def exists(path: str) -> bool:
    """Tell whether a path is there; in place of ``NAME`` any name may stand, as for ``*``."""
    return any(ROOT.glob(path.replace("NAME", "*")))


def page_name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    missing = {path for path in named_paths(page) if not exists(path)}

    assert missing - MADE_LATER == set()


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_module_that_a_page_names_without_its_folder_exists(page: Path) -> None:
    names = {name for name in _QUOTED.findall(page.read_text("utf-8")) if "/" not in name}
    modules = {path.name for room in FOLDERS for path in (ROOT / room).rglob("*.py")}

    assert {name for name in names if name.endswith(".py")} <= modules


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = [link or source for link, source in _LINK.findall(page.read_text("utf-8"))]

    assert [link for link in links if not (page.parent / link).exists()] == []


@cache
def decisions() -> tuple[str, ...]:
    """Return the numbers of the table of decisions, in its order."""
    table = (ROOT / "docs" / "decisions.md").read_text("utf-8")
    return tuple(re.findall(r"^\| (D\d+) \|", table, re.MULTILINE))


def test_decisions_are_numbered_in_order_and_each_has_its_experiments() -> None:
    experiments = (ROOT / "docs" / "experiments.md").read_text("utf-8")

    assert decisions() == tuple(f"D{number}" for number in range(1, len(decisions()) + 1))
    assert tuple(re.findall(r"^## (D\d+) · ", experiments, re.MULTILINE)) == decisions()


def test_every_decision_that_is_mentioned_stands_in_the_table() -> None:
    files = [
        *PAGES,
        *(
            path
            for room in ("eval", "indexer", "prompts", "service", "tests")
            for path in (ROOT / room).rglob("*")
            if path.suffix in HOLDS_DECISIONS
        ),
    ]

    unknown = {
        f"{path.relative_to(ROOT)}: {decision}"
        for path in files
        for decision in _DECISION.findall(path.read_text("utf-8"))
        if decision not in decisions()
    }

    assert unknown == set()


@pytest.mark.parametrize("page", ["README.md", "corpus/README.md"])
@pytest.mark.parametrize("file_format", Format)
def test_every_format_is_named_where_people_bring_reports(file_format: Format, page: str) -> None:
    kind = str(file_format).removeprefix("plain ")  # corpus/README.md says "text"

    assert re.search(rf"\b{kind}\b", (ROOT / page).read_text("utf-8"))


def test_the_original_of_every_format_has_a_media_type() -> None:
    assert {_FORMATS[suffix] for suffix in MEDIA_TYPES} == set(Format)


def commands() -> list[str]:
    """Return the names of the commands of `python -m eval`."""
    actions = eval_parser()._actions
    return [
        name
        for action in actions
        if isinstance(action, argparse._SubParsersAction)
        for name in action.choices
    ]


@pytest.mark.parametrize("command", commands())
def test_every_eval_command_stands_in_the_guide(command: str) -> None:
    guide = (ROOT / "docs" / "evaluation.md").read_text("utf-8")

    assert re.search(rf"^\| `{command}` \|", guide, re.MULTILINE)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_has_the_words_of_the_pages(language: str) -> None:
    assert (TRANSLATIONS_DIR / f"{language}.po").is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_around_quotes_and_its_own_numbers(language: str) -> None:
    assert Wording()._words[language]["lead"]
    assert load_interfaces()[language].number(1) == "1"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_has_names_of_themes(language: str) -> None:
    assert theme_name("housing", language) != "housing"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_api_and_the_command_line_take_every_language(language: str) -> None:
    asked = AskRequest.model_validate({"question": "Who pays?", "answer_language": language})
    parsed = service_parser().parse_args(["ask", "Who pays?", "--answer-language", language])

    assert asked.answer_language == parsed.answer_language == language


def test_the_glossary_has_a_column_for_every_language() -> None:
    assert len(glossary.HEADER) == len(LANGUAGES)
