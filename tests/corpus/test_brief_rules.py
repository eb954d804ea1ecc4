"""Hand-made cases: a report of our own, and briefs that keep or break one rule each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus import brief_rules as rules
from tests.corpus.briefs import REPORT_IDS, Brief, BriefFormatError, parse_brief, split_sentences
from tests.corpus.front_matter import check_front_matter
from tests.corpus.names import Lexicon
from tests.corpus.reports import Report, Reports, Section
from tests.corpus.spelling import HUNSPELL, misspelt

OPENING = "1. The harbour town\n"
HARBOUR = (
    OPENING
    + "In 2017 the town of Ribeira opened 1,250 rooms to newcomers, and seven per cent of them "
    "went to the Workers' Housing Union (WHU). Marta Vale praised it. The Sea Fund spent between 2 "
    "and 3 million crowns on it.\n"
)
HILLS = "2. The hills\nIn Alta, families waited four years, as MIVI (the ministry) reported.\n"
TEXT = HARBOUR + HILLS

FRONT = """\
title = "A title"
summary = "A summary."
countries = ["PT"]
cities = ["Ribeira"]
themes = ["housing"]
year = 2020
language = "en"
"""
SOURCES = f"""
[[sources]]
report = "{REPORT_IDS["Laboratory"]}"
sections = ["1", "2"]
"""


@pytest.fixture
def reports() -> Reports:
    sections = (
        Section("1. The harbour town", 0, len(HARBOUR)),
        Section("2. The hills", len(HARBOUR), len(TEXT)),
    )
    report = Report("Laboratory", TEXT, sections, "Towns Cities Alliance", 2020)
    return Reports({"Laboratory": report})


def _brief(body: str, *, front: str = FRONT, sources: str = SOURCES) -> Brief:
    return parse_brief(f"+++\n{front}{sources}+++\n\n{body}\n")


def _facts(body: str, reports: Reports, *glosses: str) -> list[str]:
    found = rules.check_facts(_brief(body), reports, Lexicon(glosses, lambda word: word != "porto"))
    return [finding.message.split(" — ")[0] for finding in found]


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("Ribeira offered 1250 rooms (Laboratory, 1).", id="no thousands separator"),
        pytest.param("A share of 7% went to the union (Laboratory, 1).", id="percent sign"),
        pytest.param("Marta Vale's praise came (Laboratory, 1).", id="possessive"),
        pytest.param("The workers' housing union (WHU) gained (Laboratory, 1).", id="acronym"),
        pytest.param("The WHUs of Ribeira gained (Laboratory, 1).", id="plural of an acronym"),
        pytest.param("The fund gave 2 to 3 million (Laboratory, 1).", id="range to scale"),
        pytest.param("Waiting took 4 years in Alta (Laboratory, 2).", id="digit for number word"),
        pytest.param("Praise came from Alta and Ribeira (Laboratory, 1; Laboratory, 2).", id="two"),
        pytest.param("As of 2020 Alta waited (Laboratory, 2).", id="the report's own year"),
        pytest.param("| A | Reference |\n|---|---|\n| Alta: 4 | Laboratory, 2 |", id="table row"),
    ],
)
def test_what_the_cited_section_says_is_accepted(statement: str, reports: Reports) -> None:
    assert _facts(statement, reports) == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        pytest.param(
            "Ribeira opened 1,300 rooms (Laboratory, 1).",
            "number 1300 not in Laboratory, 1",
            id="invented number",
        ),
        pytest.param(
            "Ribeira did so in 2018 (Laboratory, 1).",
            "number 2018 not in Laboratory, 1",
            id="invented year",
        ),
        pytest.param(
            "Alta waited five years (Laboratory, 2).",
            "number 5 not in Laboratory, 2",
            id="invented number word",
        ),
        pytest.param(
            "It cost 7 million (Laboratory, 1).",
            "number 7000000 not in Laboratory, 1",
            id="wrong scale",
        ),
        pytest.param(
            "It is 2017% (Laboratory, 1).",
            "2017 is no percentage in Laboratory, 1",
            id="a number that is no percentage",
        ),
        pytest.param(
            "Half of them left (Laboratory, 1).",
            "“half” not in Laboratory, 1",
            id="invented share",
        ),
        pytest.param(
            "The town of Porto opened rooms (Laboratory, 1).",
            "name “Porto” not in Laboratory, 1",
            id="invented name",
        ),
        pytest.param(
            "Porto opened rooms (Laboratory, 1).",
            "name “Porto” not in Laboratory, 1",
            id="invented name at the beginning",
        ),
        pytest.param(
            "Families waited in Alta (Laboratory, 1).",
            "name “Alta” not in Laboratory, 1",
            id="name of another section",
        ),
        pytest.param(
            "The AHU gained (Laboratory, 1).",
            "name “AHU” not in Laboratory, 1",
            id="invented acronym",
        ),
        pytest.param(
            "| A | Reference |\n|---|---|\n| Porto | Laboratory, 2 |",
            "name “Porto” not in Laboratory, 2",
            id="invented name in a table",
        ),
        pytest.param(
            "## Rooms in Porto", "name “Porto” not in Laboratory, 1; Laboratory, 2", id="heading"
        ),
    ],
)
def test_what_the_cited_section_does_not_say_is_found(
    statement: str, fault: str, reports: Reports
) -> None:
    assert _facts(statement, reports) == [fault]


def test_a_gloss_allows_a_name_only_where_its_ground_stands(reports: Reports) -> None:
    gloss = "Ministry of Dwellings = MIVI"

    assert _facts("The Ministry of Dwellings said so (Laboratory, 2).", reports, gloss) == []
    assert _facts("The Ministry of Dwellings said so (Laboratory, 1).", reports, gloss)


def test_a_run_of_eight_words_is_a_copy_and_seven_are_none(reports: Reports) -> None:
    eight = _brief("The town of Ribeira opened 1,250 rooms to newcomers (Laboratory, 1).")
    seven = _brief("The town of Ribeira opened 1,250 rooms for them (Laboratory, 1).")

    (found,) = rules.check_copying(eight, reports, ())

    assert found.message.endswith("“the town of ribeira opened 1,250 rooms to newcomers”")
    assert rules.check_copying(seven, reports, ()) == []


def test_accents_capitals_and_punctuation_do_not_hide_a_copy(reports: Reports) -> None:
    brief = _brief("The TOWN, of Ribeíra: opened 1,250 – rooms to newcomers (Laboratory, 1).")

    assert rules.check_copying(brief, reports, ())


def test_an_official_name_breaks_a_run(reports: Reports) -> None:
    brief = _brief("The town of Ribeira opened 1,250 rooms to newcomers (Laboratory, 1).")

    assert rules.check_copying(brief, reports, ["Town of Ribeira"]) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        pytest.param("Ribeira opened rooms.", "no reference", id="none"),
        pytest.param("One (Laboratory, 1). Two.", "no reference", id="second sentence"),
        pytest.param("- One (Laboratory, 1).\n- Two.", "no reference", id="list item"),
        pytest.param("One (Laboratory, 1) and more.", "no reference", id="not at the end"),
        pytest.param("One (Laboratory, 1)", "no full stop", id="full stop"),
        pytest.param("One (Laboratory, 1, 2).", "wanted", id="two sections in one"),
        pytest.param("One (Guide, 1.1).", "not in [[sources]]", id="not listed"),
        pytest.param("| A |\n|---|\n| One |", "last column", id="table without references"),
        pytest.param("> One (Laboratory, 1).", "no blockquote", id="quotation"),
    ],
)
def test_a_statement_without_a_proper_reference_is_found(body: str, fault: str) -> None:
    found = rules.check_references(_brief(body, sources=SOURCES.replace('"1", "2"', '"1"')))

    assert any(fault in finding.message for finding in found)


def test_headings_and_lead_ins_need_no_reference() -> None:
    items = "- It opened rooms (Laboratory, 1).\n- It ended (Laboratory, 2)."
    body = f"## Rooms\nWhat Ribeira did:\n\n{items}"

    assert rules.check_references(_brief(body)) == []


def test_a_listed_section_that_nothing_cites_is_found() -> None:
    (found,) = rules.check_references(_brief("One (Laboratory, 1)."))

    assert found.message == "[[sources]] lists Laboratory, 2, which nothing cites"


def test_an_unknown_section_is_found(reports: Reports) -> None:
    brief = _brief("One (Laboratory, 1.1). Two (Laboratory, 2).", sources="")

    (found,) = rules.check_sections(brief, reports)

    assert found.message == "Laboratory has no section '1.1'"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param(("[", '["XX", '), "no such country: XX", id="country"),
        pytest.param(('"housing"', '"houses"'), "no such theme: houses", id="theme"),
        pytest.param(("year = 2020\n", ""), "missing field 'year'", id="missing"),
        pytest.param(("language", "tongue"), "unknown field 'tongue'", id="unknown"),
        pytest.param(("2020", '"2020"'), "'year' must be int", id="type"),
        pytest.param(("Ribeira", "Porto"), "city Porto is not in the text", id="city"),
    ],
)
def test_a_fault_of_the_front_matter_is_found(change: tuple[str, str], fault: str) -> None:
    body = "Ribeira opened rooms to all (Laboratory, 1). " * 20

    sound = check_front_matter(_brief(body))
    found = check_front_matter(_brief(body, front=FRONT.replace(*change, 1)))

    assert sound == []
    assert fault in [finding.message for finding in found]


def test_a_brief_too_short_is_found() -> None:
    (found,) = check_front_matter(_brief("Ribeira opened rooms (Laboratory, 1)."))

    assert found.message == "3 words; 80 to 900 are wanted"


def test_a_file_without_front_matter_is_no_brief() -> None:
    with pytest.raises(BriefFormatError, match="TOML"):
        parse_brief("# A heading\n")


def test_sentences_end_where_a_new_one_begins() -> None:
    text = "In 2.5 years, e.g. Alta grew. Mr. Vale left! “Who stays?” 12 stayed."

    assert split_sentences(text) == [
        "In 2.5 years, e.g. Alta grew.",
        "Mr. Vale left!",
        "“Who stays?”",
        "12 stayed.",
    ]


@given(st.text(alphabet="Ab 1.?!\n“”", max_size=60))
def test_splitting_loses_no_word(text: str) -> None:
    assert " ".join(split_sentences(text)).split() == text.split()


def test_a_section_that_begins_alike_is_another() -> None:
    names = ["2.1. A", "2.10. B", "Action 1.1: C", "RECOMMENDATION 1. D", "RECOMMENDATION 10. E"]
    report = Report("Guide", "", tuple(Section(name, 0, 0) for name in names))

    assert report.find("2.1") == (0,)
    assert report.find("Action 1.1") == (2,)
    assert report.find("Recommendation 1") == (3,)
    assert report.find("Action") == ()


def test_a_checklist_is_its_heading_and_the_actions_after_it() -> None:
    names = ["Action 1.1: A", "RECOMMENDATION 1. Checklist", "Action 1.1: A", "Action 2.1: B"]
    report = Report("Guide", "", tuple(Section(name, 0, 0) for name in names))

    assert report.find("Recommendation 1 checklist") == (1, 2)


def test_a_section_of_the_guide_is_judged_with_its_neighbours() -> None:
    sections = tuple(Section(f"Box {n}. X", 2 * n, 2 * n + 2) for n in range(4))
    report = Report("Guide", "aabbccdd", sections)

    assert report.passage("Box 1") == "aabbcc"
    assert report.passage("Box 3") == "ccdd"


def test_a_footnote_belongs_to_the_section_that_marks_it() -> None:
    text = "1. A\nMoney came.¹\n2. B\nMore.\n¹ 12% of all.\n"
    sections = (Section("1. A", 0, 17), Section("2. B", 17, len(text)))

    assert "12%" in Report("Laboratory", text, sections).passage("1")


@pytest.mark.skipif(HUNSPELL is None, reason="apt-get install hunspell hunspell-en-gb")
def test_american_spelling_and_typing_errors_are_found() -> None:
    assert misspelt(["neighbourhood", "neighborhood", "organise", "recieve"]) == {
        "neighborhood",
        "recieve",
    }
