"""The configurations that we document, run by the proxies they are for."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
import uvicorn

from service.access.key_file import KeyFile
from service.access.keys import Scope
from service.interfaces.app import create_app
from service.interfaces.server import listen
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings
from tests.conftest import ROOT

USER, PASSWORD = "ana", "secret of ana"
Start = Callable[[Path, int, int], list[str]]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def caddy(folder: Path, port: int, ours: int) -> list[str]:
    """Write the documented configuration with our names, and return the command."""
    hashed = subprocess.run(
        ["caddy", "hash-password", "--plaintext", PASSWORD],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    text = (ROOT / "docs/proxy/Caddyfile").read_text("utf-8")
    for documented, here in (
        (
            "\ncita.example {",
            f"\nhttps://127.0.0.1:{port} {{\n\ttls {folder}/cert.pem {folder}/key.pem",
        ),
        ("admin off", "admin off\n\tauto_https off"),
        ("$2a$14$REPLACE.THIS.HASH", hashed),
        ("127.0.0.1:8000", f"127.0.0.1:{ours}"),
    ):
        assert documented in text
        text = text.replace(documented, here)
    (folder / "Caddyfile").write_text(text, "utf-8")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


def nginx(folder: Path, port: int, ours: int) -> list[str]:
    """Write the documented configuration with our names, and return the command."""
    hashed = subprocess.run(
        ["openssl", "passwd", "-6", PASSWORD], capture_output=True, text=True, check=True
    ).stdout.strip()
    (folder / "users").write_text(f"{USER}:{hashed}\n", "utf-8")
    text = (ROOT / "docs/proxy/nginx.conf").read_text("utf-8")
    for documented, here in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("server_name cita.example", "server_name 127.0.0.1"),
        ("/etc/ssl/cita.pem", f"{folder}/cert.pem"),
        ("/etc/ssl/cita.key", f"{folder}/key.pem"),
        ("/etc/nginx/cita.users", f"{folder}/users"),
        ("127.0.0.1:8000", f"127.0.0.1:{ours}"),
    ):
        assert documented in text
        text = text.replace(documented, here)
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"user root;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{text}}}\n",
        "utf-8",
    )
    return ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]


@pytest.fixture(scope="module")
def behind(
    settings: Settings, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[int, str]]:
    """The port of a service that stands behind a proxy, and a key to it."""
    made = settings.model_copy(
        update={
            "state": tmp_path_factory.mktemp("proxy-state"),
            "trusted_proxies": ("127.0.0.1/32",),
            "proxy_user_header": "X-Remote-User",
        }
    )
    secret = KeyFile(made.keys_path).add("lab", [Scope.SEARCH])
    listener = listen("127.0.0.1", 0)
    config = uvicorn.Config(
        create_app(QAService(made, library)),
        log_config=None,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield listener.getsockname()[1], secret
    running.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(scope="module", params=[caddy, nginx], ids=["caddy", "nginx"])
def proxy(
    request: pytest.FixtureRequest,
    behind: tuple[int, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[httpx2.Client]:
    """A client that speaks to a proxy over TLS."""
    start: Start = request.param
    if shutil.which(start.__name__) is None:
        pytest.skip(f"no {start.__name__} here; .ci/run installs it")
    folder = tmp_path_factory.mktemp(start.__name__)
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    new = ["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-days", "2"]
    subprocess.run([*new, *subject, *files], check=True, capture_output=True)
    port = free_port()
    environ = {"HOME": str(folder), "PATH": "/usr/sbin:/usr/bin:/bin"}
    command = start(folder, port, behind[0])
    with (folder / "output").open("wb") as output:
        running = subprocess.Popen(command, env=environ, stdout=output, stderr=output)
    try:
        _wait_for(port, running)
        context = ssl.create_default_context(cafile=str(folder / "cert.pem"))
        with httpx2.Client(
            base_url=f"https://127.0.0.1:{port}", verify=context, timeout=60
        ) as client:
            yield client
    finally:
        running.terminate()
        running.wait()


def _wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    for _ in range(500):
        assert running.poll() is None, "the proxy has ended; see its output"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    pytest.fail("the proxy does not listen")


def test_people_sign_in_at_the_proxy_and_read(proxy: httpx2.Client) -> None:
    signed_in = proxy.get("/documents", auth=(USER, PASSWORD))

    assert signed_in.status_code == 200
    assert "Renting in Chile" in signed_in.text
    assert proxy.get("/documents").status_code == 401
    assert proxy.get("/documents", auth=(USER, "guess")).status_code == 401


def test_nobody_says_who_they_are_past_the_proxy(proxy: httpx2.Client) -> None:
    forged = {"X-Remote-User": "ana"}
    wrong_key = {**forged, "Authorization": "Bearer cita_guess"}

    assert proxy.get("/documents", headers=forged).status_code == 401
    assert proxy.get("/documents", headers=wrong_key).status_code == 401


def test_users_of_the_proxy_do_not_administrate(proxy: httpx2.Client) -> None:
    assert proxy.get("/metrics", auth=(USER, PASSWORD)).status_code == 403


def test_programs_bring_a_key_through_the_proxy(
    proxy: httpx2.Client, behind: tuple[int, str]
) -> None:
    headers = {"Authorization": f"Bearer {behind[1]}"}

    assert proxy.get("/v1/documents", headers=headers).status_code == 200
    assert proxy.post("/v1/ask", json={"question": "a"}, headers=headers).status_code == 403


def test_the_service_knows_that_its_user_speaks_tls(proxy: httpx2.Client) -> None:
    response = proxy.get("/about?lang=es", auth=(USER, PASSWORD))

    assert "Secure" in response.headers["set-cookie"]
