"""Which cities are of which country."""

from indexer.records import DocumentInfo
from service.pipeline.country_cities import reported_cities, time_zone_cities


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
