"""What is counted or abbreviated is not yet said."""

import time

import pytest

from service.pipeline.unnamed_answers import counts_others, is_unnamed

GROUPS = "Which two groups does the town of Ostra work with?"


@pytest.mark.parametrize(
    ("question", "sentence", "unnamed"),
    [
        pytest.param(GROUPS, "The town works with two local groups.", True, id="counted"),
        pytest.param(GROUPS, "It pays two groups (the Red Desk and Open Door).", False, id="named"),
        pytest.param(GROUPS, "Two groups help: the Red Desk and Open Door.", False, id="colon"),
        pytest.param(
            GROUPS,
            "It pays two groups to help: with that money, the town trained a large team of guides.",
            True,
            id="no list behind the colon",
        ),
        pytest.param(GROUPS, "The two groups are the Red Desk and Open Door.", False, id="are"),
        pytest.param(GROUPS, "The town works with the Red Desk.", False, id="not counted"),
        pytest.param(GROUPS, "The town has nine groups.", False, id="another number"),
        pytest.param(
            "What are the two groups called?", "Two groups help the town.", True, id="called"
        ),
        pytest.param(
            "Which seven towns are in the network? I need their names.",
            "The network links seven towns in two countries (Peru and Chile).",
            True,
            id="others are named",
        ),
        pytest.param("Which ten towns?", "10 towns took part.", True, id="in figures"),
        pytest.param(
            "Which towns are members? List them",
            "The network has more than 2,200 member towns in 38 countries.",
            True,
            id="in large figures",
        ),
        pytest.param("Name the seven towns.", "Seven towns take part.", True, id="name them"),
        pytest.param(
            "Name the three towns.",
            "Three towns take part: Lima, Quito and Loja.",
            False,
            id="name them, named",
        ),
        pytest.param(
            "Name the seven towns in the Horn of Africa.",
            "Seven towns in four countries of the Horn of Africa: Ethiopia, Kenya and Somalia.",
            True,
            id="by their countries",
        ),
        pytest.param(
            "Name the two towns.",
            "Two towns: Jigiga (Ethiopia) and Kakuma, Kenya.",
            False,
            id="with their countries",
        ),
        pytest.param(
            "Which company won Pichincha's prize?",
            "The Province of Pichincha, Ecuador, has a prize for businesses.",
            True,
            id="no company",
        ),
        pytest.param(
            "Which company won Pichincha's prize?",
            "Pichincha, Ecuador | Prize for businesses | Our notes, Question 6",
            True,
            id="a part of a report",
        ),
        pytest.param(
            "Which company won Pichincha's prize?",
            "The prize of Pichincha went to Flores Andinas.",
            False,
            id="a company",
        ),
        *(
            pytest.param("Which bank finances the rent programme?", text, unnamed, id=text)
            for text, unnamed in (
                ("Scotiabank finances the rent programme.", False),
                ("Barclays finances it.", False),
                ("Flores Andinas won the tender.", False),
                ("ACNUR built it.", False),
                ("THE rents rose.", True),
                ("Banks financed it.", True),
                ("Towns financed it.", True),
                ("Local banks finance it.", True),
                ("Everybody is paid by it.", True),
                ("Government finances it.", True),
                ("Access costs the families much.", True),
                ("Women run the shelters.", True),
                ("Migration is paid for by taxes.", True),
                ("Municipality and state paid.", True),
                ("Access Bank finances it.", False),
                ("Education Trust paid for it.", False),
                ("Since Lima built it, rents fell.", False),
                ("Telefonica paid.", False),
                ("The programme is financed by a loan.", True),
            )
        ),
        *(
            pytest.param(question, "Each of them is for free.", unnamed, id=question)
            for question, unnamed in (
                ("What bank accounts can migrants open?", False),
                ("Which bank documents do refugees need?", False),
                ("What firm commitments did the city make?", False),
                ("What company size is allowed?", False),
                ("What corporation tax do shops pay?", False),
                ("What bank rules apply?", False),
                ("Which bank lends to migrants?", True),
                ("Which bank pays?", True),
                ("Which firm runs, and since when?", True),
                ("What bank loans?", False),
                ("Which businesses have won the prize?", True),
                ("Which building firms signed?", True),
                ("Which companies might have records?", False),
                ("Which bank funds social housing?", True),
                ("Which company also built homes?", True),
                ("Which consultancy of the two?", True),
                ("It is cheap, but at which bank?", True),
            )
        ),
        pytest.param(
            "Name the fourteen towns.", "Fourteen towns take part.", True, id="past twelve"
        ),
        pytest.param(
            "Which nationalities sit on the council?",
            "Migrants from six different nationalities sit on it.",
            True,
            id="without a number",
        ),
        pytest.param(
            "Which towns took part?", "Lima, Quito and ten other towns.", False, id="and others"
        ),
        pytest.param(
            "Which towns took part?", "Lima and Quito, two towns by the sea.", False, id="before"
        ),
        pytest.param(
            "Which towns took part?", "'Lima' and Quito, two towns.", False, id="in quotes before"
        ),
        pytest.param(
            "What share of refugees has a job?", "Six in ten refugees have one.", False, id="share"
        ),
        pytest.param("What number of families pays?", "Nine families pay.", False, id="number"),
        pytest.param("How many groups help?", "Two groups help the town.", False, id="how many"),
        pytest.param(
            "What does NUP stand for?", "A NUP has five phases.", True, id="acronym alone"
        ),
        pytest.param(
            "What does NUP stand for?",
            "A National Urban Policy (NUP) has five phases.",
            False,
            id="in words",
        ),
        pytest.param(
            "What do IDPs mean for a city?", "They need homes.", False, id="another meaning"
        ),
        pytest.param(
            "What does the acronym GCM stand for?",
            "The Global Compact for Safe, Orderly and Regular Migration is not binding.",
            False,
            id="with words between",
        ),
        pytest.param("What is a NUP?", "A NUP has five phases.", False, id="not asked for words"),
    ],
)
def test_what_is_counted_or_abbreviated_is_not_said(
    question: str, sentence: str, *, unnamed: bool
) -> None:
    assert is_unnamed(question, sentence) is unnamed


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("two groups: " + "help, " * 2000, id="a list without an end"),
        pytest.param("LIMA, " * 2000 + "two groups", id="capitals before"),
        pytest.param("INTERNATIONAL ORGANIZATION " * 500 + "two groups", id="capitals"),
        pytest.param("A" * 12_000 + " two groups", id="one long word of capitals"),
        pytest.param("A'" * 12_000 + " two groups", id="one long word with apostrophes"),
        pytest.param("two groups " * 1000, id="counted again and again"),
        pytest.param("A" * 12_000 + " " + "s" * 12_000, id="two long words"),
    ],
)
def test_no_text_takes_long(text: str) -> None:
    started = time.process_time()

    is_unnamed(GROUPS, text)
    is_unnamed("Which bank pays the rent?", text)
    is_unnamed(f"Which bank {text}", text)

    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("question", "sentence", "others"),
    [
        pytest.param(
            "How many volunteers help?",
            "Over 40 towns give each family a volunteer.",
            True,
            id="others are counted",
        ),
        pytest.param(
            "How many volunteers help in how many towns?",
            "Over 40 towns give each family a volunteer.",
            False,
            id="one of two things is counted",
        ),
        pytest.param(
            "How many volunteers help?", "Of the volunteers, 40 stay.", False, id="left out"
        ),
        pytest.param(
            "How many of the 40 towns have volunteers?",
            "Volunteers of the 40 towns teach 900 children in the towns.",
            True,
            id="among as many",
        ),
        pytest.param("How many helpers are there?", "40 towns take part.", False, id="other words"),
        pytest.param(
            "How many programmes run?",
            "20 or more new town programmes run.",
            False,
            id="further on",
        ),
        pytest.param("How many towns help?", "Over 40 towns have volunteers.", False, id="counted"),
        *(
            pytest.param(
                "How many cities took part?",
                f"{n} cities took part, from 12 countries.",
                False,
                id=n,
            )
            for n in ("Sixteen", "Twenty-five", "Thirteen", "A dozen", "One of two", "2000")
        ),
        pytest.param(
            "How many towns take part?",
            "The network of towns now counts 45 members.",
            False,
            id="the noun has the number",
        ),
        pytest.param(
            "How many volunteers help?",
            "In 2019 some 40 towns gave each family a volunteer.",
            True,
            id="a year counts nothing",
        ),
        pytest.param(
            "How many of its members are migrants themselves?",
            "Members come from two parties, five migrants among the guests.",
            False,
            id="what the members are is counted",
        ),
        pytest.param(
            "How many of the members are migrants?",
            "Members come from two parties, five migrants among the guests.",
            True,
            id="what members that are named are is not",
        ),
    ],
)
def test_a_number_of_something_else_does_not_count_what_is_asked_for(
    question: str, sentence: str, *, others: bool
) -> None:
    assert counts_others(question, sentence) is others


