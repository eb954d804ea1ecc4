"""A question in capitals or in title case is written as a sentence, with the names in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.folding import folded
from service.pipeline.question import as_sentence


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        pytest.param(
            "HOW DOES CHILE HELP MIGRANTS RENT?", "How does Chile help migrants rent?", id="English"
        ),
        pytest.param(
            "¿CÓMO AYUDA CHILE A LOS MIGRANTES?", "¿Cómo ayuda Chile a los migrantes?", id="Spanish"
        ),
        pytest.param(
            "COMO O CHILE AJUDA OS MIGRANTES?", "Como o Chile ajuda os migrantes?", id="Portuguese"
        ),
        pytest.param(
            "How Does Chile Help Migrants Rent?", "How does Chile help migrants rent?", id="title"
        ),
        pytest.param(
            "Which Cities House Migrants?", "Which cities house migrants?", id="opened by a word"
        ),
        pytest.param(
            "¿Cómo Ayuda Chile a los Migrantes?", "¿Cómo ayuda Chile a los migrantes?", id="título"
        ),
        pytest.param(
            "Como o Brasil Ajuda os Migrantes?", "Como o Brasil ajuda os migrantes?", id="título pt"
        ),
        pytest.param("WHAT DO UNHCR AND IDPS DO?", "What do UNHCR and IDPs do?", id="acronyms"),
        pytest.param("¿QUÉ HACE ACNUR?", "¿Qué hace ACNUR?", id="acronym in Spanish"),
        pytest.param("What Does GFMD Do?", "What does GFMD do?", id="acronym that is told"),
        pytest.param(
            "WHO HELPS COSTA RICA'S CITIES?", "Who helps Costa Rica's cities?", id="words"
        ),
        pytest.param("WHAT DOES UN-HABITAT DO?", "What does UN-Habitat do?", id="hyphen"),
        pytest.param("¿QUÉ PASA EN BOGOTA?", "¿Qué pasa en Bogotá?", id="no accents"),
        pytest.param("IS THE WORLD BANK THERE?", "Is the World Bank there?", id="institution"),
        pytest.param("¿CUÁNDO FUE LA REUNIÓN?", "¿Cuándo fue la reunión?", id="no island"),
        pytest.param("WHO PAYS? AND WHY?", "Who pays? And why?", id="two sentences"),
        pytest.param("AND IN PERU?", "And in Peru?", id="follow-up"),
        pytest.param("SUBSIDIO ALQUILER", "Subsidio alquiler", id="words alone"),
        pytest.param("RENT LAW", "Rent law", id="short words"),
    ],
)
def test_capitals_are_left_to_names(typed: str, written: str) -> None:
    assert as_sentence(typed) == written


@pytest.mark.parametrize(
    "text",
    [
        "How does Chile help migrants rent?",
        "how does chile help migrants rent?",
        "UHPH",
        "UNHCR IDB?",
        "Chile or Peru?",
        "Rio de Janeiro and Lima?",
        "Why Rio de Janeiro?",
        "Lagos? Why?",
        "Global Compact for Safe, Orderly and Regular Migration",
        "What is UN-Habitat?",
        "2030?",
        "",
    ],
)
def test_a_sentence_and_names_alone_stay_as_they_are(text: str) -> None:
    assert as_sentence(text) == text


@given(st.text(alphabet="AEHIOTWaeiot ÁÉ?.'-", max_size=40))
def test_a_sentence_is_not_written_again(text: str) -> None:
    written = as_sentence(text)

    assert folded(written) == folded(text)
    assert as_sentence(written) == written
