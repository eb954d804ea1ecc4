"""Somebody is asked for, and a line tells of that part in that thing, or of another."""

import pytest

from service.pipeline.asked_person import AskedPerson


def asked(question: str, *, text: str = "", before: str = "") -> AskedPerson:
    person = AskedPerson.by(question, before=before, text=text or question)
    assert person is not None
    return person


@pytest.mark.parametrize(
    ("question", "is_other"),
    [
        ("Who translated the note?", True),
        ("Who catered the session?", True),
        ("Who took the minutes?", False),
        ("Who was to report on the session?", False),  # in other words
    ],
)
def test_a_line_with_another_role_is_no_answer(question: str, *, is_other: bool) -> None:
    assert asked(question).is_of_other_role("Rapporteur: Ada Brink") == is_other


def test_what_asks_for_nobody_has_no_person() -> None:
    for question in ("What is a rapporteur?", "What of women who attended the training?"):
        assert AskedPerson.by(question, before="", text=question) is None


@pytest.mark.parametrize(
    ("question", "sentence", "tells"),
    [
        ("Who funded the pier?", "The county gave a grant for the pier.", True),
        ("Who funded the pier?", "The county covers what the pier needs.", True),
        ("Who paid for the pier?", "It was built free of charge by the county.", True),
        ("Who funded the pier?", "Gulls and cormorants sit on the pier.", False),
        ("Who chaired the debate?", "Ada Brink moderated the debate.", True),
        ("Who chaired the debate?", "Facilitadora: Ada Brink", True),
        ("Who chaired the debate?", "Organizadora: Ada Brink", False),
        ("Who lives on the pier?", "Gulls and cormorants sit on the pier.", True),
    ],
)
def test_a_sentence_tells_a_role_in_words_for_it(
    question: str, sentence: str, *, tells: bool
) -> None:
    assert asked(question).is_told_by(sentence) == tells


def test_the_role_may_be_told_by_the_question_in_its_own_language() -> None:
    person = asked("Who checked the guide?", text="¿Quiénes revisaron la guía?")

    assert [role.name for role in person.roles] == ["reviewer"]
    assert person.head == "guid"


def test_what_it_is_about_is_what_was_asked_before_if_nothing_else_is_named() -> None:
    after = asked("Who chaired it?", before="The committee on locks in Ostra do.")
    by_itself = asked("Who chaired the debate on silt?", before="The committee on locks do.")

    assert after.words == {"committe", "lock", "ostra"}
    assert after.names == {"ostra"}
    assert by_itself.words == {"silt"}
