import os
from pathlib import Path

import pytest

from tests.corpus import brief_rules as rules
from tests.corpus.briefs import Brief, read_brief
from tests.corpus.front_matter import check_front_matter
from tests.corpus.names import Lexicon
from tests.corpus.reports import SHARED, Reports, load_reports
from tests.corpus.spelling import HUNSPELL, check_spelling, is_word, lower_words, misspelt

ROOT = Path(__file__).parents[2]
BRIEFS = sorted([*ROOT.glob("corpus/briefs/*.md"), *ROOT.glob("docs/compendia/*/*.md")])


needs_hunspell = pytest.mark.skipif(
    HUNSPELL is None and "CI" not in os.environ, reason="apt-get install hunspell hunspell-en-gb"
)


@pytest.fixture(params=BRIEFS, ids=lambda path: str(path.relative_to(ROOT)))
def brief(request: pytest.FixtureRequest) -> Brief:
    path: Path = request.param
    return read_brief(path)


@pytest.fixture(scope="session")
def reports() -> Reports:
    found = load_reports()
    if found is None:
        pytest.skip(f"the reports are not in {SHARED}; CITA_SHARED says where they are")
    return found


def test_the_front_matter_is_valid(brief: Brief) -> None:
    assert not check_front_matter(brief)


def test_every_statement_has_a_listed_reference(brief: Brief) -> None:
    assert not rules.check_references(brief)


def test_every_cited_section_exists(brief: Brief, reports: Reports) -> None:
    assert not rules.check_sections(brief, reports)


def test_every_number_and_name_stands_in_its_section(brief: Brief, reports: Reports) -> None:
    glosses = rules.read_list("glosses.txt")
    lexicon = Lexicon(glosses, is_word) if HUNSPELL else Lexicon(glosses)

    assert not rules.check_facts(brief, reports, lexicon)


def test_no_run_of_words_is_copied(brief: Brief, reports: Reports) -> None:
    names = rules.read_list("official_names.txt")

    assert not rules.check_copying(brief, reports, names)


@pytest.fixture(scope="session")
def unknown_words() -> set[str]:
    """The words of all briefs that no list has: asking hunspell once is quicker."""
    told = {word for path in BRIEFS for _, word in lower_words(read_brief(path))}
    return misspelt(told) - set(rules.read_list("words.txt"))


@needs_hunspell
def test_the_spelling_is_british(brief: Brief, unknown_words: set[str]) -> None:
    assert not check_spelling(brief, unknown_words)


def test_titles_are_all_different() -> None:
    titles = [read_brief(path).front["title"] for path in BRIEFS]

    assert len(set(titles)) == len(titles)
