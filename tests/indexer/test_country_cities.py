"""Which cities are of which country."""

import pytest

from indexer.country_cities import (
    names_city,
    pattern_of,
    reported_cities,
    time_zone_cities,
    without_dollars,
)
from indexer.records import DocumentInfo


def test_time_zones_name_large_cities_in_our_languages() -> None:
    cities = time_zone_cities()

    assert {"Lima"} <= cities["PE"]
    assert {"Lisbon", "Lisboa"} <= cities["PT"]
    assert {"Bogotá"} <= cities["CO"]


def test_a_city_is_of_the_one_country_that_all_reports_on_it_are_about() -> None:
    infos = [
        DocumentInfo(title="One", countries=("UY", "CL"), cities=("Salto", "Temuco")),
        DocumentInfo(title="Two", countries=("UY",), cities=("Salto",)),
        DocumentInfo(title="Three", countries=("CL", "EC"), cities=("Temuco", "Manta")),
    ]

    assert reported_cities(infos) == {"UY": {"Salto"}, "CL": {"Temuco"}}


def test_a_report_without_countries_takes_no_city_away() -> None:
    infos = [
        DocumentInfo(title="One", countries=("UY",), cities=("Salto",)),
        DocumentInfo(title="Two", cities=("Salto",)),
    ]

    assert reported_cities(infos) == {"UY": {"Salto"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cities got US$200,000 and US $5.", "Cities got $200,000 and $5."),
        ("They pay 30 US dollars.", "They pay 30 $."),
        ("Pagan 30 dólares de los EE. UU. al mes.", "Pagan 30 $ al mes."),
        ("Recebem dólares dos Estados Unidos.", "Recebem $."),
        ("The US pays in dollars.", "The US pays in dollars."),
    ],
)
def test_dollars_are_money_and_no_country(text: str, expected: str) -> None:
    assert without_dollars(text) == expected


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("The desk of Mérida in Venezuela opens.", False),
        ("The desk of Mérida (Venezuela) opens.", False),
        ("Mérida, Venezuela, opens a desk.", False),
        ("En Mérida de Venezuela se abre.", False),
        ("Mérida, Mexico, opens a desk.", True),
        ("The mayor of Temuco in Chile and an official of Mérida spoke.", True),
        ("Mérida and Guatemala are the cases.", True),
        ("Mérida houses families who fled Venezuela.", True),
        ("In Mérida, those from Venezuela and Haiti rent rooms.", True),
        ("Mérida: the town and the United Nations refugee agency pay.", True),
        ("Mérida in Venezuela pays, and Mérida in Mexico.", True),
        ("Temuco pays.", False),
    ],
)
def test_a_city_is_of_the_country_that_is_told_right_behind_it(
    text: str, *, is_named: bool
) -> None:
    assert names_city(text, pattern_of({"Mérida"}), ("MX",)) is is_named
