import json
from pathlib import Path

from eval.sets.development_reports import Report, Section, load_reports
from tests.corpus.brief_rules import listed_references
from tests.corpus.briefs import REPORT_IDS, read_brief

GUIDE = "un-habitat-2023-mainstreaming-guide"
IOM_TALK = "iom-2019-migrants-and-cities"


def _report(report_id: str, *headings: str) -> Report:
    sections = tuple(Section(heading, f"{heading}\n") for heading in headings)
    return Report(report_id, "".join(s.text for s in sections), sections)


def test_a_section_that_begins_alike_is_another() -> None:
    report = _report("r", "2.1. A", "2.10. B", "Action 1.1: C", "Box 1. D", "Box 10. E", "1 Ação")

    assert report.section_text("2.1") == "2.1. A\n"
    assert report.section_text("Action 1.1") == "Action 1.1: C\n"
    assert report.section_text("box 1") == "Box 1. D\n"
    assert report.section_text("1") == "1 Ação\n"
    assert report.section_text("Action") is None


def test_a_heading_may_be_known_by_another_name() -> None:
    report = _report(IOM_TALK, "1. Why have cities grown?", "2. What challenges are there?")

    assert report.section_text("Question 2") == "2. What challenges are there?\n"


def test_a_checklist_is_its_heading_and_the_actions_after_it() -> None:
    report = _report(
        "r", "Action 1.1: A", "RECOMMENDATION 1. Checklist", "Action 1.1: B", "Action 2.1: C"
    )

    found = report.section_text("Recommendation 1 checklist")

    assert found == "RECOMMENDATION 1. Checklist\n\n\nAction 1.1: B\n"


def test_where_columns_disorder_the_text_a_section_brings_its_neighbours() -> None:
    report = _report(GUIDE, "Box 1. A", "Box 2. B", "Box 3. C", "Box 4. D")

    assert report.section_text("Box 1") == "Box 1. A\n\n\nBox 2. B\n"
    assert report.section_text("Box 3") == "Box 2. B\n\n\nBox 3. C\n\n\nBox 4. D\n"


def test_a_footnote_belongs_to_the_section_that_marks_it() -> None:
    sections = (Section("1. A", "1. A\nMoney came.¹\n"), Section("2. B", "2. B\n¹ 12% of all.\n"))
    report = Report("r", "".join(section.text for section in sections), sections)

    assert report.section_text("1") == "1. A\nMoney came.¹\n\n\n¹ 12% of all."


def test_reports_are_read_with_the_text_before_their_first_heading(tmp_path: Path) -> None:
    (tmp_path / "corpus" / "txt").mkdir(parents=True)
    texts = {"r": "Title\n1. A\nx\n", IOM_TALK: "Hello\n1. B\n", "s": "1. C\n"}
    for report_id, text in texts.items():
        (tmp_path / "corpus" / "txt" / f"{report_id}.txt").write_text(text)
    boundaries = {
        "r": [{"start": 6, "end": 13, "heading": "1. A"}],
        IOM_TALK: [{"start": 6, "end": 11, "heading": "1. B"}],
        "s": [{"start": 0, "end": 5, "heading": "1. C"}],
    }
    (tmp_path / "corpus" / "sections.json").write_text(json.dumps(boundaries))

    reports = load_reports(tmp_path)

    assert reports["r"].sections == (Section("Title page", "Title\n"), Section("1. A", "1. A\nx\n"))
    assert reports[IOM_TALK].section_text("Introduction") == "Hello\n"
    assert reports["s"].sections == (Section("1. C", "1. C\n"),)


def test_without_the_development_data_there_are_no_reports(tmp_path: Path) -> None:
    assert load_reports(tmp_path) == {}


def test_every_section_that_the_briefs_cite_is_found(shared: Path) -> None:

    reports = load_reports(shared)
    briefs = (Path(__file__).parents[3] / "corpus" / "briefs").glob("*.md")
    cited = {reference for path in briefs for reference in listed_references(read_brief(path))}

    assert cited
    assert all(reports[REPORT_IDS[r.report]].section_text(r.section) for r in cited)
