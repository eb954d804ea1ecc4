"""Stand-ins for Slack and for the Bot Framework: they take what is sent, and name the keys."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"  # noqa: S105 - of nobody
APP_ID = "11111111-2222-3333-4444-555555555555"
ISSUER = "https://api.botframework.com"
KEY_ID = "key-1"


class Workplaces:
    """One server that is Slack and the Bot Framework, on the loopback interface.

    Attributes:
        sent: Path and JSON of all that was sent to it.
    """

    def __init__(self) -> None:
        self.sent: list[tuple[str, Any]] = []
        self._arrived = threading.Condition()
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def stop(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def received(self, path: str, *, n: int = 1, timeout: float = 30.0) -> list[Any]:
        """Wait until ``n`` messages were sent to ``path``; return them."""

        def at_path() -> list[Any]:
            return [body for where, body in self.sent if where == path]

        with self._arrived:
            self._arrived.wait_for(lambda: len(at_path()) >= n, timeout)
            return at_path()

    def token(self, *, key: rsa.RSAPrivateKey | None = None, **changed: object) -> str:
        """Return a token as the bot service makes it, with some claims changed."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": APP_ID,
            "serviceurl": f"{self.url}/teams",
            "nbf": now,
            "exp": now + 3600,
        }
        return jwt.encode(
            {**claims, **changed}, key or self._key, algorithm="RS256", headers={"kid": KEY_ID}
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        workplaces = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                key = json.loads(RSAAlgorithm.to_jwk(workplaces._key.public_key()))
                self._answer({"keys": [{**key, "kid": KEY_ID, "use": "sig"}]})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with workplaces._arrived:
                    workplaces.sent.append((self.path, json.loads(body)))
                    workplaces._arrived.notify_all()
                self._answer({"ok": True, "id": "sent"})

            def _answer(self, answer: object) -> None:
                body = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Say nothing."""

        return Handler


def signed(body: bytes, *, at: float | None = None, secret: str = SIGNING_SECRET) -> dict[str, str]:
    """Return the headers by which Slack signs ``body``, worked out as its documentation says."""
    timestamp = str(int(time.time() if at is None else at))
    base = b"v0:" + timestamp.encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def slack_form(**fields: str) -> bytes:
    """Return the body of a command or a click."""
    return urlencode(fields).encode()


def slack_request(server: str, body: bytes, *, is_json: bool = False) -> Request:
    """Return a request as Slack sends it."""
    kind = "application/json" if is_json else "application/x-www-form-urlencoded"
    headers = {**signed(body), "Content-Type": kind}
    return Request(f"{server}/slack", data=body, headers=headers)  # noqa: S310


def teams_request(server: str, activity: Mapping[str, object], token: str) -> Request:
    """Return a request as the bot service sends it."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return Request(f"{server}/teams", data=json.dumps(activity).encode(), headers=headers)  # noqa: S310


def teams_activity(workplaces: Workplaces, text: str, **changed: object) -> dict[str, object]:
    """Return a message to the bot."""
    return {
        "type": "message",
        "id": "1",
        "serviceUrl": f"{workplaces.url}/teams",
        "channelId": "msteams",
        "from": {"id": "29:ana", "name": "Ana"},
        "conversation": {"id": "19:talk", "conversationType": "personal"},
        "recipient": {"id": f"28:{APP_ID}", "name": "Cita"},
        "text": text,
        **changed,
    }
