"""What travels is small."""

from starlette.testclient import TestClient


def test_pages_and_their_style_are_compressed_and_originals_are_not(client: TestClient) -> None:
    page = client.get("/")
    style = client.get("/static/cita.css")
    original = client.get("/v1/documents/quito/file")
    plain = client.get("/", headers={"Accept-Encoding": "identity"})

    assert page.headers["content-encoding"] == style.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in page.headers["vary"]
    assert "Accept-Language" in page.headers["vary"]
    assert int(page.headers["content-length"]) < len(plain.content) / 2
    assert "content-encoding" not in original.headers
    assert "content-encoding" not in plain.headers
