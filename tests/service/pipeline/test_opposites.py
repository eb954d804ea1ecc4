"""What says the opposite of what is asked for answers yes-or-no questions alone."""

import time

import pytest

from service.pipeline.opposites import says_opposite

ABOLISHED = "Small towns are to abolish their restrictions on settlement completely."


@pytest.mark.parametrize(
    ("question", "sentence", "opposite"),
    [
        ("Which towns keep their limits on settlement?", ABOLISHED, True),
        ("Which towns abolish their limits on settlement?", ABOLISHED, False),
        ("Do small towns keep their limits on settlement?", ABOLISHED, False),
        ("Do mayors, who keep limits on settlement, meet?", ABOLISHED, False),
        ("In Peru, which towns keep limits on settlement?", ABOLISHED, True),
        ("I plan a move. Which towns keep limits on settlement?", ABOLISHED, True),
        ("Which towns do not keep their limits on settlement?", ABOLISHED, False),
        (
            "Which towns keep their limits?",
            "Restrictions are abolished for all but the largest towns.",
            False,
        ),
        ("Which towns keep their archives?", ABOLISHED, False),
        ("Where are pets allowed?", "Pets are forbidden in the shelters.", True),
        ("Which work permits do migrants need?", "Migrants are banned from work.", False),
        ("What does a residence permit cost migrants?", "Migrants are banned there.", False),
        ("Where does the ban on pets apply?", "Pets are allowed in shelters.", False),
        ("Which travel bans hit migrants?", "Migrants are allowed to travel.", False),
        ("Which drop-in centres do migrants use?", "Migrants use more and centres grew.", False),
        ("Why did migrants drop out of school?", "The number of migrants in school grew.", False),
        ("How much did rents rise?", "Rents in Baja California are high.", False),
        ("How much did pay rise?", "The mayor of Caen pays migrants.", False),
        ("How much did rents rise?", "Rents fall under municipal law.", False),
        ("How much did rents rise?", "Rents were paid in the fall of 2015.", False),
        ("How much did rents rise?", "Rents saw a fall in 2015.", True),
        ("How much did rents rise?", "Fall brought rents to a halt.", True),
        ("Where do towns permit pets?", "Pets are forbidden in the shelters.", True),
        ("Where does the law permit pets?", "Pets are forbidden in the shelters.", True),
        ("Where are pets permitted?", "The law bans pets from shelters.", True),
        ("Where are pets allowed?", "The pet ban covers shelters.", False),
        ("Which cities allow street vending?", "Lima bans street vending.", True),
        ("Which cities allow street vending?", "In Peru, Lima bans street vending.", True),
        ("Which cities ban street vending?", "Amsterdam permits street vending.", True),
        ("Which countries permit dual nationality?", "Chile bans dual nationality.", True),
        ("Which cities ban migrants?", "Work permits cost migrants a fee.", False),
        ("Which cities ban migrants?", "In Lima, permits cost migrants a fee.", False),
        ("Which cities ban migrants?", "Schengen permits are costly for migrants.", False),
        ("Which cities allow migrants?", "Travel bans hit migrants.", False),
        ("Which cities allow migrants?", "The bans hit migrants.", False),
        ("¿Qué autorizaciones piden a migrantes?", "Se prohíbe a migrantes trabajar.", False),
        ("¿Cuánto aumentaron los alquileres?", "Alquileres de viviendas de baja altura.", False),
        ("¿Cuánto aumentaron los alquileres?", "Los alquileres en Baja California.", False),
        ("¿Cuánto aumentaron los pagos?", "Los pagos del alcalde de Caen.", False),
        ("¿Cuánto aumenta el alquiler?", "El alquiler baja un tercio.", True),
        ("Quais autorizações pedem aos migrantes?", "Os migrantes são proibidos ali.", False),
        ("Where are pets allowed?", "The shelters forbid smoking.", False),
        ("Where are pets forbidden?", "Pets are forbidden here and allowed there.", False),
        ("How much did rents rise?", "Rents fell by a third.", True),
        ("How much did rents rise?", "Wages fell by a third and rents with them.", True),
        ("How much did rents rise?", "The number of arrivals fell by a third in that town.", False),
        ("How much did rents rise?", "Rents rose when wages fell.", False),
        ("Which towns still ask for a permit?", "The towns no longer ask for a permit.", True),
        ("Which towns still ask for a permit?", "They no longer allow pets.", False),
        ("Do towns still ask for a permit?", "The towns no longer ask for a permit.", False),
        ("¿Qué ciudades piden aún un permiso?", "Las ciudades ya no piden un permiso.", True),
        ("Quais cidades ainda pedem visto?", "As cidades deixaram de pedir visto.", True),
        (
            "¿Qué ciudades mantienen sus límites?",
            "Las ciudades pequeñas suprimen sus restricciones.",
            True,
        ),
        (
            "¿Las ciudades mantienen sus límites?",
            "Las ciudades pequeñas suprimen sus restricciones.",
            False,
        ),
        ("¿Dónde se permiten mascotas?", "Las mascotas están prohibidas.", True),
        ("¿Cuánto aumentaron los alquileres?", "Los alquileres bajaron un tercio.", True),
        ("¿Cuánto aumentaron los alquileres?", "Los alquileres disminuyeron un tercio.", True),
        (
            "Quais cidades mantêm os seus limites?",
            "As cidades pequenas eliminam as restrições.",
            True,
        ),
        ("Onde são permitidos animais?", "Os animais são proibidos nos abrigos.", True),
        ("Quanto subiram os aluguéis?", "Os aluguéis diminuíram um terço.", True),
    ],
)
def test_the_opposite_of_what_is_asked_for_is_known(
    question: str, sentence: str, *, opposite: bool
) -> None:
    assert says_opposite(question, sentence) is opposite


def test_no_text_takes_long() -> None:
    text = "Which towns keep limits? " + "abolish restrictions on limits " * 2000
    started = time.process_time()

    says_opposite(text, text)
    says_opposite("Which towns keep their limits?", text)

    assert time.process_time() - started < 2
