"""The server says what an operator should know when it starts."""

from service.interfaces.server import start_warnings
from service.settings import Settings


def test_a_service_without_a_public_address_says_where_its_links_lead() -> None:
    (warning,) = start_warnings(Settings())

    assert "CITA_PUBLIC_URL" in warning


def test_a_service_with_one_has_nothing_to_say() -> None:
    assert start_warnings(Settings(public_url="https://cita.example")) == ()
