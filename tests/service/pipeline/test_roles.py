"""A question asks for the part that somebody plays, and a line is labelled with it."""

import pytest

from service.pipeline.roles import Label, asked_person, asked_role, label_of


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("Who organised the harbour day?", "organiser"),
        ("List who put together the meeting of pilots", "organiser"),
        ("Which institutions co-organised the session?", "organiser"),
        ("Who was meant to take the minutes of the meeting?", "rapporteur"),
        ("Who took the minutes of the meeting?", "rapporteur"),
        ("Who was elected rapporteur of the committee?", "rapporteur"),
        ("Who is the vice-chair of the committee?", "vice-chair"),
        ("Who has chaired the committee?", "chair"),
        ("Name the reviewers of the guide.", "reviewer"),
        ("Who paid for the guide?", "funder"),
        ("¿Quién moderó el debate?", "moderator"),
        ("¿Quién fue el relator de la sesión?", "rapporteur"),
        ("Quem escreveu o guia?", "author"),
        ("Quem são os autores do guia?", "author"),
        ("Which countries host most refugees?", None),
        ("Who can rent there?", None),
        ("How is the session organised?", None),
    ],
)
def test_a_question_asks_for_a_role(question: str, role: str | None) -> None:
    found = asked_role(question)

    assert (found[0].name if found else None) == role


@pytest.mark.parametrize(
    ("line", "roles", "is_bare"),
    [
        ("Organizers", {"organiser"}, True),
        ("Session Rapporteur: Ada Brink, Port Council", {"rapporteur"}, False),
        ("– Funding partner: Brink Foundation", {"funder"}, False),
        ("Chair: | Ada Brink", {"chair"}, False),
        ("Vice-Chairs:", {"vice-chair"}, True),
        ("Authors and editors: Ada Brink and Ole Brink", {"author"}, False),
        ("Prepared by Ada Brink", {"author"}, False),
        ("Relatora: Ada Brink", {"rapporteur"}, False),
        ("Lista de participantes", {"participant"}, True),
        ("Ada Brink, Senior Coordinator", None, False),
        ("Planning with refugees and hosts", None, False),
        ("International donors and agencies | Area-based programmes", None, False),
        ("The organisers met in the harbour: it rained.", None, False),
    ],
)
def test_a_line_is_labelled_with_a_role(
    line: str, roles: set[str] | None, *, is_bare: bool
) -> None:
    label = label_of(line)

    assert (set(label.roles) if label else None) == roles
    assert label is None or label.is_bare == is_bare


def test_a_label_is_known_by_its_colon() -> None:
    assert label_of("Chair:") == Label(frozenset({"chair"}), is_bare=True, has_stop=True)


@pytest.mark.parametrize(
    ("question", "is_other"),
    [
        ("Who translated the note?", True),
        ("Who catered the session?", True),
        ("Who took the minutes?", False),
        ("Who was to report on the session?", False),  # in other words
        ("What is a rapporteur?", False),
    ],
)
def test_a_line_with_another_role_is_no_answer(question: str, *, is_other: bool) -> None:
    person = asked_person(question, question)

    assert (person is not None and person.is_of_other_role("Rapporteur: Ada Brink")) == is_other


def test_a_sentence_tells_a_role_in_words_for_it() -> None:
    person = asked_person("Who funded the pier?", "¿Quién financió el muelle?")

    assert person is not None
    assert person.is_told_by("The county gave a grant for the pier.")
    assert not person.is_told_by("Gulls and cormorants sit on the pier.")
