"""API keys: what one may do, and how one is made and told.

A key is 256 random bits, so its SHA-256 needs neither salt nor a slow hash: nobody guesses it.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PREFIX = "cita_"
"""Tells a key from other secrets, to people and to scanners of repositories."""

_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_N_BYTES = 32


class Scope(StrEnum):
    """What a key allows: asking and checking, searching and reading reports, or everything."""

    ASK = "ask"
    SEARCH = "search"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is kept of a key: never the key.

    Attributes:
        label: Who has it; this alone stands in logs.
        scopes: What it allows; ``admin`` allows all.
        sha256: Of the key, lower-case hexadecimal.
        created_at: With a time zone.
        expires_at: From then on it opens nothing; ``None``: never.
    """

    label: str
    scopes: frozenset[Scope]
    sha256: str
    created_at: datetime
    expires_at: datetime | None = None

    def is_expired(self, now: datetime) -> bool:
        """Tell whether the key opens nothing any more."""
        return self.expires_at is not None and now >= self.expires_at


def new_secret() -> str:
    """Return a new key, to be shown once."""
    return PREFIX + secrets.token_urlsafe(_N_BYTES)


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a key, lower-case hexadecimal."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def is_label(text: str) -> bool:
    """Tell whether ``text`` may name a key: it goes into logs, so no space and no control."""
    return _LABEL.fullmatch(text) is not None


def matching_key(secret: str, keys: tuple[ApiKey, ...], *, now: datetime) -> ApiKey | None:
    """Return the valid key that ``secret`` is.

    Takes as long for a wrong key as for a right one: every key is compared, in constant time.
    """
    digest = digest_of(secret)
    match = None
    for key in keys:
        if hmac.compare_digest(key.sha256, digest) and not key.is_expired(now):
            match = key
    return match
