"""Which countries a report deals with is read from its headings and sentences."""

import pytest

from indexer.corpus.named_countries import named_countries
from indexer.country_names import LANGUAGES
from indexer.records import BlockKind, Extraction, TextBlock
from service import records


def named(*blocks: tuple[BlockKind, str], title: str = "A title", language: str = "en") -> set[str]:
    """Return the countries of a report that consists of ``blocks``."""
    extraction = Extraction(tuple(TextBlock(kind, text, 1) for kind, text in blocks))
    return set(named_countries(extraction, titles=[title], language=language))


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        pytest.param("In Peru, rents rose.", "en", {"PE"}, id="a name"),
        pytest.param("The Gambia counts its tenants.", "en", {"GM"}, id="behind an article"),
        pytest.param("El alquiler subió en Perú.", "es", {"PE"}, id="Spanish"),
        pytest.param("O aluguel subiu na Colômbia.", "pt", {"CO"}, id="Portuguese"),
        pytest.param("A fund of the USA pays.", "en", {"US"}, id="written out"),
        pytest.param("They pay US$ 20 in rent.", "en", set(), id="dollars"),
        pytest.param("Rents rose in South Sudan.", "en", {"SS"}, id="the longest name"),
        pytest.param("Families of Papua New Guinea pay.", "en", {"PG"}, id="of three words"),
        pytest.param("Tenants of Northern Ireland pay.", "en", set(), id="a namesake"),
        pytest.param("Reunión de alcaldes y vecinos.", "es", set(), id="a common word"),
        pytest.param("Chad pays. The chad is cut.", "en", set(), id="a word of the report"),
        pytest.param("The mayor met Mauricio Macri.", "en", set(), id="part of a person's name"),
        pytest.param("El barrio de San Martín creció.", "es", set(), id="a saint"),
        pytest.param("Mauricio vive en Guadalupe.", "es", set(), id="names of people and towns"),
        pytest.param("The city of Lisbon opened a desk.", "en", {"PT"}, id="a city at the opening"),
        pytest.param("The help that is now Nairobi’s is paid.", "en", {"KE"}, id="a city's own"),
        pytest.param("All this goes back to the Paris Agreement.", "en", set(), id="an agreement"),
        pytest.param("Mérida, Venezuela, opened a desk.", "en", {"VE"}, id="a city of another"),
        pytest.param(
            "Many years later all of them met in Nairobi.", "en", set(), id="a city further on"
        ),
        pytest.param("It opened for Peruvian families.", "en", set(), id="its people"),
        pytest.param("Peru, Chile, Cuba and Spain pay.", "en", {"PE", "CL", "CU", "ES"}, id="four"),
        pytest.param("Peru, Chile, Cuba, Haiti and Spain pay.", "en", set(), id="a list"),
    ],
)
def test_a_sentence_tells_what_it_is_about(
    sentence: str, language: str, expected: set[str]
) -> None:
    assert named((BlockKind.PARAGRAPH, sentence), language=language) == expected


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_two_hints_are_enough(language: str) -> None:
    sentences = {
        "en": "Help goes to Peruvian families. Years later they met again in Lima.",
        "es": "La ayuda va a familias peruanas. Años después se reunieron otra vez en Lima.",
        "pt": "A ajuda vai para famílias peruanas. Anos depois eles se reuniram em Lima.",
    }

    assert named((BlockKind.PARAGRAPH, sentences[language]), language=language) == {"PE"}


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        pytest.param("Roma families are excluded.", "en", id="a people"),
        pytest.param("Davis (2006) argues that slums grow.", "en", id="an author and a year"),
        pytest.param("Vienna (2019) argues that slums grow.", "en", id="a city and a year"),
        pytest.param("Chad et al. found that rents rise.", "en", id="an author and others"),
        pytest.param("Mendoza dice que sube la renta.", "es", id="a Spanish surname"),
        pytest.param("Lima diz que os aluguéis subiram.", "pt", id="a Portuguese surname"),
        pytest.param("Sofia is seven years old.", "en", id="a forename"),
        pytest.param("Regina’s tent burnt.", "en", id="a forename and what is hers"),
        pytest.param("Christmas is the season of evictions.", "en", id="a feast"),
        pytest.param("Navidad es la fecha.", "es", id="the feast in Spanish"),
        pytest.param("Oral testimonies were taken.", "en", id="a word"),
        pytest.param("Fortaleza institucional: alta.", "es", id="a Spanish word"),
        pytest.param("Nome do projeto: casa.", "pt", id="a Portuguese word"),
        pytest.param("En San Vicente subió la renta.", "es", id="a town of many countries"),
        pytest.param("The help of the GUAM area is paid.", "en", id="an abbreviation"),
        pytest.param("It follows the (SAMOA) Pathway.", "en", id="an abbreviation in brackets"),
        pytest.param("Rapporteur: Mr. Ruiz (Venezuela)", "en", id="a person's country"),
        pytest.param("La Vicepresidenta, Ana Ruiz (Nepal), habló.", "es", id="an office's"),
        pytest.param("A Presidente, Ana Ruiz (Nepal), falou.", "pt", id="in Portuguese"),
        pytest.param("The representative of Peru spoke.", "en", id="an envoy's"),
        pytest.param("Habló el representante del Perú.", "es", id="an envoy's, in Spanish"),
        pytest.param("A representante do Peru falou.", "pt", id="an envoy's, in Portuguese"),
        pytest.param("Abstaining: Peru, Chile.", "en", id="a vote"),
        pytest.param("The conference was held in Spain.", "en", id="where people met"),
        pytest.param("Islamic State in Iraq and the Levant left.", "en", id="nobody's country"),
    ],
)
def test_what_is_written_like_a_place_is_none(sentence: str, language: str) -> None:
    assert named((BlockKind.PARAGRAPH, sentence), language=language) == set()


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        pytest.param("In Sofia, rents rose.", "en", {"BG"}, id="in a city"),
        pytest.param("La ciudad de Mendoza paga.", "es", {"AR"}, id="in Spanish"),
        pytest.param("Em Fortaleza, os aluguéis subiram.", "pt", {"BR"}, id="in Portuguese"),
        pytest.param("Vienna has its own charter.", "en", {"AT"}, id="nobody is called so"),
        pytest.param("Ghana (2012) plans for its towns.", "en", {"GH"}, id="a policy and its year"),
        pytest.param("A shelter opened in Manta (Ecuador).", "en", {"EC"}, id="in brackets"),
        pytest.param("A shelter opened in Georgia, USA.", "en", {"US"}, id="a state"),
        pytest.param("Rents rose in Canada, USA and Peru.", "en", {"CA", "US", "PE"}, id="a list"),
    ],
)
def test_a_place_is_known_by_what_stands_around_it(
    sentence: str, language: str, expected: set[str]
) -> None:
    assert named((BlockKind.PARAGRAPH, sentence), language=language) == expected


