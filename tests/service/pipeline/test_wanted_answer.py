"""A sentence loses for what it lacks of a wanted answer, and once for being on another thing."""

import pytest

from service.library import Edition
from service.pipeline.asked_cells import AskedCell, Match
from service.pipeline.asked_person import AskedPerson
from service.pipeline.models import Models
from service.pipeline.question import parse_question
from service.pipeline.wanted_answer import _ITEM_THAT_ASKS, Lost, WantedAnswer
from tests.service.pipeline.table_sentences import MarkdownSentences

_NO_CELL = AskedCell(Match.UNTOLD)
_PIER = """# The pier

The county gave a grant for it. Gulls and cormorants sit on it.

- Office of tides and buoys
"""
_FORUMS = """# Forums

Forty towns send volunteers. Volunteers of the sixth harbour forum came from forty towns. Forty
volunteers came to the sixth harbour forum. Forty volunteers came to the seventh harbour forum. At
the sixth harbour forum all volunteers were thanked.
"""


@pytest.fixture
def models(edition: Edition) -> Models:
    return edition.answerer.models


def lost(question: str, text: str, start: str, models: Models, *, among: str = "") -> Lost:
    """Return what the sentence that begins with ``start`` loses, read with that at ``among``."""
    sentences = MarkdownSentences(text)
    row = sentences.row_of(start)
    rows = [row, sentences.row_of(among)] if among else [row]
    encoded = models.encode(parse_question(question), {"en"})
    wanted = WantedAnswer.by(encoded, AskedPerson.of(encoded)).among(rows, sentences)
    answer = sentences.sentence_text(row)
    return wanted.lost(row, answer, _NO_CELL, sentences, models.encoder)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        pytest.param("Forty towns", Lost(6, 0), id="counts others"),
        pytest.param("Forty volunteers came to the sixth", Lost(0, 6), id="of the sixth"),
        pytest.param("Volunteers of", Lost(0, 6), id="both, once"),
        pytest.param("At the sixth", Lost(3, 6), id="of the sixth, without a number"),
        pytest.param("Forty volunteers came to the seventh", Lost(0, 0), id="what is asked for"),
    ],
)
def test_another_thing_counts_once(start: str, expected: Lost, models: Models) -> None:
    question = "How many volunteers came to the seventh harbour forum?"

    assert lost(question, _FORUMS, start, models) == expected


@pytest.mark.parametrize(
    ("start", "among", "expected"),
    [
        pytest.param("The county", "Gulls", 0, id="it tells"),
        pytest.param("Gulls", "The county", 3, id="another one tells"),
        pytest.param("Gulls", "", 0, id="none tells"),
        pytest.param("- Office", "", 3, id="none tells, a line of a list"),
    ],
)
def test_a_sentence_without_a_word_for_the_role_loses_where_another_has_one(
    start: str, among: str, expected: float, models: Models
) -> None:
    found = lost("Who funded the pier?", _PIER, start, models, among=among)

    assert found == Lost(expected, 0)


def test_of_people_who_did_something_no_role_is_asked_for(models: Models) -> None:
    question = "Why did the people who funded the pier do so?"

    assert lost(question, _PIER, "- Office", models) == Lost(0, 0)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Are there firewalls that protect what they tell a clinic?", True),
        ("Is the office open to people without papers? | Y/S/N", True),
        ("“Who pays for this?”", True),
        ("The desk asks one question: who pays? The city does.", False),
        ("The office is open to people without papers. | Y/S/N", False),
    ],
)
def test_an_item_of_a_checklist_asks(text: str, *, asks: bool) -> None:
    assert bool(_ITEM_THAT_ASKS.search(text)) is asks
