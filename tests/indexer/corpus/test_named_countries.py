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
        pytest.param("The Chad Smith fund and chad.", "en", set(), id="a word of the report"),
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


def test_titles_and_headings_name_what_stands_under_them() -> None:
    assert named((BlockKind.HEADING, "Rents In Chile Today"), title="Help in PERU") == {"CL", "PE"}


def test_a_row_is_about_its_first_cell() -> None:
    rows = ["Chile | Tents from Peru", "Ana Ruiz | Mayor of Quito, Ecuador"]

    assert named(*((BlockKind.TABLE_ROW, row) for row in rows)) == {"CL"}


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
