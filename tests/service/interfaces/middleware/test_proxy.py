"""What proxies say of their clients is believed of listed ones alone."""

from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from service.interfaces.app import create_app
from service.interfaces.middleware.proxy import USER, TrustedProxies
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings

HEADERS = {
    "X-Forwarded-For": "203.0.113.9, 198.51.100.7",
    "X-Forwarded-Proto": "https",
    "X-User": "ana",
}


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    request = Request(scope)
    told = [scope["client"][0], scope["scheme"], request.scope.get("state", {}).get(USER)]
    await JSONResponse(told)(scope, receive, send)


@pytest.mark.parametrize(
    ("networks", "peer", "told"),
    [
        pytest.param(["10.0.0.0/8"], "10.1.2.3", ["198.51.100.7", "https", "ana"], id="listed"),
        pytest.param(
            ["10.0.0.0/8", "198.51.100.7"], "10.1.2.3", ["203.0.113.9", "https", "ana"], id="two"
        ),
        pytest.param(["10.0.0.0/8"], "192.0.2.1", ["192.0.2.1", "http", None], id="not listed"),
        pytest.param([], "127.0.0.1", ["127.0.0.1", "http", None], id="none listed"),
        pytest.param(["10.0.0.0/8"], "socket", ["socket", "http", None], id="no address"),
    ],
)
def test_a_listed_proxy_is_believed(networks: list[str], peer: str, told: list[str]) -> None:
    app = TrustedProxies(echo, networks=networks, user_header="X-User")
    client = TestClient(app, client=(peer, 5000))

    assert client.get("/", headers=HEADERS).json() == told


def test_a_user_named_twice_is_nobody() -> None:
    app = TrustedProxies(echo, networks=["10.0.0.1"], user_header="X-User")
    client = TestClient(app, client=("10.0.0.1", 5000))

    assert client.get("/", headers=[("X-User", "a"), ("X-User", "b")]).json()[2] is None


def test_users_of_the_proxy_may_read_and_not_administrate(
    settings: Settings, library: Library, tmp_path: Path
) -> None:
    behind = settings.model_copy(
        update={
            "state": tmp_path,
            "trusted_proxies": ("10.0.0.1/32",),
            "proxy_user_header": "X-User",
        }
    )
    app = create_app(QAService(behind, library))
    proxy, other = (TestClient(app, client=(peer, 5000)) for peer in ("10.0.0.1", "10.0.0.2"))

    assert proxy.get("/documents", headers={"X-User": "ana"}).status_code == 200
    assert proxy.get("/metrics", headers={"X-User": "ana"}).status_code == 403
    assert proxy.get("/documents").status_code == 401
    assert other.get("/documents", headers={"X-User": "ana"}).status_code == 401
