"""What travels is small, and what never changes travels once."""

import re

from starlette.testclient import TestClient


def test_pages_and_their_style_are_compressed_and_originals_are_not(client: TestClient) -> None:
    page = client.get("/")
    style = client.get("/static/cita.css")
    original = client.get("/v1/documents/quito/file")
    asked_plain = client.get("/", headers={"Accept-Encoding": "identity"})

    assert page.headers["content-encoding"] == style.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in page.headers["vary"]
    assert "Accept-Language" in page.headers["vary"]
    assert int(page.headers["content-length"]) < len(asked_plain.content) / 2
    assert "content-encoding" not in original.headers
    assert "content-encoding" not in asked_plain.headers


def test_only_a_file_whose_address_carries_its_hash_is_kept_for_long(client: TestClient) -> None:
    found = re.search(r"/static/cita\.css\?v=\w+", client.get("/").text)

    assert found
    assert "immutable" in client.get(found[0]).headers["cache-control"]
    assert "cache-control" not in client.get("/static/cita.svg").headers
