"""The configurations that we document, run by the proxies they are for."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
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
    return caddy_with("Caddyfile", folder, port, ours, {"$2a$14$REPLACE.THIS.HASH": hashed})


def caddy_with(
    name: str, folder: Path, port: int, ours: int, places: Mapping[str, str]
) -> list[str]:
    """Write a documented configuration with our names, and return the command."""
    text = (ROOT / "docs/proxy" / name).read_text("utf-8")
    for documented, here in {
        "\ncita.example {": f"\nhttps://127.0.0.1:{port} {{\n"
        f"\ttls {folder}/cert.pem {folder}/key.pem",
        "admin off": "admin off\n\tauto_https off",
        "127.0.0.1:8000": f"127.0.0.1:{ours}",
        **places,
    }.items():
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
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
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
    folder = tmp_path_factory.mktemp(request.param.__name__)
    with started(request.param, request.param.__name__, folder, behind[0]) as client:
        yield client


@contextmanager
def started(start: Start, program: str, folder: Path, ours: int) -> Iterator[httpx2.Client]:
    """Run a proxy in front of our port, and give a client that speaks to it over TLS."""
    if shutil.which(program) is None:
        pytest.skip(f"no {program} here; .ci/run installs it")
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    new = ["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-days", "2"]
    subprocess.run([*new, *subject, *files], check=True, capture_output=True)
    port = free_port()
    environ = {"HOME": str(folder), "PATH": "/usr/sbin:/usr/bin:/bin"}
    command = start(folder, port, ours)
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
    for answer in (response, proxy.get("/about")):
        assert "max-age" in answer.headers["strict-transport-security"]


class SignIn(BaseHTTPRequestHandler):
    """Answers as oauth2-proxy does when it is asked who somebody is."""

    def do_GET(self) -> None:
        """Know one cookie."""
        is_known = self.headers.get("Cookie") == "_oauth2_proxy=anas"
        self.send_response(202 if is_known else 401)
        if is_known:
            self.send_header("X-Auth-Request-User", USER)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_people_who_signed_in_elsewhere_are_known(behind: tuple[int, str], tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), SignIn) as sign_in:
        threading.Thread(target=sign_in.serve_forever, daemon=True).start()
        theirs = {"127.0.0.1:4180": f"127.0.0.1:{sign_in.server_port}"}

        def start(folder: Path, port: int, ours: int) -> list[str]:
            return caddy_with("Caddyfile-single-sign-on", folder, port, ours, theirs)

        with started(start, "caddy", tmp_path, behind[0]) as client:
            known = client.get("/documents", headers={"Cookie": "_oauth2_proxy=anas"})
            forged = client.get("/documents", headers={"X-Remote-User": USER})
            bearer = {"Authorization": f"Bearer {behind[1]}", "X-Remote-User": USER}
            program = client.get("/v1/documents", headers=bearer)
            guess = client.get(
                "/v1/documents", headers={**bearer, "Authorization": "Bearer cita_guess"}
            )
        sign_in.shutdown()

    assert known.status_code == 200
    assert "Renting in Chile" in known.text
    assert (forged.status_code, forged.headers["location"]) == (302, "/oauth2/start?rd=/documents")
    assert program.status_code == 200
    assert guess.status_code == 401
