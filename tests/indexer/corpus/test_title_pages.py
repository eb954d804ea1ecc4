"""What of a first page may be its title."""

import pytest

from indexer.corpus.title_pages import document_symbol, is_date_line, masthead, title_groups
from tests.indexer.corpus.front_pages_made import BODY, page_of, printed


@pytest.mark.parametrize(
    ("line", "symbol"),
    [
        pytest.param("A/80/150", "A/80/150", id="a symbol"),
        pytest.param("S/RES/2771 (2025)", "S/RES/2771 (2025)", id="with a year"),
        pytest.param("S/2025/460*", "S/2025/460", id="with a star"),
        pytest.param("E/2025/24-E/CN.3/2025/37", "E/2025/24-E/CN.3/2025/37", id="two of them"),
        pytest.param("ICCD/COP(8)/CST/8", "ICCD/COP(8)/CST/8", id="with brackets"),
        pytest.param("Housing/Migration", None, id="words"),
        pytest.param("See A/80/150 on this", None, id="in a sentence"),
    ],
)
def test_a_line_that_is_a_symbol_is_told(line: str, symbol: str | None) -> None:
    assert document_symbol(line) == symbol


@pytest.mark.parametrize(
    ("line", "is_date"),
    [
        pytest.param("New York, 15–19 April 2024", True, id="a place and days"),
        pytest.param("27 April 2024–25 April 2025", True, id="from one day to another"),
        pytest.param("Buenos Aires, abril de 2024", True, id="Spanish"),
        pytest.param("5 de março de 2021", True, id="Portuguese"),
        pytest.param("Report on the session of 10 to 11 February 2025", False, id="a title"),
        pytest.param("Informe Abril 2024", False, id="a report of a month"),
        pytest.param("World Cities 2030", False, id="a year alone"),
        pytest.param("Housing Market Outlook May 2024", False, id="a title and its month"),
        pytest.param("Tendencias Globales junio 2023", False, id="one in Spanish"),
        pytest.param("Mercado de Habitação maio 2023", False, id="one in Portuguese"),
        pytest.param("Lima mayo 2024", True, id="a place that nothing sets off"),
        pytest.param("New York 15 April 2024", True, id="nor does from a day"),
    ],
)
def test_a_line_of_dates_is_told_from_a_title(line: str, is_date: bool) -> None:  # noqa: FBT001
    assert is_date_line(line) is is_date


def test_a_title_over_several_lines_is_one_and_keeps_its_hyphens() -> None:
    front = printed(
        page_of(
            ("Harbours of Alba and the well-", 24, 700),
            ("being of those who", 24, 672),
            ("arrive there", 24, 644),
            ("The well-being of a city.", BODY, 500),
        )
    )

    assert [group.text for group in title_groups(front)] == [
        "Harbours of Alba and the well-being of those who arrive there"
    ]


def test_headings_of_the_text_are_no_titles() -> None:
    front = printed(
        page_of(("Harbours of Alba", 14, 700), ("I. Introduction", 14, 600), ("Alba.", BODY, 580))
    )

    assert [group.text for group in title_groups(front)] == ["Harbours of Alba"]


def test_a_masthead_with_its_lines_below_the_stamps_is_no_title() -> None:
    front = printed(
        page_of(
            ("Council of the", 20, 780),
            ("Harbours of Alba", 20, 756),
            ("Distr.: General", BODY, 780, 400),
            ("3 April 2025", BODY, 768, 400),
            ("Quays that last", 14, 650),
        )
    )

    assert [group.text for group in title_groups(front)] == ["Quays that last"]
    assert [line.text for line in masthead(front.pages[0])] == [
        "Council of the",
        "Distr.: General",
        "3 April 2025",
    ]


def test_a_cover_without_words_is_passed_over() -> None:
    front = printed(page_of(), page_of(("Harbours of Alba", 20, 700), number=2))

    assert [group.text for group in title_groups(front)] == ["Harbours of Alba"]


@pytest.mark.parametrize(
    "title",
    [
        "1 Million Homes for the People of Alba",
        "A. Harbour and Its City",
        "eThekwini housing plan for all",
    ],
)
def test_the_largest_is_a_title_whatever_it_begins_with(title: str) -> None:
    front = printed(
        page_of((title, 24, 700), ("1. Introduction", 14, 600), ("Alba is old.", BODY, 580))
    )

    assert [group.text for group in title_groups(front)] == [title]


def test_a_title_below_a_letterhead_may_begin_with_a_number() -> None:
    front = printed(page_of(("Alba Board", 14, 780), ("1 Million Homes for Alba", 24, 700)))

    assert "1 Million Homes for Alba" in [group.text for group in title_groups(front)]


def test_a_heading_may_be_larger_than_the_title_above_it() -> None:
    front = printed(page_of(("Harbours of Alba", 12, 700), ("I. Current trends", 14, 600)))

    assert [group.text for group in title_groups(front)] == ["Harbours of Alba"]


def test_a_line_of_authors_does_not_begin_the_text() -> None:
    front = printed(
        page_of(("A. Smith and M. Doe", BODY, 740), ("J. Alba", BODY, 728), ("Quays", 24, 660))
    )

    assert [group.text for group in title_groups(front)] == ["Quays"]
