"""A question asks for the part that somebody plays, and a line is labelled with it."""

import pytest

from service.pipeline.roles import Label, asked_role, label_of, who_did


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
        ("Has anybody said who has spoken at the session?", "speaker"),
        ("Who will be writing the guide?", "author"),
        ("Who is the contact point?", "contact"),
        ("Who spoke, and about what?", "speaker"),
        ("¿Quiénes hablaron en la sesión?", "speaker"),
        ("Quem falou na sessão?", "speaker"),
        ("What people speak Quechua in Lima?", None),
        ("Who speaks the local language?", None),
        ("¿Quiénes hablaron quechua en casa?", None),
        ("Why do people who organised in unions earn more?", None),
        ("Do people who organised in unions earn more?", None),
        ("Do women, who organised in unions, earn more?", None),
        ("What happens to women who attended the training?", None),
        ("What is said of the session, and who organised it?", None),
        ("Is there a guide, and who wrote it?", "author"),
        ("In Ostra, which institutions hosted the session?", "organiser"),
        ("The guide was funded by which donors?", None),
        ("¿Ganan más las personas quienes organizaron la feria?", None),
        ("¿Me puedes decir quién organizó la feria?", "organiser"),
        ("Você sabe quem organizou a feira?", "organiser"),
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
    ("question", "asks"),
    [
        ("Who lives on the quay?", True),
        ("And who lives on the quay?", True),
        ("The quay is old. Who lives there?", True),
        ("With whom, and by whom, is it run?", True),
        ("The quay is run by which organisations?", True),
        ("Tell me who lives on the quay.", True),
        ("A quay with a lock - who runs it", True),
        ("Is it known who lives on the quay?", True),
        ("¿Y quién vive en el muelle?", True),
        ("Dígame quiénes viven allí.", True),
        ("E quem mora no cais?", True),
        ("Why do migrants who speak the local language earn more?", False),
        ("How many of the people who participated found jobs?", False),
        ("Are there ways in which people take part?", False),
        ("Do those who live on the quay pay?", False),
        ("Do those who came and who live on the quay pay?", False),
        ("¿Pagan quienes llegaron y quienes viven en el muelle?", False),
        ("Do crews, who live on the quay, pay?", False),
        ("When was the quay built, and who built it?", False),
        ("¿Cuántas de las personas a quienes se negó el permiso trabajan?", False),
        ("As mulheres quem moram no cais pagam?", False),
    ],
)
def test_a_question_asks_who_did_something(question: str, *, asks: bool) -> None:
    assert (who_did(question) is not None) == asks
