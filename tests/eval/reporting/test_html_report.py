import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval.errors import RunMismatchError
from eval.measures.confidence_measures import STATISTICS
from eval.measures.descriptions import CAUSE_MEANINGS, DECISIVE, MEANINGS
from eval.measures.question_judging import judge_question
from eval.measures.ranking_measures import ranking_scores
from eval.records import Cause, RunInfo, RunRow
from eval.reporting.html_report import TEMPLATES_DIR, Page, write_report
from eval.runs.run_folder import load_scores, save_scores
from eval.sets.questions import load_questions
from tests.eval.runs_by_hand import (
    RIGHT,
    WRONG,
    ScriptedPipeline,
    info,
    line,
    row,
    write_questions,
    write_run,
)

EVIL = "<script>alert('“1”')</script> & co?"
SCORES = {"a": {"exact": 0.0, "answered": 1.0}, "b": {"false answer": 1.0}, "c": {"exact": 1.0}}
CAUSES = {"a": Cause.NOT_CHOSEN, "b": Cause.WRONGLY_ANSWERED}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = write_questions(
        tmp_path / "set.jsonl",
        {**line("a", text=EVIL), "difficulty": "hard", "why_hard": "typos", "country": ["CL"]},
        {**line("b", answerable=False), "absent_terms": ["Lagos"]},
        {
            **line("c"),
            "gold": [{"doc": "alta", "section": "1"}, {"doc": "alta", "quote": "x", "page": 2}],
            "multi": True,
        },
    )
    rows = tuple(
        row(question, is_right=question.qid == "c", confidence=0.3 if question.qid == "a" else 0.5)
        for question in load_questions(path)
    )
    return write_run(tmp_path / "first", info(path), SCORES, causes=CAUSES, rows=rows)


class _Reader(HTMLParser):
    """Holds that every tag opened is closed, and gathers texts and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs
        if tag not in {"meta", "line", "polyline"}:
            self.open.append(tag)

    def handle_startendtag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _read(folder: Path, questions_path: Path | None = None) -> tuple[str, _Reader]:
    html = write_report(folder, questions_path).read_text(encoding="utf-8")
    reader = _Reader()
    reader.feed(html)
    return html, reader


def test_a_report_is_one_whole_file_that_asks_for_nothing(folder: Path) -> None:
    html, reader = _read(folder)

    names = {name for name, _ in reader.attributes}
    assert reader.open == []
    assert names.isdisjoint({"src", "srcset", "onclick", "onload"})
    assert "<script" not in html
    assert not re.search(r"https?://|url\(|@import", html)
    assert all((value or "").startswith("#") for name, value in reader.attributes if name == "href")
    assert "default-src 'none'" in html


def test_a_question_is_shown_as_it_was_asked(folder: Path) -> None:
    html, reader = _read(folder)

    assert EVIL in reader.texts
    assert EVIL not in html


def test_a_miss_tells_gold_quotes_ranks_and_cause(folder: Path) -> None:
    _, reader = _read(folder)

    told = " ".join(" ".join(reader.texts).split())
    assert "Not chosen (1)" in told
    assert CAUSE_MEANINGS[Cause.NOT_CHOSEN] in told
    assert RIGHT in reader.texts  # the gold
    assert f"Would have been quoted {WRONG[:4].strip()} {WRONG[4:].strip()}" in told
    assert "It is retrieved at rank 1." in told
    assert "refused: nothing_relevant · hard because: typos" in told
    assert "The reports do not mention Lagos." in told
    assert "alta, p. 4" in told


def test_links_lead_somewhere(folder: Path) -> None:
    _, reader = _read(folder)

    ids = {value for name, value in reader.attributes if name == "id"}
    targets = {(value or "")[1:] for name, value in reader.attributes if name == "href"}
    assert targets <= ids


def test_a_run_without_misses_and_regions_says_so(tmp_path: Path) -> None:
    path = write_questions(tmp_path / "set.jsonl", line("a"))
    run = write_run(tmp_path / "first", info(path), {"a": {"exact": 1.0}})
    save_scores(run, replace(load_scores(run), equity={}))

    _, reader = _read(run)

    assert "There is none." in reader.texts
    assert "Regions" not in reader.texts


@pytest.mark.parametrize("at_hand", [True, False])
def test_another_question_file_is_refused(folder: Path, *, at_hand: bool) -> None:
    path = folder.parent / "set.jsonl"
    path.write_text("\n" + path.read_text()) if at_hand else path.unlink()

    with pytest.raises(RunMismatchError, match="was changed since" if at_hand else "there is no"):
        write_report(folder)


def test_a_question_file_that_moved_is_named(folder: Path) -> None:
    moved = (folder.parent / "set.jsonl").rename(folder.parent / "moved.jsonl")

    assert write_report(folder, moved).is_file()


def test_the_template_uses_what_a_page_offers() -> None:
    text = (TEMPLATES_DIR / "report.html").read_text(encoding="utf-8")

    used = set(re.findall(r"\bpage\.(\w+)", text))
    assert used == set(Page.__slots__)


def test_the_glossary_knows_every_measure_and_cause(tmp_path: Path) -> None:
    lines = (
        {**line("a"), "gold": [{"doc": "alta", "quote": RIGHT, "page": 4}]},
        line("b", answerable=False),
    )
    path = write_questions(tmp_path / "set.jsonl", *lines)
    pipeline = ScriptedPipeline(frozenset("a"))
    run: RunInfo = info(path)

    def judged(asked: RunRow, at: int) -> set[str]:
        one = judge_question(load_questions(path)[at], asked, pipeline.document, run)
        return {*one.scores, *ranking_scores([one]).get(one.question.qid, {})}

    found = {name for name, _ in STATISTICS}
    for at, question in enumerate(load_questions(path)):
        found |= judged(pipeline.ask(question), at)
    assert found == set(MEANINGS)
    assert set(DECISIVE) <= set(MEANINGS)
    assert set(CAUSE_MEANINGS) == set(Cause)
