"""Lets in who may come in, and tells the others what they lack."""

import base64
import binascii
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from service.access.callers import Caller, anybody, holder_of, is_open, scopes_wanted, user_named
from service.access.exposure import is_closed
from service.access.key_file import KeyRing
from service.interfaces.middleware.proxy import USER
from service.interfaces.middleware.request_rates import Rates, address_counted

CALLER = "caller"
"""Key in the state of a request: the label of who called."""


@dataclass(frozen=True, slots=True)
class AccessResponses:
    """Makes the responses to requests that are not let in.

    Attributes:
        nobody: No valid key came.
        scopes: The caller may not do this; gets the scopes that are missing.
        wait: The caller has asked too often; gets the seconds to wait.
    """

    nobody: Callable[[Scope], Awaitable[Response]]
    scopes: Callable[[Scope, frozenset[str]], Awaitable[Response]]
    wait: Callable[[Scope, int], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class AccessRules:
    """What is asked of callers.

    Attributes:
        keys: The keys that open.
        by_proxy: Whether a proxy in front signs users in.
        rates: How often a caller may ask; ``None``: without limit.
        failures: How often an address may come without a valid key.
    """

    keys: KeyRing
    by_proxy: bool
    rates: Rates | None
    failures: Rates

    @property
    def is_closed(self) -> bool:
        """Tell whether callers must say who they are."""
        return is_closed(self.keys, by_proxy=self.by_proxy)

    async def close(self) -> None:
        """Close what counting holds open."""
        if self.rates is not None:
            await self.rates.close()


class Access:
    """Finds out who calls, whether they may, and whether they come too often.

    A key comes as ``Authorization: Bearer KEY``, as ``X-API-Key: KEY``, or as the password of the
    basic scheme, for which browsers ask by themselves. Users whom a listed proxy has signed in are
    in the state of the request.
    """

    def __init__(self, app: ASGIApp, *, rules: AccessRules, responses: AccessResponses) -> None:
        self._app = app
        self._rules = rules
        self._responses = responses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        refusal = await self._refusal(scope)
        await (refusal or self._app)(scope, receive, send)

    async def _refusal(self, scope: Scope) -> Response | None:
        address = address_counted(scope["client"][0] if scope.get("client") else "-")
        caller = self._caller(scope, address)
        if caller is None:
            wait_s = await self._rules.failures.wait_s(f"address:{address}")
            if wait_s:
                return await self._responses.wait(scope, wait_s)
            return await self._responses.nobody(scope)
        scope["state"][CALLER] = caller.label
        wait_s = await self._rules.rates.wait_s(caller.counted_as) if self._rules.rates else 0
        if wait_s:
            return await self._responses.wait(scope, wait_s)
        lacking = caller.lacks(scopes_wanted(scope["path"]))
        return await self._responses.scopes(scope, lacking) if lacking else None

    def _caller(self, scope: Scope, address: str) -> Caller | None:
        if not self._rules.is_closed:
            return anybody(address)
        secret = _secret_in(Headers(scope=scope))
        key = self._rules.keys.find(secret) if secret else None
        if key is not None:
            return holder_of(key)
        user = scope["state"].get(USER)
        return user_named(user) if user else None


def _secret_in(headers: Headers) -> str | None:
    """Return the key that a request brings, if it brings one."""
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return credentials.strip()
    if scheme.lower() == "basic":
        return _password(credentials.strip())
    return headers.get("x-api-key")


def _password(credentials: str) -> str | None:
    try:
        decoded = base64.b64decode(credentials, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    return decoded.partition(":")[2]