@pytest.mark.parametrize(
    ("question", "sentence", "unnamed"),
    [
        pytest.param("Which mayor spoke?", "Session chair: Ana Ruiz", True, id="another role"),
        pytest.param("Which Chilean mayor spoke?", "Ana Ruiz, Mayor of Ostra", False, id="role"),
        pytest.param("Which mayor spoke?", "Ana Ruiz, alcaldesa de Ostra", False, id="Spanish"),
        pytest.param("Which mayor's plan is it?", "It is the plan of Ostra.", False, id="a plan"),
        pytest.param("What did the mayor say?", "Towns need money.", False, id="no role asked for"),
        pytest.param("Which mayors spoke?", "Ana Ruiz of Ostra spoke.", False, id="several"),
        pytest.param("Which prime minister spoke?", "Ana Ruiz spoke.", True, id="prime"),
        pytest.param("Which governor spoke?", "Ana Ruiz, gobernadora", False, id="governor"),
        pytest.param("Which director spoke?", "Ana Ruiz, diretora", False, id="director"),
        pytest.param("What coordinator spoke?", "Rui Sá, coordenador", False, id="coordinator"),
        pytest.param("Which president spoke?", "Ana Ruiz, Head of State", False, id="president"),
        pytest.param("Which minister spoke?", "Rui, Secretary of State", False, id="minister"),
        *(
            pytest.param(question, "Towns need money.", False, id=question)
            for question in (
                "What does President Boric propose?",
                "What did Mayor Owusu say about rent?",
                "Explain what the mayor has done",
                "Explain what President Boric proposes",
                "What has Governor Newsom signed?",
                "What made mayor Owusu change the plan?",
            )
        ),
    ],
)
def test_who_is_asked_for_by_a_role_is_named_with_it(
    question: str, sentence: str, *, unnamed: bool
) -> None:
    assert is_unnamed(question, sentence) is unnamed
