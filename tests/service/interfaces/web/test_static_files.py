"""What never changes travels once."""

import re

from starlette.testclient import TestClient


def test_only_a_file_whose_address_carries_its_hash_is_kept_for_long(client: TestClient) -> None:
    address = re.search(r"/static/cita\.css\?v=\w+", client.get("/").text)

    assert address
    assert "immutable" in client.get(address[0]).headers["cache-control"]
    assert "cache-control" not in client.get("/static/cita.svg").headers


def test_the_icon_is_also_where_browsers_look_for_one_that_nothing_names(
    client: TestClient,
) -> None:
    response = client.get("/favicon.ico")

    assert response.headers["content-type"] == "image/svg+xml"
    assert response.content == client.get("/static/cita.svg").content