def test_a_forename_hints_once_however_often_it_stands_there() -> None:
    text = "Sofia is seven years old. Sofia sleeps in a tent."

    assert named((BlockKind.PARAGRAPH, text)) == set()
    assert named((BlockKind.PARAGRAPH, f"{text} She is from a Bulgarian family.")) == {"BG"}


def test_a_city_where_people_meet_hints_once() -> None:
    text = "The session was held in Rome. The second session was held in Rome."

    assert named((BlockKind.PARAGRAPH, text)) == set()


def test_beside_a_main_country_one_sentence_is_in_passing() -> None:
    text = "Chile pays. Peru pays. Peru plans."

    assert named((BlockKind.PARAGRAPH, text)) == {"CL", "PE"}
    assert named((BlockKind.PARAGRAPH, f"{text} {'Cuba pays. ' * 12}")) == {"CU", "PE"}


@pytest.mark.parametrize(
    "address", ["office@kenya.org", "https://www.un.org/kenya", "www.un.org/Chile"]
)
def test_an_address_writes_no_words(address: str) -> None:
    text = f"Kenya pays. Write to {address} for more."

    assert named((BlockKind.PARAGRAPH, text)) == {"KE"}


def test_titles_and_headings_name_what_stands_under_them() -> None:
    assert named((BlockKind.HEADING, "Rents In Chile Today"), title="Help in PERU") == {"CL", "PE"}


def test_a_row_is_about_its_first_cell() -> None:
    rows = ["Chile | Tents from Peru", "Ana Ruiz | Mayor of Quito, Ecuador"]

    assert named(*((BlockKind.TABLE_ROW, row) for row in rows)) == {"CL"}


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(["Ms Ana Lima | Rapporteur"], id="a participant's"),
        pytest.param(["Committee | Lima", "Author | Lima"], id="an author's, twice"),
    ],
)
def test_a_surname_in_a_row_hints_once(rows: list[str]) -> None:
    blocks = [(BlockKind.TABLE_ROW, row) for row in rows]

    assert named(*blocks) == set()
    assert named(*blocks, (BlockKind.PARAGRAPH, "A Peruvian family pays.")) == {"PE"}


def test_a_city_that_nobody_is_called_after_is_named_in_a_first_cell() -> None:
    assert named((BlockKind.TABLE_ROW, "Nairobi | 12 tents")) == {"KE"}


@pytest.mark.parametrize("kind", [BlockKind.FOOTNOTE, BlockKind.CAPTION])
def test_what_stands_aside_does_not_count(kind: BlockKind) -> None:
    assert named((kind, "A street in Peru."), (BlockKind.PARAGRAPH, "Rents rose.")) == set()


def test_a_bibliography_does_not_count() -> None:
    entry = "Ruiz, A. (2019) Rents in Peru, Quito, 2019."

    assert named((BlockKind.HEADING, "References"), (BlockKind.PARAGRAPH, entry)) == set()


def test_names_are_known_in_the_languages_that_are_spoken() -> None:
    assert LANGUAGES == records.LANGUAGES


def test_the_country_named_most_stands_first() -> None:
    block = TextBlock(BlockKind.PARAGRAPH, "Chile pays. Peru pays. In Peru, rents rose.")

    assert named_countries(Extraction((block,)), titles=[], language="en") == ("PE", "CL")
