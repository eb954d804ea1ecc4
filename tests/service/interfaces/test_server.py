"""The server says what an operator should know when it starts."""

import socket

from pydantic import SecretStr

from service.interfaces.server import listen, start_warnings
from service.settings import Settings


def test_a_service_without_a_public_address_says_where_its_links_lead() -> None:
    (warning,) = start_warnings(Settings())

    assert "CITA_PUBLIC_URL" in warning


def test_a_door_that_lacks_its_secret_is_named() -> None:
    half = Settings(
        public_url="https://cita.example", teams_app_id="1", slack_bot_token=SecretStr("xoxb")
    )

    assert [warning.split(" is ")[0] for warning in start_warnings(half)] == [
        "CITA_TEAMS_APP_SECRET",
        "CITA_SLACK_SIGNING_SECRET",
    ]


def test_a_service_with_one_has_nothing_to_say() -> None:
    assert start_warnings(Settings(public_url="https://cita.example")) == ()


def test_the_end_of_an_answer_waits_for_nobody() -> None:
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
