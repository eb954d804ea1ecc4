"""``python -m service keys …``: makes, lists, renews and revokes API keys."""

import argparse

from service.access.key_file import KeyFile
from service.access.keys import Scope
from service.settings import Settings

_DEFAULT_SCOPES = (Scope.ASK, Scope.SEARCH)


def add_key(parsed: argparse.Namespace, settings: Settings) -> str:
    """Make a key and return it, once."""
    scopes = [Scope(name) for name in parsed.scope or _DEFAULT_SCOPES]
    return KeyFile(settings.keys_path).add(parsed.label, scopes, days=parsed.days)


def rotate_key(parsed: argparse.Namespace, settings: Settings) -> str:
    """Make a new key under the same label and return it; the old one works for some hours more."""
    return KeyFile(settings.keys_path).rotate(parsed.label, hours=parsed.hours)


def revoke_key(parsed: argparse.Namespace, settings: Settings) -> str:
    """Take a label's keys away at once."""
    KeyFile(settings.keys_path).revoke(parsed.label)
    return f"{parsed.label} opens nothing any more"


def list_keys(_: argparse.Namespace, settings: Settings) -> str:
    """Return a line for each key: label, scopes, when it was made and when it expires."""
    lines = [
        f"{key.label}  {' '.join(sorted(key.scopes))}  made {key.created_at:%Y-%m-%d}  "
        + (f"expires {key.expires_at:%Y-%m-%d %H:%M} UTC" if key.expires_at else "never expires")
        for key in KeyFile(settings.keys_path).read()
    ]
    return (
        "\n".join(lines) or f"no keys in {settings.keys_path}; whoever reaches the service may ask"
    )


ACTIONS = {"add": add_key, "rotate": rotate_key, "revoke": revoke_key, "list": list_keys}
"""By the name of the command."""
