import pytest

from indexer.corpus.metadata_guess import guess_fields, guess_language
from indexer.records import BlockKind, Extraction, TextBlock


def extraction(text: str, *, title: str | None = None, heading: str = "A heading") -> Extraction:
    return Extraction(
        (TextBlock(BlockKind.HEADING, heading, 1), TextBlock(BlockKind.PARAGRAPH, text)),
        title=title,
    )


@pytest.mark.parametrize(
    ("text", "year"),
    [
        pytest.param("Copyright © Office of Cities 2019. In 2021 and 2021 more.", 2019, id="dated"),
        pytest.param("In 2018 and 2018, and once in 2020.", 2018, id="the most named"),
        pytest.param("Reference 2018/12 and 3.2019.", None, id="numbers that are no years"),
        pytest.param("It looks ahead to 2090.", None, id="the future"),
    ],
)
def test_the_year_is_that_of_the_copyright_line_or_the_most_named(
    text: str, year: int | None
) -> None:
    assert guess_fields(extraction(text)).get("year") == year


def test_the_files_own_title_goes_before_its_first_heading() -> None:
    assert guess_fields(extraction("Text.", title="Its own"))["title"] == "Its own"
    assert guess_fields(extraction("Text."))["title"] == "A heading"


def test_countries_are_left_to_the_build() -> None:
    assert "countries" not in guess_fields(extraction("The city of Lima in Peru builds. " * 6))


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("The council offers every newcomer a home near the station. ", "en"),
        ("El concejo ofrece a cada recién llegado una vivienda cercana. ", "es"),
        ("A câmara oferece a cada recém-chegado uma habitação próxima. ", "pt"),
        ("La mairie propose à chaque arrivant un logement près de la gare. ", "fr"),
    ],
)
def test_a_report_tells_its_language(sentence: str, language: str) -> None:
    assert guess_language(extraction(sentence * 6)) == language


def test_letters_that_no_language_is_typical_of_do_not_tell_it() -> None:
    assert guess_language(extraction("X1 Y2 Z3 ", heading="2021")) is None
    assert guess_language(extraction("12.5 17 " * 40)) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("El municipio entregó 120 subsidios en 2021.", "es", id="Spanish"),
        pytest.param("El puente fue pintado en 2015.", "es", id="one Spanish sentence"),
        pytest.param("O programa paga 11 UF a cada família.", "pt", id="Portuguese"),
        pytest.param("The bridge over the river was painted in 2015.", "en", id="English"),
        pytest.param("Le pont a été peint par la ville en 2015.", "fr", id="French"),
        pytest.param("Lima Bogotá Quito 2019", None, id="names"),
        pytest.param("2019 2020 2021", None, id="figures"),
    ],
)
def test_a_short_text_tells_its_language_where_that_is_sure(
    text: str, language: str | None
) -> None:
    assert guess_language(extraction(text, heading="2021")) == language


def test_a_list_of_names_is_in_the_language_of_most_of_its_pieces() -> None:
    names = (  # whole, it is most like Nigerian Pidgin
        "Mr. Ngozi Abara, Minister Counsellor, Ocean Institute. Dr. Ngozi Abara, Director General, "
        "Ministry of Environment. H.E. Okafor Abara, Adviser, Ocean Institute. "
    )

    assert guess_language(extraction(names * 20)) in {"en", None}
