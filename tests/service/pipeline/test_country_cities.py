"""Which cities are of which country."""

import pytest

from indexer.records import DocumentInfo
from service.pipeline.country_cities import (
    names_others,
    reported_cities,
    time_zone_cities,
    without_dollars,
)


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
    ("text", "others"),
    [
        ("The desk of Mérida in Venezuela opens.", True),
        ("Phoenix and Chile pay.", True),
        ("In Mérida, those from Venezuela and Haiti rent rooms.", False),
        ("Los migrantes de Venezuela alquilan en Mérida.", False),
        ("Os refugiados da Venezuela alugam em Mérida.", False),
        ("Mérida pays.", False),
    ],
)
def test_a_text_names_other_countries_but_for_where_people_come_from(
    text: str, *, others: bool
) -> None:
    assert names_others(text, ("MX",)) is others
